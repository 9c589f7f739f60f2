// SPDX-License-Identifier: MIT
// What is said about a request that no table describes.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/http/exchange.hpp>

#include <string>

namespace awsxx::inline AWSXX_ABI {

/// What a request that the program itself makes is signed for, and where its answer goes.
struct request_scope {
    std::string service{};    ///< The signing name, as in "s3".
    std::string region{};     ///< Empty: where the service is, seen from the session's region.
    std::string operation{};  ///< For error messages, as in "PutObject".
    bool is_unsigned{};       ///< Sent without a signature.
    bool with_token{};        ///< Sent with a bearer token in place of a signature.
    http::body_sink* sink{};  ///< Takes the body of a successful answer; null: the response does.
};

}  // namespace awsxx::inline AWSXX_ABI
