// SPDX-License-Identifier: MIT
#include <awsxx/testing/isolated_world.hpp>

#include <awsxx/testing/fake_clock.hpp>

#include <support/catch.hpp>

#include <memory>

using namespace awsxx;

TEST_CASE("isolated world: nothing is there but what was put into it") {
    const auto time = std::make_shared<testing::fake_clock>();
    const auto bare = testing::isolated_world(time);
    const auto filled =
        testing::isolated_world(time, {.environment = {{"AWS_REGION", "eu-west-1"}},
                                       .files = {{"/home/me/.aws/config", "[default]\n"}}});

    CHECK(bare.time == time);
    CHECK_FALSE(bare.environment->get("PATH").has_value());
    CHECK(bare.files->read("/etc/passwd", 1'000'000).error().kind == error_kind::not_found);
    CHECK(filled.environment->get("AWS_REGION") == "eu-west-1");
    CHECK(*filled.files->read("/home/me/.aws/config", 100) == "[default]\n");
    CHECK(filled.files->read("/home/me/.aws/config", 5).error().kind == error_kind::too_large);
}

TEST_CASE("isolated world: what is written can be read again") {
    const auto world = testing::isolated_world(std::make_shared<testing::fake_clock>());
    REQUIRE(world.files->write("/cache/key.json", "{}"));

    CHECK(*world.files->read("/cache/key.json", 100) == "{}");
}

TEST_CASE("isolated world: has the programs and names that a test makes up, and no others") {
    const auto time = std::make_shared<testing::fake_clock>();
    const auto bare = testing::isolated_world(time);
    const auto world = testing::isolated_world(
        time, {.programs = [](const auto& command) { return process_output{.out = command[1]}; },
               .names = {{"near", {"127.0.0.1"}}}});

    CHECK(bare.processes->run({"tool"}, {}).error().code == "ProgramNotFound");
    CHECK(bare.names->addresses_of("near").error().code == "NameNotResolved");
    CHECK(world.processes->run({"tool", "word"}, {})->out == "word");
    CHECK(world.processes->run({"tool", "word"}, {.output_bytes = 3}).error().code ==
          "OutputTooLarge");
    CHECK(world.names->addresses_of("near")->front() == "127.0.0.1");
}
