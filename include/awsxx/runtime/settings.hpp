// SPDX-License-Identifier: MIT
// What a program says about its sessions in code; everything has a default.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/config/body_choices.hpp>
#include <awsxx/config/endpoint_wishes.hpp>
#include <awsxx/config/region_order.hpp>
#include <awsxx/config/retry_mode.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/proxy_settings.hpp>
#include <awsxx/runtime/hedging.hpp>
#include <awsxx/runtime/limiter.hpp>
#include <awsxx/runtime/mfa_prompt.hpp>
#include <awsxx/runtime/observer.hpp>
#include <awsxx/runtime/region_source.hpp>

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace awsxx::inline AWSXX_ABI {

/// When temporary credentials are renewed, where AWS's own rules are not wanted. A negative window
/// counts as zero; in one that is wider than the keys' lifetime they are renewed when half of that
/// has passed.
struct refresh_windows {
    /// From here on one caller renews, others go on. Unset, it begins before the mandatory one.
    std::optional<milliseconds> advisory{};
    /// From here on everybody waits for new ones. No wider than an advisory one that is set.
    std::optional<milliseconds> mandatory{};
};

class environment;
class file_system;
class mfa_devices;
class name_resolver;
class process_runner;
class random_source;

/// The outside world. Null: the real one.
struct outside_world {
    std::shared_ptr<clock> time{};
    std::shared_ptr<random_source> random{};
    std::shared_ptr<const awsxx::environment> environment{};
    std::shared_ptr<file_system> files{};
    std::shared_ptr<process_runner> processes{};
    std::shared_ptr<name_resolver> names{};  ///< Asked where a host has to be a near one.
    /// What codes were used. That is common to all sessions of a process.
    std::shared_ptr<awsxx::mfa_devices> devices{};
};

/// Whether credentials of roles are kept in files, too, where other processes find them: those of
/// the AWS CLI, in its format.
struct credentials_files {
    enum class use : unsigned char { none, read, read_write };
    use mode = use::none;
    std::string folder{};  ///< Empty: `~/.aws/cli/cache`.
    /// What has to be left of their life, but never less than the advisory window; the AWS CLI
    /// wants the same.
    milliseconds least_left = std::chrono::minutes(15);
};

/// Choices made in code. They go before environment variables, and those before profiles. An empty
/// text chooses nothing.
///
///     awsxx::session base({.region = "eu-west-1", .profile = "dev"});
struct settings {
    std::optional<std::string> region{};
    config::region_order region_order{};  ///< `boto`: `AWS_REGION` is not looked at.
    /// The profile of the shared config files. Set here, keys in the environment are not used.
    std::optional<std::string> profile{};
    std::optional<std::string> endpoint_url{};  ///< For every service.
    std::map<std::string, std::string>
        endpoint_urls{};  ///< By service id: {"STS", ...}, {"sts", ...}.
    std::optional<bool> use_fips{};
    std::optional<bool> use_dual_stack{};
    std::optional<awsxx::account_endpoints> account_endpoints{};    ///< As DynamoDB has them.
    std::optional<awsxx::endpoint_discovery> endpoint_discovery{};  ///< As Timestream requires.
    std::optional<bool> disable_host_prefix{};  ///< True: "data." and its like are left out.
    s3_settings s3{};
    /// Which are preferred where a service takes several, as in "sigv4a,sigv4,httpBearerAuth".
    std::optional<std::string> auth_schemes{};
    /// Where signatures by SigV4a are good, as in "us-east-1,eu-west-1" or "*".
    std::optional<std::string> sigv4a_regions{};
    std::optional<int> max_attempts{};  ///< The first one included; from 1.
    std::optional<awsxx::retry_mode> retry_mode{};
    std::optional<bool> correct_clock_skew{};
    std::optional<std::string> app_id{};            ///< Goes into the user agent.
    std::optional<http::proxy_settings> proxies{};  ///< Absent: as the environment says.
    std::optional<std::string> ca_bundle{};         ///< A file of PEM certificates.
    bool insecure_skip_tls_verification{};          ///< Anybody may read along.
    bool http2{};                   ///< With TLS servers that speak it; HTTP/1.1 with all others.
    config::body_choices bodies{};  ///< Their checksums and compression.
    http::limits limits{};          ///< Of each attempt.
    milliseconds call_timeout{};    ///< Of a call with all its attempts and pauses; 0: none.
    awsxx::limiter limiter{};       ///< Of calls; renewals of credentials are not held up.
    awsxx::hedging hedging{};
    refresh_windows refresh{};
    credentials_files credentials_cache{};
    awsxx::observer observer{};  ///< Hears what happens; by default nobody does.
    mfa_prompt mfa{};  ///< Asked for the codes of MFA devices; empty: roles that need one fail.
    /// Gives tokens for services that take them in place of a signature. Null: the environment's
    /// and those of the profile's login, unless the session was given credentials.
    std::shared_ptr<credentials_provider> bearer_tokens{};
    /// Asked where nothing else says the region, as `instance_region`; null: nobody is.
    std::shared_ptr<awsxx::region_source> region_source{};
    outside_world outside{};
};

}  // namespace awsxx::inline AWSXX_ABI
