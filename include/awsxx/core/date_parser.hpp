// SPDX-License-Identifier: MIT
// Reads dates from text, piece by piece and without asking the locale.
#pragma once

#include <awsxx/core/number.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/timestamp.hpp>
#include <awsxx/core/version.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace awsxx::inline AWSXX_ABI {

/// Reads one date from the start of a text. Every step says whether it was there; a step that was
/// not leaves the parser somewhere behind it, of no further use.
class date_parser {
public:
    explicit date_parser(std::string_view text) noexcept : rest_(text) {}

    /// 2019-12-16T23:48:18.5Z; also with an offset like +01:00, and with UTC in place of Z.
    std::optional<timestamp> date_time() noexcept {
        const bool there = number<4>(year_) && skip('-') && number<2>(month_) && skip('-') &&
                           number<2>(day_) && (skip('T') || skip(' ')) && time_of_day() && zone();
        return result(there);
    }

    /// Mon, 16 Dec 2019 23:48:18 GMT; the day of the week may be wrong or missing.
    std::optional<timestamp> http_date() noexcept {
        skip_day_of_week();
        const bool there = (number<2>(day_) || number<1>(day_)) && skip(' ') && month_name() &&
                           skip(' ') && number<4>(year_) && skip(' ') && time_of_day() &&
                           skip(' ') && zone();
        return result(there);
    }

    /// 20191216T234818Z
    std::optional<timestamp> basic() noexcept {
        const bool there = number<4>(year_) && number<2>(month_) && number<2>(day_) && skip('T') &&
                           number<2>(hour_) && number<2>(minute_) && number<2>(second_) &&
                           skip('Z');
        return result(there);
    }

    /// 1576540098.5; also 1.5765400985e9. The fraction counts forward after negative numbers
    /// as well, as in AWS's own test suites: -1.5 is half a second after -1.
    std::optional<timestamp> epoch_seconds() noexcept {
        const bool negative = skip('-');
        const std::string_view whole = digits();
        const std::string_view fraction = skip('.') ? digits() : std::string_view{};
        if (whole.empty() || (fraction.empty() && before_ == '.')) return {};
        const std::optional<int> shift = exponent();
        if (!shift || !rest_.empty() || whole.size() > 400) return {};
        const decimal_places places{whole, fraction, static_cast<int>(whole.size()) + *shift};
        std::int64_t count = 0;
        for (int place = 0; place < places.point; ++place) {
            count = count * 10 + places.at(place);
            if (count > farthest) return {};
        }
        for (int place = places.point; place < places.point + 9; ++place)
            nanos_ = nanos_ * 10 + places.at(place);
        return timestamp(negative ? -count : count, nanos_);
    }

private:
    static constexpr std::int64_t earliest = -62'135'596'800;  // the year 1 begins
    static constexpr std::int64_t latest = 253'402'300'799;    // the year 9999 ends
    static constexpr std::int64_t farthest = 377'705'116'800;  // four digits a year, on both sides

    /// The digits of a number without its point, which lies before the place `point`.
    struct decimal_places {
        std::string_view whole;
        std::string_view fraction;
        int point;
        int at(int place) const noexcept {
            const auto index = static_cast<std::size_t>(place);
            if (place < 0 || index >= whole.size() + fraction.size()) return 0;
            return (index < whole.size() ? whole[index] : fraction[index - whole.size()]) - '0';
        }
    };

    bool skip(char expected) noexcept {
        if (rest_.empty() || text::lower(rest_.front()) != text::lower(expected)) return false;
        before_ = expected;
        rest_.remove_prefix(1);
        return true;
    }
    bool skip(std::string_view expected) noexcept {
        if (!text::equal_ignoring_case(rest_.substr(0, expected.size()), expected)) return false;
        before_ = expected.back();
        rest_.remove_prefix(expected.size());
        return true;
    }

    std::string_view digits() noexcept {
        std::size_t count = 0;
        while (count < rest_.size() && text::is_digit(rest_[count])) ++count;
        const std::string_view found = rest_.substr(0, count);
        rest_.remove_prefix(count);
        return found;
    }

