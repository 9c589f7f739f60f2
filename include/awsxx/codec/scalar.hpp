// SPDX-License-Identifier: MIT
// Numbers, booleans, dates and bytes as text, the same in every format that is made of text.
#pragma once

#include <awsxx/core/date.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/number.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/model/field.hpp>

#include <charconv>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace awsxx::inline AWSXX_ABI::codec {

/// Appends a number in decimal, with as few digits as read back as the same number.
/// What is no number is spelled NaN, Infinity or -Infinity.
template <class Number>
void append_number(std::string& out, Number number) {
    char digits[32];
    char* const end = digits + sizeof digits;
    char* last = digits;
    if constexpr (std::floating_point<Number>) {
        if (std::isnan(number)) {
            out += "NaN";
            return;
        }
        if (std::isinf(number)) {
            out += number > 0 ? "Infinity" : "-Infinity";
            return;
        }
        const Number size = std::abs(number);
        const bool plain = size == 0 || (size >= Number(1e-5) && size < Number(1e15));
        const auto style = plain ? std::chars_format::fixed : std::chars_format::scientific;
        last = std::to_chars(digits, end, number, style).ptr;
    } else {
        last = std::to_chars(digits, end, number).ptr;
    }
    // By length: some compilers copy the whole text to append what iterators name.
    out.append(digits, static_cast<std::size_t>(last - digits));
}

/// The number that all of `text` is, rounded; NaN, Infinity and -Infinity are such numbers too.
/// What is too large is no number, what is too small is zero.
template <std::floating_point Number>
std::optional<Number> parse_real(std::string_view text) noexcept {
    using limits = std::numeric_limits<Number>;
    if (text == "NaN") return limits::quiet_NaN();
    if (text == "Infinity") return limits::infinity();
    if (text == "-Infinity") return -limits::infinity();
    const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
    if (digits.empty() || !text::is_digit(digits.front())) return {};
    Number number{};
    const char* end = text.data() + text.size();
    const auto [stopped, problem] = std::from_chars(text.data(), end, number);
    if (stopped != end) return {};
    if (problem == std::errc()) return number;
    const std::size_t e = text.find_first_of("eE");
    const bool tiny =
        e == std::string_view::npos ? digits.front() == '0' : text.substr(e + 1).starts_with('-');
    if (tiny) return Number{};
    return {};
}

/// The whole number that all of `text` is. 1.0 and 1e3 are whole numbers as well.
template <std::signed_integral Number>
std::optional<Number> parse_integer(std::string_view text) noexcept {
    if (const auto number = text::parse_number<Number>(text)) return number;
    if (text.find_first_of(".eE") == std::string_view::npos) return {};
    const auto real = parse_real<double>(text);
    // The smallest number is a power of two and thus exact; the largest is one below such a power.
    constexpr auto limit = -static_cast<double>((std::numeric_limits<Number>::min)());
    if (!real || !(*real >= -limit && *real < limit) || std::trunc(*real) != *real) return {};
    return static_cast<Number>(*real);
}

namespace detail::scalar {

template <class Value>
const char* store(const std::optional<Value>& parsed, void* out, const char* problem) {
    if (!parsed) return problem;
    *static_cast<Value*>(out) = *parsed;
    return nullptr;
}

}  // namespace detail::scalar

/// Reads a scalar of that type from text. Null if that worked, otherwise what is wrong:
/// "expected a number".
inline const char* parse_scalar(const model::type& shape, std::string_view text, void* out) {
    using detail::scalar::store;
    switch (shape.kind) {
        case model::kind::text: static_cast<std::string*>(out)->assign(text); return nullptr;
        case model::kind::sensitive: *static_cast<secret*>(out) = secret(text); return nullptr;
        case model::kind::boolean:
            return store(text::parse_bool(text::trimmed(text)), out, "expected true or false");
        case model::kind::integer:
            return store(parse_integer<int>(text::trimmed(text)), out, "expected a 32-bit integer");
        case model::kind::long_:
            return store(parse_integer<std::int64_t>(text::trimmed(text)), out,
                         "expected a 64-bit integer");
        case model::kind::float_:
            return store(parse_real<float>(text::trimmed(text)), out, "expected a number");
        case model::kind::double_:
            return store(parse_real<double>(text::trimmed(text)), out, "expected a number");
        case model::kind::blob: {
            auto bytes = crypto::from_base64(text::trimmed(text));
            if (!bytes) return "expected base64";
            *static_cast<std::string*>(out) = *std::move(bytes);
            return nullptr;
        }
        case model::kind::sensitive_blob: {
            auto bytes = crypto::from_base64(text::trimmed(text));
            if (!bytes) return "expected base64";
            *static_cast<secret*>(out) = secret(*std::move(bytes));
            return nullptr;
        }
        case model::kind::timestamp: return store(any_date(text), out, "expected a date");
        default: return "expected a structure";
    }
}

/// Appends a scalar as text. A date without a format of its own gets `dates`.
/// Fails for a date that cannot be written, and then appends nothing.
inline expected<void> append_scalar(const model::type& shape, const void* in, date_format dates,
                                    std::string& out) {
    switch (shape.kind) {
        case model::kind::text: out += *static_cast<const std::string*>(in); break;
        case model::kind::sensitive: out += static_cast<const secret*>(in)->expose(); break;
        case model::kind::boolean: out += *static_cast<const bool*>(in) ? "true" : "false"; break;
        case model::kind::integer: append_number(out, *static_cast<const int*>(in)); break;
        case model::kind::long_: append_number(out, *static_cast<const std::int64_t*>(in)); break;
        case model::kind::float_: append_number(out, *static_cast<const float*>(in)); break;
        case model::kind::double_: append_number(out, *static_cast<const double*>(in)); break;
        case model::kind::blob:
            out += crypto::to_base64(*static_cast<const std::string*>(in));
            break;
        case model::kind::sensitive_blob: {
            std::string text = crypto::to_base64(static_cast<const secret*>(in)->expose());
            out += text;
            wipe(text);
            break;
        }
        case model::kind::timestamp: {
            const bool own = shape.format != date_format::unspecified;
            auto text = format_date(*static_cast<const timestamp*>(in), own ? shape.format : dates);
            if (!text) return text.error();
            out += *text;
            break;
        }
        default: break;
    }
    return {};
}

}  // namespace awsxx::inline AWSXX_ABI::codec
