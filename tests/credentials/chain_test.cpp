// SPDX-License-Identifier: MIT
#include <awsxx/credentials/chain.hpp>

#include <awsxx/credentials/cached.hpp>
#include <awsxx/testing/fake_clock.hpp>

#include <support/catch.hpp>
#include <support/fixed_random.hpp>
#include <support/providers.hpp>

#include <memory>
#include <string>

using namespace awsxx;

namespace {

error absent(std::string why) {
    return {.kind = error_kind::not_configured, .code = "None", .message = std::move(why)};
}

}  // namespace

TEST_CASE("credentials chain: a source that is not configured is passed over") {
    credentials_chain chain({{"environment", test::failing(absent("no variable"))},
                             {"profile", test::answering(test::keys("AKID"))}});
    CHECK((*test::obtain(chain, {}))->access_key_id == "AKID");
}

TEST_CASE("credentials chain: a broken source ends the search and is named") {
    const auto broken = test::failing({.kind = error_kind::action_needed, .code = "BadProfile"});
    const auto unused = std::make_shared<test::scripted_provider>();
    credentials_chain chain({{"profile dev", broken}, {"container", unused}});

    const auto failure = test::obtain(chain, {}).error();

    CHECK(failure.kind == error_kind::action_needed);
    CHECK(failure.message == "profile dev");
    CHECK(failure.cause->code == "BadProfile");
    CHECK(unused->asked() == 0);
}

TEST_CASE("credentials chain: a failure that may pass is marked so") {
    credentials_chain chain(
        {{"container", test::failing({.kind = error_kind::timeout, .retryable = true})}});
    CHECK(test::obtain(chain, {}).error().retryable);
}

TEST_CASE("credentials chain: if nothing is configured, the error lists what was asked and helps") {
    credentials_chain chain({{"environment", test::failing(absent("no variable"))},
                             {"profile", test::failing(absent("no file"))}});
    const auto failure = test::obtain(chain, {}).error();
    CHECK(failure.kind == error_kind::not_configured);
    CHECK(failure.code == "NoCredentials");
    CHECK(failure.message.find("environment: no variable; profile: no file") != std::string::npos);
    CHECK(failure.message.find("aws sso login") != std::string::npos);
}

TEST_CASE("credentials chain: stays with the source that has answered") {
    const auto first = std::make_shared<test::scripted_provider>();
    first->then(absent("not yet")).then(test::keys("EARLIER"));
    const auto second = std::make_shared<test::scripted_provider>(refresh_style::static_stability);
    second->then(test::keys("AKID"));
    credentials_chain chain({{"first", first}, {"second", second}});
    CHECK(chain.style() == refresh_style::strict);

    CHECK((*test::obtain(chain, {}))->access_key_id == "AKID");
    CHECK((*test::obtain(chain, {}))->access_key_id == "AKID");

    CHECK(first->asked() == 1);
    CHECK(chain.style() == refresh_style::static_stability);
    CHECK(chain.is_final({.code = "Final"}));
}

TEST_CASE("credentials chain: a search without a result is made again") {
    const auto source = std::make_shared<test::scripted_provider>();
    source->then(absent("not yet")).then(test::keys("AKID"));
    credentials_chain chain({{"source", source}});
    CHECK_FALSE(test::obtain(chain, {}));
    CHECK(test::obtain(chain, {}));
}

TEST_CASE("credentials chain: rejected keys are the affair of whoever gave them") {
    const auto other = std::make_shared<test::renewable_provider>();
    credentials_chain chain({{"fixed", test::answering(test::keys("AKID"))}, {"other", other}});
    CHECK(chain.invalidate(test::keys("AKID"), {}));
    REQUIRE(test::obtain(chain, {}));
    chain.invalidate(test::keys("AKID"), {});
    CHECK(other->rejected.empty());
}

TEST_CASE("credentials chain: explains whom it passed over and whom it did not ask") {
    credentials_chain chain({{"environment", test::failing(absent("no variable"))},
                             {"profile", test::answering(test::keys("AKID"))},
                             {"container", test::failing(absent("unused"))}});
    credentials_report before;
    chain.explain(before);
    CHECK(before.others.empty());
    REQUIRE(test::obtain(chain, {}));

    credentials_report report;
    chain.explain(report);

    REQUIRE(report.others.size() == 2);
    CHECK(report.others[0].name == "environment");
    CHECK(report.others[0].reason == "no variable");
    CHECK(report.others[1].name == "container");
    CHECK(report.others[1].reason == "not asked, for profile has some");
}

TEST_CASE("credentials chain: a search that is given up gives back the turn at its source") {
    const auto time = std::make_shared<testing::fake_clock>();
    const auto source = std::make_shared<test::scripted_provider>();
    source->then(test::keys("AKID"));
    const auto kept =
        std::make_shared<cached_credentials>(source, time, std::make_shared<test::fixed_random>());
    credentials_chain chain({{"kept", kept}});
    auto search = chain.resolve(time->now());
    renewal& ours = **std::get_if<std::shared_ptr<renewal>>(&search);
    REQUIRE(ours.claim());
    REQUIRE(ours.next() == renewal::step::work);
    auto said = kept->resolve(time->now());
    renewal& theirs = **std::get_if<std::shared_ptr<renewal>>(&said);
    CHECK_FALSE(theirs.claim());

    ours.abandon();

    CHECK(theirs.claim());
}

TEST_CASE(
    "credentials chain: before it has found a source, finality is asked of the one that failed") {
    const auto source = std::make_shared<test::scripted_provider>();
    source->then(error{.kind = error_kind::denied, .code = "Final"})
        .then(error{.kind = error_kind::denied, .code = "Other"});
    credentials_chain chain({{"one", source}});

    CHECK(chain.is_final(test::obtain(chain, {}).error()));
    CHECK_FALSE(chain.is_final(test::obtain(chain, {}).error()));
}
