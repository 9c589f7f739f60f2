// SPDX-License-Identifier: MIT
// Where ECS, EKS and their like hand out credentials, and what is shown to them.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/name_resolver.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/system.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/host.hpp>
#include <awsxx/http/parse_uri.hpp>
#include <awsxx/http/uri.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// The endpoint that hands out a container's credentials.
struct container_endpoint {
    http::uri target{};
    std::string source{};      ///< The variable that says so, or "code".
    std::string token_file{};  ///< Read at each fetch; goes before `token`.
    secret token{};            ///< Sent as `Authorization`; empty: nothing is.
};

namespace detail::container_rules {

AWSXX_COLD inline error refused(std::string code, std::string message) {
    return {
        .kind = error_kind::configuration, .code = std::move(code), .message = std::move(message)};
}

inline bool is_near(std::string_view host) {
    if (http::is_loopback(host)) return true;
    const auto address = http::parse_address(host);
    if (!address) return false;
    for (const std::string_view known : {"169.254.170.2", "169.254.170.23", "fd00:ec2::23"})
        if (*address == *http::parse_address(known)) return true;
    return false;
}

}  // namespace detail::container_rules

/// What AWS_CONTAINER_CREDENTIALS_RELATIVE_URI says or, without it,
/// AWS_CONTAINER_CREDENTIALS_FULL_URI, with AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE or else
/// AWS_CONTAINER_AUTHORIZATION_TOKEN. Neither URI: `not_configured`.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
inline expected<container_endpoint> find_container_endpoint(const environment& variables) {
    using detail::container_rules::refused;
    const auto relative = get_filled(variables, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
    const auto full = get_filled(variables, "AWS_CONTAINER_CREDENTIALS_FULL_URI");
    if (!relative && !full)
        return error{.kind = error_kind::not_configured,
                     .code = "NoContainer",
                     .message = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and _FULL_URI are not set"};
    container_endpoint found{.source = relative ? "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"
                                                : "AWS_CONTAINER_CREDENTIALS_FULL_URI"};
    if (relative && relative->front() != '/')
        return refused("InvalidContainerUri", found.source + " does not begin with /");
    auto target = http::parse_uri(relative ? "http://169.254.170.2" + *relative : *full);
    if (!target)
        return caused_by(refused("InvalidContainerUri", found.source), std::move(target).error());
    found.target = *std::move(target);
    found.token_file = get_filled(variables, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE").value_or("");
    if (auto token = get_filled(variables, "AWS_CONTAINER_AUTHORIZATION_TOKEN"))
        found.token = *std::move(token);
    return found;
}

/// Whether the host may be sent the token and believed without asking for its addresses: over
/// https any; else this computer and the addresses of ECS and EKS.
inline bool is_trusted_container_host(const container_endpoint& of) {
    return of.target.scheme == "https" || detail::container_rules::is_near(of.target.host);
}

/// The host to connect to: for a name over http one of its addresses, all of which have to be
/// such that the name could be trusted. Blocks while it asks for them.
inline expected<std::string> container_host(const container_endpoint& of, name_resolver& names) {
    using detail::container_rules::refused;
    const std::string& host = of.target.host;
    if (is_trusted_container_host(of)) return host;
    const auto not_allowed = [&](std::string_view address) {
        std::string message = host + " (from " + of.source + ')';
        if (address != host) message.append(", which is ").append(address).append(",");
        return refused("ContainerHostNotAllowed",
                       message.append(" is neither this computer nor the address of ECS or EKS: "
                                      "only https may be used with it"));
    };
    if (http::parse_address(host)) return not_allowed(host);
    auto addresses = names.addresses_of(host);
    if (!addresses)
        return caused_by(refused("ContainerHostNotAllowed", host + " (from " + of.source + ')'),
                         std::move(addresses).error());
    for (const std::string& address : *addresses)
        if (!detail::container_rules::is_near(address)) return not_allowed(address);
    return addresses->front();
}

/// What goes into `Authorization`: the file, without a line end at its end, or the token. Text of
/// more than a line or with control characters is refused. Blocks while it reads the file.
inline expected<secret> container_token(const container_endpoint& of, const file_system& files) {
    using detail::container_rules::refused;
    const bool in_file = !of.token_file.empty();
    std::string text(of.token.expose());
    if (in_file) {
        wipe(text);
        auto read = files.read(of.token_file, 64 * 1024);
        if (!read)
            return caused_by(refused("ContainerTokenUnreadable",
                                     "the file that AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE names"),
                             std::move(read).error());
        text = *std::move(read);
        if (text.ends_with('\n')) text.pop_back();
        if (text.ends_with('\r')) text.pop_back();
    }
    const bool empty = in_file && text.empty();
    const bool lines = text.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos;
    const bool control = std::any_of(text.begin(), text.end(), [](char c) {
        return c == 0x7f || (static_cast<unsigned char>(c) < 0x20 && c != '\t');
    });
    secret token(std::move(text));
    if (!empty && !control) return token;
    return refused("InvalidContainerToken",
                   (in_file ? of.token_file : "the container's authorization token") +
                       (empty   ? " is empty"
                        : lines ? " has more than one line"
                                : " has control characters in it"));
}

}  // namespace awsxx::inline AWSXX_ABI
