// SPDX-License-Identifier: MIT
#include <awsxx/identity/identity_stack.hpp>

#include <awsxx/credentials/web_identity.hpp>

#include <support/catch.hpp>
#include <support/cloud_scene.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace awsxx;
using namespace std::chrono_literals;
using test::cloud_scene;

namespace {

using user_session = cloud_scene::session;
using stack_type = basic_identity_stack<testing::fake_aws>;

std::string name_of(const user_session& of) {
    const auto who = of.try_whoami();
    return who ? who->arn : who.error().code;
}

const assume_role_options hub{.role_arn = test::hub_arn, .role_session_name = "me"};
const assume_role_options spoke{.role_arn = test::spoke_arn, .role_session_name = "me"};
const assume_role_options closed{.role_arn = test::closed_arn};
constexpr const char* hub_me = "arn:aws:sts::111122223333:assumed-role/hub/me";
constexpr const char* spoke_me = "arn:aws:sts::444455556666:assumed-role/spoke/me";

}  // namespace

TEST_CASE("identity stack: a role is current once it is assumed, and no more after a revert") {
    cloud_scene s;
    stack_type stack(s.base());
    CHECK(name_of(stack.current()) == test::user_arn);

    REQUIRE(stack.try_assume_role(hub));
    REQUIRE(stack.try_assume_role(spoke));
    CHECK(name_of(stack.current()) == spoke_me);
    CHECK(stack.depth() == 2);
    CHECK(stack.frames().size() == 3);

    CHECK(name_of(*stack.revert()) == spoke_me);
    CHECK(name_of(stack.current()) == hub_me);
    REQUIRE(stack.revert());
    CHECK(name_of(stack.current()) == test::user_arn);
    CHECK_FALSE(stack.revert());
    CHECK(stack.depth() == 0);
}

TEST_CASE("identity stack: whoever took the current session keeps it") {
    cloud_scene s;
    stack_type stack(s.base());
    const auto before = stack.current();
    REQUIRE(stack.try_assume_role(hub));
    const auto behind = stack.current();
    stack.revert();

    CHECK(name_of(before) == test::user_arn);
    CHECK(name_of(behind) == hub_me);
}

TEST_CASE("identity stack: what cannot be assumed never becomes current") {
    cloud_scene s;
    stack_type stack(s.base());
    REQUIRE(stack.try_assume_role(hub));

    CHECK(stack.try_assume_role(closed).error().code == "RoleNotAssumed");
    CHECK(stack.try_assume_role({.role_arn = "nonsense"}).error().code == "InvalidRoleArn");

    CHECK(stack.depth() == 1);
    CHECK(name_of(stack.current()) == hub_me);
    CHECK(stack.revert());
}

TEST_CASE("identity stack: a lazy frame asks nobody, and a revert from it does not either") {
    cloud_scene s;
    stack_type stack(s.base());
    REQUIRE(stack.try_assume_role(closed, frame_start::lazy));
    CHECK(stack.depth() == 1);
    CHECK(s.cloud->log().empty());

    CHECK_FALSE(stack.current().try_whoami());
    const std::size_t asked = s.cloud->log().size();
    CHECK(stack.revert());
    CHECK(s.cloud->log().size() == asked);
    CHECK(name_of(stack.current()) == test::user_arn);
}

TEST_CASE("identity stack: the error of a lazy frame tells the line that asked for the role") {
    cloud_scene s;
    stack_type stack(s.base());
    const std::string here = "identity_stack_test.cpp:" + std::to_string(__LINE__ + 1);
    REQUIRE(stack.try_assume_role(closed, frame_start::lazy));

    const auto failed = stack.current().try_whoami();

    REQUIRE_FALSE(failed);
    CHECK(to_string(failed.error()).find(here) != std::string::npos);
    CHECK(stack.try_assume_role(closed).error().message.find("_test.cpp:") != std::string::npos);
}

