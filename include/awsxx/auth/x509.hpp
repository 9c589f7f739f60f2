// SPDX-License-Identifier: MIT
// Signs requests with a certificate's private key, as IAM Roles Anywhere wants them.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/auth/scope.hpp>
#include <awsxx/auth/signing.hpp>
#include <awsxx/auth/signing_draft.hpp>
#include <awsxx/auth/signing_workspace.hpp>
#include <awsxx/auth/string_to_sign.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/thread_cache.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/certificate.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/crypto/private_key.hpp>
#include <awsxx/http/message.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::auth {

/// A certificate and the key that belongs to it. A value; any thread may sign with it.
class x509_identity {
public:
    /// Fails with "KeyMismatch" if the key belongs to another certificate.
    static expected<x509_identity> make(crypto::certificate certificate, crypto::private_key key) {
        if (auto pair = crypto::check_pair(certificate, key); !pair) return std::move(pair).error();
        return x509_identity(std::move(certificate), std::move(key));
    }

    const crypto::certificate& certificate() const noexcept { return certificate_; }
    const crypto::private_key& key() const noexcept { return key_; }
    /// The algorithm's name in headers: that of the key.
    std::string_view algorithm() const noexcept {
        return key_.algorithm() == crypto::key_algorithm::rsa ? "AWS4-X509-RSA-SHA256"
                                                              : "AWS4-X509-ECDSA-SHA256";
    }

private:
    x509_identity(crypto::certificate certificate, crypto::private_key key)
        : certificate_(std::move(certificate)), key_(std::move(key)) {}

    crypto::certificate certificate_;
    crypto::private_key key_;
};

namespace detail::x509 {

/// The steps of one signature.
class steps {
public:
    steps(const signing_draft& draft, const x509_identity& who)
        : draft_(draft),
          who_(who),
          scope_(scope_text(draft.how())),
          time_(std::string_view(scope_).substr(0, 8), draft.how().when) {}

    expected<void> sign(canonical_request& canonical, http::request& out) const {
        draft_.copy_to(out);
        draft_.add_host(out);
        out.headers.add("x-amz-date", time_.text());
        add_certificates(out.headers);
        if (draft_.sends_payload()) out.headers.add("x-amz-content-sha256", draft_.payload());
        if (auto done = canonical.take_headers(out.headers); !done) return done;
        if (auto done = canonical.assemble(out, draft_.how().rules, draft_.payload()); !done)
            return done;
        const string_to_sign text(who_.algorithm(), time_, scope_, canonical.hash());
        const auto signature = who_.key().sign_sha256(text.text());
        if (!signature) return signature.error();
        std::string proof(who_.algorithm());
        proof.append(" Credential=").append(draft_.keys().access_key_id).append("/").append(scope_);
        proof.append(", SignedHeaders=").append(canonical.signed_headers());
        proof.append(", Signature=").append(crypto::to_hex(*signature));
        out.headers.add("Authorization", proof);
        return {};
    }

private:
    void add_certificates(http::headers& to) const {
        const crypto::certificate& own = who_.certificate();
        std::string chain;
        for (const std::string& one : own.chain())
            chain.append(chain.empty() ? "" : ",").append(crypto::to_base64(one));
        to.set("x-amz-x509", crypto::to_base64(own.der()));
        to.remove("x-amz-x509-chain");
        if (!chain.empty()) to.add("x-amz-x509-chain", chain);
    }

    const signing_draft& draft_;
    const x509_identity& who_;
    std::string scope_;
    signing_time time_;
};

}  // namespace detail::x509

/// Makes `out` the draft with host, date, certificates and signature; else as `sign` does.
///
///     auto who = auth::x509_identity::make(*certificate, *key);
///     auth::sign_x509(draft, *who, {.region = region, .service = "rolesanywhere", .when = now}, out);
///
/// https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-sign-process.html
inline expected<void> sign_x509(const http::request& draft, const x509_identity& who,
                                const signing& how, http::request& out) {
    if (const char* wrong = scope_problem(how))
        return error{.kind = error_kind::invalid_argument, .code = "CannotSign", .message = wrong};
    const credentials named{.access_key_id = std::string(who.certificate().serial_number())};
    signing_draft from(draft, named, how);
    if (auto done = from.prepare(how.rules.body); !done) return done;
    return with_per_thread<signing_workspace>([&](signing_workspace& work) -> expected<void> {
        return detail::x509::steps(from, who).sign(work.canonical, out);
    });
}

}  // namespace awsxx::inline AWSXX_ABI::auth
