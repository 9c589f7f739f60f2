// SPDX-License-Identifier: MIT
// The settings of a session as a list that people can read, each with its source.
#pragma once

#include <awsxx/config/described_setting.hpp>
#include <awsxx/config/resolved.hpp>
#include <awsxx/config/sources.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>

#include <string>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::config {

/// The settings that could be read, and why others could not.
struct description {
    std::vector<described_setting> settings{};
    std::vector<error> problems{};
};

namespace detail::described {

inline void add(std::vector<described_setting>& to, std::string name, setting from) {
    to.push_back({std::move(name), std::move(from.value), std::move(from.source)});
}
inline void add(std::vector<described_setting>& to, std::string name, const flag& from) {
    to.push_back({std::move(name), from.value ? "true" : "false", from.source});
}

inline void add(std::vector<described_setting>& to, std::string name, const checksum_rule& from) {
    const bool supported = from.use == checksum_use::when_supported;
    to.push_back({std::move(name), supported ? "when_supported" : "when_required", from.source});
}

inline void add_url(std::vector<described_setting>& to, std::string name, const setting& url) {
    if (url) to.push_back({std::move(name), tellable_url(url.value), url.source});
}

/// What replaces the addresses of all services and of single ones, if anything does.
inline void add_endpoints(description& to, const resolved& all) {
    if (!all.ignore_endpoint_urls.source.empty())
        add(to.settings, "ignore_configured_endpoint_urls", all.ignore_endpoint_urls);
    if (setting name = all.looked_at().in_profile("services"))
        add(to.settings, "services", std::move(name));
    if (auto url = all.endpoint_url("")) {
        add_url(to.settings, "endpoint_url", *url);
    } else {
        to.problems.push_back(std::move(url).error());
        add_url(to.settings, "endpoint_url", all.looked_at().in_profile("endpoint_url"));
    }
    for (const auto& [service, url] : all.own_endpoint_urls())
        add_url(to.settings, "endpoint_url of " + service, url);
}

inline void add_proxies(std::vector<described_setting>& to, const http::proxy_settings& from) {
    if (!from.http.empty()) to.push_back({"http proxy", tellable_url(from.http), ""});
    if (!from.https.empty()) to.push_back({"https proxy", tellable_url(from.https), ""});
    if (!from.none.empty()) to.push_back({"no proxy", from.none, ""});
}

}  // namespace detail::described

/// All settings. Passwords and queries in URLs are left out.
inline description describe(const resolved& all) {
    namespace own = detail::described;
    description told{.problems = all.problems};
    std::vector<described_setting>& list = told.settings;
    own::add(list, "profile", all.profile_name);
    list.push_back({"config file", all.locations.config, ""});
    list.push_back({"credentials file", all.locations.credentials, ""});
    if (const auto region = all.region())
        own::add(list, "region", *region);
    else
        list.push_back({"region", "", region.error().message});
    own::add_endpoints(told, all);
    own::add(list, "use_fips_endpoint", all.fips);
    own::add(list, "use_dualstack_endpoint", all.dual_stack);
    list.insert(list.end(), all.hosts.told.begin(), all.hosts.told.end());
    own::add(list, "retry_mode", all.retry_mode);
    own::add(list, "defaults_mode", all.defaults_mode);
    if (all.max_attempts) own::add(list, "max_attempts", all.max_attempts_setting);
    own::add(list, "clock skew correction", all.correct_clock_skew);
    if (all.app_id) own::add(list, "sdk_ua_app_id", all.app_id);
    if (all.ca_bundle) own::add(list, "ca_bundle", all.ca_bundle);
    own::add_proxies(list, all.proxies);
    own::add(list, "request_checksum_calculation", all.bodies.request_checksums);
    own::add(list, "response_checksum_validation", all.bodies.answer_checksums);
    own::add(list, "request compression", all.bodies.compression);
    list.push_back({"request_min_compression_size_bytes", std::to_string(all.bodies.compress_from),
                    all.bodies.compress_from_setting.source});
    return told;
}

}  // namespace awsxx::inline AWSXX_ABI::config