TEST_CASE("identity stack: every door of STS, a session and a function may push a frame") {
    cloud_scene s;
    s.cloud->add_web_identity("web-token", "system:app");
    s.cloud->add_role({.arn = "arn:aws:iam::111122223333:role/web", .trusts = {"system:app"}});
    settings chosen = s.choices({.files = {{"/token", "web-token"}}});
    chosen.region = "eu-west-1";
    stack_type stack(s.with(chosen));

    REQUIRE(stack.try_assume(web_identity_options{.role_arn = "arn:aws:iam::111122223333:role/web",
                                                  .token_file = "/token"}));
    CHECK(stack.revert());
    REQUIRE(stack.try_assume(sts::get_federation_token{.name = "guest"}));
    CHECK(name_of(stack.current()) == "arn:aws:sts::111122223333:federated-user/guest");
    CHECK(stack.revert());
    REQUIRE(stack.try_assume([](const user_session& from) { return from.try_assume_role(hub); }));
    CHECK(name_of(stack.current()) == hub_me);
    stack.push(s.base());
    CHECK(name_of(stack.current()) == test::user_arn);
    CHECK(stack.depth() == 2);
}

TEST_CASE("identity stack: a scope undoes its own frame") {
    cloud_scene s;
    stack_type stack(s.base());
    {
        const auto scope = stack.try_assume_role_scoped(hub);
        REQUIRE(scope);
        CHECK(name_of(stack.current()) == hub_me);
        CHECK(name_of(scope->session()) == hub_me);
    }
    CHECK(stack.depth() == 0);
    CHECK_FALSE(stack.try_assume_role_scoped(closed));
    CHECK(stack.depth() == 0);
}

TEST_CASE("identity stack: a scope leaves what others put above, which still works and renews") {
    cloud_scene s;
    stack_type stack(s.base());
    auto scope = *stack.try_assume_role_scoped(hub);
    REQUIRE(stack.try_assume_role(spoke));

    CHECK(scope.end());
    CHECK_FALSE(scope.end());

    CHECK(stack.depth() == 1);
    CHECK(name_of(stack.current()) == spoke_me);
    s.time->advance(2h);
    CHECK(name_of(stack.current()) == spoke_me);  // by way of the hub, as before
    REQUIRE(stack.revert());
    CHECK(name_of(stack.current()) == test::user_arn);
}

TEST_CASE("identity stack: a scope whose frame was reverted takes no other's") {
    cloud_scene s;
    stack_type stack(s.base());
    {
        const auto scope = stack.try_assume_role_scoped(hub);
        REQUIRE(stack.revert());
        REQUIRE(stack.try_assume_role(hub));
    }
    CHECK(stack.depth() == 1);
}

TEST_CASE("identity stack: a moved scope ends once, and may outlive the stack") {
    cloud_scene s;
    auto stack = std::make_unique<stack_type>(s.base());
    auto first = *stack->try_assume_role_scoped(hub);
    auto second = stack->push_scoped(s.base());
    CHECK(stack->depth() == 2);
    first = std::move(second);
    CHECK(stack->depth() == 1);
    const auto moved = std::move(first);
    stack.reset();
    CHECK(name_of(moved.session()) == test::user_arn);
}

TEST_CASE("identity stack: a role is assumed by whoever is current when its frame appears") {
    cloud_scene s;
    s.cloud->add_role({.arn = test::spoke_arn, .trusts = {test::hub_arn, test::user_arn}});
    stack_type stack(s.base());
    REQUIRE(stack.try_assume_role(hub));
    bool reverted = false;
    s.cloud->observe([&](const testing::fake_request& asked) {
        if (asked.field("RoleArn") == test::spoke_arn && !std::exchange(reverted, true))
            REQUIRE(stack.revert());
    });

    REQUIRE(stack.try_assume_role(spoke));

    CHECK(stack.depth() == 1);
    CHECK(s.cloud->calls("AssumeRole", test::spoke_arn) == 2);
    CHECK(stack.current().parent()->try_whoami()->arn == test::user_arn);
}

TEST_CASE("identity stack: facts are those of the current session") {
    cloud_scene s;
    stack_type stack(s.base());
    CHECK(*stack.facts().try_arn() == test::user_arn);
    REQUIRE(stack.try_assume_role(spoke, frame_start::lazy));
    stack.revert();
    REQUIRE(stack.try_assume_role(hub));
    CHECK(*stack.facts().try_arn() == hub_me);
    stack.revert();
    CHECK(*stack.facts().try_arn() == test::user_arn);
    CHECK(s.cloud->calls("GetCallerIdentity") == 1);
}

