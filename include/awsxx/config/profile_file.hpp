// SPDX-License-Identifier: MIT
// The profiles, SSO sessions and services of the shared config files, merged by AWS's rules.
#pragma once

#include <awsxx/config/ini.hpp>
#include <awsxx/config/location.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/system.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::config {

/// A value that remembers where it stands.
struct file_value {
    file_value() = default;
    file_value(std::string value, std::shared_ptr<const std::string> where, int at)
        : text(std::move(value)), file(std::move(where)), line(at) {}
    file_value(const file_value&) = default;
    file_value(file_value&&) = default;
    file_value& operator=(const file_value&) = default;
    file_value& operator=(file_value&&) = default;
    /// Some values are secret.
    ~file_value() { wipe(text); }

    std::string text{};
    std::shared_ptr<const std::string> file{};
    int line{};

    /// "/home/me/.aws/config:12"
    std::string source() const { return *file + ":" + std::to_string(line); }
};

/// The properties of a section, by name in lower case.
using properties = std::map<std::string, file_value, std::less<>>;

/// Sections by name.
using sections = std::map<std::string, properties, std::less<>>;

/// The property, or null if there is none or it is empty.
inline const file_value* find_filled(const properties& in, std::string_view key) {
    const auto at = in.find(key);
    return at == in.end() || at->second.text.empty() ? nullptr : &at->second;
}

/// What is said of a file with secrets in it that others than its owner may read.
AWSXX_COLD inline std::string open_to_others(const std::string& path) {
    return path + ": others may read it, and it has secrets in it (chmod 600 mends that)";
}

/// Both shared files, read.
struct profile_file {
    sections profiles{};
    sections sso_sessions{};
    sections services{};
    sections others{};                    ///< By "prefix name"; nothing here asks for them.
    std::vector<std::string> warnings{};  ///< What was ignored, and where.
};

namespace detail::profile_file {

constexpr bool is_valid_name(std::string_view name) noexcept {
    for (const char c : name)
        if (!text::is_alnum(c) && std::string_view("_-/.%@:+").find(c) == std::string_view::npos)
            return false;
    return !name.empty();
}

/// `"my profile"` in quotes may have any character but one of these.
constexpr bool unquote(std::string_view& name) noexcept {
    if (name.size() < 3 || !name.starts_with('"') || !name.ends_with('"')) return false;
    name = name.substr(1, name.size() - 2);
    return name.find('"') == std::string_view::npos;
}

/// Puts the sections of one file into the profiles of all.
class merger {
public:
    merger(config::profile_file& into, const std::string& path)
        : into_(into), path_(std::make_shared<const std::string>(path)) {}

    void add_config(const std::vector<ini_section>& all) {
        bool has_prefixed_default = false;
        for (const ini_section& one : all) has_prefixed_default |= is_prefixed_default(one.title);
        for (const ini_section& one : all) {
            if (one.title != "default")
                add_config_section(one);
            else if (!has_prefixed_default)
                add(into_.profiles["default"], one);
            else
                warn(one.line, "[default] is ignored, for there is a [profile default]");
        }
    }

    void add_credentials(const std::vector<ini_section>& all) {
        sections own;
        for (const ini_section& one : all) {
            std::string_view name = one.title;
            if (unquote(name) || is_valid_name(name))
                add(own[std::string(name)], one);
            else
                warn(one.line, "a section is ignored: its name is no name of a profile");
        }
        for (auto& [name, values] : own) overlay(into_.profiles[name], std::move(values));
    }

private:
    /// The credentials file wins, key by key. An access key and what belongs to it stand in one
    /// file: those of the other one are left out, all of them.
    void overlay(properties& to, properties&& values) {
        if (has_part(values)) {
            const bool stays = find_filled(to, parts[0]) && !find_filled(values, parts[0]);
            for (const char* const part : parts) {
                if (!stays) {
                    to.erase(part);
                } else if (const auto left = values.extract(part); !left.empty()) {
                    warn(left.mapped().line,
                         "a property is ignored: the access key is in the other file");
                }
            }
        }
        for (auto& [key, value] : values) to.insert_or_assign(key, std::move(value));
    }

    static constexpr const char* parts[] = {"aws_access_key_id", "aws_secret_access_key",
                                            "aws_session_token", "aws_security_token"};

