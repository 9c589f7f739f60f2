// SPDX-License-Identifier: MIT
#include <awsxx/accounts/region_filter.hpp>

#include <support/catch.hpp>

#include <string>
#include <vector>

using namespace awsxx::accounts;

namespace {

region_catalog european() {
    return {.partition = "aws",
            .regions = {{"eu-central-1", region_status::enabled_by_default},
                        {"eu-central-2", region_status::enabled},
                        {"eu-north-9", region_status::enabled},
                        {"eu-south-1", region_status::disabled},
                        {"eu-south-2", region_status::unknown},
                        {"us-east-1", region_status::enabled_by_default}}};
}

std::string names(const region_filter& filter, const region_catalog& from = european()) {
    const auto found = select(from, filter);
    if (!found) return to_string(found.error());
    std::string all;
    for (const region_info& one : found->regions) all += one.name + " ";
    return all;
}

}  // namespace

TEST_CASE("region filter: without a word it wants what the account can use, in order") {
    CHECK(names({}) == "eu-central-1 eu-central-2 eu-north-9 us-east-1 ");
}

TEST_CASE("region filter: names have wildcards, and what is excluded is out") {
    CHECK(names({.include = {"eu-*"}}) == "eu-central-1 eu-central-2 eu-north-9 ");
    CHECK(names({.include = {"eu-central-?"}, .exclude = {"*-2"}}) == "eu-central-1 ");
    CHECK(names({.include = {"us-east-1"}, .exclude = {"us-east-1"}}).empty());
    CHECK(names({.exclude = {"eu-*"}}) == "us-east-1 ");
}

TEST_CASE("region filter: regions are chosen by their status") {
    CHECK(names({.opt_in = opt_in_filter::by_default}) == "eu-central-1 us-east-1 ");
    CHECK(names({.opt_in = opt_in_filter::opted_in}) == "eu-central-2 eu-north-9 ");
    CHECK(names({.opt_in = opt_in_filter::any}) ==
          "eu-central-1 eu-central-2 eu-north-9 eu-south-1 eu-south-2 us-east-1 ");
}

TEST_CASE("region filter: one of unknown status is taken where it is named in full") {
    CHECK(names({.include = {"eu-south-*"}}).empty());
    CHECK(names({.include = {"eu-south-2"}}) == "eu-south-2 ");
}

TEST_CASE("region filter: what is left out for its status is told") {
    const auto found = select(european(), {.include = {"eu-south-?"}, .exclude = {"eu-central-1"}});

    REQUIRE(found);
    REQUIRE(found->skipped.size() == 2);
    CHECK(found->skipped[0].region.name == "eu-south-1");
    CHECK(found->skipped[0].reason == "it is disabled");
    CHECK(found->skipped[1].reason == "it is of unknown status");
}

TEST_CASE("region filter: a service narrows it to where it is") {
    const service_regions service{.service = "lambda", .regions = {"eu-central-1", "us-west-2"}};
    const auto found = select(european(), {.service = service});

    REQUIRE(found);
    CHECK(names({.service = service}) == "eu-central-1 ");
    CHECK(found->skipped[0].reason == "it has no lambda");
}

TEST_CASE("region filter: the region that stands for a partition comes last, where it is wanted") {
    CHECK(names({.include = {"us-*", "aws-global"}, .non_regional = true}) ==
          "us-east-1 aws-global ");
    CHECK(names({.exclude = {"*-global"}, .non_regional = true}) ==
          "eu-central-1 eu-central-2 eu-north-9 us-east-1 ");
    CHECK(names({.include = {"us-*"}, .non_regional = true}) == "us-east-1 ");
    const auto named = select(european(), {.include = {"us-*", "aws-global"}});
    REQUIRE(named->skipped.size() == 1);
    CHECK(named->skipped[0].region.name == "aws-global");
    CHECK(named->skipped[0].reason == "the filter wants no non_regional");
}

TEST_CASE("region filter: several partitions are united; others have nothing") {
    CHECK(names({.partitions = {"aws-cn", "aws"}, .include = {"us-*"}}) == "us-east-1 ");
    CHECK(names({.partitions = {"aws-*"}}).empty());
    CHECK(names({.partitions = {"aws-cn"}}, built_in_catalog("aws-cn")) ==
          "cn-north-1 cn-northwest-1 ");
    // One filter for accounts of two partitions: a name of the other one is no mistake.
    CHECK(names({.include = {"cn-north-1", "us-east-1"}}) == "us-east-1 ");
}

TEST_CASE("region filter: a name that is none fails with what may have been meant") {
    CHECK(names({.include = {"eu-wset-1"}}) ==
          "UnknownRegion: the filter's include has 'eu-wset-1', which no region is called: did you "
          "mean 'eu-west-1'?");
    CHECK(names({.exclude = {"us-esat-*"}}).find("did you mean 'us-east-1'?") != std::string::npos);
    CHECK(names({.include = {"EU-West-1"}}).find("did you mean 'eu-west-1'?") != std::string::npos);
    CHECK(names({.partitions = {"aws-ch"}}) ==
          "UnknownPartition: the filter's partitions has 'aws-ch', which no partition is called: "
          "did you mean 'aws-cn'?");
    CHECK(names({.include = {"zzzzzzzzzzzzzzzzz"}}) ==
          "UnknownRegion: the filter's include has 'zzzzzzzzzzzzzzzzz', which no region is called");
    CHECK(names({.include = {""}}).starts_with("UnknownRegion"));
    CHECK(names({.include = {std::string(100000, '*') + "x"}}).starts_with("UnknownRegion"));
}

TEST_CASE("region filter: regions that only the account knows are known") {
    CHECK(names({.include = {"eu-north-9"}}) == "eu-north-9 ");
}
