// SPDX-License-Identifier: MIT
// Dates in the four spellings that AWS uses, read and written.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/date_parser.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/timestamp.hpp>
#include <awsxx/core/version.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

inline auto timestamp::to_instant() const noexcept {
    constexpr std::int64_t limit = 900'000'000'000;
    const std::int64_t whole = std::clamp(seconds, -limit, limit);
    return instant(milliseconds(whole * 1000 + nanoseconds / 1'000'000));
}

namespace detail::date {

/// A point in time as a calendar and a clock on the wall show it.
struct shown {
    std::chrono::year_month_day date;
    unsigned weekday;
    int second_of_day;
};

inline constexpr std::int64_t earliest = -62'135'596'800;  // the year 1 begins
inline constexpr std::int64_t latest = 253'402'300'799;    // the year 9999 ends

inline shown show(std::int64_t since_1970) noexcept {
    using namespace std::chrono;
    const sys_seconds when{std::chrono::seconds(since_1970)};
    const sys_days day = floor<days>(when);
    return {day, std::chrono::weekday(day).c_encoding(), static_cast<int>((when - day).count())};
}

/// The last `width` digits of `value`.
inline char* put(char* to, int value, int width) noexcept {
    for (int place = width - 1; place >= 0; --place, value /= 10)
        to[place] = static_cast<char>('0' + value % 10);
    return to + width;
}

inline char* put_date(char* to, const shown& when, std::string_view separator) noexcept {
    to = put(to, static_cast<int>(when.date.year()), 4);
    to = std::copy(separator.begin(), separator.end(), to);
    to = put(to, static_cast<int>(static_cast<unsigned>(when.date.month())), 2);
    to = std::copy(separator.begin(), separator.end(), to);
    return put(to, static_cast<int>(static_cast<unsigned>(when.date.day())), 2);
}

inline char* put_time(char* to, const shown& when, std::string_view separator) noexcept {
    to = put(to, when.second_of_day / 3600, 2);
    to = std::copy(separator.begin(), separator.end(), to);
    to = put(to, when.second_of_day / 60 % 60, 2);
    to = std::copy(separator.begin(), separator.end(), to);
    return put(to, when.second_of_day % 60, 2);
}

/// A point and up to `places` digits, without zeros at the end; nothing at all if they are zeros.
inline void append_fraction(std::string& to, std::int32_t nanoseconds, std::size_t places) {
    char digits[9];
    put(digits, nanoseconds, 9);
    while (places > 0 && digits[places - 1] == '0') --places;
    if (places > 0) to.append(".").append(digits, places);
}

inline std::string date_time(const timestamp& at, const shown& when) {
    char text[19];
    char* end = put_date(text, when, "-");
    *end++ = 'T';
    put_time(end, when, ":");
    std::string result(text, sizeof text);
    append_fraction(result, at.nanoseconds, 6);
    return result += 'Z';
}

inline std::string http_date(const shown& when) {
    constexpr std::string_view days = "SunMonTueWedThuFriSat";
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    char text[30] = "...,    ...           :  :   ";
    const std::size_t month = static_cast<unsigned>(when.date.month()) - 1;
    std::copy_n(days.data() + when.weekday * 3, 3, text);
    put(text + 5, static_cast<int>(static_cast<unsigned>(when.date.day())), 2);
    std::copy_n(months.data() + month * 3, 3, text + 8);
    put(text + 12, static_cast<int>(when.date.year()), 4);
    put_time(text + 17, when, ":");
    return std::string(text, 25) + " GMT";
}

inline std::array<char, 16> basic(const shown& when) noexcept {
    std::array<char, 16> text;
    char* end = put_date(text.data(), when, "");
    *end++ = 'T';
    end = put_time(end, when, "");
    *end = 'Z';
    return text;
}

inline std::string written(const timestamp& at, date_format format) {
    if (format == date_format::epoch_seconds) {
        std::string text = std::to_string(at.seconds);
        append_fraction(text, at.nanoseconds, 9);
        return text;
    }
    const shown when = show(at.seconds);
    if (format == date_format::http_date) return http_date(when);
    if (format != date_format::basic) return date_time(at, when);
    const auto text = basic(when);
    return std::string(text.data(), text.size());
}

AWSXX_COLD inline error refused(std::string_view text, std::string_view wanted) {
    std::string message = "not a date";
    if (!wanted.empty()) message.append(" in the form ").append(wanted);
    // Whatever is longer is no date, and might be something that must not be shown.
    if (text.size() < 40) message.append(": \"").append(text).append("\"");
    return {.kind = error_kind::invalid_argument, .code = "BadDate", .message = std::move(message)};
}

}  // namespace detail::date

