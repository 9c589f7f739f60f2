// SPDX-License-Identifier: MIT
// How endpoints are found: compiled in every file that makes calls, or once a program.
#pragma once

#include <awsxx/config/preference.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/host.hpp>
#include <awsxx/http/parse_uri.hpp>
#include <awsxx/http/uri.hpp>
#include <awsxx/model/standard_rules.hpp>
#include <awsxx/runtime/endpoint_arguments_source.hpp>
#include <awsxx/runtime/endpoint_search.hpp>
#include <awsxx/runtime/partitions.hpp>
#include <awsxx/runtime/rules_source.hpp>
#include <awsxx/runtime/user_agent.hpp>

#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

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
    error refused = invalid("region \"" + from.region.substr(0, 80) + "\" is no label of a host",
                            from.region_source);
    refused.code = "InvalidRegion";
    return refused;
}

inline expected<void> check_url(const endpoint_inputs& from) {
    const auto base = http::parse_uri(from.url);
    if (!base) return invalid("endpoint URL: " + base.error().message, from.url_source);
    if (!base->query.empty() || from.url.ends_with('?'))
        return invalid("endpoint URL: it has a query", from.url_source);
    return {};
}

constexpr std::string_view without_slashes(std::string_view url) noexcept {
    while (url.ends_with('/')) url.remove_suffix(1);
    return url;
}

constexpr std::string_view mode_name(account_endpoints mode) noexcept {
    constexpr std::string_view names[] = {"preferred", "disabled", "required"};
    return names[static_cast<unsigned char>(mode)];
}

constexpr auth::feature mode_feature(account_endpoints mode) noexcept {
    switch (mode) {
        case account_endpoints::disabled: return auth::feature::account_endpoints_disabled;
        case account_endpoints::required: return auth::feature::account_endpoints_required;
        default: return auth::feature::account_endpoints_preferred;
    }
}

constexpr std::optional<endpoint_scheme> scheme_named(std::string_view name) noexcept {
    constexpr std::pair<std::string_view, endpoint_scheme> all[] = {
        {"sigv4", endpoint_scheme::sigv4},
        {"sigv4a", endpoint_scheme::sigv4a},
        {"sigv4-s3express", endpoint_scheme::s3_express},
        {"none", endpoint_scheme::none},
        {"bearer", endpoint_scheme::bearer},
    };
    for (const auto& [known, scheme] : all)
        if (known == name) return scheme;
    return {};
}

/// What settings call a scheme that rules call otherwise.
constexpr std::string_view preferred_name(std::string_view scheme) noexcept {
    if (scheme == "bearer") return "httpBearerAuth";
    return scheme == "none" ? "noAuth" : scheme;
}

}  // namespace detail::endpoint

AWSXX_ONCE model::rule_set rules_of(const model::service& service) noexcept {
    if (!service.rules.code.empty()) return service.rules;
    return {model::standard_rules::regional, service.endpoint_prefix};
}

AWSXX_ONCE bool asks_for_account(const model::service& service) {
    rule_evaluation rules(rules_of(service));
    return rules.set(model::rule_code::builtin::account_id_mode, "disabled");
}

AWSXX_ONCE expected<void> check_endpoint_inputs(const model::service& service,
                                                const endpoint_inputs& from) {
    namespace own = detail::endpoint;
    if (from.region.empty()) return own::missing_region(service);
    if (auto valid = own::check_region(from); !valid) return valid;
    if (from.url.empty()) return {};
    if (from.flags_from_code && (from.fips || from.dual_stack))
        return own::invalid("an endpoint URL excludes FIPS and dual-stack hosts", from.url_source);
    return own::check_url(from);
}

AWSXX_ONCE endpoint_search::endpoint_search(const model::service& service,
                                            const endpoint_inputs& from)
    : service_(service), inputs_(from), rules_(rules_of(service)) {}

