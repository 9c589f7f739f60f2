// SPDX-License-Identifier: MIT
#include <awsxx/recipes/s3_part_size.hpp>

#include <support/catch.hpp>

#include <cstdint>

using awsxx::recipes::s3::part_size_for;

TEST_CASE("part size: the usual one where 10,000 of it are enough") {
    constexpr std::uint64_t mebibyte = 1 << 20;
    CHECK(part_size_for(0) == 8 * mebibyte);
    CHECK(part_size_for({}) == 8 * mebibyte);
    CHECK(part_size_for(10000 * 8 * mebibyte) == 8 * mebibyte);
    CHECK(part_size_for(100, 7) == 7);
}

TEST_CASE("part size: the next full MiB where they are not") {
    constexpr std::uint64_t mebibyte = 1 << 20;
    CHECK(part_size_for(10000 * 8 * mebibyte + 1) == 9 * mebibyte);
    CHECK(part_size_for(10000 * 16 * mebibyte, 5 * mebibyte) == 16 * mebibyte);
    CHECK(part_size_for(20001, 2) == mebibyte);
    for (const std::uint64_t size : {UINT64_MAX, UINT64_MAX - 1, std::uint64_t{1} << 50}) {
        const std::uint64_t part = part_size_for(size);
        CHECK(size / part < 10000);
        CHECK(part % mebibyte == 0);
    }
}
