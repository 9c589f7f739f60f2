// SPDX-License-Identifier: MIT
#include <awsxx/runtime/partitions.hpp>

#include <support/catch.hpp>

using awsxx::runtime::is_global_region;
using awsxx::runtime::partition_of;

TEST_CASE("partitions: every region finds its own") {
    CHECK(partition_of("us-east-1").id == "aws");
    CHECK(partition_of("ap-southeast-7").id == "aws");
    CHECK(partition_of("mx-central-1").id == "aws");
    CHECK(partition_of("cn-north-1").id == "aws-cn");
    CHECK(partition_of("eusc-de-east-1").id == "aws-eusc");
    CHECK(partition_of("us-iso-west-1").id == "aws-iso");
    CHECK(partition_of("us-isob-east-1").id == "aws-iso-b");
    CHECK(partition_of("eu-isoe-west-1").id == "aws-iso-e");
    CHECK(partition_of("us-isof-south-1").id == "aws-iso-f");
    CHECK(partition_of("us-gov-east-1").id == "aws-us-gov");
}

TEST_CASE("partitions: a region that nobody has heard of is in aws") {
    CHECK(partition_of("mars-north-1").id == "aws");
    CHECK(partition_of("us-gov-east").id == "aws");
    CHECK(partition_of("cn-north-").id == "aws");
    CHECK(partition_of("cn--1").id == "aws");
    CHECK(partition_of("cn-north-1x").id == "aws");
    CHECK(partition_of("cn").id == "aws");
    CHECK(partition_of("").id == "aws");
}

TEST_CASE("partitions: the names that stand for a whole partition are in it") {
    CHECK(partition_of("aws-cn-global").id == "aws-cn");
    CHECK(partition_of("aws-iso-b-global").id == "aws-iso-b");
    CHECK(is_global_region("aws-global"));
    CHECK(is_global_region("aws-us-gov-global"));
    CHECK_FALSE(is_global_region("us-east-1"));
    CHECK_FALSE(is_global_region("aws-x-global"));
}