/// What every service may ask for.
AWSXX_ONCE void endpoint_search::give(const call_inputs& of) {
    using model::rule_code::builtin;
    namespace own = detail::endpoint;
    const bool custom = !inputs_.url.empty();
    const bool is_s3 = service_.id == "S3";
    const bool dual = inputs_.dual_stack || (is_s3 && inputs_.more.s3_dual_stack);
    rules_.set(builtin::region, of.region.empty() ? std::string_view(inputs_.region) : of.region);
    rules_.set(builtin::use_fips, inputs_.fips && !custom);
    rules_.set(builtin::use_dual_stack, dual && !custom);
    if (custom) rules_.set(builtin::endpoint, own::without_slashes(inputs_.url));
    const auto mode =
        of.without_account ? account_endpoints::disabled : inputs_.more.account_endpoints;
    asks_for_mode_ = rules_.set(builtin::account_id_mode, own::mode_name(mode));
    if (!of.account_id.empty()) rules_.set(builtin::account_id, of.account_id);
    rules_.set(builtin::sts_use_global_endpoint, false);
    give_s3();
}

AWSXX_ONCE void endpoint_search::give_s3() {
    using model::rule_code::builtin;
    const s3_settings& s3 = inputs_.more.s3;
    const auto give = [&](builtin which, const std::optional<bool>& value) {
        if (value) rules_.set(which, *value);
    };
    rules_.set(builtin::s3_force_path_style, keeps_path_style());
    rules_.set(builtin::s3_use_global_endpoint, inputs_.more.s3_global_host);
    give(builtin::s3_accelerate, s3.use_accelerate);
    give(builtin::s3_use_arn_region, s3.use_arn_region);
    give(builtin::s3_control_use_arn_region, s3.use_arn_region);
    give(builtin::s3_disable_multi_region_access_points, s3.disable_multi_region_access_points);
    give(builtin::s3_disable_express_session_auth, s3.disable_express_session_auth);
    if (s3.disable_express_session_auth)  // S3's model does not say what fills this one
        rules_.set("DisableS3ExpressSessionAuth", *s3.disable_express_session_auth);
}

AWSXX_ONCE bool endpoint_search::keeps_path_style() const {
    const s3_addressing chosen = inputs_.more.s3.addressing.value_or(s3_addressing::automatic);
    if (chosen != s3_addressing::automatic) return chosen == s3_addressing::path;
    const auto parts = parse_rule_url(inputs_.url);
    if (!parts) return false;
    const bool has_port = parts->authority.find(':') != std::string_view::npos;
    return parts->is_ip || has_port || http::is_loopback(parts->authority);
}

AWSXX_ONCE expected<void> endpoint_search::run(const call_inputs& of) {
    give(of);
    if (of.what != nullptr)
        if (auto given = arguments_.give(*of.what, of.in, rules_); !given) return given;
    if (auto found = rules_.run(); !found) {
        error why = std::move(found).error();
        why.message = std::string(service_.id) + ": " + why.message;
        return why;
    }
    return choose_scheme(of.region.empty() ? std::string_view(inputs_.region) : of.region);
}

/// The one that is preferred, else the first, of those that there is code for.
AWSXX_ONCE expected<void> endpoint_search::choose_scheme(std::string_view region) {
    const partition& where = partition_of(region);
    const bool whole = is_global_region(region);
    scheme_ = {};
    scheme_.name = service_.signing_name.empty() ? service_.endpoint_prefix : service_.signing_name;
    scheme_.region = whole ? where.global_region : region;
    const rule_node all = rules_.properties().find("authSchemes");
    rule_node best;
    std::size_t best_place = 0;
    std::string offered;
    all.each([&](std::string_view, const rule_node& one) {
        const std::string_view name = one.find("name").text();
        offered.append(offered.empty() ? "" : ", ").append(name);
        if (!detail::endpoint::scheme_named(name)) return;
        const std::size_t place =
            config::place_in(inputs_.more.auth_schemes, detail::endpoint::preferred_name(name));
        if (best && place >= best_place) return;
        best = one;
        best_place = place;
    });
    if (best) read_scheme(best);
    if (best || offered.empty()) return {};
    return error{.kind = error_kind::configuration,
                 .code = "NoEndpoint",
                 .message = std::string(service_.id) + ": nobody here can sign by " + offered};
}

