// SPDX-License-Identifier: MIT
// Signs requests with AWS Signature Version 4 in an Authorization header.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/auth/signing.hpp>
#include <awsxx/auth/signing_draft.hpp>
#include <awsxx/auth/signing_workspace.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/thread_cache.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::auth {

namespace detail::sigv4 {

inline void add_token(const signing_draft& draft, http::request& out) {
    const std::string_view token = draft.keys().session_token.expose();
    if (token.empty()) return;
    out.headers.add(draft.how().rules.s3_session ? "x-amz-s3session-token" : "x-amz-security-token",
                    token);
}

inline void write_authorization(signing_workspace& work, const signing_draft& draft,
                                const signing_key& key) {
    const std::string_view headers = work.canonical.signed_headers();
    work.line.assign(sigv4_algorithm).append(" Credential=").append(draft.keys().access_key_id);
    work.line.append("/").append(key.scope).append(", SignedHeaders=").append(headers);
    work.line.append(", Signature=");
}

inline expected<void> sign(signing_workspace& work, const signing_draft& draft,
                           http::request& out) {
    const signing& how = draft.how();
    const auto key = work.keys.find(draft.keys().secret_access_key, how);
    if (!key) return key.error();
    const signing_time time((*key)->date(), how.when);
    draft.copy_to(out);
    draft.add_host(work.line, out);
    out.headers.add("x-amz-date", time.text());
    if (draft.sends_payload()) out.headers.add("x-amz-content-sha256", draft.payload());
    if (how.rules.sign_token) add_token(draft, out);
    if (auto done = work.canonical.take_headers(out.headers); !done) return done;
    if (auto done = work.canonical.assemble(out, how.rules, draft.payload()); !done) return done;
    write_authorization(work, draft, **key);
    append_signature(work.line, **key, time, work.canonical.text());
    if (!how.rules.sign_token) add_token(draft, out);
    out.headers.add("Authorization", work.line);
    return {};
}

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
    return with_per_thread<signing_workspace>(
        [&](signing_workspace& work) { return detail::sigv4::sign(work, from, out); });
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
