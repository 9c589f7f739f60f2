// SPDX-License-Identifier: MIT
#include <awsxx/credentials/shared_renewal.hpp>

#include <awsxx/testing/fake_clock.hpp>

#include <support/catch.hpp>
#include <support/providers.hpp>

#include <chrono>
#include <future>
#include <memory>
#include <utility>
#include <vector>

using namespace awsxx;

namespace {

std::shared_ptr<shared_renewal> over(std::shared_ptr<credentials_provider> source,
                                     std::weak_ptr<renewal_judge> judge = {}) {
    return std::make_shared<shared_renewal>(
        std::move(source), std::make_shared<testing::fake_clock>(), std::move(judge));
}

/// Works until it is done, and where somebody else is at an inner one, waits for that.
void work_off(renewal& what) {
    for (auto next = what.next(); next != renewal::step::done; next = what.next()) {
        renewal& acting = what.acting();
        if (next == renewal::step::join)
            acting.joined(acting.other()->wait());
        else
            acting.work();
    }
}

expected<credentials_snapshot> carry_out(renewal& what) {
    REQUIRE(what.claim());
    work_off(what);
    return what.result();
}

std::shared_ptr<test::scripted_provider> giving(const char* id) {
    const auto source = std::make_shared<test::scripted_provider>();
    source->then(test::keys(id));
    return source;
}

/// Carries it out, or waits for whoever does.
expected<credentials_snapshot> joined(renewal& what) {
    while (!what.claim())
        if (auto outcome = what.wait()) return *std::move(outcome);
    work_off(what);
    return what.result();
}

/// Knows when it was asked, and how many of its renewals there are.
class watched final : public credentials_provider {
public:
    resolution resolve(instant now) override {
        asked_at.push_back(now);
        return std::make_shared<one_step>(*this);
    }
    std::vector<instant> asked_at{};
    int alive = 0;

private:
    class one_step final : public renewal {
    public:
        explicit one_step(watched& of) : of_(of) { ++of_.alive; }
        one_step(const one_step&) = delete;
        one_step& operator=(const one_step&) = delete;
        ~one_step() override { --of_.alive; }
        step next() override { return done_ ? step::done : step::work; }
        void work() override { done_ = true; }
        expected<credentials_snapshot> result() override {
            return std::make_shared<const credentials>(test::keys("AKID"));
        }

    private:
        watched& of_;
        bool done_ = false;
    };
};

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
    work_off(*one);
    REQUIRE(one->result().has_value());
    CHECK_FALSE(one->claim());
    CHECK((**one->wait())->access_key_id == "AKID");
}

TEST_CASE("shared renewal: a turn that is given back goes to the next one, who begins anew") {
    const auto time = std::make_shared<testing::fake_clock>();
    const auto source = std::make_shared<watched>();
    const auto one = std::make_shared<shared_renewal>(source, time);
    REQUIRE(one->claim());
    REQUIRE(one->next() == renewal::step::work);
    one->abandon();
    CHECK_FALSE(one->wait().has_value());
    CHECK(source->alive == 0);

    time->advance(std::chrono::hours(2));
    CHECK(carry_out(*one).has_value());

    CHECK(source->asked_at ==
          std::vector<instant>{time->now() - std::chrono::hours(2), time->now()});
}

TEST_CASE("shared renewal: one of those who waited for what was given up begins anew") {
    const auto source = std::make_shared<watched>();
    const auto one = over(source);
    REQUIRE(one->claim());
    REQUIRE(one->next() == renewal::step::work);
    std::vector<std::future<bool>> waiting;
    for (int i = 0; i < 8; ++i)
        waiting.push_back(
            std::async(std::launch::async, [one] { return joined(*one).has_value(); }));

    one->abandon();

    for (auto& each : waiting) CHECK(each.get());
    CHECK(source->asked_at.size() == 2);
}

TEST_CASE("shared renewal: an outcome that the judge did not get through with is not lost") {
    const auto source = giving("AKID");
    const auto inner = over(source);
    REQUIRE(carry_out(*inner).has_value());
    const auto outer = std::make_shared<shared_renewal>(inner);
    REQUIRE(outer->claim());
    work_off(*outer);
    outer->abandon();
    CHECK((*carry_out(*outer))->access_key_id == "AKID");
    CHECK(source->asked() == 1);
}

TEST_CASE("shared renewal: whoever waits gets the outcome of the other") {
    const auto one = over(giving("AKID"));
    REQUIRE(one->claim());
    auto waiting = std::async(std::launch::async, [one] { return one->wait(); });
    work_off(*one);
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
