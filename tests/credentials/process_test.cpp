// SPDX-License-Identifier: MIT
#include <awsxx/credentials/process.hpp>

#include <awsxx/core/system_processes.hpp>

#include <support/catch.hpp>
#include <support/obtain.hpp>

#include <string>
#include <vector>

using namespace awsxx;

namespace {

const char* const lasting = R"({"Version":1,"AccessKeyId":"A","SecretAccessKey":"S"})";

/// A world in which every program leaves that.
test::made_up_world leaving(process_output left) {
    return test::made_up_world({.programs = [left](const auto&) { return left; }});
}

std::string outcome(test::made_up_world world, process_options how = {.command = "/opt/tool x"}) {
    process_credentials provider(std::move(how), world.from);
    return world.outcome(provider);
}

}  // namespace

TEST_CASE("process credentials: are what the program prints") {
    auto world = leaving({.out = R"({"Version":1,"AccessKeyId":"A","SecretAccessKey":"S",
        "SessionToken":"T","Expiration":"2026-01-01T01:00:00+00:00","AccountId":"1"})"});
    process_credentials provider({.command = "/opt/tool 'a b'", .account_id = "2"}, world.from);

    const auto keys = world.obtain(provider);

    REQUIRE(keys);
    CHECK((*keys)->access_key_id == "A");
    CHECK((*keys)->secret_access_key.expose() == "S");
    CHECK((*keys)->session_token.expose() == "T");
    CHECK((*keys)->expiration == world.time->now() + std::chrono::hours(1));
    CHECK((*keys)->account_id == "1");
    CHECK((*keys)->source == "credential_process /opt/tool");
    CHECK((*keys)->via == auth::feature::credentials_process);
    CHECK(provider.style() == refresh_style::strict);
}

TEST_CASE("process credentials: the program gets its words and is run again each time") {
    const auto programs = std::make_shared<testing::made_up_processes>(
        [](const auto&) { return process_output{.out = lasting}; });
    auto outside = testing::isolated_world(std::make_shared<testing::fake_clock>());
    outside.processes = programs;
    test::made_up_world world;
    process_credentials provider(
        {.command = R"(/opt/tool "a b")"},
        std::make_shared<const runtime::configuration>(settings{.outside = outside}));

    CHECK(world.outcome(provider) == "A");
    CHECK(world.outcome(provider) == "A");

    const std::vector<std::string> words{"/opt/tool", "a b"};
    CHECK(programs->commands() == std::vector{words, words});
}

TEST_CASE("process credentials: without an expiration never expire, and may lack the account") {
    auto world = leaving({.out = lasting});
    process_credentials provider({.command = "tool", .account_id = "2", .source = "profile p"},
                                 world.from);

    const auto keys = world.obtain(provider);

    REQUIRE(keys);
    CHECK_FALSE((*keys)->expiration);
    CHECK((*keys)->account_id == "2");
    CHECK((*keys)->source == "profile p");
}

TEST_CASE("process credentials: a program that fails is told with its first complaints") {
    CHECK(outcome(
              leaving({.exit_status = 3, .out = lasting, .err = "\nlog in\x1b first\n\nnow\n"})) ==
          "NoProcessCredentials: credential_process /opt/tool <- ProgramFailed: exit status 3: "
          "log in  first; now");
    CHECK(outcome(leaving({.exit_status = 1})) ==
          "NoProcessCredentials: credential_process /opt/tool <- ProgramFailed: exit status 1");
}

TEST_CASE("process credentials: a complaint is told without the program's arguments and output") {
    auto world = leaving({.exit_status = 2,
                          .out = R"({"SecretAccessKey":"PLANTED/secret+key"})",
                          .err = "no option --pin=PLANTED, nor is PLANTED/secret+key for a b one"});
    process_credentials provider({.command = "/opt/tool --pin=PLANTED 'a b'"}, world.from);
    CHECK(to_string(world.obtain(provider).error()) ==
          "NoProcessCredentials: credential_process /opt/tool <- ProgramFailed: exit status 2: "
          "no option [redacted], nor is [redacted] for a b one");
}

TEST_CASE("process credentials: what the program prints has to be right") {
    const std::string prefix = "NoProcessCredentials: credential_process /opt/tool <- ";
    CHECK(outcome(leaving({.out = "PLANTED"})) ==
          prefix + "MalformedCredentials: not a JSON object");
    CHECK(outcome(leaving({.out = R"({"AccessKeyId":"A","SecretAccessKey":"S"})"})) ==
          prefix + "MalformedCredentials: Version is missing or not a number");
    CHECK(outcome(leaving({.out = R"({"Version":1,"SecretAccessKey":"S"})"})) ==
          prefix + "MalformedCredentials: AccessKeyId is missing");
    CHECK(outcome(leaving({.out = R"({"Version":1,"AccessKeyId":"A","SecretAccessKey":"S",
                                      "Expiration":"2025-12-31T23:59:59Z"})"})) ==
          prefix +
              "ExpiredCredentials: the program gave credentials that expired at "
              "2025-12-31T23:59:59Z");
}

TEST_CASE("process credentials: a command that cannot be run is an error of the configuration") {
    test::made_up_world world;
    process_credentials missing({.command = "/opt/tool x"}, world.from);
    process_credentials unclear({.command = "tool 'x", .source = "profile p"}, world.from);

    const auto failure = world.obtain(missing).error();
    CHECK(failure.kind == error_kind::configuration);
    CHECK(failure.cause->code == "ProgramNotFound");
    CHECK(world.outcome(unclear) ==
          "NoProcessCredentials: profile p <- UnbalancedQuotes: the command lacks a closing '");
}

TEST_CASE("process credentials: come from real programs") {
    test::made_up_world world;
    auto outside = world.from->outside();
    outside.processes = std::make_shared<system_processes>();
    const auto from = std::make_shared<const runtime::configuration>(settings{.outside = outside});
    process_credentials echo({.command = std::string("echo '") + lasting + "'"}, from);
    process_credentials late({.command = "sleep 30", .limits = {.time = milliseconds(50)}}, from);

    CHECK(world.outcome(echo) == "A");
    CHECK(world.obtain(late).error().kind == error_kind::timeout);
}
