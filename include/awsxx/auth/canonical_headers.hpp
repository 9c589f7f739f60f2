// SPDX-License-Identifier: MIT
// The header fields that a signature covers, in the one spelling that both sides sign.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/text_buffer.hpp>
#include <awsxx/core/text_words.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/headers.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace awsxx::inline AWSXX_ABI::auth {

/// True for fields that proxies and transports add, change or remove, and for the signature's own.
constexpr bool is_unsignable(std::string_view name) noexcept {
    const auto is = [name](std::string_view other) {
        return text::equal_ignoring_case(name, other);
    };
    switch (name.size()) {
        case 2: return is("te");
        case 6: return is("expect");
        case 7: return is("trailer") || is("upgrade");
        case 10: return is("connection") || is("keep-alive") || is("user-agent");
        case 13: return is("authorization");
        case 15: return is("x-amzn-trace-id");
        case 17: return is("sec-websocket-key") || is("transfer-encoding");
        case 18: return is("proxy-authenticate");
        case 19: return is("proxy-authorization");
        case 21: return is("sec-websocket-version");
        case 22: return is("sec-websocket-protocol");
        default: return false;
    }
}

namespace detail::header_text {

constexpr bool is_name_letter(char c) noexcept {  // RFC 9110, 5.6.2
    return text::is_alnum(c) || (c != '\0' && std::strchr("!#$%&'*+-.^_`|~", c) != nullptr);
}

/// True if a name can be one.
inline bool is_name(std::string_view name) noexcept {
    using namespace text;
    const auto strange = [](word what) {
        const word small = lowered(what & eight_of(0x7f));
        const word letter = at_least(small, 'a') & ~at_least(small, 'z' + 1);
        const word digit = at_least(small, '0') & ~at_least(small, '9' + 1);
        const word hyphen = at_least(small, '-') & ~at_least(small, '-' + 1);
        return (~(letter | digit | hyphen) | what) & eight_of(0x80);
    };
    if (none_of_words(name, 'a', strange)) [[likely]]
        return !name.empty();
    return std::all_of(name.begin(), name.end(), is_name_letter);
}

/// Writes a value without white space around it and with one space for each run within. Null if
/// there is a control character in it: a line break would begin another field.
AWSXX_COLD inline char* write_folded(char* to, std::string_view value) noexcept {
    const char* begin = to;
    bool gap = false;
    for (const char c : value) {
        if (c == ' ' || c == '\t') {
            gap = true;
            continue;
        }
        if (!text::is_printable(c)) return nullptr;
        if (gap && to != begin) *to++ = ' ';
        gap = false;
        *to++ = c;
    }
    return to;
}

inline char* write_value(char* to, std::string_view value) noexcept {
    if (!text::has_no_blanks(value)) return write_folded(to, value);
    return text::write(to, value);
}

/// The first eight characters in lower case, to be compared as a number.
inline std::uint64_t rank(std::string_view name) noexcept {
    const text::word start =
        name.size() < sizeof start ? text::load_part(name, 0) : text::load_word(name.data());
    return text::as_rank(text::lowered(start));
}

}  // namespace detail::header_text

/// Collects the fields that are signed. Filling it again allocates nothing.
class canonical_headers {
public:
    /// Takes all fields but the unsignable ones, which have to outlive this object's use.
    void collect(const http::headers& all) {
        fields_.clear();
        bound_ = 0;
        for (const http::header given : all) {
            if (is_unsignable(given.name)) continue;
            fields_.push_back({detail::header_text::rank(given.name), given});
            bound_ += given.name.size() + given.value.size() + 2;
        }
        sort();
    }

    /// More characters than `write` or `write_names` writes.
    std::size_t bound() const noexcept { return bound_; }

    /// Writes `host;x-amz-date`. Null if a name could not be one; `problem` then tells.
    char* write_names(char* to) noexcept {
        const char* begin = to;
        for (std::size_t i = 0; i < fields_.size(); ++i) {
            if (repeats(i)) continue;
            if (to != begin) *to++ = ';';
            if (!detail::header_text::is_name(fields_[i].is.name)) return nullptr;
            to = text::write_lowered(to, fields_[i].is.name);
        }
        return to;
    }

    /// Writes a line `name:value` for each name of `names`, which `write_names` wrote. Values of
    /// fields that come more than once are joined by commas. Null if a value could not be one.
    char* write(char* to, std::string_view names) noexcept {
        for (std::size_t i = 0; i < fields_.size(); ++i) {
            if (repeats(i)) {
                to[-1] = ',';  // instead of the line's end
            } else {
                const std::size_t size = fields_[i].is.name.size();
                to = text::write(to, names.substr(0, size));
                names.remove_prefix(size < names.size() ? size + 1 : size);
                *to++ = ':';
            }
            to = detail::header_text::write_value(to, fields_[i].is.value);
            if (to == nullptr) return nullptr;
            *to++ = '\n';
        }
        return to;
    }

    /// Which field cannot be sent, for people. Values are not shown: they may be secret.
    AWSXX_COLD std::string problem() const {
        for (const field& one : fields_) {
            if (one.is.name.empty()) return "a header has no name";
            if (!detail::header_text::is_name(one.is.name))
                return "a header name has a character that none may have";
            for (const char c : one.is.value)
                if (!text::is_printable(c) && c != '\t')
                    return "header " + std::string(one.is.name) +
                           " has a line break or another control character in its value";
        }
        return "a header is wrong";
    }

private:
    struct field {
        std::uint64_t rank;
        http::header is;

        /// Fields of one name stay in the order in which they were added.
        bool before(const field& other) const noexcept {
            if (rank != other.rank) return rank < other.rank;
            if (is.name.size() <= 8 || other.is.name.size() <= 8)
                return is.name.size() < other.is.name.size();
            return std::lexicographical_compare(
                is.name.begin() + 8, is.name.end(), other.is.name.begin() + 8, other.is.name.end(),
                [](char a, char b) { return text::lower(a) < text::lower(b); });
        }
    };

    bool repeats(std::size_t i) const noexcept {
        return i > 0 && fields_[i].rank == fields_[i - 1].rank &&
               text::equal_ignoring_case(fields_[i].is.name, fields_[i - 1].is.name);
    }

    void sort() {
        constexpr std::size_t few = 32;
        if (fields_.size() > few) {
            std::stable_sort(fields_.begin(), fields_.end(),
                             [](const field& a, const field& b) { return a.before(b); });
            return;
        }
        for (std::size_t i = 1; i < fields_.size(); ++i) {
            const field moving = fields_[i];
            std::size_t to = i;
            for (; to > 0 && moving.before(fields_[to - 1]); --to) fields_[to] = fields_[to - 1];
            fields_[to] = moving;
        }
    }

    std::vector<field> fields_{};
    std::size_t bound_ = 0;
};

}  // namespace awsxx::inline AWSXX_ABI::auth
