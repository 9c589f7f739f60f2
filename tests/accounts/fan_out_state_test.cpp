// SPDX-License-Identifier: MIT
#include <awsxx/accounts/fan_out_state.hpp>
#include <awsxx/testing/isolated_world.hpp>

#include <support/catch.hpp>

#include <string>

using namespace awsxx;
using accounts::fan_out_state;

namespace {

std::string refused(const std::string& text) {
    const auto found = fan_out_state::parse(text);
    return found ? "read" : to_string(found.error());
}

fan_out_state sample() {
    fan_out_state state("tag all\nbuckets");
    state.add("111122223333/audit/eu-west-1");
    state.add("a name with spaces, 100% and \xff");
    return state;
}

}  // namespace

TEST_CASE("fan-out state: what is written is read again, whatever names are like") {
    const auto again = fan_out_state::parse(sample().text());

    REQUIRE(again);
    CHECK(*again == sample());
    CHECK(again->job() == "tag all\nbuckets");
    CHECK(again->is_done("a name with spaces, 100% and \xff"));
    CHECK_FALSE(again->is_done("eu-west-1"));
    CHECK(sample().text() ==
          "awsxx fan-out 1\njob tag%20all%0Abuckets\n"
          "done 111122223333/audit/eu-west-1\n"
          "done a%20name%20with%20spaces,%20100%25%20and%20%FF\nend 2\n");
    CHECK(*fan_out_state::parse(fan_out_state().text()) == fan_out_state());
}

TEST_CASE("fan-out state: half of it is no state, nor is anything else") {
    const std::string whole = sample().text();
    for (std::size_t size = 0; size + 1 < whole.size(); ++size)
        CHECK(refused(whole.substr(0, size)).starts_with("BadFanOutState: line "));
    CHECK(refused(whole + "more") == "BadFanOutState: line 5: targets are missing");
    CHECK(refused("awsxx fan-out 2\n") == "BadFanOutState: line 1: no fan-out state");
    CHECK(refused("awsxx fan-out 1\njob x\ndone %zz\nend 1\n") ==
          "BadFanOutState: line 3: expected a target or the end");
    CHECK(refused("awsxx fan-out 1\njob x\ndone a\nend 2\n") ==
          "BadFanOutState: line 4: targets are missing");
}

TEST_CASE("fan-out state: a file keeps it; without one a job begins anew") {
    testing::made_up_files files;
    const auto fresh = accounts::try_load(files, "/state", "tag all\nbuckets");
    REQUIRE(fresh);
    CHECK(fresh->done().empty());
    CHECK(fresh->job() == "tag all\nbuckets");

    REQUIRE(accounts::save(sample(), files, "/state"));
    CHECK(*accounts::try_load(files, "/state", "tag all\nbuckets") == sample());
}

TEST_CASE("fan-out state: a file of another job, or a broken one, is refused") {
    testing::made_up_files files(testing::made_up_files::contents{{"/broken", "end 0\n"}});
    REQUIRE(accounts::save(sample(), files, "/state"));

    CHECK(accounts::try_load(files, "/state", "delete all").error().code == "AnotherJob");
    CHECK(to_string(accounts::try_load(files, "/broken", "x").error()) ==
          "BadFanOutState: /broken <- BadFanOutState: line 1: no fan-out state");
}

TEST_CASE("fan-out state: what nobody could read again is not written over what is there") {
    testing::made_up_files files;
    REQUIRE(accounts::save(sample(), files, "/state"));
    fan_out_state large("tag all\nbuckets");
    large.add(std::string(fan_out_state::most_bytes / 3, '%'));  // three times as long in the file

    CHECK(accounts::save(large, files, "/state").error().code == "BadFanOutState");
    CHECK(*accounts::try_load(files, "/state", "tag all\nbuckets") == sample());
}
