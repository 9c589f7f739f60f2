// SPDX-License-Identifier: MIT
// Turns a call into a URL that anybody can use for a while.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/auth/presign.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/runtime/draft.hpp>
#include <awsxx/runtime/identity.hpp>

#include <chrono>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

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

}  // namespace detail::presign

/// Who signs a URL, and how long it is to be good for.
struct presigning {
    const credentials& keys;
    std::chrono::seconds lifetime;
};

/// Encodes and signs the call. The result owns its body.
inline expected<http::request> presign(const identity& who, const model::operation& what,
                                       const void* in, const presigning& how) {
    auto found = who.route_to(*what.service);
    if (!found) return std::move(found).error();
    const route& to = (*found)->route;
    http::request draft;
    draft.target = to.endpoint.base;
    if (auto done = encode(what, in, who.random(), draft); !done) return std::move(done).error();
    detail::presign::move_form_to_query(draft);
    auto made = auth::presign(draft, how.keys,
                              {.region = to.endpoint.signing_region,
                               .service = to.endpoint.signing_name,
                               .when = who.now(),
                               .rules = to.signing},
                              how.lifetime);
    if (made && made->body.in_memory()) made->body = std::string(draft.body.bytes());
    return made;
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
