// SPDX-License-Identifier: MIT
// The protocol Smithy RPC v2 with CBOR: the operation in the path, CBOR both ways.
#pragma once

#include <awsxx/core/expected_fwd.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/operation.hpp>

#if !defined(AWSXX_COMPILED)
#include <awsxx/protocols/rpc_v2_cbor_source.hpp>
#endif

#include <string>

namespace awsxx::inline AWSXX_ABI::rpc_v2_cbor {

#if defined(AWSXX_COMPILED)
namespace detail::rpc_v2_cbor {

AWSXX_ONCE expected<void> encode(const model::operation& what, const void* in, http::request& draft,
                                 const std::string& token);
AWSXX_ONCE expected<std::string> decode(const model::operation& what, http::response& answer,
                                        void* out);
AWSXX_ONCE error decode_error(const model::operation& what, const http::response& answer);
AWSXX_ONCE void decode_modeled(const model::type& shape, http::response& answer, void* out);

}  // namespace detail::rpc_v2_cbor
#endif

/// What CloudWatch and services that are new speak.
///
/// https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html
inline constexpr model::protocol protocol{.name = "rpcv2Cbor",
                                          .encode = &detail::rpc_v2_cbor::encode,
                                          .decode = &detail::rpc_v2_cbor::decode,
                                          .decode_error = &detail::rpc_v2_cbor::decode_error,
                                          .decode_modeled = &detail::rpc_v2_cbor::decode_modeled};

}  // namespace awsxx::inline AWSXX_ABI::rpc_v2_cbor
