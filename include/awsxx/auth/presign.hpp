// SPDX-License-Identifier: MIT
// Signs requests with AWS Signature Version 4 in the query, to be sent by somebody else.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/auth/signing.hpp>
#include <awsxx/auth/signing_draft.hpp>
#include <awsxx/auth/signing_workspace.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/thread_cache.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/http/percent.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::auth {

namespace detail::presigning {

/// True for the parameters that an earlier signature added.
inline bool is_replaced(std::string_view name) noexcept {
    for (const std::string_view one :
         {"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires",
          "X-Amz-SignedHeaders", "X-Amz-Region-Set", "X-Amz-Security-Token",
          "X-Amz-S3session-Token", "X-Amz-Signature"})
        if (name == one) return true;
    return false;
}

/// The parameters of the draft that stay.
inline std::string kept_query(std::string_view query) {
    std::string kept;
    while (!query.empty()) {
        const std::string_view pair = text::take_until(query, '&');
        if (pair.empty() || is_replaced(pair.substr(0, pair.find('=')))) continue;
        if (!kept.empty()) kept += '&';
        kept += pair;
    }
    return kept;
}

inline void add(std::string& query, std::string_view name, std::string_view value) {
    if (!query.empty()) query += '&';
    query.append(name).append("=");
    http::append_encoded(query, value);
}

inline void add_token(std::string& query, const signing_draft& draft) {
    const std::string_view token = draft.keys().session_token.expose();
    if (token.empty()) return;
    add(query, draft.how().rules.s3_session ? "X-Amz-S3session-Token" : "X-Amz-Security-Token",
        token);
}

inline http::request without_unsignable(http::request from) {
    http::headers kept;
    for (const http::header field : from.headers)
        if (!is_unsignable(field.name)) kept.add(field.name, field.value);
    from.headers = std::move(kept);
    return from;
}

AWSXX_COLD inline error cannot_sign(std::string why) {
    return {.kind = error_kind::invalid_argument, .code = "CannotSign", .message = std::move(why)};
}

/// What a query says about its signature.
struct terms {
    std::string_view algorithm{};
    std::string_view scope{};
    std::string_view region_set{};  ///< Empty where the scope names the region.
    seconds valid{};
};

inline void add(std::string& query, const terms& what, const signing_time& time,
                const signing_draft& draft) {
    add(query, "X-Amz-Algorithm", what.algorithm);
    add(query, "X-Amz-Credential", draft.keys().access_key_id + "/" + std::string(what.scope));
    add(query, "X-Amz-Date", time.text());
    add(query, "X-Amz-Expires", std::to_string(what.valid.count()));
    if (!what.region_set.empty()) add(query, "X-Amz-Region-Set", what.region_set);
    if (draft.how().rules.sign_token) add_token(query, draft);
}

/// `signature(time, canonical)` makes the signature, in hexadecimal digits.
template <class Signature>
expected<http::request> sign(canonical_request& canonical, const signing_draft& draft,
                             const terms& what, const Signature& signature) {
    const signing& how = draft.how();
    const signing_time time(what.scope.substr(0, 8), how.when);
    http::request out;
    draft.copy_to(out);
    out = without_unsignable(std::move(out));
    if (out.target.path.find_first_of("?#") != std::string::npos ||
        out.target.query.find('#') != std::string::npos)
        return cannot_sign("the path has a question mark or the address a fragment, not encoded");
    draft.add_host(out);
    if (auto done = canonical.take_headers(out.headers); !done) return std::move(done).error();

    std::string& query = out.target.query = kept_query(out.target.query);
    add(query, what, time, draft);
    add(query, "X-Amz-SignedHeaders", canonical.signed_headers());

    if (auto done = canonical.assemble(out, how.rules, draft.payload()); !done)
        return std::move(done).error();
    const expected<std::string> digits = signature(time, canonical);
    if (!digits) return digits.error();
    query.append("&X-Amz-Signature=").append(*digits);
    if (!how.rules.sign_token) add_token(query, draft);
    if (!draft.has_host()) out.headers.remove("host");
    return out;
}

/// Refuses what AWS would, and hashes the body if that is signed.
inline expected<void> prepare(signing_draft& draft, seconds valid) {
    if (valid < seconds(1) || valid > seconds(604800))
        return cannot_sign("a presigned request is good for 1 to 604800 seconds, not " +
                           std::to_string(valid.count()));
    return draft.prepare(draft.how().rules.presigned_body);
}

}  // namespace detail::presigning

/// A request whose address carries its signature and is good for `valid`, 1 second to 7 days.
///
///     const auto link = auth::presign(draft, keys, how, seconds(3600));
///     if (link && link->headers.empty()) hand_out(to_string(link->target));
///
/// Whoever sends it has to send the same method, body and `headers` as well. It stops working when
/// the keys expire, however long `valid` is. The answer owns all but a body in memory.
/// `signing_rules::presigned_body` says whether the body is part of the signature. Fails as `sign`
/// does. From any thread, without locks.
inline expected<http::request> presign(const http::request& draft, const credentials& keys,
                                       const signing& how, seconds valid) {
    namespace own = detail::presigning;
    signing_draft from(draft, keys, how);
    if (auto done = own::prepare(from, valid); !done) return std::move(done).error();
    return with_per_thread<signing_workspace>(
        [&](signing_workspace& work) -> expected<http::request> {
            const auto key = work.keys.find(keys.secret_access_key, how);
            if (!key) return key.error();
            const own::terms what{
                .algorithm = sigv4_algorithm, .scope = (*key)->scope, .valid = valid};
            return own::sign(work.canonical, from, what,
                             [&](const signing_time& time, canonical_request& canonical) {
                                 std::string digits(64, '0');
                                 write_signature(digits.data(), **key, time, canonical);
                                 return expected<std::string>(std::move(digits));
                             });
        });
}

}  // namespace awsxx::inline AWSXX_ABI::auth
