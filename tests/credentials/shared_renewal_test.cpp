// SPDX-License-Identifier: MIT
#include <awsxx/credentials/shared_renewal.hpp>

#include <awsxx/testing/fake_clock.hpp>

#include <support/catch.hpp>
#include <support/providers.hpp>

#include <future>
#include <memory>
#include <utility>

using namespace awsxx;

namespace {

std::shared_ptr<shared_renewal> over(std::shared_ptr<credentials_provider> source,
                                     std::weak_ptr<renewal_judge> judge = {}) {
    return std::make_shared<shared_renewal>(
        std::move(source), std::make_shared<testing::fake_clock>(), std::move(judge));
}

expected<credentials_snapshot> carry_out(renewal& what) {
    REQUIRE(what.claim());
    while (what.next() == renewal::step::work) what.acting().work();
    return what.result();
}

std::shared_ptr<test::scripted_provider> giving(const char* id) {
    const auto source = std::make_shared<test::scripted_provider>();
    source->then(test::keys(id));
    return source;
}

/// Gives other credentials than the source.
class replacing final : public renewal_judge {
public:
    expected<credentials_snapshot> settle(expected<credentials_snapshot> outcome) override {
        ++asked;
        was = std::move(outcome);
        return std::make_shared<const credentials>(test::keys("JUDGED"));
    }
    int asked = 0;
    expected<credentials_snapshot> was{};
};

}  // namespace

TEST_CASE("shared renewal: gives what the source has, fetched or at once") {
    CHECK((*carry_out(*over(giving("AKID"))))->access_key_id == "AKID");
    CHECK((*carry_out(*over(test::answering(test::keys("AKID")))))->access_key_id == "AKID");
    CHECK(carry_out(*over(test::failing({.code = "No"}))).error().code == "No");
}

TEST_CASE("shared renewal: the turn is one caller's, and nobody's after the end") {
    const auto one = over(giving("AKID"));
    CHECK(one->claim());
    CHECK_FALSE(one->claim());
    while (one->next() == renewal::step::work) one->acting().work();
    REQUIRE(one->result().has_value());
    CHECK_FALSE(one->claim());
    CHECK((**one->wait())->access_key_id == "AKID");
}

TEST_CASE("shared renewal: a turn that is given back goes to the next one") {
    const auto source = giving("AKID");
    const auto one = over(source);
    REQUIRE(one->claim());
    static_cast<void>(one->next());
    one->abandon();
    CHECK_FALSE(one->wait().has_value());
    CHECK((*carry_out(*one))->access_key_id == "AKID");
    CHECK(source->asked() == 1);
}

TEST_CASE("shared renewal: whoever waits gets the outcome of the other") {
    const auto one = over(giving("AKID"));
    REQUIRE(one->claim());
    auto waiting = std::async(std::launch::async, [one] { return one->wait(); });
    while (one->next() == renewal::step::work) one->acting().work();
    REQUIRE(one->result().has_value());
    const auto outcome = waiting.get();
    REQUIRE(outcome.has_value());
    CHECK((**outcome)->access_key_id == "AKID");
}

TEST_CASE("shared renewal: the judge has the last word, while it lives") {
    auto judge = std::make_shared<replacing>();
    CHECK((*carry_out(*over(giving("AKID"), judge)))->access_key_id == "JUDGED");
    CHECK(judge->asked == 1);
    CHECK((*judge->was)->access_key_id == "AKID");

    const auto orphan = over(giving("AKID"), judge);
    judge.reset();
    CHECK((*carry_out(*orphan))->access_key_id == "AKID");
}

TEST_CASE("shared renewal: one over another is carried out through both") {
    /// Hands out one and the same renewal.
    class handing final : public credentials_provider {
    public:
        explicit handing(std::shared_ptr<renewal> what) : what_(std::move(what)) {}
        resolution resolve(instant) override { return what_; }

    private:
        std::shared_ptr<renewal> what_;
    };
    const auto inner = over(giving("AKID"));
    CHECK((*carry_out(*over(std::make_shared<handing>(inner))))->access_key_id == "AKID");
    CHECK((*carry_out(*over(std::make_shared<handing>(inner))))->access_key_id == "AKID");
}