    template <std::size_t Length>
    bool number(int& value) noexcept {
        if (rest_.size() < Length) return false;
        unsigned sum = 0;
        bool digits = true;
        for (std::size_t i = 0; i < Length; ++i) {
            const unsigned digit = static_cast<unsigned char>(rest_[i]) - unsigned{'0'};
            digits &= digit < 10;
            sum = sum * 10 + digit;
        }
        if (!digits) return false;
        value = static_cast<int>(sum);
        rest_.remove_prefix(Length);
        return true;
    }

    bool time_of_day() noexcept {
        if (!(number<2>(hour_) && skip(':') && number<2>(minute_) && skip(':') &&
              number<2>(second_)))
            return false;
        if (!skip('.')) return true;
        const std::string_view fraction = digits();
        const std::size_t counted = (std::min)(fraction.size(), std::size_t{9});
        for (const char c : fraction.substr(0, counted)) nanos_ = nanos_ * 10 + (c - '0');
        constexpr std::int32_t tens[] = {1'000'000'000, 100'000'000, 10'000'000, 1'000'000, 100'000,
                                         10'000,        1'000,       100,        10,        1};
        nanos_ *= tens[counted];
        return counted != 0;
    }

    bool zone() noexcept {
        if (skip('Z') || skip("GMT") || skip("UTC")) return true;
        const bool west = skip('-');
        if (!west && !skip('+')) return false;
        int hours = 0;
        int minutes = 0;
        if (!number<2>(hours)) return false;
        skip(':');
        if (!number<2>(minutes) || hours > 23 || minutes > 59) return false;
        offset_ = (hours * 60 + minutes) * (west ? -60 : 60);
        return true;
    }

    void skip_day_of_week() noexcept {
        const std::size_t comma = rest_.find(',');
        if (comma != 3 || text::is_digit(rest_[0])) return;
        rest_.remove_prefix(4);
        skip(' ');
    }

    bool month_name() noexcept {
        constexpr std::string_view names = "janfebmaraprmayjunjulaugsepoctnovdec";
        if (rest_.size() < 3) return false;
        const char name[] = {text::lower(rest_[0]), text::lower(rest_[1]), text::lower(rest_[2])};
        for (std::size_t at = 0; at < names.size(); at += 3) {
            if (names[at] != name[0] || names[at + 1] != name[1] || names[at + 2] != name[2])
                continue;
            month_ = static_cast<int>(at / 3) + 1;
            rest_.remove_prefix(3);
            return true;
        }
        return false;
    }

    /// What stands behind an e; 0 if there is none, nothing if it is not a number of a date.
    std::optional<int> exponent() noexcept {
        if (!skip('e')) return 0;
        const bool negative = skip('-');
        if (!negative) skip('+');
        const auto value = text::parse_number<int>(digits());
        if (!value || *value > 400) return {};
        return negative ? -*value : *value;
    }

    std::optional<timestamp> result(bool there) const noexcept {
        using namespace std::chrono;
        const year_month_day date{year(year_), month(static_cast<unsigned>(month_)),
                                  day(static_cast<unsigned>(day_))};
        if (!there || !rest_.empty() || !date.ok()) return {};
        if (hour_ > 23 || minute_ > 59 || second_ > 60) return {};
        const std::int64_t days = sys_days(date).time_since_epoch().count();
        const std::int64_t in_day = hour_ * 3600 + minute_ * 60 + second_ - offset_;
        const std::int64_t count = days * 86400 + in_day;
        if (count < earliest || count > latest) return {};
        return timestamp(count, nanos_);
    }

    std::string_view rest_;
    char before_ = 0;  // the last character that was skipped
    int year_ = 0;
    int month_ = 0;
    int day_ = 0;
    int hour_ = 0;
    int minute_ = 0;
    int second_ = 0;
    int offset_ = 0;  // in seconds, eastward
    std::int32_t nanos_ = 0;
};

}  // namespace awsxx::inline AWSXX_ABI
