// SPDX-License-Identifier: MIT
// Where an AppSync API is, and in which region.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/host.hpp>
#include <awsxx/http/parse_uri.hpp>
#include <awsxx/http/uri.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::appsync {

/// The region in "<id>.appsync-api.<region>.amazonaws.com"; empty where the host is another.
inline std::string region_of_host(std::string_view host) {
    constexpr std::string_view label = ".appsync-api.";
    const auto at = host.find(label);
    if (at == host.npos) return {};
    host.remove_prefix(at + label.size());
    const std::string_view region = host.substr(0, host.find('.'));
    if (!host.substr(region.size()).starts_with(".amazonaws.com")) return {};
    return http::valid_host_label(region) ? std::string(region) : std::string();
}

/// The address of an API. Fails with `invalid_argument` for what is none, and where a token would
/// travel without TLS to another computer.
inline expected<http::uri> parse_endpoint(std::string_view url) {
    auto parsed = http::parse_uri(url);
    const auto bad = [](std::string why) {
        return error{.kind = error_kind::invalid_argument,
                     .code = "InvalidAppSyncEndpoint",
                     .message = std::move(why)};
    };
    if (!parsed) return bad("the endpoint: " + parsed.error().message);
    if (parsed->scheme == "https" || http::is_loopback(parsed->host)) return parsed;
    return bad("the endpoint is not an https URL, so that tokens could be read on the way");
}

}  // namespace awsxx::inline AWSXX_ABI::appsync
