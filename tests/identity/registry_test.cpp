// SPDX-License-Identifier: MIT
#include <awsxx/identity/registry.hpp>

#include <support/catch.hpp>
#include <support/cloud_scene.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace awsxx;
using test::cloud_scene;

namespace {

using registry_type = basic_registry<testing::fake_aws>;

const void* identity_of(const cloud_scene::session& one) { return one.core().identity().get(); }

struct scene : cloud_scene {
    session_plan plan(std::vector<assume_role_options> roles = {}) const {
        session_plan made{.settings = common, .keys = keys(), .provider = {}, .roles = {}};
        made.settings.region = "eu-west-1";
        made.roles = std::move(roles);
        return made;
    }
    settings common = choices();
    registry_type registry{{}, cloud};
};

}  // namespace

TEST_CASE("registry: equal plans are one session, with one set of keys") {
    scene s;
    const auto one = *s.registry.try_get(s.plan({{.role_arn = test::hub_arn}}));
    const auto other = *s.registry.try_get(s.plan({{.role_arn = test::hub_arn}}));

    CHECK(identity_of(one) == identity_of(other));
    REQUIRE(one.try_whoami());
    REQUIRE(other.try_whoami());
    CHECK(s.cloud->calls("AssumeRole") == 1);
}

TEST_CASE("registry: the sessions before a role are shared, too") {
    scene s;
    const auto hub = *s.registry.try_get(s.plan({{.role_arn = test::hub_arn}}));
    const auto spoke =
        *s.registry.try_get(s.plan({{.role_arn = test::hub_arn}, {.role_arn = test::spoke_arn}}));

    REQUIRE(spoke.try_whoami());
    REQUIRE(hub.try_whoami());
    CHECK(identity_of(*spoke.parent()) == identity_of(hub));
    CHECK(s.cloud->calls("AssumeRole", test::hub_arn) == 1);
    CHECK(s.registry.size() == 3);
}

TEST_CASE("registry: what nobody uses is gone") {
    scene s;
    {
        const auto spoke = *s.registry.try_get(
            s.plan({{.role_arn = test::hub_arn}, {.role_arn = test::spoke_arn}}));
        const auto copy = spoke;
        CHECK(s.registry.size() == 3);
    }
    CHECK(s.registry.size() == 0);
    for (int i = 0; i < 1000; ++i)
        REQUIRE(s.registry.try_get(
            s.plan({{.role_arn = test::hub_arn, .role_session_name = "n" + std::to_string(i)}})));
    CHECK(s.registry.size() == 0);
}

TEST_CASE("registry: a copy of a session keeps it in use") {
    scene s;
    auto copy = *s.registry.try_get(s.plan());
    { copy = cloud_scene::session(*s.registry.try_get(s.plan())); }

    CHECK(identity_of(*s.registry.try_get(s.plan())) == identity_of(copy));
}

TEST_CASE("registry: after clear everything is new, and what was there goes on") {
    scene s;
    const auto before = *s.registry.try_get(s.plan());
    s.registry.clear();
    const auto after = *s.registry.try_get(s.plan());

    CHECK(identity_of(before) != identity_of(after));
    CHECK(before.try_whoami());
    CHECK(after.try_whoami());
}

TEST_CASE("registry: two registries share nothing") {
    scene s;
    registry_type other{{}, s.cloud};
    const auto one = *s.registry.try_get(s.plan());

    CHECK(identity_of(one) != identity_of(*other.try_get(s.plan())));
}

TEST_CASE("registry: threads that ask at once get the same session") {
    scene s;
    std::vector<std::shared_ptr<const cloud_scene::session>> got(32);
    std::vector<std::thread> threads;
    for (auto& one : got)
        threads.emplace_back([&one, &s] {
            one = std::make_shared<const cloud_scene::session>(
                *s.registry.try_get(s.plan({{.role_arn = test::hub_arn}})));
        });
    for (auto& one : threads) one.join();

    for (const auto& one : got) CHECK(identity_of(*one) == identity_of(*got.front()));
}

TEST_CASE("registry: a role that cannot be right is refused, and its prefix not harmed") {
    scene s;
    const auto refused = s.registry.try_get(s.plan({{.role_arn = "nonsense"}}));

    CHECK(refused.error().code == "InvalidRoleArn");
    CHECK(s.registry.try_get(s.plan())->try_whoami());
    CHECK(s.registry.size() == 0);
}

TEST_CASE("registry: its observer hears its sessions") {
    scene s;
    std::size_t lines = 0;
    registry_type listening{
        {.observer = {.note = [&](channel, std::string_view) { ++lines; }}, .mfa = {}}, s.cloud};

    REQUIRE(listening.try_get(s.plan())->try_whoami());
    CHECK(lines > 0);
}
