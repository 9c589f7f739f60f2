// SPDX-License-Identifier: MIT
#include <awsxx/runtime/identity.hpp>

#include <awsxx/services/sts.hpp>

#include <support/catch.hpp>
#include <support/obtain.hpp>
#include <support/providers.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>

using namespace awsxx;
using runtime::identity;
using test::made_up_world;

namespace {

identity make(const made_up_world& world, std::optional<std::string> region = {},
              runtime::role_path roles = {}) {
    return {world.from, test::answering(test::keys("AKID")), std::move(region), std::move(roles)};
}

}  // namespace

TEST_CASE("identity: calls go to its own region, else to the configuration's") {
    const made_up_world world({}, {.region = "eu-west-1"});
    const identity base = make(world);
    const identity moved = make(world, "us-west-2");
    CHECK((*base.route_to(sts::service_traits))->route.endpoint.base.host ==
          "sts.eu-west-1.amazonaws.com");
    CHECK((*moved.route_to(sts::service_traits))->route.endpoint.signing_region == "us-west-2");
}

TEST_CASE("identity: a route is found once") {
    const made_up_world world({}, {.region = "eu-west-1"});
    const identity who = make(world);
    CHECK(*who.route_to(sts::service_traits) == *who.route_to(sts::service_traits));
}

TEST_CASE("identity: without a region there is no route, and the error says where it looked") {
    const made_up_world world;
    const auto route = make(world).route_to(sts::service_traits);
    REQUIRE_FALSE(route);
    CHECK(route.error().code == "MissingRegion");
}

TEST_CASE("identity: the user agent tells of somebody's own address") {
    const made_up_world world({}, {.region = "eu-west-1"});
    const made_up_world elsewhere({}, {.region = "eu-west-1", .endpoint_url = "http://127.0.0.1"});
    const auto agent = [](const identity& who) {
        http::headers of;
        (*who.route_to(sts::service_traits))->route.user_agent.set_in(of);
        return std::string(of.find("User-Agent").value_or(""));
    };
    CHECK(agent(make(world)) != agent(make(elsewhere)));
}

TEST_CASE("identity: everything began with whoever assumed the first role, or with itself") {
    const made_up_world world;
    const identity base = make(world);
    CHECK(base.root() == base.shared_provider());
    CHECK(base.roles() == 0);

    const identity role = make(world, {}, {.count = 2, .key = "k", .root = base.root()});
    CHECK(role.root() == base.shared_provider());
    CHECK(role.roles() == 2);
}

TEST_CASE("identity: time is that of AWS's servers, as far as it is known") {
    const made_up_world world;
    const identity who = make(world);
    CHECK(who.now() == world.time->now());
    CHECK(who.now() == world.time->now() + who.skew().current());
}
