// SPDX-License-Identifier: MIT
#include <awsxx/credentials/assume_role.hpp>

#include <awsxx/credentials/static.hpp>

#include <support/catch.hpp>
#include <support/fake_files.hpp>
#include <support/obtain.hpp>
#include <support/providers.hpp>
#include <support/sts_answers.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

using namespace awsxx;
using test::made_up_world;

namespace {

const std::string serial = "arn:aws:iam::111122223333:mfa/dev";

std::shared_ptr<const runtime::identity> caller(const made_up_world& world, credentials keys) {
    return std::make_shared<const runtime::identity>(
        world.from, cached(std::make_shared<static_credentials>(std::move(keys)), world.from));
}
assume_role_options role(const std::string& name, std::optional<std::string> mfa = {}) {
    return {.role_arn = "arn:aws:iam::111122223333:role/" + name, .serial_number = std::move(mfa)};
}
std::string body(const made_up_world& world, std::size_t index) {
    return std::string(world.network.requests().at(index).body.bytes());
}
bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

/// Counts how often a person is asked; each time the device shows another code.
struct person {
    int asked = 0;
    settings choices() {
        settings made{.region = "eu-west-1"};
        made.mfa = [this](const mfa_request&) -> expected<secret> {
            return secret("00000" + std::to_string(++asked));
        };
        return made;
    }
};

}  // namespace

TEST_CASE("assume role: a role without a session name gets awsxx and the time") {
    made_up_world world({}, {.region = "eu-west-1"});
    world.network.then(test::sts_answer("AssumeRole", "AKROLE"));
    assume_role_credentials provider(caller(world, test::keys("AKUSER")), role("audit"));
    CHECK(world.outcome(provider) == "AKROLE");
    CHECK(has(body(world, 0), "RoleSessionName=awsxx-1767225600000"));
}

TEST_CASE("assume role: one code is good for all roles of a user") {
    person dev;
    made_up_world world({}, dev.choices());
    const auto user = caller(world, test::keys("AKUSER"));
    world.network.then(test::sts_answer("GetSessionToken", "ASIASESSION"));
    for (const char* name : {"first", "second"}) {
        world.network.then(test::sts_answer("AssumeRole", name));
        assume_role_credentials provider(user, role(name, serial));
        CHECK(world.outcome(provider) == name);
    }
    CHECK(dev.asked == 1);
    REQUIRE(world.network.requests().size() == 3);
    CHECK(has(body(world, 0), "TokenCode=000001"));
    CHECK_FALSE(has(body(world, 1), "SerialNumber"));
    CHECK_FALSE(has(body(world, 2), "TokenCode"));
}

TEST_CASE("assume role: temporary keys need a code for each role, for STS gives them no session") {
    person dev;
    made_up_world world({}, dev.choices());
    credentials temporary = test::keys("ASIAUSER");
    temporary.session_token = secret("planted-token");
    const auto user = caller(world, temporary);
    for (const char* name : {"first", "second"}) {
        world.network.then(test::sts_answer("AssumeRole", name));
        assume_role_credentials provider(user, role(name, serial));
        CHECK(world.outcome(provider) == name);
    }
    CHECK(dev.asked == 2);
    CHECK(has(body(world, 0), "TokenCode=000001"));
    CHECK(has(body(world, 1), "TokenCode=000002"));
}

TEST_CASE("assume role: users of one device do not share their sessions") {
    person dev;
    made_up_world world({}, dev.choices());
    for (const char* key : {"AKONE", "AKTWO"}) {
        world.network.then(test::sts_answer("GetSessionToken", "ASIASESSION"));
        world.network.then(test::sts_answer("AssumeRole", "AKROLE"));
        assume_role_credentials provider(caller(world, test::keys(key)), role("audit", serial));
        CHECK(world.outcome(provider) == "AKROLE");
    }
    CHECK(dev.asked == 2);
}

TEST_CASE("assume role: a code given in code is used as it is") {
    made_up_world world({}, {.region = "eu-west-1"});
    world.network.then(test::sts_answer("AssumeRole", "AKROLE"));
    assume_role_options with_code = role("audit", serial);
    with_code.token_code = secret("654321");
    assume_role_credentials provider(caller(world, test::keys("AKUSER")), with_code);
    CHECK(world.outcome(provider) == "AKROLE");
    CHECK(has(body(world, 0), "TokenCode=654321"));
}

TEST_CASE("assume role: without a prompt, a role that needs a code is not asked for") {
    made_up_world world({}, {.region = "eu-west-1"});
    assume_role_credentials provider(caller(world, test::keys("AKUSER")), role("audit", serial));
    const auto why = world.obtain(provider).error();
    CHECK(why.kind == error_kind::action_needed);
    CHECK(has(to_string(why), "MfaCodeNeeded"));
    CHECK(has(to_string(why), "role/audit"));
    CHECK(world.network.requests().empty());
}

TEST_CASE("assume role: what a role cannot be assumed with is refused at once") {
    const made_up_world world;
    const auto user = caller(world, test::keys("AKUSER"));
    const auto code_of = [&](assume_role_options what) {
        return assume_role_from(user, std::move(what)).error().code;
    };
    CHECK(code_of({.role_arn = "audit"}) == "InvalidRoleArn");
    CHECK(code_of({.role_arn = role("a").role_arn, .role_session_name = "x"}) ==
          "InvalidRoleSessionName");
    CHECK(code_of({.role_arn = role("a").role_arn, .region = "a/b"}) == "InvalidRegion");
}

