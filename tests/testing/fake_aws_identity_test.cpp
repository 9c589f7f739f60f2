// SPDX-License-Identifier: MIT
#include <awsxx/testing/fake_aws_identity.hpp>

#include <support/catch.hpp>

#include <string>

using namespace awsxx;
using testing::fake_assumption;
using testing::fake_identities;
using testing::fake_key;

namespace {

constexpr instant now{milliseconds{1'767'225'600'000}};
const std::string hub = "arn:aws:iam::111122223333:role/teams/hub";
const std::string spoke = "arn:aws:iam::444455556666:role/spoke";

/// A user who may become the hub, which may become the spoke.
struct world {
    world() {
        all.add(testing::fake_user{.arn = "arn:aws:iam::111122223333:user/dev",
                                   .access_key_id = "AKIDEXAMPLE",
                                   .secret_access_key = "secret",
                                   .mfa_serial = "arn:aws:iam::111122223333:mfa/dev",
                                   .mfa_code = "123456"});
        all.add(testing::fake_role{.arn = hub,
                                   .trusts = {"arn:aws:iam::111122223333:user/dev"},
                                   .max_duration = seconds(7200)});
        all.add(testing::fake_role{
            .arn = spoke, .trusts = {hub}, .external_id = "", .max_duration = seconds(43200)});
        dev = *all.find("AKIDEXAMPLE", "", now);
    }
    expected<fake_key> assume(const fake_assumption& what) { return all.assume(dev, what, now); }

    fake_identities all{};
    fake_key dev{};
};

}  // namespace

TEST_CASE("fake identities: a role's session has the names that AWS gives it") {
    world cloud;
    const auto key = cloud.assume({.role_arn = hub, .session_name = "me"});

    REQUIRE(key);
    CHECK(key->arn == "arn:aws:sts::111122223333:assumed-role/hub/me");
    CHECK(key->role == hub);
    CHECK(key->access_key_id.size() == 20);
    CHECK(key->access_key_id.starts_with("ASIA"));
    CHECK(key->user_id.starts_with("AROA"));
    CHECK(key->user_id.ends_with(":me"));
    CHECK(key->expiration == now + seconds(3600));
}

TEST_CASE("fake identities: the same steps give the same keys") {
    world one;
    world other;
    CHECK(one.assume({.role_arn = hub, .session_name = "me"})->access_key_id ==
          other.assume({.role_arn = hub, .session_name = "me"})->access_key_id);
}

TEST_CASE("fake identities: a key needs its own token and ends with its session") {
    world cloud;
    const auto key = cloud.assume({.role_arn = hub, .session_name = "me"});
    REQUIRE(key);
    const std::string id = key->access_key_id;
    const std::string token(key->session_token.expose());

    CHECK(cloud.all.find(id, token, now));
    CHECK(cloud.all.find(id, "", now).error().code == "InvalidClientTokenId");
    CHECK(cloud.all.find("AKIDEXAMPLE", token, now).error().code == "InvalidClientTokenId");
    CHECK(cloud.all.find("AKIDNOBODY", "", now).error().code == "InvalidClientTokenId");
    CHECK(cloud.all.find(id, token, now + seconds(3600)).error().code == "ExpiredToken");
    cloud.all.expire_sessions(hub, now);
    CHECK(cloud.all.find(id, token, now).error().code == "ExpiredToken");
}

TEST_CASE("fake identities: whom a role does not trust is told so in AWS's words") {
    world cloud;
    const auto refused = cloud.assume({.role_arn = spoke, .session_name = "me"});

    CHECK(refused.error().http_status == 403);
    CHECK(refused.error().code == "AccessDenied");
    CHECK(refused.error().message ==
          "User: arn:aws:iam::111122223333:user/dev is not authorized to perform: "
          "sts:AssumeRole on resource: arn:aws:iam::444455556666:role/spoke");
    const auto missing =
        cloud.assume({.role_arn = "arn:aws:iam::444455556666:role/none", .session_name = "me"});
    CHECK(missing.error().code == "AccessDenied");
}

TEST_CASE("fake identities: trust can be in a session's role, a whole account or everybody") {
    world cloud;
    const auto middle = cloud.assume({.role_arn = hub, .session_name = "me"});
    REQUIRE(middle);
    CHECK(cloud.all.assume(*middle, {.role_arn = spoke, .session_name = "me"}, now));

    cloud.all.add(testing::fake_role{.arn = spoke, .trusts = {"arn:aws:iam::111122223333:root"}});
    CHECK(cloud.assume({.role_arn = spoke, .session_name = "me"}));
    cloud.all.add(testing::fake_role{.arn = spoke, .trusts = {"arn:aws:iam::999999999999:root"}});
    CHECK_FALSE(cloud.assume({.role_arn = spoke, .session_name = "me"}));
    cloud.all.add(testing::fake_role{.arn = spoke, .trusts = {"*"}});
    CHECK(cloud.assume({.role_arn = spoke, .session_name = "me"}));
}