/// The point in time that `text` is in that spelling, all of it. `unspecified` reads as date_time.
///
/// date_time may have an offset or end in UTC; fractions may have any number of digits, of which
/// nine count. No spelling depends on the locale.
inline expected<timestamp> parse_date(std::string_view text, date_format format) {
    date_parser parser(text);
    std::optional<timestamp> when;
    std::string_view wanted = "2019-12-16T23:48:18Z";
    switch (format) {
        case date_format::unspecified:
        case date_format::date_time: when = parser.date_time(); break;
        case date_format::http_date:
            wanted = "Mon, 16 Dec 2019 23:48:18 GMT";
            when = parser.http_date();
            break;
        case date_format::epoch_seconds:
            wanted = "1576540098.5";
            when = parser.epoch_seconds();
            break;
        case date_format::basic:
            wanted = "20191216T234818Z";
            when = parser.basic();
            break;
    }
    if (!when) return detail::date::refused(text, wanted);
    return *when;
}

/// The point in time that `text` is in whichever spelling it has: services mix them up.
inline std::optional<timestamp> any_date(std::string_view text) noexcept {
    if (text.size() > 4 && text[4] == '-')  // most are
        if (const auto when = date_parser(text).date_time()) return when;
    const std::string_view date = text::trimmed(text);
    if (const auto when = date_parser(date).epoch_seconds()) return when;
    if (const auto when = date_parser(date).date_time()) return when;
    if (const auto when = date_parser(date).http_date()) return when;
    return date_parser(date).basic();
}

/// The same, where what is none is an error with its text.
inline expected<timestamp> parse_any_date(std::string_view text) {
    if (const auto when = any_date(text)) return *when;
    return detail::date::refused(text::trimmed(text), {});
}

/// `when` in that spelling. Years before 1 and after 9999 fail, but for epoch_seconds.
///
/// date_time has microseconds, epoch_seconds nanoseconds, the others neither; all cut off the rest.
inline expected<std::string> format_date(timestamp when, date_format format) {
    const bool in_range =
        when.seconds >= detail::date::earliest && when.seconds <= detail::date::latest;
    const bool valid = when.nanoseconds >= 0 && when.nanoseconds < 1'000'000'000;
    if (valid && (in_range || format == date_format::epoch_seconds))
        return detail::date::written(when, format);
    return error{.kind = error_kind::invalid_argument,
                 .code = "BadDate",
                 .message = "no date of the years 1 to 9999: " + std::to_string(when.seconds) +
                            " seconds since 1970"};
}

/// `when` in that spelling. Beyond the years 1 to 9999 it is the first or last second of them.
inline std::string format_date(instant when, date_format format) {
    timestamp at(when);
    at.seconds = std::clamp(at.seconds, detail::date::earliest, detail::date::latest);
    return detail::date::written(at, format);
}

/// 20191216T234818Z, without an allocation: what requests are signed with.
inline std::array<char, 16> basic_date(instant when) noexcept {
    const std::int64_t count = timestamp(when).seconds;
    return detail::date::basic(
        detail::date::show(std::clamp(count, detail::date::earliest, detail::date::latest)));
}

}  // namespace awsxx::inline AWSXX_ABI
