// SPDX-License-Identifier: MIT
#include <awsxx/codec/cbor_reader.hpp>

#include <support/catch.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

using namespace awsxx;
using codec::cbor::reader;
using codec::cbor::token;
using namespace std::string_view_literals;

namespace {

double real(std::string_view bytes) {
    reader in(bytes);
    double value = 0;
    REQUIRE(in.real(value));
    REQUIRE(in.finish());
    return value;
}

}  // namespace

TEST_CASE("cbor reader: floating-point numbers of each size are read") {
    CHECK(real("\xf9\x3c\x00"sv) == 1.0);
    CHECK(real("\xf9\x00\x01"sv) == std::ldexp(1.0, -24));
    CHECK(real("\xf9\xfb\xff"sv) == -65504.0);
    CHECK(real("\xf9\xfc\x00"sv) == -std::numeric_limits<double>::infinity());
    CHECK(std::isnan(real("\xf9\x7e\x00"sv)));
    CHECK(real("\xfa\x3f\xd0\x00\x00"sv) == 1.625);
    CHECK(real("\xfb\x3f\xfa\x00\x00\x00\x00\x00\x00"sv) == 1.625);
}

TEST_CASE("cbor reader: strings may come in pieces") {
    reader in("\x7f\x62hi\x60\x61!\xff"sv);
    std::string_view text;

    REQUIRE(in.text(text));
    CHECK(text == "hi!");
    CHECK(in.finish());
}

TEST_CASE("cbor reader: containers end where they say, or at a break") {
    for (const std::string_view bytes : {"\x82\x01\x02"sv, "\x9f\x01\x02\xff"sv}) {
        reader in(bytes);
        codec::cbor::scope items;
        std::uint64_t number = 0;
        std::uint64_t sum = 0;
        for (in.open_array(items); in.more(items) && in.argument(number);) sum += number;
        CHECK(sum == 3);
        CHECK(in.finish());
    }
}

TEST_CASE("cbor reader: lengths beyond the bytes there are fail before anything is made") {
    for (const std::string_view bytes :
         {"\x9b\xff\xff\xff\xff\xff\xff\xff\xff"sv, "\xbb\x7f\xff\xff\xff\xff\xff\xff\xff"sv,
          "\x5b\xff\xff\xff\xff\xff\xff\xff\xff"sv, "\x82\x01"sv, "\x1c"sv, "\xff"sv, ""sv,
          "\x5f\x5f\xff\xff"sv, "\x7f\x41\x61\xff"sv, "\x9f"sv, "\xc1"sv}) {
        reader in(bytes);
        CHECK_FALSE((in.skip() && in.finish()));
        CHECK(in.problem() != nullptr);
    }
}

TEST_CASE("cbor reader: nesting has a limit") {
    const std::string fine = std::string(256, '\x81') + "\x01";
    const std::string deep = std::string(257, '\x81') + "\x01";

    CHECK(reader(fine).skip());
    CHECK_FALSE(reader(deep).skip());
}

TEST_CASE("cbor reader: what has no meaning is passed over") {
    reader in("\xf8\x20\xe0\xd9\xd9\xf7\xf7\xf6"sv);

    CHECK(in.peek() == token::simple);
    CHECK(in.skip());
    CHECK(in.skip());
    CHECK(in.skip());
    CHECK(in.take_null());
    CHECK(in.finish());
}
