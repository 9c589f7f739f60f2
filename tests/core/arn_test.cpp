// SPDX-License-Identifier: MIT
#include <awsxx/core/arn.hpp>  // first: it must compile on its own

#include <support/catch.hpp>

TEST_CASE("arn: its parts are found, and colons may be in the resource") {
    const auto one = awsxx::parse_arn("arn:aws-cn:sns:cn-north-1:111122223333:topic:name");
    REQUIRE(one);
    CHECK(one->partition == "aws-cn");
    CHECK(one->service == "sns");
    CHECK(one->region == "cn-north-1");
    CHECK(one->account == "111122223333");
    CHECK(one->resource == "topic:name");
    CHECK(awsxx::parse_arn("arn:aws:s3:::bucket")->resource == "bucket");
}

TEST_CASE("arn: what is none is refused") {
    for (const char* text :
         {"", "arn", "arn:aws:iam::1", "arn:aws:iam::1:", "arn::iam::1:role/a", "arn:aws:::1:a",
          "ARN:aws:iam::1:role/a", "arn:aws:iam::1:role/a b", "arn:aws:iam::1:role/a\n"})
        CHECK_FALSE(awsxx::parse_arn(text));
}
