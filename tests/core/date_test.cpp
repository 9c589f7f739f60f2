// SPDX-License-Identifier: MIT
#include <awsxx/core/date.hpp>

#include <support/catch.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

using namespace awsxx;

namespace {

constexpr std::int64_t moment = 1576540098;  // 2019-12-16T23:48:18Z

timestamp parsed(std::string_view text, date_format format) {
    INFO(text);
    const auto when = parse_date(text, format);
    REQUIRE(when);
    return *when;
}

bool refused(std::string_view text, date_format format) { return !parse_date(text, format); }

std::string formatted(timestamp when, date_format format) {
    const auto text = format_date(when, format);
    REQUIRE(text);
    return *text;
}

}  // namespace

TEST_CASE("date: the four spellings are read") {
    const timestamp expected(moment, 0);

    CHECK(parsed("2019-12-16T23:48:18Z", date_format::date_time) == expected);
    CHECK(parsed("Mon, 16 Dec 2019 23:48:18 GMT", date_format::http_date) == expected);
    CHECK(parsed("1576540098", date_format::epoch_seconds) == expected);
    CHECK(parsed("20191216T234818Z", date_format::basic) == expected);
}

TEST_CASE("date: the four spellings are written") {
    const timestamp when(moment, 500'000'000);

    CHECK(formatted(when, date_format::date_time) == "2019-12-16T23:48:18.5Z");
    CHECK(formatted(when, date_format::unspecified) == "2019-12-16T23:48:18.5Z");
    CHECK(formatted(when, date_format::http_date) == "Mon, 16 Dec 2019 23:48:18 GMT");
    CHECK(formatted(when, date_format::epoch_seconds) == "1576540098.5");
    CHECK(formatted(when, date_format::basic) == "20191216T234818Z");
}

