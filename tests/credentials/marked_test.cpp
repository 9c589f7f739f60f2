// SPDX-License-Identifier: MIT
#include <awsxx/credentials/marked.hpp>

#include <awsxx/testing/fake_clock.hpp>

#include <support/catch.hpp>
#include <support/providers.hpp>

#include <memory>
#include <utility>

using namespace awsxx;
using auth::feature;

namespace {

expected<credentials_snapshot> marked(std::shared_ptr<credentials_provider> source) {
    marked_credentials provider(std::move(source), std::make_shared<testing::fake_clock>(),
                                feature::credentials_profile_process);
    return test::obtain(provider, {});
}

}  // namespace

TEST_CASE("marked credentials: the way is added to what they say already") {
    credentials keys = test::keys("AKID");
    keys.via = feature::credentials_process;
    const auto both = feature::credentials_process | feature::credentials_profile_process;
    CHECK((*marked(test::answering(keys)))->via == both);

    const auto fetched = std::make_shared<test::scripted_provider>();
    fetched->then(keys);
    const auto got = marked(fetched);
    CHECK((*got)->via == both);
    CHECK((*got)->access_key_id == "AKID");
}

TEST_CASE("marked credentials: a failure stays as it is") {
    const auto why =
        marked(test::failing({.kind = error_kind::not_configured, .code = "None"})).error();
    CHECK(why.kind == error_kind::not_configured);
    CHECK(why.code == "None");
}

TEST_CASE("marked credentials: everything else is up to the source") {
    const auto source = std::make_shared<test::scripted_provider>(refresh_style::static_stability);
    const marked_credentials provider(source, std::make_shared<testing::fake_clock>(), {});
    CHECK(provider.style() == refresh_style::static_stability);
    CHECK(provider.is_final({.code = "Final"}));

    const auto renewable = std::make_shared<test::renewable_provider>();
    marked_credentials other(renewable, std::make_shared<testing::fake_clock>(), {});
    CHECK(other.invalidate(test::keys("AKID"), {}));
    CHECK(renewable->rejected == "AKID");
}
