// SPDX-License-Identifier: MIT
// What code, environment and profile say about hosts, and about how to sign for them.
#pragma once

#include <awsxx/config/described_setting.hpp>
#include <awsxx/config/endpoint_wishes.hpp>
#include <awsxx/config/ini.hpp>
#include <awsxx/config/profile_file.hpp>
#include <awsxx/config/sources.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::config {

/// What all of them say about hosts together.
struct endpoint_settings {
    awsxx::account_endpoints account_endpoints{};
    bool disable_host_prefix{};
    s3_settings s3{};
    bool s3_dual_stack{};   ///< Set for S3 alone.
    bool s3_global_host{};  ///< In us-east-1, as long ago.
    /// Those that are preferred where there is a choice, as in "sigv4,httpBearerAuth".
    std::string auth_schemes{};
    std::string sigv4a_regions{};  ///< That SigV4a is good for, as in "us-east-1,eu-west-1".
    awsxx::endpoint_discovery endpoint_discovery{};
    std::vector<described_setting> told{};  ///< Those that somebody has chosen.
};

namespace detail::endpoint_settings {

/// Where one of S3's settings may stand: a variable, a line of the profile's `s3`, a key.
struct names {
    std::string_view variable{};
    std::string_view nested{};
    std::string_view key{};
};

inline setting find(const sources& from, const names& where) {
    if (auto found = from.variable(where.variable)) return found;
    const setting block = where.nested.empty() ? setting{} : from.in_profile("s3");
    const std::string_view line = nested_value(block.value, where.nested);
    if (!line.empty()) return {std::string(line), block.source};
    return from.in_profile(where.key);
}

/// Reads many settings; keeps the first that is wrong.
class reader {
public:
    reader(const sources& from, std::vector<std::string>& warnings)
        : from_(from), warnings_(warnings) {}

    void flag(std::optional<bool>& into, const names& where) {
        if (into) return tell(where, {*into ? "true" : "false", "code"});
        const setting found = find(from_, where);
        if (!found) return;
        into = text::parse_bool(text::trimmed(found.value));
        if (!into) return refuse(found, "true or false", where);
        tell(where, {*into ? "true" : "false", found.source});
    }
    bool flag_or_false(const std::optional<bool>& code, const names& where) {
        std::optional<bool> found = code;
        flag(found, where);
        return found.value_or(false);
    }
    std::string text(const std::optional<std::string>& code, const names& where) {
        const setting found = code ? setting{*code, "code"} : find(from_, where);
        if (found) tell(where, found);
        return found.value;
    }
    /// The place among `words`, none of which need to be lower case.
    template <class Choice>
    Choice one_of(std::optional<Choice> code, const names& where,
                  const std::string_view (&words)[3]) {
        if (code) {
            tell(where, {std::string(words[static_cast<unsigned char>(*code)]), "code"});
            return *code;
        }
        const setting found = find(from_, where);
        if (!found) return {};
        for (unsigned char i = 0; i < 3; ++i) {
            if (!text::equal_ignoring_case(text::trimmed(found.value), words[i])) continue;
            tell(where, {std::string(words[i]), found.source});
            return static_cast<Choice>(i);
        }
        std::string wanted;
        for (const std::string_view word : words)
            wanted.append(wanted.empty() ? "" : ", ").append(word);
        refuse(found, "one of " + wanted, where);
        return {};
    }
    const std::optional<error>& problem() const noexcept { return problem_; }
    /// What was found, for people.
    std::vector<described_setting>& told() noexcept { return told_; }

private:
    void tell(const names& where, setting found) {
        std::string name(where.key.empty() ? "s3." : where.key);
        if (where.key.empty()) name += where.nested;
        told_.push_back({std::move(name), std::move(found.value), std::move(found.source)});
    }

