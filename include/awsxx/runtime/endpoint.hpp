// SPDX-License-Identifier: MIT
// Where the requests of a service go, and what they are signed for.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/host.hpp>
#include <awsxx/http/uri.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/runtime/partitions.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// What decides on an endpoint. Seen, not owned.
struct endpoint_inputs {
    std::string_view region{};
    std::string_view region_source{};  ///< Where the region was set, for errors.
    bool fips{};
    bool dual_stack{};
    /// An address that replaces AWS's own; empty: none.
    std::string_view url{};
    std::string_view url_source{};  ///< Where it was set, for errors.
    /// The code asks for `fips` or `dual_stack`, so that a `url` contradicts it. From the
    /// environment or a file they give way to the `url`.
    bool flags_from_code{};
};

/// An endpoint, found.
struct resolved_endpoint {
    http::uri base{};  ///< Its path ends without a slash, or is "/".
    std::string signing_region{};
    std::string signing_name{};
    bool custom{};  ///< Somebody's own address.
};

namespace detail::endpoint {

AWSXX_COLD inline error invalid(std::string what, std::string_view source) {
    if (!source.empty()) what.append(" (from ").append(source).append(")");
    return {
        .kind = error_kind::configuration, .code = "InvalidEndpoint", .message = std::move(what)};
}

AWSXX_COLD inline error missing_region(const model::service& service) {
    return {
        .kind = error_kind::configuration,
        .code = "MissingRegion",
        .message = std::string(service.id) + " has an address in each region and no region is set"};
}

/// The region goes into a host name: nothing else than a label may be in it.
inline expected<void> check_region(const endpoint_inputs& from) {
    if (http::valid_host_label(from.region)) return {};
    std::string what =
        "region \"" + std::string(from.region.substr(0, 80)) + "\" is no label of a host";
    error refused = invalid(std::move(what), from.region_source);
    refused.code = "InvalidRegion";
    return refused;
}

inline expected<http::uri> custom_base(const endpoint_inputs& from) {
    auto base = http::parse_uri(from.url);
    if (!base) return invalid("endpoint URL: " + base.error().message, from.url_source);
    if (!base->query.empty() || from.url.ends_with('?'))
        return invalid("endpoint URL: it has a query", from.url_source);
    while (base->path.size() > 1 && base->path.ends_with('/')) base->path.pop_back();
    return base;
}

/// AWS GovCloud's ordinary hosts of these are validated ones.
constexpr bool is_fips_by_nature(std::string_view prefix, const partition& where) noexcept {
    return where.id == "aws-us-gov" &&
           (prefix == "sts" || prefix == "dynamodb" || prefix == "organizations" ||
            prefix == "identitystore" || prefix == "oidc" || prefix == "portal.sso");
}

inline std::string regional_host(std::string_view prefix, std::string_view region,
                                 const endpoint_inputs& from) {
    const partition& where = partition_of(region);
    const bool marked = from.fips && (from.dual_stack || !is_fips_by_nature(prefix, where));
    std::string host(prefix);
    host.append(marked ? "-fips." : ".").append(region).append(".");
    return host.append(from.dual_stack ? where.dual_stack_suffix : where.dns_suffix);
}

/// A host that the service names itself; empty: the rules make it.
inline std::string special_host(const model::service& service, const endpoint_inputs& from) {
    if (from.dual_stack) return {};
    for (const model::special_host& one : service.special_hosts) {
        if (one.fips != from.fips) continue;
        if (one.where != from.region && one.where != partition_of(from.region).id) continue;
        constexpr std::string_view mark = "{region}";
        std::string host(one.host);
        const std::size_t at = host.find(mark);
        if (at != std::string::npos) host.replace(at, mark.size(), from.region);
        return host;
    }
    return {};
}

/// The host, and in `region` what it is signed for.
inline std::string aws_host(const model::service& service, const endpoint_inputs& from,
                            std::string_view& region) {
    if (auto special = special_host(service, from); !special.empty()) return special;
    const partition& where = partition_of(region);
    const bool plain = !from.fips && !from.dual_stack;
    const bool whole_partition = is_global_region(region);
    if (!service.global_host.empty() || whole_partition) region = where.global_region;
    if (where.id == "aws" && plain && !service.global_host.empty()) {
        region = service.global_region;
        return std::string(service.global_host);
    }
    if (where.id == "aws" && plain && whole_partition && service.endpoint_prefix == "sts")
        return "sts.amazonaws.com";
    return regional_host(service.endpoint_prefix, region, from);
}

}  // namespace detail::endpoint

/// Finds where a service is. Fails with `configuration` where region, URL and flags are missing,
/// malformed or contradict each other; the message says where each was set.
inline expected<resolved_endpoint> resolve_endpoint(const model::service& service,
                                                    const endpoint_inputs& from) {
    namespace rules = detail::endpoint;
    resolved_endpoint found;
    found.signing_name =
        service.signing_name.empty() ? service.endpoint_prefix : service.signing_name;
    if (from.region.empty()) return rules::missing_region(service);
    if (auto valid = rules::check_region(from); !valid) return std::move(valid).error();
    if (from.url.empty()) {
        std::string_view region = from.region;
        found.base.host = rules::aws_host(service, from, region);
        found.signing_region = region;
        return found;
    }
    if (from.flags_from_code && (from.fips || from.dual_stack))
        return rules::invalid("an endpoint URL excludes FIPS and dual-stack hosts",
                              from.url_source);
    auto base = rules::custom_base(from);
    if (!base) return std::move(base).error();
    found.base = *std::move(base);
    found.custom = true;
    found.signing_region =
        is_global_region(from.region) ? partition_of(from.region).global_region : from.region;
    return found;
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
