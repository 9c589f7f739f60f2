// SPDX-License-Identifier: MIT
// Requests as the tests of the transport make them.
#pragma once

#include <awsxx/http/curl_transport.hpp>
#include <awsxx/http/parse_uri.hpp>

#include <support/catch.hpp>
#include <support/http_server.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace test {

inline awsxx::http::request get(const std::string& url) {
    return {.target = *awsxx::http::parse_uri(url)};
}

inline awsxx::http::request with_body(std::string method, const std::string& url,
                                      awsxx::http::body body) {
    return {.method = std::move(method),
            .target = *awsxx::http::parse_uri(url),
            .body = std::move(body)};
}

/// The error of an exchange that has to fail.
inline awsxx::error failure_of(awsxx::http::curl_transport& transport,
                               const awsxx::http::request& what,
                               const awsxx::http::exchange& how = {}) {
    auto answer = transport.send(what, how);
    REQUIRE_FALSE(answer);
    return std::move(answer).error();
}

/// The answer of an exchange that has to succeed.
inline awsxx::http::response answer_of(awsxx::http::curl_transport& transport,
                                       const awsxx::http::request& what,
                                       const awsxx::http::exchange& how = {}) {
    auto answer = transport.send(what, how);
    if (!answer) FAIL(to_string(answer.error()));
    return *std::move(answer);
}

/// The same place by an address that is not known to be this computer's own: 0.0.0.0 is every one.
inline std::string by_foreign_address(std::string url) {
    return url.replace(url.find("127.0.0.1"), 9, "0.0.0.0");
}

/// Answers everything with 200 and `body`.
inline http_server::handler always(std::string body) {
    return [body = std::move(body)](const received&) { return answer(200, body); };
}

/// Answers everything with the same bytes.
inline http_server::handler bytes(std::string what, reply::then next = reply::then::keep) {
    return [what = std::move(what), next](const received&) { return reply{what, next}; };
}

}  // namespace test