TEST_CASE("date: fractions have any number of digits, of which nine count") {
    const auto nanos = [](std::string_view text) {
        return parsed(text, date_format::date_time).nanoseconds;
    };

    CHECK(nanos("2019-12-16T23:48:18.1Z") == 100'000'000);
    CHECK(nanos("2019-12-16T23:48:18.000234Z") == 234'000);
    CHECK(nanos("2019-12-16T23:48:18.123456789Z") == 123'456'789);
    CHECK(nanos("2019-12-16T23:48:18.1234567899999Z") == 123'456'789);
    CHECK(parsed("Mon, 16 Dec 2019 23:48:18.25 GMT", date_format::http_date).nanoseconds ==
          250'000'000);
    CHECK(refused("2019-12-16T23:48:18.Z", date_format::date_time));
}

TEST_CASE("date: offsets and other words for UTC are understood") {
    const timestamp expected(moment, 0);

    CHECK(parsed("2019-12-16T23:48:18+00:00", date_format::date_time) == expected);
    CHECK(parsed("2019-12-16T23:48:18UTC", date_format::date_time) == expected);
    CHECK(parsed("2019-12-17T01:18:18+01:30", date_format::date_time) == expected);
    CHECK(parsed("2019-12-16T15:48:18-0800", date_format::date_time) == expected);
    CHECK(parsed("2019-12-16t23:48:18z", date_format::date_time) == expected);
    CHECK(parsed("Mon, 16 Dec 2019 23:48:18 UTC", date_format::http_date) == expected);
    CHECK(parsed("16 Dec 2019 23:48:18 +0000", date_format::http_date) == expected);
}

TEST_CASE("date: epoch seconds may have fractions and exponents") {
    const auto read = [](std::string_view text) {
        return parsed(text, date_format::epoch_seconds);
    };

    CHECK(read("0") == timestamp(0, 0));
    CHECK(read("1576540098.000234") == timestamp(moment, 234'000));
    CHECK(read("1.5765400985e9") == timestamp(moment, 500'000'000));
    CHECK(read("1.576540098E+09") == timestamp(moment, 0));
    CHECK(read("15765400985e-1") == timestamp(moment, 500'000'000));
    CHECK(read("5e-1") == timestamp(0, 500'000'000));
    CHECK(read("0e300") == timestamp(0, 0));
    CHECK(read("-26737896.0001") == timestamp(-26737896, 100'000));
}

TEST_CASE("date: what is no date of the calendar is refused") {
    const auto text =
        GENERATE(as<std::string>(), "", "2019", "2019-12-16", "2019-12-16T23:48:18",
                 "2019-02-29T00:00:00Z", "2019-13-01T00:00:00Z", "2019-00-01T00:00:00Z",
                 "2019-12-00T00:00:00Z", "2019-12-16T24:00:00Z", "2019-12-16T23:60:00Z",
                 "2019-12-16T23:48:61Z", "0000-12-16T23:48:18Z", "12019-12-16T23:48:18Z",
                 "2019-12-16T23:48:18ZZ", " 2019-12-16T23:48:18Z", "2019-12-16T23:48:18+24:00",
                 "-019-12-16T23:48:18Z", "0001-01-01T00:00:00+00:01");
    INFO(text);

    CHECK(refused(text, date_format::date_time));
}

TEST_CASE("date: what is no number of seconds is refused") {
    const auto text =
        GENERATE(as<std::string>(), "", "-", ".", "1.", ".5", "+1", "1e", "1e+", "1e999999999999",
                 "1e20", "NaN", "Infinity", "0x10", "1 ", "99999999999999999999999999", "1e401");
    INFO(text);

    CHECK(refused(text, date_format::epoch_seconds));
}

TEST_CASE("date: http dates and basic dates are read strictly") {
    CHECK(refused("Mon, 16 Foo 2019 23:48:18 GMT", date_format::http_date));
    CHECK(refused("Mon, 16 Dec 19 23:48:18 GMT", date_format::http_date));
    CHECK(refused("Mon, 16 Dec 2019 23:48:18", date_format::http_date));
    CHECK(refused("20191216T234818", date_format::basic));
    CHECK(refused("2019-12-16T23:48:18Z", date_format::basic));
    CHECK(parsed("Mon, 6 Jan 2020 00:00:00 GMT", date_format::http_date) ==
          timestamp(1578268800, 0));
}

TEST_CASE("date: whatever spelling services choose is read") {
    const auto text =
        GENERATE(as<std::string>(), "1576540098", " 1576540098 ", "2019-12-16T23:48:18Z",
                 "Mon, 16 Dec 2019 23:48:18 GMT", "20191216T234818Z");
    INFO(text);

    const auto when = parse_any_date(text);

    REQUIRE(when);
    CHECK(*when == timestamp(moment, 0));
    CHECK_FALSE(parse_any_date("yesterday"));
}

TEST_CASE("date: years are those from 1 to 9999") {
    CHECK(formatted({-62135596800, 0}, date_format::date_time) == "0001-01-01T00:00:00Z");
    CHECK(formatted({253402300799, 0}, date_format::date_time) == "9999-12-31T23:59:59Z");
    CHECK_FALSE(format_date(timestamp(-62135596801, 0), date_format::date_time));
    CHECK_FALSE(format_date(timestamp(253402300800, 0), date_format::http_date));
    CHECK_FALSE(format_date(timestamp(0, -1), date_format::http_date));
    CHECK(formatted({-377698198243, 234000}, date_format::epoch_seconds) == "-377698198243.000234");
}

TEST_CASE("date: fractions are cut to what the spelling has") {
    CHECK(formatted({moment, 123'456'789}, date_format::date_time) ==
          "2019-12-16T23:48:18.123456Z");
    CHECK(formatted({moment, 10}, date_format::date_time) == "2019-12-16T23:48:18Z");
    CHECK(formatted({moment, 123'456'789}, date_format::epoch_seconds) == "1576540098.123456789");
}

TEST_CASE("date: an instant can always be written") {
    const instant when{milliseconds(moment * 1000 + 250)};
    const auto basic = basic_date(when);

    CHECK(format_date(when, date_format::date_time) == "2019-12-16T23:48:18.25Z");
    CHECK(std::string_view(basic.data(), basic.size()) == "20191216T234818Z");
    CHECK(format_date(instant::max(), date_format::basic) == "99991231T235959Z");
    CHECK(format_date(instant::min(), date_format::basic) == "00010101T000000Z");
}

TEST_CASE("date: a timestamp becomes an instant and back, before 1970 too") {
    const instant when{milliseconds(-1500)};

    CHECK(timestamp(when) == timestamp(-2, 500'000'000));
    CHECK(timestamp(when).to_instant() == when);
    CHECK(timestamp(std::numeric_limits<std::int64_t>::max(), 0).to_instant() > when);
}

TEST_CASE("date: an error shows a short text and never a long one") {
    const auto shown = parse_date("tomorrow", date_format::date_time).error();
    const auto hidden =
        parse_date("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", date_format::date_time).error();

    CHECK(shown.code == "BadDate");
    CHECK(shown.message == "not a date in the form 2019-12-16T23:48:18Z: \"tomorrow\"");
    CHECK(hidden.message.find("wJalr") == std::string::npos);
}
