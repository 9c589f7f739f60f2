// SPDX-License-Identifier: MIT
#include <awsxx/config/region.hpp>

#include <support/catch.hpp>
#include <support/fake_environment.hpp>

#include <memory>
#include <string>
#include <vector>

using awsxx::config::find_region;
using awsxx::config::properties;
using awsxx::config::read_region;
using test::fake_environment;

namespace {

const properties profile{{"region", {"sa-east-1", std::make_shared<const std::string>("/c"), 2}}};

std::string source(const fake_environment& from, std::vector<std::string>& warnings) {
    return find_region({&from, &profile}, {}, warnings)->name.source;
}

}  // namespace

TEST_CASE("region: AWS_REGION, AWS_DEFAULT_REGION, then the profile") {
    std::vector<std::string> warnings;
    const std::string region = "eu-west-1";
    CHECK(source({{"AWS_REGION", region}, {"AWS_DEFAULT_REGION", region}}, warnings) ==
          "AWS_REGION");
    CHECK(source({{"AWS_REGION", ""}, {"AWS_DEFAULT_REGION", region}}, warnings) ==
          "AWS_DEFAULT_REGION");
    CHECK(source({}, warnings) == "/c:2");
    CHECK(warnings.empty());
}

TEST_CASE("region: two variables that differ are worth a warning") {
    std::vector<std::string> warnings;
    const fake_environment here{{"AWS_REGION", "eu-west-1"}, {"AWS_DEFAULT_REGION", "us-east-1"}};

    CHECK(find_region({&here, nullptr}, {}, warnings)->name.value == "eu-west-1");
    CHECK(warnings.size() == 1);
    CHECK(
        find_region({&here, nullptr}, {.name = "us-west-2", .order = {}}, warnings)->name.source ==
        "code");
    CHECK(warnings.size() == 1);
}

TEST_CASE("region: an old name for FIPS hosts is taken apart") {
    CHECK(read_region({"fips-us-east-1", "code"})->name.value == "us-east-1");
    CHECK(read_region({"us-gov-west-1-fips", "code"})->name.value == "us-gov-west-1");
    CHECK(read_region({"us-east-1-fips", "code"})->fips);
    CHECK_FALSE(read_region({"us-east-1", "code"})->fips);
}

TEST_CASE("region: what would change the host is refused, with its source") {
    for (const char* bad : {"us-east-1.evil.example", "a/b", "a b", "x\ny", "-a", "fips-", "é"}) {
        const auto refused = read_region({bad, "AWS_REGION"});
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().message.find("AWS_REGION") != std::string::npos);
    }
}

TEST_CASE("region: a missing one lists the places") {
    const std::string message = awsxx::config::missing_region("dev", "/c").message;
    for (const char* place : {"code", "AWS_REGION", "AWS_DEFAULT_REGION", "profile dev", "/c"})
        CHECK(message.find(place) != std::string::npos);
}

TEST_CASE("region: in boto's order AWS_REGION is not looked at") {
    const fake_environment both{{"AWS_REGION", "eu-west-1"}, {"AWS_DEFAULT_REGION", "us-west-2"}};
    std::vector<std::string> warnings;
    const auto found = find_region(
        {&both, nullptr}, {.name = {}, .order = awsxx::config::region_order::boto}, warnings);
    CHECK(found->name.value == "us-west-2");
    CHECK(warnings ==
          std::vector<std::string>{"AWS_REGION and AWS_DEFAULT_REGION differ; the second is used"});
}

TEST_CASE("region: in boto's order a missing one does not name AWS_REGION as looked at") {
    const std::string message =
        awsxx::config::missing_region("dev", "/c", awsxx::config::region_order::boto).message;
    CHECK(message.find("nor in AWS_REGION") == std::string::npos);
    CHECK(message.find("AWS_REGION is not looked at") != std::string::npos);
}
