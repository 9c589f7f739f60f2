// SPDX-License-Identifier: MIT
#include <awsxx/codec/scalar.hpp>

#include <support/catch.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

using namespace awsxx;

namespace {

template <class Number>
std::string text_of(Number number) {
    std::string out;
    codec::append_number(out, number);
    return out;
}

}  // namespace

TEST_CASE("scalar: numbers are written with as few digits as read back the same") {
    CHECK(text_of(0.1) == "0.1");
    CHECK(text_of(0.1F) == "0.1");
    CHECK(text_of(100000.0) == "100000");
    CHECK(text_of(-0.0) == "-0");
    CHECK(text_of(std::numeric_limits<double>::max()) == "1.7976931348623157e+308");
    CHECK(text_of(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
    CHECK(text_of(std::nan("")) == "NaN");
    CHECK(text_of(std::numeric_limits<float>::infinity()) == "Infinity");
    CHECK(text_of(-std::numeric_limits<double>::infinity()) == "-Infinity");
}

TEST_CASE("scalar: real numbers are read, rounded") {
    CHECK(codec::parse_real<double>("0.1") == 0.1);
    CHECK(codec::parse_real<double>("-1e-400") == 0.0);
    CHECK(codec::parse_real<double>("-Infinity") == -std::numeric_limits<double>::infinity());
    CHECK(std::isnan(*codec::parse_real<double>("NaN")));
    for (const std::string_view text :
         {"", "-", "inf", "nan", "1e400", "1x", "0x10", " 1", "+1", "-.5", "1e", "1,5"}) {
        INFO(text);
        CHECK_FALSE(codec::parse_real<double>(text));
    }
    CHECK_FALSE(codec::parse_real<float>("1e39"));
}

TEST_CASE("scalar: whole numbers are read if they are exact and fit") {
    CHECK(codec::parse_integer<int>("-7") == -7);
    CHECK(codec::parse_integer<int>("1.0") == 1);
    CHECK(codec::parse_integer<int>("2147483647.0") == 2147483647);
    CHECK(codec::parse_integer<std::int64_t>("1E18") == 1'000'000'000'000'000'000);
    for (const std::string_view text :
         {"", "1.5", "2147483648", "2147483648.0", "1e99", "NaN", "Infinity", "e", ".", "1 "}) {
        INFO(text);
        CHECK_FALSE(codec::parse_integer<int>(text));
    }
    CHECK_FALSE(codec::parse_integer<std::int64_t>("9223372036854775808.0"));
}

TEST_CASE("scalar: text becomes a value of the type that is asked for, or a reason") {
    int number = 0;
    bool flag = false;

    CHECK(codec::parse_scalar(model::integer, " 5\n", &number) == nullptr);
    CHECK(number == 5);
    CHECK(codec::parse_scalar(model::boolean, "TRUE", &flag) == nullptr);
    CHECK(flag);
    CHECK(std::string_view(codec::parse_scalar(model::integer, "five", &number)) ==
          "expected a 32-bit integer");
    CHECK(number == 5);
}

TEST_CASE("scalar: a date has the format of its type, else that of the place") {
    const timestamp when(0, 0);
    const model::type spelled{.kind = model::kind::timestamp, .format = date_format::epoch_seconds};
    std::string out;

    REQUIRE(codec::append_scalar(model::timestamp, &when, date_format::date_time, out));
    REQUIRE(codec::append_scalar(spelled, &when, date_format::date_time, out));

    CHECK(out == "1970-01-01T00:00:00Z0");
}