namespace {

/// What many threads did to one stack.
struct records {
    std::mutex mutex{};
    std::vector<user_session> pushed{};
    std::vector<user_session> taken{};
    std::atomic<int> torn{0};
    std::atomic<int> calls{0};

    void push(const user_session& one) {
        const std::lock_guard lock(mutex);
        pushed.push_back(one);
    }
    void take(const user_session& one) {
        const std::lock_guard lock(mutex);
        taken.push_back(one);
    }
};

/// One of the threads: does the next of its random things.
class worker {
public:
    worker(cloud_scene& s, stack_type& stack, records& all, std::uint64_t seed)
        : s_(s), stack_(stack), all_(all), random_(seed * 0x9e3779b97f4a7c15u + 1) {}

    void act() {
        switch (next() % 8) {
            case 0: return added(stack_.try_assume_role(role()));
            case 1: return added(stack_.try_assume_role(role(), frame_start::lazy));
            case 2: return within_scope();
            case 3: s_.cloud->expire_sessions(role().role_arn); return look();
            case 4: s_.time->advance(20s); return look();
            case 5: return look();
            default: return revert();
        }
    }

private:
    std::uint64_t next() {
        random_ ^= random_ << 13;
        random_ ^= random_ >> 7;
        random_ ^= random_ << 17;
        return random_;
    }
    assume_role_options role() {
        const std::string account = next() % 2 == 0 ? "111122223333" : "444455556666";
        return {.role_arn = "arn:aws:iam::" + account + ":role/any", .role_session_name = "me"};
    }
    void added(const expected<user_session>& one) {
        if (one) all_.push(*one);
    }
    void revert() {
        if (const auto gone = stack_.revert()) all_.take(*gone);
    }
    void within_scope() {
        auto scope = stack_.try_assume_role_scoped(role(), frame_start::lazy);
        if (!scope) return;
        all_.push(scope->session());
        look();
        if (scope->end()) all_.take(scope->session());
    }
    /// Who a session is by its facts and by its calls has to be one identity. Either may fail here,
    /// when others end the keys at each step.
    void look() {
        const user_session now = stack_.current();
        const auto told = identity_facts(now).try_all();
        const auto who = now.try_whoami();
        if (told && who) {
            all_.calls.fetch_add(1);
            const bool same = told->arn == who->arn && told->user_id == who->user_id &&
                              told->account_id == who->account;
            const bool whole = who->arn == test::user_arn ||
                               who->arn == "arn:aws:sts::" + who->account + ":assumed-role/any/me";
            if (!same || !whole) all_.torn.fetch_add(1);
        }
        if (stack_.frames().size() < 1) all_.torn.fetch_add(1);
    }

    cloud_scene& s_;
    stack_type& stack_;
    records& all_;
    std::uint64_t random_;
};

std::vector<const void*> identities_of(const std::vector<user_session>& all) {
    std::vector<const void*> found;
    for (const user_session& one : all) found.push_back(one.core().identity().get());
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace

TEST_CASE(
    "identity stack: 256 threads that assume, revert and renew tear no identity and lose no "
    "frame") {
    cloud_scene s;
    for (const std::string account : {"111122223333", "444455556666"})
        s.cloud->add_role({.arn = "arn:aws:iam::" + account + ":role/any", .trusts = {"*"}});
    stack_type stack(s.base());
    records all;
    std::vector<std::thread> threads;
    for (std::uint64_t seed = 1; seed <= 256; ++seed)
        threads.emplace_back([&, seed] {
            worker one(s, stack, all, seed);
            for (int i = 0; i < 4; ++i) one.act();
        });
    for (auto& one : threads) one.join();

    CHECK(all.torn == 0);
    CHECK(all.calls > 0);
    while (const auto gone = stack.revert()) all.take(*gone);
    CHECK_FALSE(all.pushed.empty());
    CHECK(identities_of(all.pushed) == identities_of(all.taken));
    CHECK(name_of(stack.current()) == test::user_arn);
}
