// SPDX-License-Identifier: MIT
// The words of JMESPath expressions.
#pragma once

#include <awsxx/codec/jmespath_json.hpp>
#include <awsxx/codec/jmespath_value.hpp>
#include <awsxx/codec/json_reader.hpp>
#include <awsxx/core/number.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::codec::jmespath {

enum class word : unsigned char {
    end,
    wrong,  ///< No word at all.
    name,
    quoted_name,
    literal,
    number,
    dot,
    star,
    comma,
    colon,
    current,
    ampersand,
    bar,
    either,
    both,
    negation,
    equal,
    unequal,
    less,
    less_or_equal,
    greater,
    greater_or_equal,
    open_parenthesis,
    close_parenthesis,
    open_bracket,
    close_bracket,
    open_filter,  ///< `[?`
    flatten,      ///< `[]`
    open_brace,
    close_brace,
};

/// A word with what it says.
struct token {
    jmespath::word word{};
    std::size_t offset{};
    std::size_t length{};
    std::string_view name{};  ///< Of a name, without its quotes.
    jmespath::value value{};  ///< Of a literal.
    std::int64_t number{};
};

/// Cuts an expression into words. What is no part of the text is kept in `room`.
class lexer {
public:
    lexer(std::string_view text, memory& room) noexcept : text_(text), room_(room) {}

    token next() {
        while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
        token found{.offset = at_};
        if (at_ == text_.size()) return found;
        read(found);
        found.length = at_ - found.offset;
        return found;
    }

private:
    static bool is_blank(char c) noexcept {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
    static bool is_name_character(char c) noexcept { return text::is_alnum(c) || c == '_'; }

    void read(token& into) {
        const char first = text_[at_];
        if (text::is_digit(first) || first == '-') return read_number(into);
        if (is_name_character(first)) return read_name(into);
        switch (first) {
            case '"': return read_quoted_name(into);
            case '\'': return read_raw_text(into);
            case '`': return read_json(into);
            default: into.word = read_sign(first); return;
        }
    }

    void read_name(token& into) {
        const std::size_t begin = at_;
        while (at_ < text_.size() && is_name_character(text_[at_])) ++at_;
        into.word = word::name;
        into.name = text_.substr(begin, at_ - begin);
    }

    void read_number(token& into) {
        const std::size_t begin = at_++;
        while (at_ < text_.size() && text::is_digit(text_[at_])) ++at_;
        const auto number = text::parse_number<std::int64_t>(text_.substr(begin, at_ - begin));
        into.word = number ? word::number : word::wrong;
        into.number = number.value_or(0);
    }

    /// Moves behind the next `quote` without a backslash before it and gives what stands between.
    bool take_quoted(char quote, std::string_view& between) noexcept {
        const std::size_t begin = ++at_;
        for (; at_ < text_.size(); ++at_) {
            if (text_[at_] == quote) {
                between = text_.substr(begin, at_++ - begin);
                return true;
            }
            if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
        }
        return false;
    }

    void read_quoted_name(token& into) {
        const std::size_t begin = at_;
        std::string_view between;
        into.word = word::wrong;
        if (!take_quoted('"', between)) return;
        json::reader in(text_.substr(begin, at_ - begin));
        std::string_view name;
        if (!in.string(name)) return;
        into.name = room_.keep(std::string(name));
        if (in.finish()) into.word = word::quoted_name;
    }

    /// `'it\'s'`: a backslash counts before a quote only.
    void read_raw_text(token& into) {
        std::string_view between;
        into.word = word::wrong;
        if (!take_quoted('\'', between)) return;
        into.word = word::literal;
        into.value = value::of(room_.keep(without_backslashes(between, '\'')));
    }

    void read_json(token& into) {
        std::string_view between;
        into.word = word::wrong;
        if (!take_quoted('`', between)) return;
        const auto found = from_json(without_backslashes(between, '`'), room_);
        if (!found) return;
        into.word = word::literal;
        into.value = *found;
    }

    static std::string without_backslashes(std::string_view quoted, char quote) {
        std::string plain;
        plain.reserve(quoted.size());
        for (std::size_t i = 0; i < quoted.size(); ++i) {
            if (quoted[i] == '\\' && i + 1 < quoted.size()) {
                if (quoted[i + 1] != quote) plain += quoted[i];
                ++i;
            }
            plain += quoted[i];
        }
        return plain;
    }

    word read_bracket() noexcept {
        const word found = pair('?', word::open_filter, word::open_bracket);
        return found == word::open_filter ? found : pair(']', word::flatten, found);
    }

    /// Of one character, or of two where the second is `second`.
    word pair(char second, word with, word without) noexcept {
        if (at_ == text_.size() || text_[at_] != second) return without;
        ++at_;
        return with;
    }

    word read_sign(char first) noexcept {
        ++at_;
        switch (first) {
            case '.': return word::dot;
            case '*': return word::star;
            case ',': return word::comma;
            case ':': return word::colon;
            case '@': return word::current;
            case '(': return word::open_parenthesis;
            case ')': return word::close_parenthesis;
            case ']': return word::close_bracket;
            case '{': return word::open_brace;
            case '}': return word::close_brace;
            case '[': return read_bracket();
            case '|': return pair('|', word::either, word::bar);
            case '&': return pair('&', word::both, word::ampersand);
            case '!': return pair('=', word::unequal, word::negation);
            case '<': return pair('=', word::less_or_equal, word::less);
            case '>': return pair('=', word::greater_or_equal, word::greater);
            case '=': return pair('=', word::equal, word::wrong);
            default: return word::wrong;
        }
    }

    std::string_view text_;
    memory& room_;
    std::size_t at_ = 0;
};

}  // namespace awsxx::inline AWSXX_ABI::codec::jmespath
