// SPDX-License-Identifier: MIT
// An HTTP request and its answer, as values.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/http/body.hpp>
#include <awsxx/http/headers.hpp>
#include <awsxx/http/uri.hpp>

#include <string>

namespace awsxx::inline AWSXX_ABI::http {

/// What is sent.
struct request {
    std::string method = "GET";
    http::uri target{};
    http::headers headers{};
    http::body body{};
};

/// What came back. A body that went to a sink or into the caller's memory is not in `body`.
struct response {
    int status{};
    http::headers headers{};
    std::string body{};
};

}  // namespace awsxx::inline AWSXX_ABI::http
