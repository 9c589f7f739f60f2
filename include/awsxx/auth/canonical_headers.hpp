// SPDX-License-Identifier: MIT
// The header fields that a signature covers, in the one spelling that both sides sign.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/text_blocks.hpp>
#include <awsxx/core/text_buffer.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/headers.hpp>

#include <algorithm>
#include <cstddef>
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
    return !name.empty() && std::all_of(name.begin(), name.end(), is_name_letter);
}

/// Writes a value without white space around it and with one space for each run within. Null if
/// there is a control character in it: a line break would begin another field.
inline char* write_folded(char* to, std::string_view value) noexcept {
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

/// A field that is signed: which one, and where its name is in the list of all names.
struct place {
    std::string_view name{};  ///< Of use only while the places are put in order.
    std::size_t index{};
    std::size_t begin{};
    std::size_t size{};
    bool repeats{};  ///< Another field of the same name stands before it.

    /// Fields of one name stay in the order in which they were added.
    bool before(const place& other) const noexcept {
        return std::lexicographical_compare(
            name.begin(), name.end(), other.name.begin(), other.name.end(),
            [](char a, char b) { return text::lower(a) < text::lower(b); });
    }
};

inline void sort(std::vector<place>& places) {
    constexpr std::size_t few = 32;
    if (places.size() > few) {
        std::sort(places.begin(), places.end(), [](const place& a, const place& b) {
            return a.before(b) || (!b.before(a) && a.index < b.index);
        });
        return;
    }
    for (std::size_t i = 1; i < places.size(); ++i) {
        const place moving = places[i];
        std::size_t to = i;
        for (; to > 0 && moving.before(places[to - 1]); --to) places[to] = places[to - 1];
        places[to] = moving;
    }
}

}  // namespace detail::header_text

/// Chooses the fields that are signed, puts them in order and writes them.
///
/// Filling it again allocates nothing. Most requests of a program have the names of the one
/// before: the order is then known, and only values are looked at.
class canonical_headers {
public:
    /// Takes all fields but the unsignable ones. False if a name cannot be one.
    bool collect(const http::headers& all) {
        if (has_same_names(all)) [[likely]]
            return true;
        return plan(all);
    }

    /// The names, as in `host;x-amz-date`.
    std::string_view names() const noexcept { return names_.view(); }

    /// More characters than `write` writes.
    std::size_t bound() const noexcept { return names_.size() + values_size_ + 2 * places_.size(); }

    /// Writes a line `name:value` for each name. Values of fields that come more than once are
    /// joined by commas. Null if a value could not be one. `all` is what was collected.
    char* write(char* to, const http::headers& all) const noexcept {
        for (const auto& place : places_) {
            if (place.repeats) {
                to[-1] = ',';  // instead of the line's end
            } else {
                to = text::write(to, {names_.data() + place.begin, place.size});
                *to++ = ':';
            }
            to = detail::header_text::write_value(to, all[place.index].value);
            if (to == nullptr) return nullptr;
            *to++ = '\n';
        }
        return to;
    }

    /// Which of the fields cannot be sent, for people. Values are not shown: they may be secret.
    AWSXX_COLD static std::string problem(const http::headers& all) {
        for (const http::header field : all) {
            if (field.name.empty()) return "a header has no name";
            if (!detail::header_text::is_name(field.name))
                return "a header name has a character that none may have";
            for (const char c : field.value)
                if (!text::is_printable(c) && c != '\t')
                    return "header " + std::string(field.name) +
                           " has a line break or another control character in its value";
        }
        return "a header is wrong";
    }

private:
    bool has_same_names(const http::headers& all) noexcept {
        if (all.size() != given_sizes_.size()) return false;
        const char* before = given_.data();
        values_size_ = 0;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const http::header field = all[i];
            if (!text::equal(field.name, {before, given_sizes_[i]})) return false;
            before += given_sizes_[i];
            values_size_ += field.value.size();
        }
        return true;
    }

    bool plan(const http::headers& all) {
        forget();
        bool valid = true;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const http::header field = all[i];
            given_.append(field.name);
            given_sizes_.push_back(field.name.size());
            values_size_ += field.value.size();
            if (is_unsignable(field.name)) continue;
            valid = valid && detail::header_text::is_name(field.name);
            places_.push_back({.name = field.name, .index = i});
        }
        detail::header_text::sort(places_);
        list_names();
        if (!valid) forget();
        return valid;
    }

    void list_names() {
        const detail::header_text::place* last = nullptr;
        for (auto& place : places_) {
            place.repeats = last != nullptr && !last->before(place);
            last = &place;
            if (place.repeats) continue;
            if (!names_.empty()) names_.append(';');
            place.begin = names_.size();
            place.size = place.name.size();
            names_.end_at(text::write_lowered(names_.room(place.name.size()), place.name));
        }
    }

    void forget() noexcept {
        given_.clear();
        given_sizes_.clear();
        places_.clear();
        names_.clear();
        values_size_ = 0;
    }

    text::text_buffer given_{};  ///< The names as they came, one behind the other.
    std::vector<std::size_t> given_sizes_{};
    std::vector<detail::header_text::place> places_{};
    text::text_buffer names_{};
    std::size_t values_size_ = 0;
};

}  // namespace awsxx::inline AWSXX_ABI::auth