    /// In a file, which all AWS tools share, it is ignored with a warning.
    void refuse(const setting& what, std::string_view wanted, const names& where) {
        error why = invalid_setting(what, wanted);
        if (what.source != where.variable) return warnings_.push_back(std::move(why.message));
        if (!problem_) problem_ = std::move(why);
    }

    const sources& from_;
    std::vector<std::string>& warnings_;
    std::optional<error> problem_{};
    std::vector<described_setting> told_{};
};

inline void read_s3(reader& from, const s3_settings& code, config::endpoint_settings& into) {
    into.s3 = code;
    s3_settings& s3 = into.s3;
    s3.addressing =
        from.one_of(code.addressing, {{}, "addressing_style", {}}, {"auto", "virtual", "path"});
    from.flag(s3.use_accelerate, {{}, "use_accelerate_endpoint", "s3_use_accelerate_endpoint"});
    from.flag(s3.use_arn_region, {"AWS_S3_USE_ARN_REGION", "use_arn_region", "s3_use_arn_region"});
    from.flag(s3.disable_multi_region_access_points,
              {"AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS", "s3_disable_multiregion_access_points",
               "s3_disable_multiregion_access_points"});
    from.flag(s3.disable_express_session_auth,
              {"AWS_S3_DISABLE_EXPRESS_SESSION_AUTH", "s3_disable_express_session_auth",
               "s3_disable_express_session_auth"});
    from.flag(s3.payload_signing, {{}, "payload_signing_enabled", {}});
    into.s3_dual_stack = from.flag_or_false({}, {{}, "use_dualstack_endpoint", {}});
    enum class form : unsigned char { usual, legacy, regional };
    const auto us_east_1 =
        from.one_of(std::optional<form>(),
                    {"AWS_S3_US_EAST_1_REGIONAL_ENDPOINT", "us_east_1_regional_endpoint",
                     "s3_us_east_1_regional_endpoint"},
                    {"", "legacy", "regional"});
    into.s3_global_host = us_east_1 == form::legacy;
}

}  // namespace detail::endpoint_settings

/// Looks all of it up: code, then environment, then profile. Fails where the environment has a
/// word that none of them may be.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-account-endpoints.html
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-endpoint-discovery.html
inline expected<endpoint_settings> read_endpoint_settings(const sources& from,
                                                          const endpoint_wishes& code,
                                                          std::vector<std::string>& warnings) {
    namespace own = detail::endpoint_settings;
    own::reader reading(from, warnings);
    endpoint_settings all;
    all.account_endpoints = reading.one_of(
        code.account_endpoints, {"AWS_ACCOUNT_ID_ENDPOINT_MODE", {}, "account_id_endpoint_mode"},
        {"preferred", "disabled", "required"});
    all.disable_host_prefix = reading.flag_or_false(
        code.disable_host_prefix,
        {"AWS_DISABLE_HOST_PREFIX_INJECTION", {}, "disable_host_prefix_injection"});
    own::read_s3(reading, code.s3, all);
    all.auth_schemes = reading.text(code.auth_schemes,
                                    {"AWS_AUTH_SCHEME_PREFERENCE", {}, "auth_scheme_preference"});
    all.sigv4a_regions = reading.text(
        code.sigv4a_regions, {"AWS_SIGV4A_SIGNING_REGION_SET", {}, "sigv4a_signing_region_set"});
    std::erase(all.sigv4a_regions, ' ');
    constexpr std::string_view discovery = "AWS_ENABLE_ENDPOINT_DISCOVERY";
    const bool is_unset = !from.variable(discovery);  // botocore has another name for it
    all.endpoint_discovery = reading.one_of(
        code.endpoint_discovery,
        {is_unset ? "AWS_ENDPOINT_DISCOVERY_ENABLED" : discovery, {}, "endpoint_discovery_enabled"},
        {"auto", "true", "false"});
    if (reading.problem()) return *reading.problem();
    all.told = std::move(reading.told());
    return all;
}

}  // namespace awsxx::inline AWSXX_ABI::config
