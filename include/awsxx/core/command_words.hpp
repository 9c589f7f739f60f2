// SPDX-License-Identifier: MIT
// Splits a command into words as a POSIX shell does, and runs and expands nothing.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI {

namespace detail::command_words {

AWSXX_COLD inline error refused(std::string code, std::string message) {
    return {
        .kind = error_kind::configuration, .code = std::move(code), .message = std::move(message)};
}

/// True for a word without quotes that only means something to a shell: `|`, `&&`, `2>file`, `x;`.
constexpr bool needs_shell(std::string_view word) noexcept {
    if (word.ends_with(';')) return true;
    std::string_view rest = word;
    while (!rest.empty() && text::is_digit(rest.front())) rest.remove_prefix(1);
    if (rest.starts_with('<') || rest.starts_with('>') || rest.starts_with("&>")) return true;
    return !word.empty() && word.find_first_not_of("|&()") == std::string_view::npos;
}

/// Cuts one word after the other off the front of a command.
class splitter {
public:
    explicit splitter(std::string_view command) noexcept : rest_(command) {}

    expected<std::vector<std::string>> words() {
        std::vector<std::string> all;
        for (skip_space(); !rest_.empty(); skip_space()) {
            if (auto whole = word(); !whole) return std::move(whole).error();
            if (!quoted_ && needs_shell(word_)) return shell_needed();
            all.push_back(std::exchange(word_, {}));
        }
        if (!all.empty() && !all.front().empty()) return all;
        return refused("EmptyCommand", "the command names no program");
    }

private:
    void skip_space() noexcept {
        while (!rest_.empty() && text::is_space(rest_.front())) rest_.remove_prefix(1);
    }
    char next() noexcept {
        const char c = rest_.front();
        rest_.remove_prefix(1);
        return c;
    }

    /// Reads up to the next space outside of quotes.
    expected<void> word() {
        quoted_ = false;
        while (!rest_.empty() && !text::is_space(rest_.front())) {
            const char c = next();
            const bool special = c == '\'' || c == '"' || c == '\\';
            quoted_ |= special;
            if (!special)
                word_ += c;
            else if (!(c == '\'' ? single_quoted() : c == '"' ? double_quoted() : escaped()))
                return refused("UnbalancedQuotes",
                               c == '\\' ? "the command ends with a backslash"
                                         : std::string("the command lacks a closing ") + c);
        }
        return {};
    }
    bool single_quoted() {
        const std::size_t end = rest_.find('\'');
        if (end == std::string_view::npos) return false;
        word_ += text::take_until(rest_, '\'');
        return true;
    }
    bool double_quoted() {
        while (!rest_.empty()) {
            const char c = next();
            if (c == '"') return true;
            const bool escapes =
                c == '\\' && !rest_.empty() &&
                std::string_view("\"\\$`").find(rest_.front()) != std::string_view::npos;
            word_ += escapes ? next() : c;
        }
        return false;
    }
    bool escaped() {
        if (rest_.empty()) return false;
        word_ += next();
        return true;
    }

    /// Tells the operator only: what it is glued to may be a password.
    AWSXX_COLD error shell_needed() const {
        return refused("CommandNeedsShell",
                       std::string("the command has an unquoted ") +
                           word_[word_.find_first_of("|&;<>()")] +
                           ", which only a shell understands; to have one, write "
                           "/bin/sh -c '...'");
    }

    std::string_view rest_;
    std::string word_{};
    bool quoted_ = false;
};

}  // namespace detail::command_words

/// The words of a command: at least one, of which the first is not empty.
///
/// Quotes and backslashes mean what they mean to a shell; `$`, `*`, `~` and backticks mean
/// nothing. A word without quotes that needs a shell (`|`, `>file`, `;`) is refused rather than
/// handed to the program.
inline expected<std::vector<std::string>> split_command(std::string_view command) {
    return detail::command_words::splitter(command).words();
}

}  // namespace awsxx::inline AWSXX_ABI
