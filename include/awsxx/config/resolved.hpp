// SPDX-License-Identifier: MIT
// All that code, environment and profile say about a session, read once.
#pragma once

#include <awsxx/config/body_rules.hpp>
#include <awsxx/config/endpoint_settings.hpp>
#include <awsxx/config/endpoint_url.hpp>
#include <awsxx/config/location.hpp>
#include <awsxx/config/profile_file.hpp>
#include <awsxx/config/profile_name.hpp>
#include <awsxx/config/region.hpp>
#include <awsxx/config/retry_mode.hpp>
#include <awsxx/config/sources.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/system.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/proxy.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::config {

/// What the code has chosen. It goes before everything else.
struct choices {
    std::optional<std::string> profile{};
    region_wish region{};
    std::optional<std::string> endpoint_url{};           ///< For every service.
    std::map<std::string, std::string> endpoint_urls{};  ///< By service id; before the other.
    std::optional<bool> use_fips{};
    std::optional<bool> use_dual_stack{};
    std::optional<int> max_attempts{};
    std::optional<awsxx::retry_mode> retry_mode{};
    std::optional<bool> correct_clock_skew{};
    std::optional<std::string> app_id{};
    std::optional<http::proxy_settings> proxies{};
    std::optional<std::string> ca_bundle{};
    body_choices bodies{};
    endpoint_wishes hosts{};
};

/// The settings of a session, each with its source. Constant, so safe to share between threads.
class resolved {
public:
    setting profile_name{};
    profile_file files{};
    file_locations locations{};
    flag fips{};
    flag dual_stack{};
    flag correct_clock_skew{};
    std::optional<int> max_attempts{};  ///< Absent: what AWS wants for the service.
    setting max_attempts_setting{};
    setting retry_mode{};     ///< "standard" where none is set.
    setting defaults_mode{};  ///< "standard" where none is set.
    setting app_id{};
    setting execution_environment{};
    setting ca_bundle{};
    http::proxy_settings proxies{};
    flag ignore_endpoint_urls{};
    body_rules bodies{};
    endpoint_settings hosts{};
    std::vector<std::string> warnings{};  ///< Those of the files included.
    std::vector<error> problems{};        ///< What `resolve` fails with; the rest is right.

    /// The selected profile; null if only the name `default` is implied and there is none.
    const properties* profile() const noexcept {
        const auto at = files.profiles.find(profile_name.value);
        return at == files.profiles.end() ? nullptr : &at->second;
    }
    /// The region, or an error that lists every place looked at.
    expected<setting> region() const {
        if (region_) return region_;
        return missing_region(profile_name.value, locations.config, code_.region.order);
    }
    /// The URL that replaces a service's own; not found: none does.
    expected<setting> endpoint_url(std::string_view service_id) const {
        const std::string key = endpoint_url_key(service_id);
        for (const auto& [id, url] : code_.endpoint_urls)
            if (endpoint_url_key(id) == key) return setting{url, "code"};
        if (code_.endpoint_url) return setting{*code_.endpoint_url, "code"};
        if (ignore_endpoint_urls.value) return setting{};
        return find_endpoint_url(looked_at(), files.services, service_id);
    }
    /// The URLs of those services that have one of their own, by key ("dynamodb_streams").
    std::map<std::string, setting> own_endpoint_urls() const {
        std::map<std::string, setting> found;
        for (const auto& [id, url] : code_.endpoint_urls)  // of two spellings the first counts
            found.try_emplace(endpoint_url_key(id), setting{url, "code"});
        if (!ignore_endpoint_urls.value && !code_.endpoint_url)
            found.merge(config::own_endpoint_urls(looked_at(), files.services));
        return found;
    }
    /// Where further settings are looked for; valid as long as this.
    sources looked_at() const noexcept { return {variables_.get(), profile()}; }

private:
    friend std::shared_ptr<const resolved> examine(choices code,
                                                   std::shared_ptr<const environment> variables,
                                                   const file_system& files);

