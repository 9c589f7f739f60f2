// SPDX-License-Identifier: MIT
// Signs requests so that several regions accept them: Signature Version 4A.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/auth/presign.hpp>
#include <awsxx/auth/scope.hpp>
#include <awsxx/auth/signature_chain.hpp>
#include <awsxx/auth/signing.hpp>
#include <awsxx/auth/signing_draft.hpp>
#include <awsxx/auth/signing_workspace.hpp>
#include <awsxx/auth/sigv4a_key.hpp>
#include <awsxx/auth/string_to_sign.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/thread_cache.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/ec_key.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/http/message.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::auth {

namespace detail::sigv4a {

/// Null, or what is wrong with a set of regions: "*", "eu-west-1", "us-west-*,eu-west-1".
inline const char* region_set_problem(std::string_view regions) noexcept {
    if (regions.empty()) return "no region is given";
    if (regions.ends_with(',')) return "the set of regions ends with a comma";
    while (!regions.empty()) {
        const std::string_view one = text::take_until(regions, ',');
        if (one.empty()) return "a region of the set is empty";
        for (const char c : one)
            if (!text::is_alnum(c) && c != '-' && c != '*')
                return "a region is not made of letters, digits, hyphens and asterisks";
    }
    return nullptr;
}

/// The key of these credentials, for a scope without region.
class signer final : public chain_signer {
public:
    static expected<signer> make(const credentials& keys, const signing& how) {
        const char* wrong = region_set_problem(how.region);
        if (wrong == nullptr) wrong = regionless_scope_problem(how);
        if (wrong != nullptr)
            return error{
                .kind = error_kind::invalid_argument, .code = "CannotSign", .message = wrong};
        auto key = with_per_thread<sigv4a_keys>([&](sigv4a_keys& known) {
            return known.find(keys.access_key_id, keys.secret_access_key);
        });
        if (!key) return std::move(key).error();
        return signer(*std::move(key), regionless_scope_text(how));
    }

    std::string_view algorithm() const noexcept override { return sigv4a_algorithm; }
    std::string_view scope() const noexcept override { return scope_; }
    std::size_t width() const noexcept override { return 144; }  // 72 bytes of DER
    expected<std::string> sign(std::string_view text) const override {
        const auto der = key_.sign_der(text);
        if (!der) return der.error();
        return crypto::to_hex(*der);
    }
    expected<std::string> sign(const signing_time& time, canonical_request& canonical) const {
        return sign(string_to_sign(algorithm(), time, scope(), canonical.hash()).text());
    }
    signing_time time(instant when) const noexcept {
        return {std::string_view(scope_).substr(0, 8), when};
    }

private:
    signer(crypto::ec_key key, std::string scope)
        : key_(std::move(key)), scope_(std::move(scope)) {}

    crypto::ec_key key_;
    std::string scope_;
};

inline expected<void> sign(canonical_request& canonical, const signing_draft& draft,
                           const signer& by, http::request& out) {
    const signing& how = draft.how();
    const signing_time time = by.time(how.when);
    draft.copy_to(out);
    draft.add_host(out);
    out.headers.add("x-amz-date", time.text());
    out.headers.add("x-amz-region-set", how.region);
    if (draft.sends_payload()) out.headers.add("x-amz-content-sha256", draft.payload());
    if (how.rules.sign_token) draft.add_token(out);
    if (auto done = canonical.take_headers(out.headers); !done) return done;
    if (auto done = canonical.assemble(out, how.rules, draft.payload()); !done) return done;
    if (!how.rules.sign_token) draft.add_token(out);
    const auto signature = by.sign(time, canonical);
    if (!signature) return signature.error();
    std::string proof(sigv4a_algorithm);
    proof.append(" Credential=").append(draft.keys().access_key_id).append("/").append(by.scope());
    proof.append(", SignedHeaders=").append(canonical.signed_headers());
    proof.append(", Signature=").append(*signature);
    out.headers.add("Authorization", proof);
    return {};
}

}  // namespace detail::sigv4a

/// Signs for a set of regions; else as `sign` does. `how.region` is the set: "*", one region, or
/// several with commas between them.
///
///     auto done = auth::sign_sigv4a(draft, keys, {.region = "*", .service = "s3", .when = now}, out);
///
/// The key pair is derived once for each access key and thread. Two signatures of the same request
/// differ. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
inline expected<void> sign_sigv4a(const http::request& draft, const credentials& keys,
                                  const signing& how, http::request& out) {
    signing_draft from(draft, keys, how);
    if (auto done = from.prepare(how.rules.body); !done) return done;
    const auto by = detail::sigv4a::signer::make(keys, how);
    if (!by) return by.error();
    return with_per_thread<signing_workspace>([&](signing_workspace& work) {
        return detail::sigv4a::sign(work.canonical, from, *by, out);
    });
}

/// Presigns for a set of regions; else as `presign` does.
inline expected<http::request> presign_sigv4a(const http::request& draft, const credentials& keys,
                                              const signing& how, seconds valid) {
    namespace presigning = detail::presigning;
    signing_draft from(draft, keys, how);
    if (auto done = presigning::prepare(from, valid); !done) return std::move(done).error();
    const auto by = detail::sigv4a::signer::make(keys, how);
    if (!by) return by.error();
    const presigning::terms what{.algorithm = sigv4a_algorithm,
                                 .scope = by->scope(),
                                 .region_set = how.region,
                                 .valid = valid};
    return with_per_thread<signing_workspace>([&](signing_workspace& work) {
        return presigning::sign(work.canonical, from, what,
                                [&](const signing_time& time, canonical_request& canonical) {
                                    return by->sign(time, canonical);
                                });
    });
}

/// The chain behind a request that `sign_sigv4a` signed, for chunks of
/// `chunk_signatures::sigv4a`.
inline expected<signature_chain> sigv4a_chain_after(const http::request& signed_request,
                                                    const credentials& keys, const signing& how) {
    auto seed = signature_of(signed_request);
    if (!seed) return std::move(seed).error();
    auto by = detail::sigv4a::signer::make(keys, how);
    if (!by) return std::move(by).error();
    const signing_time time = by->time(how.when);
    return signature_chain(std::make_shared<detail::sigv4a::signer>(*std::move(by)), time,
                           *std::move(seed));
}

}  // namespace awsxx::inline AWSXX_ABI::auth
