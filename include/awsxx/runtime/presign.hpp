// SPDX-License-Identifier: MIT
// Turns a call into a URL that anybody can use for a while.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/auth/presign.hpp>
#include <awsxx/auth/sigv4a.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/runtime/call_endpoint.hpp>
#include <awsxx/runtime/call_notes.hpp>
#include <awsxx/runtime/identity.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#if !defined(AWSXX_COMPILED)
#include <awsxx/runtime/call_endpoint_source.hpp>
#endif

namespace awsxx::inline AWSXX_ABI::runtime {

/// Who signs a URL, and how long it is to be good for.
struct presigning {
    const credentials& keys;
    std::chrono::seconds lifetime;
};

namespace detail::presign {

/// The form of a query protocol goes into the query, and the call becomes a GET.
inline void move_form_to_query(http::request& draft) {
    const auto type = draft.headers.find("Content-Type");
    if (!type || !type->starts_with("application/x-www-form-urlencoded")) return;
    if (!draft.target.query.empty()) draft.target.query += '&';
    draft.target.query += draft.body.bytes();
    draft.headers.remove("Content-Type");
    draft.body = {};
    draft.method = "GET";
}

inline void warn_of_end(const identity& who, const model::operation& what, const presigning& how,
                        instant now) {
    if (!how.keys.expiration || *how.keys.expiration >= now + how.lifetime) return;
    const auto left = std::chrono::floor<seconds>(*how.keys.expiration - now);
    call_notes(who.configuration()->choices().observer, what)
        .outlives(how.keys, how.lifetime, (std::max)(left, seconds::zero()));
}

}  // namespace detail::presign

/// Encodes and signs the call. The result owns its body. Tells the observer if the keys end before the
/// URL would.
inline expected<http::request> presign(const identity& who, const model::operation& what,
                                       const void* in, const presigning& how) {
    call_endpoint to(what, in);
    if (auto found = to.find(who); !found) return std::move(found).error();
    http::request draft;
    if (auto encoded = to.encode(draft, who.random()); !encoded) return std::move(encoded).error();
    const instant now = who.now();
    if (auto done = to.settle(how.keys, now, draft); !done) return std::move(done).error();
    detail::presign::move_form_to_query(draft);
    const bool for_many = to.get().scheme == endpoint_scheme::sigv4a;
    const auto sign = for_many ? &auth::presign_sigv4a : &auth::presign;
    auto made = sign(draft, how.keys, to.signing_at(now), how.lifetime);
    if (!made) return made;
    if (made->body.in_memory()) made->body = std::string(draft.body.bytes());
    detail::presign::warn_of_end(who, what, how, now);
    return made;
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
