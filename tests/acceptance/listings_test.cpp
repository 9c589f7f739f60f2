// SPDX-License-Identifier: MIT
// What listings of other libraries got wrong.
#include <awsxx/session.hpp>

#include <awsxx/services/identitystore.hpp>
#include <awsxx/testing/fake_clock.hpp>
#include <awsxx/testing/scripted_transport.hpp>

#include <support/catch.hpp>
#include <support/fake_environment.hpp>
#include <support/fake_files.hpp>
#include <support/fixed_random.hpp>
#include <support/providers.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace awsxx;

namespace {

http::response page(const std::string& group, const std::string& next) {
    const std::string token = next.empty() ? "" : R"(,"NextToken":")" + next + '"';
    return {
        .status = 200,
        .body = R"({"Groups":[{"GroupId":"1","DisplayName":")" + group + R"("}])" + token + "}"};
}

/// The names of all groups, an error as its code.
std::string groups(std::vector<testing::scripted_transport::answer> pages) {
    settings choices{.region = "eu-west-1"};
    choices.outside = {.time = std::make_shared<testing::fake_clock>(),
                       .random = std::make_shared<test::fixed_random>(),
                       .environment = std::make_shared<test::fake_environment>(),
                       .files = std::make_shared<test::fake_files>()};
    const basic_session<testing::scripted_transport> session(
        test::keys("AKID"), choices,
        std::make_shared<testing::scripted_transport>(std::move(pages)));
    std::string names;
    for (const auto& group : session.try_items(identitystore::list_groups{}))
        names += (group ? group->display_name : group.error().code) + " ";
    return names;
}

}  // namespace

TEST_CASE("acceptance 20: two pages give the items of both") {
    CHECK(groups({page("a", "1"), page("b", "")}) == "a b ");
}

TEST_CASE("acceptance 20: a token that repeats is an error") {
    CHECK(groups({page("a", "1"), page("b", "1")}) == "a b RepeatedToken ");
}