    static bool has_part(const properties& in) {
        return std::any_of(std::begin(parts), std::end(parts),
                           [&](const char* part) { return in.contains(part); });
    }

    static std::pair<std::string_view, std::string_view> split(std::string_view title) {
        const std::size_t blank = title.find_first_of(" \t");
        if (blank == std::string_view::npos) return {title, {}};
        return {title.substr(0, blank), ini::trimmed(title.substr(blank))};
    }

    static bool is_prefixed_default(std::string_view title) {
        return split(title) == std::pair<std::string_view, std::string_view>("profile", "default");
    }

    void add_config_section(const ini_section& one) {
        auto [prefix, name] = split(one.title);
        if (name.empty())
            return warn(one.line,
                        "a section is ignored: its name does not begin with \"profile \"");
        if (!unquote(name) && !is_valid_name(name))
            return warn(one.line, "a section is ignored: its name has characters it may not have");
        if (prefix == "profile") return add(into_.profiles[std::string(name)], one);
        if (prefix == "sso-session") return add(into_.sso_sessions[std::string(name)], one);
        if (prefix == "services") return add(into_.services[std::string(name)], one);
        add(into_.others[std::string(prefix).append(" ").append(name)], one);
    }

    void add(properties& to, const ini_section& from) {
        for (const ini_property& one : from.properties) {
            if (const auto before = to.find(one.key); before != to.end())
                warn(before->second.line, "a property is ignored: it stands again further down");
            if (is_valid_name(one.key))
                to.insert_or_assign(one.key, file_value{one.value, path_, one.line});
            else
                warn(one.line, "a property is ignored: its name has characters it may not have");
        }
    }

    void warn(int line, const char* what) {
        into_.warnings.push_back(*path_ + ":" + std::to_string(line) + ": " + what);
    }

    config::profile_file& into_;
    std::shared_ptr<const std::string> path_;
};

/// No file is an empty file. The limit is beyond any file that somebody has written.
inline expected<file_content> read_or_empty(const std::string& path, const file_system& files) {
    if (path.empty()) return file_content();
    auto text = files.read_content(path, std::size_t{16} << 20);
    if (!text && text.error().kind == error_kind::not_found) return file_content();
    return text;
}

inline bool has_keys(const sections& profiles, const std::string& file) {
    for (const auto& [name, values] : profiles)
        for (const char* key : {"aws_secret_access_key", "aws_session_token"}) {
            const file_value* const found = find_filled(values, key);
            if (found != nullptr && *found->file == file) return true;
        }
    return false;
}

}  // namespace detail::profile_file

/// Reads the texts of both files; `from` names them in errors and sources.
inline expected<profile_file> parse_profile_file(std::string_view config,
                                                 std::string_view credentials,
                                                 const file_locations& from) {
    const auto config_sections = parse_ini(config, from.config);
    if (!config_sections) return config_sections.error();
    const auto credentials_sections = parse_ini(credentials, from.credentials);
    if (!credentials_sections) return credentials_sections.error();
    profile_file merged;
    detail::profile_file::merger(merged, from.config).add_config(*config_sections);
    detail::profile_file::merger(merged, from.credentials).add_credentials(*credentials_sections);
    return merged;
}

/// Reads both files. One that is missing is empty; one that cannot be read or is malformed is an
/// error of kind `configuration` with its path and line. Warns of keys that others may read.
inline expected<profile_file> load_profile_file(const file_locations& from,
                                                const file_system& files) {
    namespace own = detail::profile_file;
    auto config = own::read_or_empty(from.config, files);
    if (!config) return std::move(config).error();
    auto credentials = own::read_or_empty(from.credentials, files);
    if (!credentials) return std::move(credentials).error();
    auto read = parse_profile_file(config->bytes, credentials->bytes, from);
    wipe(config->bytes);
    wipe(credentials->bytes);
    if (!read) return read;
    if (config->open_to_others && own::has_keys(read->profiles, from.config))
        read->warnings.push_back(open_to_others(from.config));
    if (credentials->open_to_others) read->warnings.push_back(open_to_others(from.credentials));
    return read;
}

}  // namespace awsxx::inline AWSXX_ABI::config
