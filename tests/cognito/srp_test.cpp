// SPDX-License-Identifier: MIT
#include <awsxx/cognito/pool_id.hpp>
#include <awsxx/cognito/secret_hash.hpp>
#include <awsxx/cognito/srp.hpp>
#include <awsxx/core/date.hpp>

#include <support/catch.hpp>

#include <nlohmann/json.hpp>

#include <clocale>
#include <fstream>
#include <string>
#include <utility>

namespace {

namespace cognito = awsxx::cognito;
namespace numbers = awsxx::cognito::detail::srp;
using numbers::number;

nlohmann::json vectors() {
    std::ifstream file(AWSXX_TEST_DATA_DIR "/cognito_srp/edge.json");
    return nlohmann::json::parse(file);
}

std::string text(const nlohmann::json& of, const char* name) {
    return of.value(name, std::string());
}

awsxx::instant at(const char* when) {
    return awsxx::parse_date(when, awsxx::date_format::date_time)->to_instant();
}

cognito::srp_challenge challenge(const nlohmann::json& one) {
    const bool device = one.at("kind") == "device";
    return {.group = device ? text(one, "device_group_key")
                            : cognito::parse_pool_id(text(one, "user_pool_id"))->name,
            .user = text(one, device ? "device_key" : "username"),
            .salt = text(one, "salt"),
            .srp_b = text(one, "srp_b"),
            .secret_block = text(one, "secret_block")};
}

const cognito::srp_challenge any{
    .group = "Pool", .user = "alice", .salt = "1f", .srp_b = "abcdef", .secret_block = "AAAA"};

awsxx::error refusal(const cognito::srp_challenge& asked) {
    const auto exchange = cognito::srp_exchange::begin();
    REQUIRE(exchange);
    const auto proof = exchange->prove(asked, "secret words", awsxx::instant{});
    REQUIRE_FALSE(proof);
    CHECK(to_string(proof.error()).find("secret words") == std::string::npos);
    return proof.error();
}

/// How many of the vectors a group gets right.
int right_with(const numbers::group& in) {
    int right = 0;
    for (const auto& one : vectors()) {
        const awsxx::secret own(text(one, "a"));
        const auto exchange = cognito::srp_exchange::begin_with(own);
        const auto found = numbers::compute(
            in, {number::from_hex(own.expose()), number::from_hex(exchange->public_value())},
            challenge(one), text(one, "password"));
        right +=
            found && awsxx::crypto::to_hex(found->key.expose()) == text(one.at("expected"), "K");
    }
    return right;
}

}  // namespace

TEST_CASE("srp: every proof is the one that the service computes") {
    const auto all = vectors();
    CHECK(all.size() == 14);
    for (const auto& one : all) {
        INFO(text(one, "id"));
        const auto exchange = cognito::srp_exchange::begin_with(text(one, "a"));
        REQUIRE(exchange);
        const auto proof =
            exchange->prove(challenge(one), text(one, "password"), at(text(one, "time").c_str()));
        REQUIRE(proof);
        CHECK(exchange->public_value() == text(one.at("expected"), "A"));
        CHECK(proof->signature == text(one.at("expected"), "signature"));
        CHECK(proof->timestamp == text(one.at("expected"), "timestamp"));
    }
}

TEST_CASE("srp: another generator, or another multiplier, gets every proof wrong") {
    CHECK(right_with(numbers::cognito_group()) == 14);
    numbers::group five{number::prime_3072(), number(5), {}};  // as RFC 5054 has it
    five.k = numbers::hashed(five.n.signed_bytes(), five.g.signed_bytes());
    CHECK(right_with(five) == 0);
    numbers::group unsigned_bytes = numbers::cognito_group();
    unsigned_bytes.k = numbers::hashed(unsigned_bytes.n.bytes(), unsigned_bytes.g.bytes());
    CHECK(right_with(unsigned_bytes) == 0);
}

TEST_CASE("srp: two exchanges have different numbers") {
    CHECK(cognito::srp_exchange::begin()->public_value() !=
          cognito::srp_exchange::begin()->public_value());
}

TEST_CASE("srp: a service that sends zero, or a multiple of the prime, learns nothing") {
    const std::string prime(number::prime_3072().hex().expose());
    for (const std::string& zero : {std::string("0"), std::string("0000"), prime, "00" + prime}) {
        auto asked = any;
        asked.srp_b = zero;
        const auto why = refusal(asked);
        CHECK(why.code == "UnsafeSrpValue");
        CHECK(why.kind == awsxx::error_kind::malformed_answer);
    }
}

TEST_CASE("srp: what is no number is refused and named") {
    auto asked = any;
    for (const char* odd : {"", "xyz", "0x12", " 12", "-1"}) {
        asked.srp_b = odd;
        CHECK(refusal(asked).code == "MalformedSrpValue");
        asked.srp_b = any.srp_b;
        asked.salt = odd;
        CHECK(refusal(asked).message.find("SALT") != std::string::npos);
        asked.salt = any.salt;
    }
    asked.srp_b = std::string(100000, 'f');
    CHECK(refusal(asked).code == "MalformedSrpValue");
    asked = any;
    asked.secret_block = "not base64!";
    CHECK(refusal(asked).message.find("SECRET_BLOCK") != std::string::npos);
}

TEST_CASE("srp: digits of either case, and zeros in front of a salt, are the same number") {
    const auto exchange = cognito::srp_exchange::begin_with("abcdef0123");
    auto other = any;
    other.srp_b = "00ABCDEF";
    other.salt = "001F";
    CHECK(exchange->prove(any, "p", awsxx::instant{})->signature ==
          exchange->prove(other, "p", awsxx::instant{})->signature);
}

TEST_CASE("srp: timestamps are in English and UTC, days without a zero in front") {
    const char* const before = std::setlocale(LC_ALL, "de_DE.UTF-8");
    CHECK(cognito::srp_timestamp(at("2030-05-07T00:09:40Z")) == "Tue May 7 00:09:40 UTC 2030");
    CHECK(cognito::srp_timestamp(at("2026-12-31T23:59:59.999Z")) == "Thu Dec 31 23:59:59 UTC 2026");
    if (before != nullptr) std::setlocale(LC_ALL, "C");
}

TEST_CASE("srp: the verifier of a device is proved by its password") {
    const auto stored = cognito::make_srp_verifier("-group", "eu-west-1_key", "device password");
    REQUIRE(stored);
    const auto again = cognito::make_srp_verifier(
        "-group", "eu-west-1_key", "device password",
        awsxx::crypto::to_hex(*awsxx::crypto::from_base64(stored->salt)));
    CHECK(again->verifier == stored->verifier);
    CHECK_FALSE(cognito::make_srp_verifier("g", "u", "p", "no hex"));
}

TEST_CASE("pool ids: region and name stand on either side of the underscore") {
    const auto id = cognito::parse_pool_id("eu-west-1_Ab12Cd34e");
    CHECK(id->region == "eu-west-1");
    CHECK(id->name == "Ab12Cd34e");
    for (const char* odd : {"", "eu-west-1", "_x", "eu-west-1_", "a b_c", "eu_west_1"}) {
        const auto refused = cognito::parse_pool_id(odd);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == "InvalidUserPoolId");
        CHECK(refused.error().kind == awsxx::error_kind::invalid_argument);
    }
}

TEST_CASE("secret hash: it is an HMAC of user and client under the client's secret") {
    CHECK(cognito::secret_hash("alice", "client", "secret") ==
          awsxx::crypto::to_base64(
              awsxx::crypto::as_text(awsxx::crypto::hmac_key("secret").sign("aliceclient"))));
}
