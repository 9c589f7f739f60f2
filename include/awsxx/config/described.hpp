// SPDX-License-Identifier: MIT
// The settings of a session as a list that people can read, each with its source.
#pragma once

#include <awsxx/config/described_setting.hpp>
#include <awsxx/config/resolved.hpp>
#include <awsxx/config/sources.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace awsxx::inline AWSXX_ABI::config {

namespace detail::described {

inline void add(std::vector<described_setting>& to, std::string name, setting from) {
    to.push_back({std::move(name), std::move(from.value), std::move(from.source)});
}
inline void add(std::vector<described_setting>& to, std::string name, const flag& from) {
    to.push_back({std::move(name), from.value ? "true" : "false", from.source});
}

/// What replaces the addresses of all services, if anything does.
inline void add_endpoint(std::vector<described_setting>& to, const resolved& all) {
    const auto url = all.endpoint_url("");
    if (url && *url) add(to, "endpoint_url", setting{tellable_url(url->value), url->source});
}

inline void add_proxies(std::vector<described_setting>& to, const http::proxy_settings& from) {
    if (!from.http.empty()) to.push_back({"http proxy", tellable_url(from.http), ""});
    if (!from.https.empty()) to.push_back({"https proxy", tellable_url(from.https), ""});
    if (!from.none.empty()) to.push_back({"no proxy", from.none, ""});
}

}  // namespace detail::described

/// All settings. Passwords and queries in URLs are left out.
inline std::vector<described_setting> describe(const resolved& all) {
    namespace own = detail::described;
    std::vector<described_setting> list;
    own::add(list, "profile", all.profile_name);
    list.push_back({"config file", all.locations.config, ""});
    list.push_back({"credentials file", all.locations.credentials, ""});
    if (const auto region = all.region())
        own::add(list, "region", *region);
    else
        list.push_back({"region", "", region.error().message});
    own::add_endpoint(list, all);
    own::add(list, "use_fips_endpoint", all.fips);
    own::add(list, "use_dualstack_endpoint", all.dual_stack);
    own::add(list, "retry_mode", all.retry_mode);
    own::add(list, "defaults_mode", all.defaults_mode);
    if (all.max_attempts) own::add(list, "max_attempts", all.max_attempts_setting);
    own::add(list, "clock skew correction", all.correct_clock_skew);
    if (all.app_id) own::add(list, "sdk_ua_app_id", all.app_id);
    if (all.ca_bundle) own::add(list, "ca_bundle", all.ca_bundle);
    own::add_proxies(list, all.proxies);
    return list;
}

}  // namespace awsxx::inline AWSXX_ABI::config
