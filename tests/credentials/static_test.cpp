// SPDX-License-Identifier: MIT
#include <awsxx/credentials/static.hpp>

#include <support/catch.hpp>
#include <support/providers.hpp>

#include <stdexcept>
#include <string>

using namespace awsxx;

TEST_CASE("static credentials: are the same each time, and nothing can renew them") {
    static_credentials provider(test::keys("AKID"));
    const auto first = test::obtain(provider, {});
    const auto second = test::obtain(provider, {});
    REQUIRE(first);
    CHECK(*first == *second);
    CHECK_FALSE(provider.invalidate(**first, {}));
}

TEST_CASE("static credentials: count as keys of the program's unless they say otherwise") {
    using auth::feature;
    static_credentials own(test::keys("AKID"));
    CHECK((*test::obtain(own, {}))->via == feature::credentials_code);

    credentials keys = test::keys("AKID");
    keys.via = feature::credentials_profile;
    static_credentials read(std::move(keys));
    CHECK((*test::obtain(read, {}))->via == feature::credentials_profile);
}

TEST_CASE("static credentials: tell the source they came with, else that they stand in code") {
    credentials_report report;
    static_credentials(test::keys("AKID")).explain(report);
    CHECK(report.source == "keys given in code");

    credentials keys = test::keys("AKID");
    keys.source = "profile dev (/home/.aws/config:3)";
    static_credentials(std::move(keys)).explain(report);
    CHECK(report.source == "profile dev (/home/.aws/config:3)");
}

TEST_CASE("callable credentials: the function is called for each fetch, not before") {
    int calls = 0;
    callable_credentials provider(
        [&]() -> expected<credentials> { return test::keys("AKID" + std::to_string(++calls)); });
    const auto waiting = provider.resolve({});
    CHECK(calls == 0);
    CHECK((*test::obtain(provider, {}))->access_key_id == "AKID1");
    CHECK((*test::obtain(provider, {}))->access_key_id == "AKID2");
}

TEST_CASE("callable credentials: what the function says is wrong is passed on") {
    callable_credentials provider([]() -> expected<credentials> {
        return error{.kind = error_kind::denied, .code = "Sealed", .message = "vault"};
    });
    CHECK(test::obtain(provider, {}).error().code == "Sealed");
}

#if defined(__cpp_exceptions)
TEST_CASE("callable credentials: an exception is an error, without a text that may be secret") {
    callable_credentials provider([]() -> expected<credentials> {
        throw std::runtime_error("password planted-secret is wrong");
    });
    const auto failure = test::obtain(provider, {}).error();
    CHECK(failure.kind == error_kind::credentials);
    CHECK(failure.code == "CredentialsFunctionFailed");
    CHECK(to_string(failure).find("planted-secret") == std::string::npos);
}

TEST_CASE("callable credentials: an aws_error that is thrown keeps its details") {
    callable_credentials provider([]() -> expected<credentials> {
        throw aws_error(error{.kind = error_kind::denied, .code = "Sealed"});
    });
    CHECK(test::obtain(provider, {}).error().code == "Sealed");
}
#endif
