// SPDX-License-Identifier: MIT
#include <awsxx/auth/string_to_sign.hpp>

#include <support/catch.hpp>

#include <chrono>
#include <string>

using namespace awsxx;
using namespace std::chrono;

TEST_CASE("signing time: the time of day, to the second below") {
    const sys_days day = 2015y / August / 30;
    CHECK(auth::signing_time("20150830", day).text() == "20150830T000000Z");
    CHECK(auth::signing_time("20150830", day + 12h + 36min).text() == "20150830T123600Z");
    CHECK(auth::signing_time("20150830", day + 24h - 1ms).text() == "20150830T235959Z");
    CHECK(auth::signing_time("19691231", sys_days(1970y / January / 1) - 1ms).text() ==
          "19691231T235959Z");
}

TEST_CASE("string to sign: four lines, the longest scope included") {
    const auth::signing_time time("20150830", sys_days(2015y / August / 30));
    const std::string scope =
        "20150830/" + std::string(63, 'r') + "/" + std::string(63, 's') + "/aws4_request";
    const auth::string_to_sign text("AWS4-HMAC-SHA256", time, scope, crypto::sha256_of(""));
    CHECK(text.text() == "AWS4-HMAC-SHA256\n20150830T000000Z\n" + scope +
                             "\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}
