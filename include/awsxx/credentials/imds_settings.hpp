// SPDX-License-Identifier: MIT
// Where the metadata service of an EC2 instance is, and how it is to be asked.
#pragma once

#include <awsxx/config/sources.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/metadata_client.hpp>
#include <awsxx/http/parse_uri.hpp>
#include <awsxx/http/uri.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI {

/// A name that can stand in the service's paths, as those of roles and instance profiles do.
inline bool is_instance_name(std::string_view text) noexcept {
    constexpr std::string_view others = "_+=,.@-";
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return text::is_alnum(c) || others.find(c) != others.npos;
    });
}

/// What code says about it; all but `allow_v1` can also be set from outside.
struct imds_options {
    std::optional<std::string> endpoint{};       ///< As in "http://169.254.169.254".
    std::optional<std::string> endpoint_mode{};  ///< "IPv4" or "IPv6".
    std::optional<milliseconds> timeout{};       ///< To connect, and to the first byte: 1 s.
    std::optional<int> attempts{};               ///< Of each request: 4.
    /// Whose credentials are wanted; absent: of the role that the instance has.
    std::optional<std::string> profile_name{};
    /// Goes on without a token where the service has none to give (IMDSv1): whoever can make the
    /// program fetch a URL can then have its credentials.
    bool allow_v1{};
};

/// All of it, decided.
struct imds_settings {
    http::uri endpoint{};
    config::flag disabled{};
    bool allow_v1{};
    metadata_limits limits{};
    std::vector<std::string> warnings{};  ///< What was ignored in the files.
};

namespace detail::imds_sources {

inline expected<http::uri> endpoint(const imds_options& code, const config::sources& from) {
    const config::setting url = from.find(
        code.endpoint, {"AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint"});
    const config::setting mode =
        from.find(code.endpoint_mode,
                  {"AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode"});
    if (url) {
        auto parsed = http::parse_uri(text::trimmed(url.value));
        if (!parsed)
            return caused_by(config::invalid_url(url, "the metadata service's URL"),
                             std::move(parsed).error());
        if (!parsed->query.empty()) return config::invalid_url(url, "a URL without a query");
        return parsed;
    }
    const std::string_view version = text::trimmed(mode.value);
    if (!mode || text::equal_ignoring_case(version, "IPv4"))
        return http::uri{.scheme = "http", .host = "169.254.169.254"};
    if (text::equal_ignoring_case(version, "IPv6"))
        return http::uri{.scheme = "http", .host = "fd00:ec2::254"};
    return config::invalid_setting(mode, "IPv4 or IPv6");
}

inline expected<metadata_limits> limits(const imds_options& code, const config::sources& from) {
    milliseconds timeout = code.timeout.value_or(milliseconds(1000));
    int attempts = code.attempts.value_or(4);
    if (!code.timeout) {
        const auto seconds_set = config::number_in<int>(
            from.find({}, {"AWS_METADATA_SERVICE_TIMEOUT", "metadata_service_timeout"}), 1);
        if (!seconds_set) return seconds_set.error();
        if (*seconds_set) timeout = seconds(**seconds_set);
    }
    if (!code.attempts) {
        const auto number = config::number_in<int>(
            from.find({}, {"AWS_METADATA_SERVICE_NUM_ATTEMPTS", "metadata_service_num_attempts"}),
            1);
        if (!number) return number.error();
        attempts = number->value_or(attempts);
    }
    constexpr milliseconds most = (milliseconds::max)() / 3;
    return metadata_limits{.connect = timeout,
                           .first_byte = timeout,
                           .total = 3 * (std::min)(timeout, most),
                           .attempts = attempts};
}

}  // namespace detail::imds_sources

/// Decides from code, environment and profile, in this order. An endpoint goes before a mode,
/// wherever they stand. What cannot be understood is an error that tells where it stands, unless
/// the service is switched off: then nothing else is looked at.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html
inline expected<imds_settings> find_imds_settings(const imds_options& code,
                                                  const config::sources& from) {
    imds_settings all;
    auto disabled = config::find_flag(from, {}, {"AWS_EC2_METADATA_DISABLED", {}}, all.warnings);
    if (!disabled) return std::move(disabled).error();
    all.disabled = *std::move(disabled);
    if (all.disabled.value) return all;
    const auto v1_disabled = config::find_flag(
        from, {}, {"AWS_EC2_METADATA_V1_DISABLED", "ec2_metadata_v1_disabled"}, all.warnings);
    if (!v1_disabled) return v1_disabled.error();
    auto endpoint = detail::imds_sources::endpoint(code, from);
    if (!endpoint) return std::move(endpoint).error();
    const auto limits = detail::imds_sources::limits(code, from);
    if (!limits) return limits.error();
    all.endpoint = *std::move(endpoint);
    all.allow_v1 = code.allow_v1 && !v1_disabled->value;
    all.limits = *limits;
    return all;
}

/// The instance profile whose credentials are wanted, from code, `AWS_EC2_INSTANCE_PROFILE_NAME` or
/// the profile's `ec2_instance_profile_name`; not found: whatever role the instance has.
inline expected<config::setting> find_instance_profile(const imds_options& code,
                                                       const config::sources& from) {
    config::setting name = from.find(
        code.profile_name, {"AWS_EC2_INSTANCE_PROFILE_NAME", "ec2_instance_profile_name"});
    name.value = std::string(text::trimmed(name.value));
    if (name && !is_instance_name(name.value))
        return config::invalid_setting(name, "the name of an instance profile");
    return name;
}

/// The address of something the service has; `path` begins with "/latest/".
inline http::uri imds_uri(const imds_settings& of, std::string_view path) {
    http::uri target = of.endpoint;
    if (target.path.ends_with('/')) target.path.pop_back();
    target.path += path;
    return target;
}

/// Where a token is asked for.
inline http::uri imds_token_uri(const imds_settings& of) {
    return imds_uri(of, "/latest/api/token");
}

}  // namespace awsxx::inline AWSXX_ABI
