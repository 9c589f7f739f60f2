// SPDX-License-Identifier: MIT
#include <awsxx/credentials/required.hpp>

#include <awsxx/testing/fake_clock.hpp>

#include <support/catch.hpp>
#include <support/providers.hpp>

#include <memory>
#include <utility>

using namespace awsxx;

namespace {

expected<credentials_snapshot> required(std::shared_ptr<credentials_provider> source) {
    required_credentials provider(std::move(source), std::make_shared<testing::fake_clock>(),
                                  "profile dev");
    return test::obtain(provider, {});
}

}  // namespace

TEST_CASE("required credentials: are those of the source, at once or fetched") {
    CHECK((*required(test::answering(test::keys("AKID"))))->access_key_id == "AKID");
    const auto fetched = std::make_shared<test::scripted_provider>();
    fetched->then(test::keys("AKID"));
    CHECK((*required(fetched))->access_key_id == "AKID");
}

TEST_CASE("required credentials: a source without any is an error that names who wants it") {
    const auto why =
        required(test::failing({.kind = error_kind::not_configured, .code = "None"})).error();
    CHECK(why.kind == error_kind::configuration);
    CHECK(why.code == "SourceWithoutCredentials");
    CHECK(why.message == "profile dev");
    CHECK(why.cause->code == "None");
}

TEST_CASE("required credentials: any other failure stays as it is") {
    const auto why = required(test::failing({.kind = error_kind::timeout, .code = "Slow"})).error();
    CHECK(why.kind == error_kind::timeout);
    CHECK(why.code == "Slow");
}

TEST_CASE("required credentials: everything else is up to the source") {
    const auto source = std::make_shared<test::scripted_provider>(refresh_style::static_stability);
    const required_credentials provider(source, std::make_shared<testing::fake_clock>(), "p");
    CHECK(provider.style() == refresh_style::static_stability);
    CHECK(provider.is_final({.code = "Final"}));

    const auto renewable = std::make_shared<test::renewable_provider>();
    required_credentials other(renewable, std::make_shared<testing::fake_clock>(), "p");
    CHECK(other.invalidate(test::keys("AKID"), {}));
    CHECK(renewable->rejected == "AKID");
}
