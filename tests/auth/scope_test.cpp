// SPDX-License-Identifier: MIT
#include <awsxx/auth/scope.hpp>  // first: it must compile on its own

#include <support/catch.hpp>

#include <chrono>
#include <string_view>

using namespace awsxx;

namespace {

auth::signing at(std::chrono::sys_days day) {
    return {.region = "eu-west-1", .service = "iam", .when = instant(day)};
}

}  // namespace

TEST_CASE("scope: day, region and service stand in it as they are signed") {
    using namespace std::chrono;
    CHECK(auth::scope_text(at(year(2015) / 8 / 30)) == "20150830/eu-west-1/iam/aws4_request");
    CHECK(auth::scope_text(at(year(7) / 1 / 2)) == "00070102/eu-west-1/iam/aws4_request");
}

TEST_CASE("scope: what cannot be in one is told") {
    const auto problem = [](std::string_view region, std::string_view service) {
        auth::signing how = at(std::chrono::year(2015) / 8 / 30);
        how.region = region;
        how.service = service;
        const char* wrong = auth::scope_problem(how);
        return std::string_view(wrong != nullptr ? wrong : "none");
    };
    CHECK(problem("eu-west-1", "iam") == "none");
    CHECK(problem("", "iam") == "no region is given");
    CHECK(problem("eu-west-1", "") == "no service is given");
    CHECK(problem("a/b", "iam") == "the region is not made of letters, digits and hyphens");
    CHECK(problem("a", "i m") == "the service is not made of letters, digits and hyphens");
    CHECK(auth::scope_problem(at(std::chrono::year(0) / 1 / 1)) != nullptr);
    CHECK(auth::scope_problem(at(std::chrono::year(10000) / 1 / 1)) != nullptr);
}

TEST_CASE("scope: one for several regions names none") {
    const auto how = at(std::chrono::year(2015) / 8 / 30);
    CHECK(auth::regionless_scope_text(how) == "20150830/iam/aws4_request");
    CHECK(auth::regionless_scope_problem({.region = "*", .service = "iam", .when = how.when}) ==
          nullptr);
    CHECK(auth::regionless_scope_problem({.region = "*", .when = how.when}) != nullptr);
}
