// SPDX-License-Identifier: MIT
// The protocol restXml: HTTP used to the full, with XML bodies.
#pragma once

#include <awsxx/core/expected_fwd.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/operation.hpp>

#if !defined(AWSXX_COMPILED)
#include <awsxx/protocols/rest_xml_source.hpp>
#endif

#include <string>

namespace awsxx::inline AWSXX_ABI::rest_xml {

#if defined(AWSXX_COMPILED)
namespace detail::rest_xml {

AWSXX_ONCE expected<void> encode(const model::operation& what, const void* in, http::request& draft,
                                 const std::string& token);
AWSXX_ONCE expected<std::string> decode(const model::operation& what, http::response& answer,
                                        void* out);
AWSXX_ONCE error decode_error(const model::operation& what, const http::response& answer);
AWSXX_ONCE void decode_modeled(const model::type& shape, http::response& answer, void* out);

}  // namespace detail::rest_xml
#endif

/// What S3, CloudFront and Route 53 speak.
///
/// https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html
inline constexpr model::protocol protocol{.name = "restXml",
                                          .encode = &detail::rest_xml::encode,
                                          .decode = &detail::rest_xml::decode,
                                          .decode_error = &detail::rest_xml::decode_error,
                                          .decode_modeled = &detail::rest_xml::decode_modeled};

}  // namespace awsxx::inline AWSXX_ABI::rest_xml