TEST_CASE("fake identities: an external id must be the one that the role asks for") {
    world cloud;
    cloud.all.add(testing::fake_role{.arn = spoke, .trusts = {"*"}, .external_id = "x-1"});

    CHECK(cloud.assume({.role_arn = spoke, .session_name = "me", .external_id = "x-1"}));
    CHECK(cloud.assume({.role_arn = spoke, .session_name = "me", .external_id = "x-2"})
              .error()
              .code == "AccessDenied");
    CHECK_FALSE(cloud.assume({.role_arn = spoke, .session_name = "me"}));
}

TEST_CASE("fake identities: a source identity stays and cannot be changed") {
    world cloud;
    const auto middle =
        cloud.assume({.role_arn = hub, .session_name = "me", .source_identity = "alice"});
    REQUIRE(middle);
    const auto end = cloud.all.assume(*middle, {.role_arn = spoke, .session_name = "me"}, now);

    REQUIRE(end);
    CHECK(end->source_identity == "alice");
    CHECK_FALSE(cloud.all.assume(
        *middle, {.role_arn = spoke, .session_name = "me", .source_identity = "bob"}, now));
}

TEST_CASE("fake identities: durations have AWS's limits") {
    world cloud;
    const auto last = [&](const fake_key& caller, const std::string& role, int length) {
        const auto key = cloud.all.assume(
            caller, {.role_arn = role, .session_name = "me", .duration = seconds(length)}, now);
        return key ? std::string("granted") : key.error().message;
    };
    const auto middle = cloud.assume({.role_arn = hub, .session_name = "me"});
    REQUIRE(middle);

    CHECK(last(cloud.dev, hub, 900) == "granted");
    CHECK(last(cloud.dev, hub, 7200) == "granted");
    CHECK(last(cloud.dev, hub, 7201) ==
          "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    CHECK(last(cloud.dev, hub, 899) ==
          "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy "
          "constraint: Member must have value greater than or equal to 900");
    CHECK(last(*middle, spoke, 3600) == "granted");
    CHECK(last(*middle, spoke, 3601) ==
          "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by "
          "role chaining");
}

TEST_CASE("fake identities: session names and role ARNs have to be well formed") {
    world cloud;
    const auto code = [&](const std::string& role, const std::string& name) {
        const auto key = cloud.assume({.role_arn = role, .session_name = name});
        return key ? std::string() : key.error().code;
    };
    CHECK(code(hub, "a.b=c,d@e-f_g+h").empty());
    CHECK(code(hub, "x") == "ValidationError");
    CHECK(code(hub, std::string(65, 'x')) == "ValidationError");
    CHECK(code(hub, "a b") == "ValidationError");
    CHECK(code("hub", "me") == "ValidationError");
    CHECK(code("arn:aws:iam::111122223333:user/dev", "me") == "ValidationError");
}

TEST_CASE("fake identities: a code of the MFA device opens roles that ask for one") {
    world cloud;
    cloud.all.add(testing::fake_role{.arn = spoke, .trusts = {"*"}, .needs_mfa = true});
    fake_assumption what{.role_arn = spoke, .session_name = "me"};

    CHECK_FALSE(cloud.assume(what));
    what.mfa_serial = "arn:aws:iam::111122223333:mfa/dev";
    what.mfa_code = "654321";
    CHECK_FALSE(cloud.assume(what));
    what.mfa_code = "123456";
    CHECK(cloud.assume(what));
}

TEST_CASE("fake identities: the holder of a known token may have roles that trust its subject") {
    world cloud;
    cloud.all.add_token("token", "system:app");
    cloud.all.add(
        testing::fake_role{.arn = "arn:aws:iam::111122223333:role/app", .trusts = {"system:app"}});
    const fake_assumption app{.role_arn = "arn:aws:iam::111122223333:role/app",
                              .session_name = "me"};
    const fake_assumption other{.role_arn = hub, .session_name = "me"};

    CHECK(cloud.all.assume(secret("token"), app, now));
    CHECK(cloud.all.assume(secret("other"), app, now).error().code == "InvalidIdentityToken");
    CHECK(cloud.all.assume(secret("token"), other, now).error().code == "AccessDenied");
}

TEST_CASE("fake identities: a session token is the user's, and remembers that a code was shown") {
    world cloud;
    cloud.all.add(testing::fake_role{
        .arn = hub, .trusts = {"arn:aws:iam::111122223333:user/dev"}, .needs_mfa = true});
    const fake_assumption role{.role_arn = hub, .session_name = "me"};
    const auto plain = cloud.all.session_token(cloud.dev, {}, now);
    const auto shown = cloud.all.session_token(
        cloud.dev, {.mfa_serial = "arn:aws:iam::111122223333:mfa/dev", .mfa_code = "123456"}, now);

    REQUIRE(plain);
    CHECK(plain->expiration == now + seconds(43200));
    CHECK(cloud.all.assume(*plain, role, now).error().code == "AccessDenied");
    REQUIRE(shown);
    CHECK(shown->arn == cloud.dev.arn);
    CHECK(cloud.all.assume(*shown, role, now));
    CHECK(cloud.all.session_token(*shown, {}, now).error().code == "AccessDenied");
    CHECK_FALSE(cloud.all.session_token(
        cloud.dev, {.mfa_serial = "arn:aws:iam::111122223333:mfa/dev", .mfa_code = "1"}, now));
}
