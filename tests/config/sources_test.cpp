// SPDX-License-Identifier: MIT
#include <awsxx/config/sources.hpp>

#include <support/catch.hpp>
#include <support/fake_environment.hpp>

#include <memory>
#include <string>
#include <vector>

using awsxx::config::find_flag;
using awsxx::config::number_in;
using awsxx::config::properties;
using awsxx::config::setting_names;
using awsxx::config::sources;

namespace {

constexpr setting_names names{"AWS_X", "x"};

properties profile_with(std::string value) {
    return {{"x", {std::move(value), std::make_shared<const std::string>("/c"), 7}}};
}

}  // namespace

TEST_CASE("sources: code goes before the environment, that before the profile") {
    const test::fake_environment set{{"AWS_X", "from env"}};
    const test::fake_environment blank{{"AWS_X", ""}};
    const properties profile = profile_with("from file");

    CHECK(sources{&set, &profile}.find("from code", names).source == "code");
    CHECK(sources{&set, &profile}.find({}, names).source == "AWS_X");
    CHECK(sources{&blank, &profile}.find({}, names).source == "/c:7");
    CHECK(sources{&blank, &profile}.find("", names).value == "from file");
    CHECK_FALSE(sources{&blank, nullptr}.find({}, names));
}

TEST_CASE("sources: a flag is true or false; a file's other words are a warning only") {
    const test::fake_environment yes{{"AWS_X", "TRUE"}};
    const test::fake_environment odd{{"AWS_X", "yes"}};
    const test::fake_environment none;
    const properties profile = profile_with("maybe");
    std::vector<std::string> warnings;

    CHECK(find_flag({&yes, &profile}, {}, names, warnings)->value);
    CHECK_FALSE(find_flag({&yes, &profile}, false, names, warnings)->value);
    CHECK(find_flag({&odd, &profile}, {}, names, warnings).error().message ==
          "\"yes\" (from AWS_X) is not true or false");
    CHECK(warnings.empty());
    CHECK(find_flag({&none, &profile}, {}, names, warnings)->source.empty());
    REQUIRE(warnings.size() == 1);
    CHECK(warnings[0].find("/c:7") != std::string::npos);
}

TEST_CASE("sources: a number has a least value") {
    CHECK_FALSE(number_in({}, 1)->has_value());
    CHECK(*number_in({" 5 ", "AWS_X"}, 1) == 5);
    CHECK_FALSE(number_in({"0", "AWS_X"}, 1).has_value());
    CHECK_FALSE(number_in({"2.5", "AWS_X"}, 1).has_value());
    CHECK_FALSE(number_in({"99999999999", "AWS_X"}, 1).has_value());
    CHECK(number_in({"many", "AWS_X"}, 1).error().kind == awsxx::error_kind::configuration);
}
