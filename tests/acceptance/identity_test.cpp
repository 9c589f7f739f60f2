// SPDX-License-Identifier: MIT
#include <awsxx/identity/identity_stack.hpp>
#include <awsxx/identity/registry.hpp>

#include <awsxx/services/identitystore.hpp>

#include <support/catch.hpp>
#include <support/cloud_scene.hpp>

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace awsxx;
using namespace std::chrono_literals;
using test::cloud_scene;

namespace {

using stack_type = basic_identity_stack<testing::fake_aws>;
using registry_type = basic_registry<testing::fake_aws>;

/// The same numbers in every run.
class dice {
public:
    explicit dice(std::uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15u + 1) {}
    std::size_t below(std::size_t limit) {
        state_ ^= state_ << 13;
        state_ ^= state_ >> 7;
        state_ ^= state_ << 17;
        return static_cast<std::size_t>(state_ >> 11) % limit;
    }
    bool toss() { return below(2) == 0; }

private:
    std::uint64_t state_;
};

/// What a role's part of a plan means, by a number for each of its members.
struct meant_role {
    std::size_t arn{};
    std::size_t name{};
    std::size_t region{};
    std::size_t duration{};
    std::size_t policy{};
    std::size_t tags{};

    auto operator<=>(const meant_role&) const = default;
};

/// What a plan means: equal ones are to be one session.
struct meant_plan {
    std::size_t user{};
    std::size_t region{};
    std::size_t url{};
    std::size_t files{};
    std::size_t attempts{};
    std::vector<meant_role> roles{};

    auto operator<=>(const meant_plan&) const = default;
};

meant_plan any_plan(dice& d) {
    meant_plan made{.user = d.below(2),
                    .region = 1 + d.below(2),
                    .url = d.below(3),
                    .files = d.below(2),
                    .attempts = d.below(2),
                    .roles = {}};
    for (std::size_t count = d.below(3); count > 0; --count)
        made.roles.push_back({.arn = d.below(3),
                              .name = d.below(3),
                              .region = d.below(3),
                              .duration = d.below(2),
                              .policy = d.below(3),
                              .tags = d.below(3)});
    return made;
}

/// The plan with one thing changed, if that is another at all.
meant_plan nearly(meant_plan plan, dice& d) {
    const meant_plan other = any_plan(d);
    switch (d.below(7)) {
        case 0: plan.user = other.user; break;
        case 1: plan.region = other.region; break;
        case 2: plan.url = other.url; break;
        case 3: plan.files = other.files; break;
        case 4: plan.attempts = other.attempts; break;
        case 5: std::reverse(plan.roles.begin(), plan.roles.end()); break;
        default:
            if (plan.roles.empty()) return other;
            meant_role& role = plan.roles.back();
            std::size_t* const members[] = {&role.arn,      &role.name,   &role.region,
                                            &role.duration, &role.policy, &role.tags};
            *members[d.below(6)] = d.below(2);
    }
    return plan;
}

/// A region of 0 is that of the session before.
meant_plan resolved(meant_plan plan) {
    std::size_t region = plan.region;
    for (meant_role& role : plan.roles) {
        if (role.region == 0) role.region = region;
        region = role.region;
    }
    return plan;
}

std::string region_name(std::size_t which) { return which == 1 ? "eu-west-1" : "eu-west-2"; }

/// One of the ways to write a role down. ARNs and names read alike when they are joined.
assume_role_options spelled(const meant_role& role, dice& d) {
    assume_role_options made;
    made.role_arn =
        std::string("arn:aws:iam::111122223333:role/a") + std::string("bcd").substr(0, role.arn);
    made.role_session_name = std::string("bcde").substr(role.name);
    if (role.region != 0) made.region = region_name(role.region);
    if (role.duration != 0)
        made.duration_seconds = 900;
    else if (d.toss())
        made.duration_seconds = 3600;
    if (role.policy == 1)
        made.policy = d.toss() ? R"({"Version":"1","Statement":[]})"
                               : R"({ "Statement" : [ ], "Version" : "1" })";
    if (role.policy == 2) made.policy = R"({"Version":"1","Statement":[{}]})";
    if (role.tags > 0) made.tags = {{.key = "k", .value = "v"}, {.key = "kv"}};
    if (role.tags == 2) made.tags.back().value = "v";
    if (d.toss()) std::reverse(made.tags.begin(), made.tags.end());
    return made;
}

session_plan spelled(const meant_plan& plan, const settings& common, dice& d) {
    session_plan made;
    made.settings = common;
    made.settings.region = region_name(plan.region);
    made.keys = credentials{.access_key_id = "AKIDUSER",
                            .secret_access_key = plan.user == 0 ? "secret" : "other-secret"};
    if (plan.url == 1)
        made.settings.endpoint_url = d.toss() ? "https://Aws.Example" : "HTTPS://aws.example:443/";
    if (plan.url == 2)
        made.settings.endpoint_urls = {{"STS", d.toss() ? "http://b:80" : "http://B/"}};
    if (plan.files == 1)
        made.settings.credentials_cache = {
            .mode = credentials_files::use::read,
            .folder = d.toss() ? "" : (d.toss() ? "~/.aws/cli/cache" : "~/.aws/./cli//cache/")};
    if (plan.attempts == 1) made.settings.max_attempts = 3;
    for (const meant_role& role : plan.roles) made.roles.push_back(spelled(role, d));
    return made;
}

}  // namespace

