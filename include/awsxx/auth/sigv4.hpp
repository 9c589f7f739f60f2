// SPDX-License-Identifier: MIT
// Signs requests with AWS Signature Version 4 in an Authorization header.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/auth/signing.hpp>
#include <awsxx/auth/signing_draft.hpp>
#include <awsxx/auth/signing_workspace.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/text_buffer.hpp>
#include <awsxx/core/thread_cache.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::auth {

namespace detail::sigv4 {

/// The steps of one signature.
class steps {
public:
    steps(const signing_draft& draft, const signing_key& key) noexcept
        : draft_(draft), key_(key), time_(key.date(), draft.how().when) {}

    expected<void> sign(signing_workspace& work, http::request& out) const {
        const signing_rules& rules = draft_.how().rules;
        draft_.copy_to(out);
        draft_.add_host(out);
        out.headers.add("x-amz-date", time_.text());
        if (draft_.sends_payload()) out.headers.add("x-amz-content-sha256", draft_.payload());
        if (rules.sign_token) draft_.add_token(out);
        auto& canonical = work.canonical;
        if (auto done = canonical.take_headers(out.headers); !done) return done;
        if (auto done = canonical.assemble(out, rules, draft_.payload()); !done) return done;
        if (!rules.sign_token) draft_.add_token(out);
        add_authorization(canonical, out);
        return {};
    }

private:
    void add_authorization(canonical_request& canonical, http::request& out) const {
        constexpr std::string_view begin = "AWS4-HMAC-SHA256 Credential=";
        constexpr std::string_view middle = ", SignedHeaders=";
        constexpr std::string_view end = ", Signature=";
        const std::string_view id = draft_.keys().access_key_id;
        const std::string_view names = canonical.signed_headers();
        const std::size_t size = begin.size() + id.size() + 1 + key_.scope.size() + middle.size() +
                                 names.size() + end.size() + 64;
        char* to = text::write(out.headers.add_room("Authorization", size), begin);
        to = text::write(to, id);
        *to++ = '/';
        to = text::write(to, key_.scope);
        to = text::write(text::write(to, middle), names);
        write_signature(text::write(to, end), key_, time_, canonical);
    }

    const signing_draft& draft_;
    const signing_key& key_;
    signing_time time_;
};

}  // namespace detail::sigv4

/// Makes `out` the draft with host, date, token and signature, ready to be sent.
///
///     auth::sign(draft, keys, {.region = "us-east-1", .service = "dynamodb", .when = now}, out);
///
/// A body in memory is not copied: `out` refers to the draft's, which has to live as long. What
/// `out` held is replaced, its memory used again; it must not be the draft. A stream that is
/// hashed is read to its end and rewound. A field `x-amz-content-sha256` of the draft is taken as
/// the body's hash. `Date` and what an earlier signature added are dropped.
///
/// Fails with `invalid_argument` on what cannot be signed or would not arrive as signed; `out` is
/// of no use then. From any thread, without locks; derived keys are kept for each thread and
/// wiped with it.
inline expected<void> sign(const http::request& draft, const credentials& keys, const signing& how,
                           http::request& out) {
    signing_draft from(draft, keys, how);
    if (auto done = from.prepare(how.rules.body); !done) return done;
    return with_per_thread<signing_workspace>([&](signing_workspace& work) -> expected<void> {
        const auto key = work.keys.find(keys.secret_access_key, how);
        if (!key) return key.error();
        return detail::sigv4::steps(from, **key).sign(work, out);
    });
}

/// The canonical request of a signed request, to be compared with the one that S3 shows when it
/// refuses a signature.
///
/// The text holds the session token: do not log it. A body in memory is hashed again; the hash of
/// a stream is known only if it was sent.
inline expected<std::string> canonical_request_text(const http::request& signed_request,
                                                    const signing& how) {
    http::request seen = signed_request;
    if (!how.rules.sign_token) seen.headers.remove("x-amz-security-token");
    payload_hash payload;
    if (const auto sent = seen.headers.find("x-amz-content-sha256"))
        payload.say(*sent);
    else if (!how.payload.empty())
        payload.say(how.payload);
    else if (auto done = payload.of(seen.body); !done)
        return std::move(done).error();
    canonical_request canonical;
    if (auto done = canonical.take_headers(seen.headers); !done) return std::move(done).error();
    if (auto done = canonical.assemble(seen, how.rules, payload.text()); !done)
        return std::move(done).error();
    return std::string(canonical.text());
}

}  // namespace awsxx::inline AWSXX_ABI::auth
