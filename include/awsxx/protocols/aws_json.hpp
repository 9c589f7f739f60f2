// SPDX-License-Identifier: MIT
// The protocols awsJson 1.0 and 1.1: JSON both ways, the operation named in a header.
#pragma once

#include <awsxx/core/expected_fwd.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/operation.hpp>

#if !defined(AWSXX_COMPILED)
#include <awsxx/protocols/aws_json_source.hpp>
#endif

#include <string>

namespace awsxx::inline AWSXX_ABI::aws_json {

#if defined(AWSXX_COMPILED)
namespace detail::aws_json {

AWSXX_ONCE expected<void> encode_1_0(const model::operation& what, const void* in,
                                     http::request& draft, const std::string& token);
AWSXX_ONCE expected<void> encode_1_1(const model::operation& what, const void* in,
                                     http::request& draft, const std::string& token);
AWSXX_ONCE expected<std::string> decode(const model::operation& what, http::response& answer,
                                        void* out);
AWSXX_ONCE error decode_error(const model::operation& what, const http::response& answer);
AWSXX_ONCE void decode_modeled(const model::type& shape, http::response& answer, void* out);

}  // namespace detail::aws_json
#endif

/// What older services speak, DynamoDB and Step Functions among them.
inline constexpr model::protocol protocol_1_0{.name = "awsJson1_0",
                                              .encode = &detail::aws_json::encode_1_0,
                                              .decode = &detail::aws_json::decode,
                                              .decode_error = &detail::aws_json::decode_error,
                                              .decode_modeled = &detail::aws_json::decode_modeled};

/// What most services with JSON speak.
inline constexpr model::protocol protocol_1_1{.name = "awsJson1_1",
                                              .encode = &detail::aws_json::encode_1_1,
                                              .decode = &detail::aws_json::decode,
                                              .decode_error = &detail::aws_json::decode_error,
                                              .decode_modeled = &detail::aws_json::decode_modeled};

}  // namespace awsxx::inline AWSXX_ABI::aws_json