TEST_CASE("acceptance 3: a failed assumption leaves the stack usable, and revert needs no I/O") {
    cloud_scene s;
    stack_type stack(s.base());
    REQUIRE(stack.try_assume_role({.role_arn = test::hub_arn, .role_session_name = "me"}));
    const std::string before = *stack.facts().try_access_key();

    CHECK_FALSE(stack.try_assume_role({.role_arn = test::closed_arn}));
    CHECK(*stack.facts().try_access_key() == before);
    REQUIRE(stack.try_assume_role({.role_arn = test::closed_arn}, frame_start::lazy));
    CHECK_FALSE(stack.current().try_whoami());

    const std::size_t asked = s.cloud->log().size();
    CHECK(stack.revert());
    CHECK(*stack.facts().try_access_key() == before);
    CHECK(stack.revert());
    CHECK_FALSE(stack.revert());
    CHECK(s.cloud->log().size() == asked);
    CHECK(stack.current().try_whoami()->arn == test::user_arn);
}

TEST_CASE("acceptance 8: plans that mean the same are one entry, however spelled; others never") {
    cloud_scene s;
    const settings common = s.choices();
    registry_type registry({}, s.cloud);
    std::map<meant_plan, cloud_scene::session> known;
    std::map<const void*, meant_plan> owners;
    std::size_t again = 0;
    dice d(1);
    for (int i = 0; i < 2000; ++i) {
        // Half of them differ little from what is known: those are mixed up most easily.
        meant_plan plan = any_plan(d);
        if (!known.empty() && d.toss()) {
            const auto which = static_cast<std::ptrdiff_t>(d.below(known.size()));
            plan = nearly(std::next(known.begin(), which)->first, d);
        }
        const auto got = registry.try_get(spelled(plan, common, d));
        REQUIRE(got);
        plan = resolved(std::move(plan));
        const void* const identity = got->core().identity().get();
        const auto [same, is_new] = known.try_emplace(plan, *got);
        again += is_new ? 0 : 1;
        if (same->second.core().identity().get() != identity) FAIL("two sessions for equal plans");
        if (owners.try_emplace(identity, plan).first->second != plan)
            FAIL("one session for unequal plans");
    }
    CHECK(known.size() > 300);
    CHECK(again > 300);
}

TEST_CASE("acceptance 12: who may not ask for the identity makes all other calls as before") {
    cloud_scene s;
    s.cloud->deny("sts:GetCallerIdentity", test::user_arn);
    s.cloud->add_groups("d-1", {"admins"});
    stack_type stack(s.base());
    const auto facts = stack.facts();

    CHECK(facts.try_arn().error().kind == error_kind::denied);
    CHECK(facts.try_account_id().error().code == "AccessDenied");
    CHECK(*facts.try_access_key() == "AKIDUSER");

    const std::size_t asked = s.cloud->log().size();
    const identitystore::list_groups groups{.identity_store_id = "d-1"};
    CHECK(stack.current().try_call(groups)->groups.size() == 1);
    CHECK(s.cloud->log().size() == asked + 1);  // nothing is asked for behind the caller's back
    s.cloud->deny("identitystore:ListGroups", test::user_arn);
    const auto refused = stack.current().try_call(groups);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == error_kind::denied);
    CHECK(refused.error().details->operation == "ListGroups");
    CHECK(refused.error().cause == nullptr);
}