AWSXX_ONCE void endpoint_search::read_scheme(const rule_node& from) {
    scheme_.scheme = *detail::endpoint::scheme_named(from.find("name").text());
    if (const rule_node name = from.find("signingName")) scheme_.name = name.text();
    if (const rule_node region = from.find("signingRegion")) scheme_.region = region.text();
    if (const rule_node set = from.find("signingRegionSet")) {
        bool first = true;  // the rules that there are name one: "*"
        set.each([&](std::string_view, const rule_node& region) {
            if (std::exchange(first, false)) scheme_.region = region.text();
        });
    }
    const std::string& regions = inputs_.more.sigv4a_regions;
    if (scheme_.scheme == endpoint_scheme::sigv4a && !regions.empty()) scheme_.region = regions;
    scheme_.double_encode = !from.find("disableDoubleEncoding").flag();
    scheme_.normalize_path = !from.find("disableNormalizePath").flag();
}

AWSXX_ONCE bool endpoint_search::found(const resolved_endpoint& one) const {
    bool plain = one.headers.empty();
    rules_.each_header([&](std::string_view, std::string_view) { plain = false; });
    return plain && one.url == rules_.url() && one.scheme == scheme_.scheme &&
           one.signing_region == scheme_.region && one.signing_name == scheme_.name;
}

AWSXX_ONCE expected<resolved_endpoint> endpoint_search::take() const {
    const bool custom = !inputs_.url.empty();
    resolved_endpoint made;
    made.url = rules_.url();
    auto base = http::parse_uri(made.url);
    if (!base)
        return detail::endpoint::invalid(
            std::string(service_.id) + ": " + base.error().message,
            custom ? std::string_view(inputs_.url_source) : std::string_view());
    made.base = *std::move(base);
    while (made.base.path.size() > 1 && made.base.path.ends_with('/')) made.base.path.pop_back();
    made.custom = custom;
    made.scheme = scheme_.scheme;
    made.signing_name = scheme_.name;
    made.signing_region = scheme_.region;
    made.signing = auth::rules_for(made.signing_name);
    made.signing.double_encode = made.signing.double_encode && scheme_.double_encode;
    made.signing.normalize_path = made.signing.normalize_path && scheme_.normalize_path;
    const auto& hashes = inputs_.more.s3.payload_signing;
    if (hashes && made.signing.body == auth::body_rule::streams_not_over_tls) {
        made.signing.body = *hashes ? auth::body_rule::hashed : auth::body_rule::not_over_tls;
        made.hashes_streams = *hashes;
    }
    rules_.each_header([&](std::string_view name, std::string_view value) {
        made.headers.emplace_back(name, value);
    });
    made.uses = counted();
    return made;
}

/// What the rules want to be counted, and what follows from the settings.
AWSXX_ONCE auth::features endpoint_search::counted() const {
    namespace own = detail::user_agent;
    auth::features all;
    if (scheme_.scheme == endpoint_scheme::sigv4a) all |= auth::feature::sigv4a;
    if (scheme_.scheme == endpoint_scheme::s3_express) all |= auth::feature::s3_express;
    if (asks_for_mode_) all |= detail::endpoint::mode_feature(inputs_.more.account_endpoints);
    rules_.properties().find("metricValues").each([&](std::string_view, const rule_node& one) {
        for (std::size_t i = 0; i < std::size(own::ids); ++i)
            if (own::ids[i] == one.text()) all |= static_cast<auth::feature>(i);
    });
    return all;
}

AWSXX_ONCE expected<resolved_endpoint> find_endpoint(const model::service& service,
                                                     const endpoint_inputs& from) {
    endpoint_search search(service, from);
    if (auto done = search.run({.without_account = true}); !done) return std::move(done).error();
    return search.take();
}

AWSXX_ONCE expected<resolved_endpoint> resolve_endpoint(const model::service& service,
                                                        const endpoint_inputs& from) {
    if (auto fine = check_endpoint_inputs(service, from); !fine) return std::move(fine).error();
    return find_endpoint(service, from);
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