TEST_CASE("assume role: a refusal of STS is the cause, and final") {
    made_up_world world({}, {.region = "eu-west-1"});
    world.network.then(test::sts_refusal(403, "AccessDenied"));
    assume_role_credentials provider(caller(world, test::keys("AKUSER")), role("audit"));
    const auto why = world.obtain(provider).error();
    CHECK(why.code == "RoleNotAssumed");
    CHECK(why.message == role("audit").role_arn);
    CHECK(provider.is_final(why));
    CHECK(provider.style() == refresh_style::static_stability);
}

TEST_CASE("assume role: what the caller's source calls final is final for the role, at any depth") {
    made_up_world world({}, {.region = "eu-west-1"});
    const auto source = std::make_shared<test::scripted_provider>(refresh_style::static_stability);
    source->then(error{.kind = error_kind::action_needed, .code = "Final"})
        .then(error{.kind = error_kind::network, .retryable = true, .code = "Down"});
    const auto base =
        std::make_shared<const runtime::identity>(world.from, cached(source, world.from));
    const auto hub = assume_role_from(base, role("hub"));
    REQUIRE(hub);
    const auto deep = assume_role_from(*hub, role("deep"));
    REQUIRE(deep);
    assume_role_credentials provider(*deep, role("audit"));

    CHECK(provider.is_final(world.obtain(provider).error()));
    CHECK_FALSE(provider.is_final(world.obtain(provider).error()));
}

TEST_CASE("assume role: a code that is wrong, or none at all, is for a person to mend") {
    SECTION("STS does not take it") {
        person dev;
        made_up_world world({}, dev.choices());
        world.network.then(test::sts_refusal(403, "AccessDenied"));
        assume_role_credentials provider(caller(world, test::keys("AKUSER")),
                                         role("audit", serial));
        CHECK(provider.is_final(world.obtain(provider).error()));
    }
    SECTION("it is none") {
        for (const char* token : {"", "planted-token"}) {
            settings choices{.region = "eu-west-1"};
            choices.mfa = [](const mfa_request&) -> expected<secret> { return secret("12345"); };
            made_up_world world({}, choices);
            credentials user = test::keys("AKUSER");
            user.session_token = secret(token);
            assume_role_credentials provider(caller(world, user), role("audit", serial));
            const auto why = world.obtain(provider).error();
            CHECK(why.kind == error_kind::action_needed);
            CHECK(provider.is_final(why));
        }
    }
    SECTION("but a network that is down is not") {
        person dev;
        made_up_world world({}, dev.choices());
        world.network.then(error{.kind = error_kind::network, .retryable = true, .code = "Down"});
        assume_role_credentials provider(caller(world, test::keys("AKUSER")),
                                         role("audit", serial));
        CHECK_FALSE(provider.is_final(world.obtain(provider).error()));
    }
}

TEST_CASE("assume role: the caller's keys are renewed by AWS's time, not by a clock that is fast") {
    person dev;
    made_up_world world({}, dev.choices());
    const auto source = std::make_shared<test::scripted_provider>();
    credentials temporary = test::keys("ASIAUSER", world.time->now() + std::chrono::minutes(30));
    temporary.session_token = secret("planted-token");
    source->then(temporary);
    const auto user =
        std::make_shared<const runtime::identity>(world.from, cached(source, world.from));
    assume_role_credentials provider(user, role("audit", serial));
    for (int i = 0; i < 2; ++i) {
        auto assumed = test::sts_answer("AssumeRole", "AKROLE");
        assumed.headers.add("Date", format_date(world.time->now() - std::chrono::minutes(30),
                                                date_format::http_date));
        world.network.then(assumed);
        CHECK(world.outcome(provider) == "AKROLE");
        world.time->advance(std::chrono::minutes(31));  // half of what is left, in truth
    }
    CHECK(source->asked() == 1);
}

TEST_CASE("assume role: credentials tell whose session they are") {
    made_up_world world({}, {.region = "eu-west-1"});
    world.network.then(test::sts_answer("AssumeRole", "AKROLE"));
    assume_role_credentials provider(caller(world, test::keys("AKUSER")), role("audit"));
    const auto keys = world.obtain(provider);
    REQUIRE(keys);
    CHECK((*keys)->role_session_arn.find(":assumed-role/") != std::string::npos);
    CHECK_FALSE((*keys)->role_session_id.empty());
}

TEST_CASE("assume role: a process in which a person types a code is waited for") {
    struct busy final : test::fake_files {
        lock_attempt try_lock(const std::string&) override { return {.busy = true}; }
    };
    person dev;
    made_up_world world({}, dev.choices());
    const auto files = std::make_shared<busy>();
    settings choices = world.from->choices();
    choices.outside.files = files;
    choices.outside.environment = std::make_shared<testing::made_up_environment>(
        testing::made_up_environment::variables{{"HOME", "/h"}});
    choices.credentials_cache.mode = credentials_files::use::read_write;
    world.from = std::make_shared<const runtime::configuration>(std::move(choices));
    for (const auto& [mfa, patience] :
         {std::pair(std::optional(serial), milliseconds(std::chrono::minutes(5))),
          std::pair(std::optional<std::string>(), milliseconds(std::chrono::seconds(10)))}) {
        if (mfa) world.network.then(test::sts_answer("GetSessionToken", "ASIASESSION"));
        world.network.then(test::sts_answer("AssumeRole", "AKROLE"));
        const auto provider =
            role_credentials(caller(world, test::keys("AKUSER")), role("audit", mfa));
        const auto before = world.from->outside().time->now();
        CHECK(world.outcome(*provider) == "AKROLE");
        CHECK(world.from->outside().time->now() - before == patience);
        files->all.clear();
    }
}
