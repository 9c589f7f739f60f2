// SPDX-License-Identifier: MIT
// Looks a setting up in code, environment and profile, and remembers where it was found.
#pragma once

#include <awsxx/config/profile_file.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/number.hpp>
#include <awsxx/core/system.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::config {

/// A value and where it comes from: "code", the name of a variable, or "file:line".
struct setting {
    std::string value{};
    std::string source{};

    /// Whether it was found.
    explicit operator bool() const noexcept { return !source.empty(); }
};

/// A switch and where it was set; an empty source: nowhere, the value is the default.
struct flag {
    bool value{};
    std::string source{};
};

/// What to look for in the environment and in the profile. An empty name: not there.
struct setting_names {
    std::string_view variable{};
    std::string_view key{};
};

/// Where settings are looked for: code, then environment, then profile. Seen, not owned.
struct sources {
    const environment* variables{};
    const properties* profile{};  ///< Null: there is none.

    setting find(const std::optional<std::string>& code, const setting_names& names) const {
        if (code && !code->empty()) return {*code, "code"};
        if (auto found = variable(names.variable)) return found;
        return in_profile(names.key);
    }
    setting variable(std::string_view name) const {
        if (name.empty()) return {};
        auto value = get_filled(*variables, name);
        if (!value) return {};
        return {*std::move(value), std::string(name)};
    }
    setting in_profile(std::string_view key) const {
        if (profile == nullptr || key.empty()) return {};
        const file_value* value = find_filled(*profile, key);
        if (value == nullptr) return {};
        return {value->text, value->source()};
    }
};

/// A setting that cannot be what it is. Never for secrets: the value is told.
AWSXX_COLD inline error invalid_setting(const setting& what, std::string_view wanted) {
    std::string message = "\"" + what.value.substr(0, 80) + "\" (from " + what.source + ") is not ";
    return {.kind = error_kind::configuration,
            .code = "InvalidSetting",
            .message = message.append(wanted)};
}

/// A URL, or what was to be one, without what may be secret in it: user, password and query.
inline std::string tellable_url(std::string_view url) {
    const std::size_t at = url.rfind('@');
    const std::size_t scheme = url.find("://");
    std::string told;
    if (at != std::string_view::npos) {
        if (scheme != std::string_view::npos && scheme < at) told = url.substr(0, scheme + 3);
        told += "[redacted]";
        url.remove_prefix(at);
    }
    const std::size_t query = url.find_first_of("?#");
    told += url.substr(0, query);
    if (query != std::string_view::npos) told.append(1, url[query]).append("[redacted]");
    return told;
}

/// A URL that cannot be what it is; nothing secret in it is told.
AWSXX_COLD inline error invalid_url(const setting& what, std::string_view wanted) {
    return invalid_setting({tellable_url(what.value), what.source}, wanted);
}

/// `true` or `false`. Other words are an error in the environment; in a file they are ignored
/// with a warning, as all AWS tools share the files.
inline expected<flag> find_flag(const sources& from, std::optional<bool> code,
                                const setting_names& names, std::vector<std::string>& warnings) {
    if (code) return flag{*code, "code"};
    if (const setting found = from.variable(names.variable)) {
        const auto value = text::parse_bool(text::trimmed(found.value));
        if (!value) return invalid_setting(found, "true or false");
        return flag{*value, found.source};
    }
    const setting found = from.in_profile(names.key);
    if (!found) return flag{};
    const auto value = text::parse_bool(found.value);
    if (value) return flag{*value, found.source};
    warnings.push_back(invalid_setting(found, "true or false").message);
    return flag{};
}

/// A whole number that is at least `least`, or nothing. Any other text is an error.
template <std::integral Number>
expected<std::optional<Number>> number_in(const setting& found, Number least) {
    if (!found) return std::optional<Number>();
    const auto number = text::parse_number<Number>(text::trimmed(found.value));
    if (number && *number >= least) return number;
    return invalid_setting(found, "a whole number from " + std::to_string(least));
}

}  // namespace awsxx::inline AWSXX_ABI::config
