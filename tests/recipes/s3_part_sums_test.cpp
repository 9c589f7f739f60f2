// SPDX-License-Identifier: MIT
#include <awsxx/recipes/s3_part_sums.hpp>

#include <support/catch.hpp>

#include <string>
#include <vector>

using namespace awsxx;
using namespace awsxx::recipes::s3::detail;

TEST_CASE("part sums: both are of all bytes, and only what is wanted is there") {
    const auto both = sums_of("abc", model::crc32, true);
    REQUIRE(both);
    CHECK(both->checksum == "NSRBwg==");
    CHECK(crypto::to_hex(both->md5) == "900150983cd24fb0d6963f7d28e17f72");
    const auto neither = sums_of("abc", 0, false);
    REQUIRE(neither);
    CHECK(neither->checksum.empty());
    CHECK(neither->md5.empty());
    CHECK_FALSE(sums_of("abc", model::crc32 | model::sha1, false));
}

TEST_CASE("part sums: a tag is compared with quotes and without, and never to nothing") {
    const std::string md5 = sums_of("abc", 0, true)->md5;
    CHECK(is_tag_of("\"900150983cd24fb0d6963f7d28e17f72\"", md5));
    CHECK(is_tag_of("900150983cd24fb0d6963f7d28e17f72", md5));
    CHECK_FALSE(is_tag_of("\"900150983cd24fb0d6963f7d28e17f73\"", md5));
    CHECK_FALSE(is_tag_of("", ""));
    CHECK_FALSE(is_tag_of("\"", md5));
}

TEST_CASE("part sums: the tag of parts is the digest of theirs") {
    std::vector<s3::completed_part> parts{
        {.e_tag = "\"900150983cd24fb0d6963f7d28e17f72\""},
        {.e_tag = "8277e0910d750195b448797616e091ad"},
    };
    CHECK(tag_of_parts(parts) == "26b10a702bd95f42e3c2737f5975aa20-2");
    parts[1].e_tag = "\"something of a key\"";
    CHECK(tag_of_parts(parts).empty());
    parts[1].e_tag.reset();
    CHECK(tag_of_parts(parts).empty());
}
