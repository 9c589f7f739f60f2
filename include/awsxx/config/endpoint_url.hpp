// SPDX-License-Identifier: MIT
// Finds the address that a user has set in place of a service's own.
#pragma once

#include <awsxx/config/ini.hpp>
#include <awsxx/config/profile_file.hpp>
#include <awsxx/config/sources.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>

#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::config {

/// A service's id as files and variables spell it: "Elastic Beanstalk" is "elastic_beanstalk".
inline std::string endpoint_url_key(std::string_view service_id) {
    std::string key = text::lowered(service_id);
    for (char& c : key)
        if (c == ' ' || c == '-') c = '_';
    return key;
}

namespace detail::endpoint_url {

/// The service's block in the `services` section that the profile names.
inline expected<setting> in_services(const sources& from, const sections& services,
                                     std::string_view key) {
    const setting name = from.in_profile("services");
    if (!name) return setting{};
    const auto section = services.find(name.value);
    if (section == services.end()) return invalid_setting(name, "the name of a services section");
    const auto block = section->second.find(key);
    if (block == section->second.end()) return setting{};
    const std::string_view url = nested_value(block->second.text, "endpoint_url");
    if (url.empty()) return setting{};
    return setting{std::string(url), block->second.source()};
}

}  // namespace detail::endpoint_url

/// The URL for a service, by its id ("STS", "DynamoDB Streams"); not found: AWS's own. Looked for
/// in `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL`, the profile's `services`, the profile's
/// `endpoint_url`; what is set in code goes before and is the caller's to know.
inline expected<setting> find_endpoint_url(const sources& from, const sections& services,
                                           std::string_view service_id) {
    const std::string key = endpoint_url_key(service_id);
    if (auto own = from.variable("AWS_ENDPOINT_URL_" + text::uppered(key))) return own;
    if (auto all = from.variable("AWS_ENDPOINT_URL")) return all;
    auto in_section = detail::endpoint_url::in_services(from, services, key);
    if (!in_section || *in_section) return in_section;
    return from.in_profile("endpoint_url");
}

/// The services that have a URL of their own in environment or profile, by key ("sts",
/// "dynamodb_streams").
inline std::map<std::string, setting> own_endpoint_urls(const sources& from,
                                                        const sections& services) {
    constexpr std::string_view prefix = "AWS_ENDPOINT_URL_";
    std::map<std::string, setting> found;
    const auto section = services.find(from.in_profile("services").value);
    if (section != services.end() && !from.variable("AWS_ENDPOINT_URL"))
        for (const auto& [key, block] : section->second)
            if (const auto url = nested_value(block.text, "endpoint_url"); !url.empty())
                found[key] = {std::string(url), block.source()};
    for (const std::string& name : from.variables->names(prefix))
        if (setting own = from.variable(name))
            found[text::lowered(std::string_view(name).substr(prefix.size()))] = std::move(own);
    return found;
}

}  // namespace awsxx::inline AWSXX_ABI::config
