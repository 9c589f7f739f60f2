// SPDX-License-Identifier: MIT
// The protocol awsQuery: forms out, XML back. STS, IAM, SNS and other early services speak it.
#pragma once

#include <awsxx/core/expected_fwd.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/operation.hpp>

#if !defined(AWSXX_COMPILED)
#include <awsxx/protocols/aws_query_source.hpp>
#endif

#include <string>

namespace awsxx::inline AWSXX_ABI::aws_query {

#if defined(AWSXX_COMPILED)
namespace detail::aws_query {

AWSXX_ONCE expected<void> encode(const model::operation& what, const void* in, http::request& draft,
                                 const std::string& token);
AWSXX_ONCE expected<std::string> decode(const model::operation& what, http::response& answer,
                                        void* out);
AWSXX_ONCE error decode_error(const model::operation& what, const http::response& answer);
AWSXX_ONCE void decode_modeled(const model::type& shape, http::response& answer, void* out);

}  // namespace detail::aws_query
#endif

inline constexpr model::protocol protocol{.name = "awsQuery",
                                          .encode = &detail::aws_query::encode,
                                          .decode = &detail::aws_query::decode,
                                          .decode_error = &detail::aws_query::decode_error,
                                          .decode_modeled = &detail::aws_query::decode_modeled};

}  // namespace awsxx::inline AWSXX_ABI::aws_query
