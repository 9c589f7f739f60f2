// SPDX-License-Identifier: MIT
#include <awsxx/runtime/user_agent.hpp>

#include <support/catch.hpp>

#include <string>

using awsxx::runtime::feature;
using awsxx::runtime::features;
using awsxx::runtime::user_agent;

namespace {

constexpr awsxx::model::service store{
    .id = "Identity Store", .endpoint_prefix = "identitystore", .version = "2020-06-15"};

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("user agent: begins with this library and the grammar's version") {
    const std::string text = user_agent().text(store, {});
    CHECK(text.starts_with("awsxx/" AWSXX_VERSION_STRING
                           " ua/2.1 api/identity_store#2020-06-15 os/"));
    CHECK(contains(text, " lang/c++#"));
    CHECK(contains(text, " cfg/retry-mode#standard"));
    CHECK_FALSE(contains(text, " m/"));
    CHECK_FALSE(contains(text, " app/"));
}

TEST_CASE("user agent: lists the features used, by AWS's ids") {
    const features used = feature::paginator | feature::credentials_assume_role;
    CHECK(contains(user_agent().text(store, used), " m/C,i cfg/"));
    CHECK(contains(user_agent().text(store, feature::credentials_imds), " m/0 cfg/"));
}

TEST_CASE("user agent: names the program and where it runs") {
    const std::string text = user_agent("billing#2", "AWS_Lambda_provided.al2023").text(store, {});
    CHECK(contains(text, " exec-env/AWS_Lambda_provided.al2023 "));
    CHECK(text.ends_with(" app/billing#2"));
}

TEST_CASE("user agent: a name cannot smuggle in a header or another word") {
    const std::string text = user_agent("a b\r\nX-Evil: (1)/ü", "x y").text(store, {});
    CHECK(text.ends_with(" app/a-b--X-Evil---1----"));
    CHECK(contains(text, " exec-env/x-y "));
}
