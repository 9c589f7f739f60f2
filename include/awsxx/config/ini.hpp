// SPDX-License-Identifier: MIT
// The lines of AWS's config files as sections of properties, before anybody asks what they mean.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::config {

/// `key = value`.
struct ini_property {
    std::string key{};  ///< In lower case.
    /// Lines that continue it follow, trimmed, each after a line feed. The properties of a nested
    /// block are such lines after an empty value.
    std::string value{};
    int line{};

    ini_property(std::string named, std::string text, int at)
        : key(std::move(named)), value(std::move(text)), line(at) {}
    ini_property(ini_property&&) = default;
    ini_property& operator=(ini_property&&) = default;
    /// Some values are secret.
    ~ini_property() { wipe(value); }
};

/// `[title]` and what follows it.
struct ini_section {
    std::string title{};
    int line{};
    std::vector<ini_property> properties{};
};

namespace detail::ini {

constexpr bool is_blank(char c) noexcept { return c == ' ' || c == '\t'; }

constexpr std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

/// Without what stands behind a comment mark that follows white space.
constexpr std::string_view without_comment(std::string_view line) noexcept {
    for (std::size_t at = 1; at < line.size(); ++at)
        if ((line[at] == '#' || line[at] == ';') && is_blank(line[at - 1]))
            return line.substr(0, at);
    return line;
}

/// Reads one line after the other; the error's line is where it stopped.
class reader {
public:
    explicit reader(std::string_view file) noexcept : file_(file) {}

    expected<void> read(std::string_view line) {
        ++line_;
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (trimmed(line).empty() || line.front() == '#' || line.front() == ';') return {};
        if (line.front() == '[') return read_title(line);
        if (is_blank(line.front())) return read_continuation(trimmed(line));
        return read_property(without_comment(line));
    }
    std::vector<ini_section> sections() && { return std::move(sections_); }

private:
    expected<void> read_title(std::string_view line) {
        line = trimmed(line.substr(0, line.find_first_of("#;")));
        if (!line.ends_with(']')) return wrong("the ] that ends a section's name is missing");
        line = trimmed(line.substr(1, line.size() - 2));
        sections_.push_back({std::string(line), line_, {}});
        return {};
    }

    expected<void> read_property(std::string_view line) {
        const std::size_t equals = line.find('=');
        if (equals == std::string_view::npos) return wrong("a property has no =");
        const std::string_view key = trimmed(line.substr(0, equals));
        if (key.empty()) return wrong("a property has no name");
        if (sections_.empty()) return wrong("a property stands before the first section");
        const std::string_view value = trimmed(line.substr(equals + 1));
        sections_.back().properties.emplace_back(text::lowered(key), std::string(value), line_);
        is_nested_ = value.empty();
        return {};
    }

    expected<void> read_continuation(std::string_view line) {
        if (sections_.empty() || sections_.back().properties.empty())
            return wrong("an indented line continues nothing");
        if (is_nested_) {
            const std::size_t equals = without_comment(line).find('=');
            if (equals == std::string_view::npos) return wrong("a nested property has no =");
            if (equals == 0) return wrong("a nested property has no name");
        }
        sections_.back().properties.back().value.append("\n").append(line);
        return {};
    }

    // The line itself is not told: it may hold a key.
    AWSXX_COLD error wrong(const char* what) const {
        return {.kind = error_kind::configuration,
                .code = "InvalidConfigFile",
                .message = std::string(file_) + ":" + std::to_string(line_) + ": " + what};
    }

    std::string_view file_;
    int line_ = 0;
    bool is_nested_ = false;
    std::vector<ini_section> sections_{};
};

}  // namespace detail::ini

/// Reads the text of a config file; `file` is its name in errors, which say the line as well.
inline expected<std::vector<ini_section>> parse_ini(std::string_view text, std::string_view file) {
    detail::ini::reader reader(file);
    constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    while (!text.empty())
        if (auto read = reader.read(text::take_until(text, '\n')); !read)
            return std::move(read).error();
    return std::move(reader).sections();
}

/// The value of a key in a nested block; empty if there is none. The last one counts.
inline std::string_view nested_value(std::string_view block, std::string_view key) noexcept {
    std::string_view found;
    while (!block.empty()) {
        std::string_view value = text::take_until(block, '\n');
        const std::string_view name = detail::ini::trimmed(text::take_until(value, '='));
        if (text::equal_ignoring_case(name, key)) found = detail::ini::trimmed(value);
    }
    return found;
}

}  // namespace awsxx::inline AWSXX_ABI::config
