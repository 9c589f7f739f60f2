// SPDX-License-Identifier: MIT
// Any HTTP request as an operation: for services, and corners of services, without a header.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/protocols/aws_json.hpp>
#include <awsxx/protocols/aws_query.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::raw {

namespace detail::raw {

/// The request as it is; without a host it goes to the service's own endpoint.
inline expected<void> encode(const model::operation&, const void* in, http::request& draft,
                             const std::string&) {
    const auto& from = *static_cast<const http::request*>(in);
    http::uri endpoint = std::move(draft.target);
    draft.method = from.method;
    draft.target = from.target;
    draft.headers = from.headers;
    draft.body = from.body.in_memory() ? http::body::view(from.body.bytes()) : from.body;
    if (!draft.target.host.empty()) return {};
    const bool bare = endpoint.path == "/";
    endpoint.path = bare ? draft.target.path : endpoint.path + draft.target.path;
    endpoint.query = std::move(draft.target.query);
    draft.target = std::move(endpoint);
    return {};
}

inline expected<std::string> decode(const model::operation&, http::response& answer, void* out) {
    *static_cast<http::response*>(out) = std::move(answer);
    return std::string();
}

/// Errors come in the form of the service, which only the answer itself shows.
inline error decode_error(const model::operation& what, const http::response& answer) {
    const std::size_t first = answer.body.find_first_not_of(" \t\r\n");
    const bool xml = first != std::string::npos && answer.body[first] == '<';
    return xml ? aws_query::protocol.decode_error(what, answer)
               : aws_json::protocol_1_1.decode_error(what, answer);
}

}  // namespace detail::raw

inline constexpr model::protocol protocol{.name = "raw",
                                          .encode = &detail::raw::encode,
                                          .decode = &detail::raw::decode,
                                          .decode_error = &detail::raw::decode_error};

}  // namespace awsxx::inline AWSXX_ABI::raw
