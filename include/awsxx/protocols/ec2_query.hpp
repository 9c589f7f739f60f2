// SPDX-License-Identifier: MIT
// The protocol ec2Query: awsQuery as EC2 alone speaks it.
#pragma once

#include <awsxx/core/expected_fwd.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/operation.hpp>

#if !defined(AWSXX_COMPILED)
#include <awsxx/protocols/ec2_query_source.hpp>
#endif

#include <string>

namespace awsxx::inline AWSXX_ABI::ec2_query {

#if defined(AWSXX_COMPILED)
namespace detail::ec2_query {

AWSXX_ONCE expected<void> encode(const model::operation& what, const void* in, http::request& draft,
                                 const std::string& token);
AWSXX_ONCE expected<std::string> decode(const model::operation& what, http::response& answer,
                                        void* out);
AWSXX_ONCE error decode_error(const model::operation& what, const http::response& answer);
AWSXX_ONCE void decode_modeled(const model::type& shape, http::response& answer, void* out);

}  // namespace detail::ec2_query
#endif

/// https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html
inline constexpr model::protocol protocol{.name = "ec2Query",
                                          .encode = &detail::ec2_query::encode,
                                          .decode = &detail::ec2_query::decode,
                                          .decode_error = &detail::ec2_query::decode_error,
                                          .decode_modeled = &detail::ec2_query::decode_modeled};

}  // namespace awsxx::inline AWSXX_ABI::ec2_query
