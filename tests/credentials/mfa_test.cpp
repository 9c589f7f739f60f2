// SPDX-License-Identifier: MIT
#include <awsxx/credentials/mfa.hpp>

#include <support/catch.hpp>
#include <support/obtain.hpp>

#include <chrono>
#include <string>
#include <vector>

using namespace awsxx;
using std::chrono::seconds;

namespace {

const mfa_request asked{.serial_number = "arn:aws:iam::111122223333:mfa/dev", .role_arn = "r"};

/// Shows one code after the other, the last one for ever, and remembers the attempts.
struct prompting {
    std::vector<std::string> codes{};
    std::vector<int> attempts{};

    mfa_prompt prompt() {
        return [this](const mfa_request& what) -> expected<secret> {
            attempts.push_back(what.attempt);
            const std::string code = codes.front();
            if (codes.size() > 1) codes.erase(codes.begin());
            return secret(code);
        };
    }
};

}  // namespace

TEST_CASE("MFA: a code is six digits") {
    CHECK(is_mfa_code("000000"));
    for (const char* other : {"", "12345", "1234567", "12345a", "12 345", "123456\n"})
        CHECK_FALSE(is_mfa_code(other));
}

TEST_CASE("MFA: a code is never given out twice") {
    testing::fake_clock time;
    time.set(instant(seconds(1'767'225'610)));
    prompting person{.codes = {"111111", "111111", "222222"}};
    mfa_device device;
    CHECK(device.code(person.prompt(), asked, time)->expose() == "111111");

    CHECK(device.code(person.prompt(), asked, time)->expose() == "222222");

    CHECK(person.attempts == std::vector<int>{1, 1, 2});
    CHECK(time.sleeps() == std::vector<milliseconds>{seconds(20)});
}

TEST_CASE("MFA: a prompt that repeats itself is asked three times") {
    testing::fake_clock time;
    prompting person{.codes = {"111111"}};
    mfa_device device;
    REQUIRE(device.code(person.prompt(), asked, time));
    const auto again = device.code(person.prompt(), asked, time);
    REQUIRE_FALSE(again);
    CHECK(again.error().kind == error_kind::action_needed);
    CHECK(again.error().code == "MfaCodeRepeated");
    CHECK(person.attempts == std::vector<int>{1, 1, 2, 3});
}

TEST_CASE("MFA: what is not a code is refused without being shown") {
    testing::fake_clock time;
    prompting person{.codes = {"hunter2"}};
    const auto code = mfa_device().code(person.prompt(), asked, time);
    REQUIRE_FALSE(code);
    CHECK(code.error().code == "InvalidMfaCode");
    CHECK(to_string(code.error()).find("hunter2") == std::string::npos);
    CHECK(to_string(code.error()).find("mfa/dev") != std::string::npos);
}

TEST_CASE("MFA: a person who gives up is heard") {
    testing::fake_clock time;
    const mfa_prompt no = [](const mfa_request&) -> expected<secret> {
        return error{.kind = error_kind::cancelled, .code = "NoCode"};
    };
    CHECK(mfa_device().code(no, asked, time).error().code == "NoCode");
}

TEST_CASE("MFA: without a prompt the error says who needs a code") {
    const test::made_up_world world;
    const auto code = mfa_code(*world.from, asked);
    REQUIRE_FALSE(code);
    CHECK(code.error().kind == error_kind::action_needed);
    CHECK(code.error().code == "MfaCodeNeeded");
    CHECK(code.error().message.find("r needs a code") == 0);
}

TEST_CASE("MFA: sessions of one configuration share what they know of a device") {
    prompting person{.codes = {"111111", "111111", "222222", "222222"}};
    const test::made_up_world world({}, {.mfa = person.prompt()});
    CHECK(mfa_code(*world.from, asked)->expose() == "111111");
    CHECK(mfa_code(*world.from, asked)->expose() == "222222");
    CHECK(mfa_code(*world.from, {.serial_number = "other"})->expose() == "222222");
}

TEST_CASE("MFA: all sessions of a process know which codes were used") {
    prompting person{.codes = {"111111", "111111", "222222"}};
    const auto time = std::make_shared<testing::fake_clock>();
    settings choices{.mfa = person.prompt(), .outside = testing::isolated_world(time)};
    choices.outside.devices = nullptr;  // those of the process
    const runtime::configuration one(choices);
    const runtime::configuration other(choices);
    const mfa_request here{.serial_number = "of this test alone"};
    CHECK(mfa_code(one, here)->expose() == "111111");

    CHECK(mfa_code(other, here)->expose() == "222222");
}