    void read_files(const file_system& from);
    void warn_of_two_profiles();
    void read_flags();
    void read_attempts();
    void read_retry_mode();
    void read_region();
    void read_defaults_mode();
    void read_texts();
    void look_at_keys();
    void read_proxies();
    void read_hosts();

    choices code_{};
    std::shared_ptr<const environment> variables_{};
    setting region_{};
};

inline void resolved::read_files(const file_system& from) {
    locations = locate_files(*variables_);
    profile_name = find_profile_name(code_.profile, *variables_);
    auto loaded = load_profile_file(locations, from);
    if (!loaded) return problems.push_back(std::move(loaded).error());
    files = *std::move(loaded);
    warnings = files.warnings;
    warn_of_two_profiles();
    if (profile_name && profile() == nullptr)
        problems.push_back({.kind = error_kind::configuration,
                            .code = "ProfileNotFound",
                            .message = "profile " + profile_name.value + " (from " +
                                       profile_name.source + ") is neither in " + locations.config +
                                       " nor in " + locations.credentials});
}

/// Tools differ in which of the two variables they read.
inline void resolved::warn_of_two_profiles() {
    const setting other = looked_at().variable("AWS_DEFAULT_PROFILE");
    if (profile_name.source == "AWS_PROFILE" && other && other.value != profile_name.value)
        warnings.emplace_back("AWS_PROFILE and AWS_DEFAULT_PROFILE differ; the first is used");
}

