// SPDX-License-Identifier: MIT
#include <awsxx/credentials/totp.hpp>

#include <awsxx/testing/fake_clock.hpp>

#include <support/catch.hpp>

#include <chrono>
#include <memory>

using namespace awsxx;
using namespace std::chrono_literals;

// RFC 6238, appendix B, SHA-1; the last six of its eight digits.
TEST_CASE("totp: the codes of RFC 6238") {
    const secret key("12345678901234567890");
    const auto code = [&](std::chrono::seconds at) {
        return std::string(totp_code(key, instant(at)).expose());
    };
    CHECK(code(59s) == "287082");
    CHECK(code(1111111109s) == "081804");
    CHECK(code(1111111111s) == "050471");
    CHECK(code(1234567890s) == "005924");
    CHECK(code(2000000000s) == "279037");
    CHECK(code(20000000000s) == "353130");
}

TEST_CASE("totp: the secret is base32, as people write it") {
    const auto time = std::make_shared<testing::fake_clock>();
    const auto prompt = totp_prompt("gezd gnbv-gy3t qojq GEZDGNBVGY3TQOJQ", time);
    const auto code = prompt({.serial_number = "arn:aws:iam::1:mfa/me"});

    REQUIRE(code);
    CHECK(code->expose() == totp_code("12345678901234567890", time->now()).expose());
}

TEST_CASE("totp: what is no base32 is an error that does not repeat it") {
    for (const char* text : {"", "planted1", "===="}) {
        const auto code = totp_prompt(text)({.serial_number = "arn:aws:iam::1:mfa/me"});
        REQUIRE_FALSE(code);
        CHECK(code.error().code == "InvalidMfaSecret");
        CHECK(to_string(code.error()).find("planted") == std::string::npos);
    }
}
