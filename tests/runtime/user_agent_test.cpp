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

std::string text_of(const user_agent& program, features always, features more = {}) {
    awsxx::http::headers of;
    program.text(store, always).set_in(of, more);
    return std::string(of.find("User-Agent").value_or("none"));
}

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("user agent: begins with this library and the grammar's version") {
    const std::string text = text_of(user_agent(), {});
    CHECK(text.starts_with("awsxx/" AWSXX_VERSION_STRING
                           " ua/2.1 api/identity_store#2020-06-15 os/"));
    CHECK(contains(text, " lang/c++#"));
    CHECK(contains(text, " cfg/retry-mode#standard"));
    CHECK_FALSE(contains(text, " m/"));
    CHECK_FALSE(contains(text, " app/"));
}

TEST_CASE("user agent: lists the features used, by AWS's ids") {
    const features used = feature::paginator | feature::credentials_assume_role;
    CHECK(contains(text_of(user_agent(), used), " m/C,i cfg/"));
    CHECK(contains(text_of(user_agent(), feature::credentials_imds), " m/0 cfg/"));
}

TEST_CASE("user agent: what a call uses is added to what all of a service's calls use") {
    CHECK(contains(text_of(user_agent(), feature::retry_standard, feature::credentials_sso),
                   " m/E,s cfg/"));
    CHECK(contains(text_of(user_agent(), {}, feature::credentials_login), " m/AD cfg/"));
}

TEST_CASE("user agent: every feature has its own id") {
    features all;
    for (int one = 0; one <= static_cast<int>(feature::account_endpoints_required); ++one)
        all |= static_cast<feature>(one);
    CHECK(contains(text_of(user_agent(), all),
                   " m/B,C,E,F,L,M,N,O,S,T,e,g,h,i,k,n,o,p,q,r,s,t,u,v,w,z,0,AC,AD,3,U,V,W,X,Y,AE,"
                   "AF,Z,a,b,c,J,P,Q,R cfg/"));
}

TEST_CASE("user agent: set again, it takes the place of the one before") {
    awsxx::http::headers of;
    const auto text = user_agent().text(store, {});
    text.set_in(of, feature::credentials_sso);
    text.set_in(of, feature::credentials_imds);
    CHECK(of.size() == 1);
    CHECK(contains(std::string(*of.find("User-Agent")), " m/0 cfg/"));
}

TEST_CASE("user agent: names the program and where it runs") {
    const std::string text = text_of(user_agent("billing#2", "AWS_Lambda_provided.al2023"), {});
    CHECK(contains(text, " exec-env/AWS_Lambda_provided.al2023 "));
    CHECK(text.ends_with(" app/billing#2"));
}

TEST_CASE("user agent: a name cannot smuggle in a header or another word") {
    const std::string text = text_of(user_agent("a b\r\nX-Evil: (1)/ü", "x y"), {});
    CHECK(text.ends_with(" app/a-b--X-Evil---1----"));
    CHECK(contains(text, " exec-env/x-y "));
}
