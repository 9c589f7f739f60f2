// SPDX-License-Identifier: MIT
// The protocol restJson1: HTTP used to the full, with JSON bodies.
#pragma once

#include <awsxx/core/expected_fwd.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/operation.hpp>

#if !defined(AWSXX_COMPILED)
#include <awsxx/protocols/rest_json_source.hpp>
#endif

#include <string>

namespace awsxx::inline AWSXX_ABI::rest_json {

#if defined(AWSXX_COMPILED)
namespace detail::rest_json {

AWSXX_ONCE expected<void> encode(const model::operation& what, const void* in, http::request& draft,
                                 const std::string& token);
AWSXX_ONCE expected<std::string> decode(const model::operation& what, http::response& answer,
                                        void* out);
AWSXX_ONCE error decode_error(const model::operation& what, const http::response& answer);
AWSXX_ONCE void decode_modeled(const model::type& shape, http::response& answer, void* out);

}  // namespace detail::rest_json
#endif

/// What most newer services speak: Lambda, API Gateway, IAM Identity Center.
///
/// https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
inline constexpr model::protocol protocol{.name = "restJson1",
                                          .encode = &detail::rest_json::encode,
                                          .decode = &detail::rest_json::decode,
                                          .decode_error = &detail::rest_json::decode_error,
                                          .decode_modeled = &detail::rest_json::decode_modeled};

}  // namespace awsxx::inline AWSXX_ABI::rest_json
