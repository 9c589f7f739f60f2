// SPDX-License-Identifier: MIT
#include <awsxx/identity/identity_facts.hpp>

#include <support/catch.hpp>
#include <support/cloud_scene.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace awsxx;
using namespace std::chrono_literals;
using test::cloud_scene;

namespace {

std::size_t questions(const cloud_scene& s) { return s.cloud->calls("GetCallerIdentity"); }

/// Keys of one user, and of another one an hour later.
class two_users final : public credentials_provider {
public:
    explicit two_users(instant begin) : end_of_first_(begin + 1h) {}
    resolution resolve(instant now) override {
        return std::make_shared<const credentials>(
            credentials{.access_key_id = now < end_of_first_ ? "AKIDUSER" : "AKIDOTHER",
                        .secret_access_key = "planted-secret-of-the-user",
                        .session_token = {},
                        .expiration = now + 1h});
    }

private:
    instant end_of_first_;
};

}  // namespace

TEST_CASE("identity facts: those of a role come with its keys, without a question") {
    cloud_scene s;
    const auto hub =
        *s.base().try_assume_role({.role_arn = test::hub_arn, .role_session_name = "me"});
    const identity_facts who(hub);

    const auto all = who.try_all();

    REQUIRE(all);
    CHECK(all->account_id == "111122223333");
    CHECK(all->arn == "arn:aws:sts::111122223333:assumed-role/hub/me");
    CHECK(all->user_id.ends_with(":me"));
    CHECK(all->access_key_id.starts_with("ASIA"));
    CHECK(questions(s) == 0);
    CHECK(hub.try_whoami()->user_id == all->user_id);
}

TEST_CASE("identity facts: the access key is the one that signs, after each renewal") {
    cloud_scene s;
    const auto hub = *s.base().try_assume_role({.role_arn = test::hub_arn});
    const identity_facts who(hub);
    std::string before;
    for (int hour = 0; hour < 3; ++hour, s.time->advance(1h)) {
        REQUIRE(hub.try_whoami());

        CHECK(*who.try_access_key() == s.cloud->log().back().access_key_id);
        CHECK(who.try_all()->access_key_id == *who.try_access_key());
        CHECK(*who.try_access_key() != before);
        before = *who.try_access_key();
    }
}

TEST_CASE(
    "identity facts: those of a user cost one question, whatever is asked and by which copy") {
    cloud_scene s;
    const auto base = s.base();
    const auto copy = base;

    CHECK(*identity_facts(base).try_access_key() == "AKIDUSER");
    CHECK(questions(s) == 0);
    CHECK(*identity_facts(base).try_account_id() == "111122223333");
    CHECK(*identity_facts(copy).try_arn() == test::user_arn);
    CHECK(identity_facts(copy).try_user_id()->starts_with("AIDA"));
    CHECK(questions(s) == 1);
}

TEST_CASE("identity facts: other keys are other facts, for one more question") {
    cloud_scene s;
    s.cloud->add_user({.arn = "arn:aws:iam::444455556666:user/other",
                       .access_key_id = "AKIDOTHER",
                       .secret_access_key = "planted-secret-of-the-user"});
    settings chosen = s.choices();
    chosen.region = "eu-west-1";
    const cloud_scene::session session(std::make_shared<two_users>(s.time->now()), chosen, s.cloud);
    const identity_facts who(session);

    CHECK(*who.try_arn() == test::user_arn);
    s.time->advance(61min);
    CHECK(*who.try_arn() == "arn:aws:iam::444455556666:user/other");
    CHECK(*who.try_account_id() == "444455556666");
    CHECK(questions(s) == 2);
}

TEST_CASE("identity facts: a renewal under way costs no second question, whoever asks meanwhile") {
    cloud_scene s;
    s.cloud->add_user({.arn = "arn:aws:iam::444455556666:user/other",
                       .access_key_id = "AKIDOTHER",
                       .secret_access_key = "planted-secret-of-the-user"});
    settings chosen = s.choices();
    chosen.region = "eu-west-1";
    const cloud_scene::session session(std::make_shared<two_users>(s.time->now()), chosen, s.cloud);
    const identity_facts who(session);
    s.cloud->fail_next(testing::fake_fault::server_error, 1, "GetCallerIdentity");
    std::string told;
    std::thread other;
    s.cloud->observe([&](const auto&) {  // the keys are over when it is tried again
        if (other.joinable()) return;
        s.time->advance(61min);
        other = std::thread([&] { told = *who.try_arn(); });
    });

    const auto all = who.try_all();
    other.join();

    REQUIRE(all);
    CHECK(all->access_key_id == "AKIDOTHER");
    CHECK(all->arn == "arn:aws:iam::444455556666:user/other");
    CHECK(told == all->arn);
    CHECK(who.known().arn == all->arn);
    CHECK(questions(s) == 2);  // the failed one included
}

TEST_CASE("identity facts: many threads that ask cost one question") {
    cloud_scene s;
    const auto base = s.base();
    std::vector<std::string> told(16);
    std::vector<std::thread> threads;
    for (auto& one : told)
        threads.emplace_back([&one, &base] { one = *identity_facts(base).try_arn(); });
    for (auto& one : threads) one.join();

    CHECK(told == std::vector<std::string>(16, test::user_arn));
    CHECK(questions(s) == 1);
}

TEST_CASE("identity facts: a failure is told and not kept") {
    cloud_scene s;
    const auto base = s.base();
    const identity_facts who(base);
    s.cloud->fail_next(testing::fake_fault::server_error, 3, "GetCallerIdentity");

    const auto failed = who.try_arn();

    REQUIRE_FALSE(failed);
    CHECK(failed.error().kind == error_kind::server);
    CHECK(*who.try_access_key() == "AKIDUSER");
    CHECK(*who.try_arn() == test::user_arn);
    CHECK(questions(s) == 4);
}

TEST_CASE("identity facts: what is known is told without asking anybody") {
    cloud_scene s;
    const auto base = s.base();
    const identity_facts who(base);
    CHECK(who.known().arn.empty());

    REQUIRE(who.try_arn());
    const std::size_t asked = s.cloud->log().size();

    CHECK(who.known().arn == test::user_arn);
    CHECK(who.known().access_key_id == "AKIDUSER");
    CHECK(s.cloud->log().size() == asked);
}

TEST_CASE("identity facts: of a role all is known once it has keys") {
    cloud_scene s;
    const auto hub =
        *s.base().try_assume_role({.role_arn = test::hub_arn, .role_session_name = "me"});
    const identity_facts who(hub);
    CHECK(who.known().arn.empty());

    const auto all = who.try_all();

    REQUIRE(all);
    CHECK(who.known().arn == "arn:aws:sts::111122223333:assumed-role/hub/me");
    CHECK(who.known().user_id == all->user_id);
    CHECK(who.known().account_id == "111122223333");
    CHECK(questions(s) == 0);
}

TEST_CASE("identity facts: without keys there are none, and the error says why") {
    cloud_scene s;
    const auto closed = *s.base().try_assume_role({.role_arn = test::closed_arn});
    const identity_facts who(closed);

    CHECK(who.try_access_key().error().code == "RoleNotAssumed");
    CHECK(who.try_account_id().error().code == "RoleNotAssumed");
    CHECK(who.try_all().error().code == "RoleNotAssumed");
    CHECK(who.known().access_key_id.empty());
}
