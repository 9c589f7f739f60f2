// SPDX-License-Identifier: MIT
// The header fields that a signature covers, in the one spelling that both sides sign.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/headers.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace awsxx::inline AWSXX_ABI::auth {

/// True for fields that proxies and transports add, change or remove, and for the signature's own.
constexpr bool is_unsignable(std::string_view name) noexcept {
    constexpr std::string_view names[] = {"te",
                                          "expect",
                                          "trailer",
                                          "upgrade",
                                          "connection",
                                          "keep-alive",
                                          "user-agent",
                                          "authorization",
                                          "x-amzn-trace-id",
                                          "sec-websocket-key",
                                          "transfer-encoding",
                                          "proxy-authenticate",
                                          "proxy-authorization",
                                          "sec-websocket-version",
                                          "sec-websocket-protocol"};
    constexpr std::uint64_t lengths = [&] {
        std::uint64_t bits = 0;
        for (const std::string_view one : names) bits |= std::uint64_t{1} << one.size();
        return bits;
    }();
    if (name.size() >= 64 || (lengths >> name.size() & 1) == 0) return false;
    for (const std::string_view one : names)
        if (text::equal_ignoring_case(one, name)) return true;
    return false;
}

namespace detail::header_text {

/// A name's characters in lower case; zero for what cannot be in a name (RFC 9110, 5.6.2).
inline constexpr std::array<char, 256> name_letters = [] {
    std::array<char, 256> table{};
    for (std::size_t i = 0; i < 128; ++i) {
        const char c = static_cast<char>(i);
        if (text::is_alnum(c)) table[i] = text::lower(c);
    }
    for (const char mark : std::string_view("!#$%&'*+-.^_`|~"))
        table[static_cast<unsigned char>(mark)] = mark;
    return table;
}();

constexpr std::uint64_t ones = 0x0101010101010101;
constexpr std::uint64_t highs = 0x8080808080808080;

inline std::uint64_t load(const char* from) noexcept {
    std::uint64_t word;
    std::memcpy(&word, from, sizeof word);
    return word;
}
/// Not zero if one of the eight characters is a space or a control character.
inline std::uint64_t unusual(std::uint64_t word) noexcept {
    const std::uint64_t deleted = word ^ (ones * 0x7f);
    return (((word - ones * 0x21) & ~word) | ((deleted - ones) & ~deleted)) & highs;
}

/// True if a value goes into the canonical request as it is.
inline bool is_plain(std::string_view value) noexcept {
    const char* at = value.data();
    std::size_t left = value.size();
    for (; left >= 8; at += 8, left -= 8)
        if (unusual(load(at)) != 0) return false;
    for (; left > 0; ++at, --left)
        if (static_cast<unsigned char>(*at) <= ' ' || *at == 0x7f) return false;
    return true;
}

/// Writes a value without white space around it and with one space for each run within. Null if
/// there is a control character in it: a line break would begin another field.
inline char* write_folded(char* to, std::string_view value) noexcept {
    if (is_plain(value)) {
        std::memcpy(to, value.data(), value.size());
        return to + value.size();
    }
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

/// The first eight characters in lower case, to be compared as a number.
inline std::uint64_t rank(std::string_view name) noexcept {
    std::uint64_t key = 0;
    const std::size_t size = name.size() < 8 ? name.size() : 8;
    for (std::size_t i = 0; i < size; ++i)
        key |= std::uint64_t{static_cast<unsigned char>(
                   name_letters[static_cast<unsigned char>(name[i])])}
               << (56 - 8 * i);
    return key;
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
            to = write_name(to, fields_[i].is.name);
            if (to == nullptr) return nullptr;
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
                std::memcpy(to, names.data(), size);
                names.remove_prefix(size < names.size() ? size + 1 : size);
                to += size;
                *to++ = ':';
            }
            to = detail::header_text::write_folded(to, fields_[i].is.value);
            if (to == nullptr) return nullptr;
            *to++ = '\n';
        }
        return to;
    }

    /// Which field cannot be sent, for people. Values are not shown: they may be secret.
    AWSXX_COLD std::string problem() const {
        for (const field& one : fields_) {
            for (const char c : one.is.name)
                if (letter(c) == '\0') return "a header name has a character that none may have";
            if (one.is.name.empty()) return "a header has no name";
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
                [](char a, char b) { return letter(a) < letter(b); });
        }
    };

    static char letter(char c) noexcept {
        return detail::header_text::name_letters[static_cast<unsigned char>(c)];
    }

    static char* write_name(char* to, std::string_view name) noexcept {
        bool valid = !name.empty();
        for (const char c : name) {
            const char small = letter(c);
            valid &= small != '\0';
            *to++ = small;
        }
        return valid ? to : nullptr;
    }

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
