// SPDX-License-Identifier: MIT
#include <awsxx/core/number.hpp>

#include <support/catch.hpp>

#include <cstdint>
#include <string_view>

using namespace awsxx;

TEST_CASE("number: it is all of the text, in decimal, and fits") {
    CHECK(text::parse_number<int>("-12") == -12);
    CHECK(text::parse_number<std::uint8_t>("255") == 255);
    CHECK_FALSE(text::parse_number<std::uint8_t>("256"));
    CHECK_FALSE(text::parse_number<unsigned>("-1"));
    for (const std::string_view other : {"", " 1", "1 ", "+1", "0x1", "1.0", "one"})
        CHECK_FALSE(text::parse_number<int>(other));
}