inline void resolved::read_flags() {
    struct wanted {
        flag* into;
        std::optional<bool> code;
        setting_names names;
    };
    std::optional<bool> disabled;
    if (code_.correct_clock_skew) disabled = !*code_.correct_clock_skew;
    const wanted all[] = {
        {&fips, code_.use_fips, {"AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint"}},
        {&dual_stack,
         code_.use_dual_stack,
         {"AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint"}},
        {&correct_clock_skew,
         disabled,
         {"AWS_DISABLE_CLOCK_SKEW_CORRECTION", "disable_clock_skew_correction"}},
        {&ignore_endpoint_urls,
         {},
         {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls"}},
    };
    for (const wanted& one : all) {
        auto found = find_flag(looked_at(), one.code, one.names, warnings);
        if (found)
            *one.into = *std::move(found);
        else
            problems.push_back(std::move(found).error());
    }
    correct_clock_skew.value = !correct_clock_skew.value;
}

inline void resolved::read_attempts() {
    if (code_.max_attempts)
        max_attempts_setting = {std::to_string(*code_.max_attempts), "code"};
    else
        max_attempts_setting = looked_at().find({}, {"AWS_MAX_ATTEMPTS", "max_attempts"});
    auto attempts = number_in(max_attempts_setting, 1);
    if (!attempts) return problems.push_back(std::move(attempts).error());
    max_attempts = *attempts;
}

inline void resolved::read_retry_mode() {
    std::optional<std::string> chosen;
    if (code_.retry_mode) chosen = to_string(*code_.retry_mode);
    retry_mode = looked_at().find(chosen, {"AWS_RETRY_MODE", "retry_mode"});
    if (!retry_mode) retry_mode.value = "standard";
    for (const std::string_view known : {"standard", "adaptive", "legacy"})
        if (text::equal_ignoring_case(retry_mode.value, known)) {
            retry_mode.value = known;
            if (known == "legacy")
                warnings.push_back("retry mode legacy (from " + retry_mode.source +
                                   ") is treated as standard");
            return;
        }
    problems.push_back(invalid_setting(retry_mode, "standard, adaptive or legacy"));
}

inline void resolved::read_region() {
    auto found = find_region(looked_at(), code_.region, warnings);
    if (!found) return problems.push_back(std::move(found).error());
    region_ = std::move(found->name);
    if (found->fips) fips = {true, region_.source};
}

inline void resolved::read_defaults_mode() {
    defaults_mode = looked_at().find({}, {"AWS_DEFAULTS_MODE", "defaults_mode"});
    if (!defaults_mode) defaults_mode.value = "standard";
    for (const std::string_view known :
         {"legacy", "standard", "in-region", "cross-region", "mobile", "auto"})
        if (text::equal_ignoring_case(text::trimmed(defaults_mode.value), known)) {
            defaults_mode.value = known;
            return;
        }
    problems.push_back(invalid_setting(
        defaults_mode, "legacy, standard, in-region, cross-region, mobile or auto"));
}

inline void resolved::read_texts() {
    app_id = looked_at().find(code_.app_id, {"AWS_SDK_UA_APP_ID", "sdk_ua_app_id"});
    if (app_id.value.size() > 50)
        warnings.push_back("the app id (from " + app_id.source + ") is longer than 50 characters");
    execution_environment = looked_at().variable("AWS_EXECUTION_ENV");
    ca_bundle = looked_at().find(code_.ca_bundle, {"AWS_CA_BUNDLE", "ca_bundle"});
    if (!ca_bundle) ca_bundle = looked_at().variable("SSL_CERT_FILE");
    ca_bundle.value = with_home(std::move(ca_bundle.value), *variables_);
}

/// Environment keys are used without the spaces around them, which nobody meant to be there.
inline void resolved::look_at_keys() {
    for (const char* name : {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
                             "AWS_SECURITY_TOKEN", "AWS_ACCOUNT_ID"}) {
        std::string value = get_filled(*variables_, name).value_or("");
        if (text::trimmed(value).size() != value.size())
            warnings.push_back("the spaces or line ends around " + std::string(name) +
                               " are left out");
        wipe(value);
    }
}

inline void resolved::read_proxies() {
    if (code_.proxies) {
        proxies = *code_.proxies;
        return;
    }
    const auto either = [this](std::string_view lower, std::string_view upper) {
        if (auto value = get_filled(*variables_, lower)) return *std::move(value);
        return get_filled(*variables_, upper).value_or("");
    };
    // A CGI program's HTTP_PROXY is the header "Proxy:" of whoever asks it.
    const bool asked_by_stranger = get_filled(*variables_, "REQUEST_METHOD").has_value();
    proxies = {.http = either("http_proxy", asked_by_stranger ? "" : "HTTP_PROXY"),
               .https = either("https_proxy", "HTTPS_PROXY"),
               .none = either("no_proxy", "NO_PROXY")};
}

inline void resolved::read_hosts() {
    auto found = read_endpoint_settings(looked_at(), code_.hosts, warnings);
    if (!found) return problems.push_back(std::move(found).error());
    hosts = *std::move(found);
}

/// Reads everything, as far as it can be read; `problems` has the rest.
inline std::shared_ptr<const resolved> examine(choices code,
                                               std::shared_ptr<const environment> variables,
                                               const file_system& files) {
    const auto all = std::make_shared<resolved>();
    all->code_ = std::move(code);
    all->variables_ = std::move(variables);
    all->read_files(files);
    all->read_flags();
    all->read_attempts();
    all->read_retry_mode();
    all->read_region();
    all->read_defaults_mode();
    all->read_texts();
    all->look_at_keys();
    all->read_proxies();
    all->bodies =
        read_body_rules(all->looked_at(), all->code_.bodies, all->warnings, all->problems);
    all->read_hosts();
    return all;
}

/// Reads everything, once: the environment, both shared files. Fails with `configuration` and the
/// source of what is wrong; a region that is missing fails only where it is asked for.
inline expected<std::shared_ptr<const resolved>> resolve(
    choices code, std::shared_ptr<const environment> variables, const file_system& files) {
    auto all = examine(std::move(code), std::move(variables), files);
    if (!all->problems.empty()) return all->problems.front();
    return all;
}

}  // namespace awsxx::inline AWSXX_ABI::config
