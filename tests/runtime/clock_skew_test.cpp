// SPDX-License-Identifier: MIT
#include <awsxx/runtime/clock_skew.hpp>

#include <support/catch.hpp>

#include <chrono>
#include <memory>
#include <optional>

using namespace std::chrono_literals;
using awsxx::instant;
using awsxx::milliseconds;
using awsxx::runtime::clock_skew;
using awsxx::runtime::measured_skew;
using awsxx::runtime::skew_explains;

namespace {

constexpr instant noon{milliseconds(1'576'540'098'000)};  // Mon, 16 Dec 2019 23:48:18 GMT

awsxx::http::headers dated(const char* date = "Mon, 16 Dec 2019 23:48:18 GMT") {
    awsxx::http::headers answer;
    answer.add("Date", date);
    return answer;
}

}  // namespace

TEST_CASE("clock skew: is the service's date against the middle of the round trip") {
    CHECK(measured_skew(dated(), {noon, noon}) == 0ms);
    CHECK(measured_skew(dated(), {noon - 1h, noon - 1h + 2s}) == 1h - 1s);
    CHECK(measured_skew(dated(), {noon + 10min, noon + 10min + 1ms}) == -10min);
}

TEST_CASE("clock skew: an answer that says nothing about now is not measured") {
    auto cached = dated();
    cached.add("age", "3");
    CHECK_FALSE(measured_skew(cached, {noon, noon}).has_value());
    CHECK_FALSE(measured_skew({}, {noon, noon}).has_value());
    CHECK_FALSE(measured_skew(dated("yesterday"), {noon, noon}).has_value());
    CHECK(measured_skew(dated(), {noon - 15min, noon}).has_value());
    CHECK_FALSE(measured_skew(dated(), {noon - 15min - 1ms, noon}).has_value());
    CHECK_FALSE(measured_skew(dated(), {noon, noon - 1ms}).has_value());
}

TEST_CASE("clock skew: explains a refused signature if it is more than four minutes") {
    CHECK(skew_explains({.code = "RequestTimeTooSkewed"}, 4min + 1ms));
    CHECK(skew_explains({.code = "SignatureDoesNotMatch"}, -5min));
    CHECK(skew_explains({.code = "AccessDeniedException"}, 1h));
    const awsxx::error renamed{
        .code = "InvalidSecurity",
        .details = std::make_shared<const awsxx::error_details>(
            awsxx::error_details{.modeled_code = "InvalidSignatureException"})};
    CHECK(skew_explains(renamed, 1h));
    CHECK_FALSE(skew_explains({.code = "RequestTimeTooSkewed"}, 4min));
    CHECK_FALSE(skew_explains({.code = "RequestTimeTooSkewed"}, -4min));
    CHECK_FALSE(skew_explains({.code = "RequestExpired"}, 1h));
    CHECK_FALSE(skew_explains({.code = "AccessDenied"}, 1h));
}

TEST_CASE("clock skew: the last measurement counts") {
    clock_skew skew;
    CHECK(skew.current() == 0ms);
    skew.learn(-5min);
    skew.learn(3ms);
    CHECK(skew.current() == 3ms);
}
