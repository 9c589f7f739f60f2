// SPDX-License-Identifier: MIT
#include <awsxx/cognito/jwt.hpp>

#include <support/catch.hpp>

#include <string>

namespace {

std::string part(const std::string& json) {
    return awsxx::crypto::to_base64(json, awsxx::crypto::base64_alphabet::url);
}
std::string token(const std::string& claims) {
    return part(R"({"alg":"RS256","kid":"k1"})") + "." + part(claims) + "." + part("signature");
}

}  // namespace

TEST_CASE("jwt: claims are readable, whatever their type") {
    const auto read = awsxx::cognito::jwt::parse(
        token(R"({"sub":"1-2","exp":1767225600,"iat":1767222000.5,"cognito:groups":["a"]})"));
    REQUIRE(read);
    CHECK(read->text("sub") == "1-2");
    CHECK(read->text("absent").empty());
    CHECK(read->text("exp").empty());
    CHECK(read->claims().at("cognito:groups").at(0) == "a");
    CHECK(read->expiration() == awsxx::instant(std::chrono::seconds(1767225600)));
    CHECK(read->issued_at() == awsxx::instant(std::chrono::seconds(1767222000)));
    CHECK(read->key_id() == "k1");
    CHECK(read->algorithm() == "RS256");
    CHECK(read->signature() == "signature");
}

TEST_CASE("jwt: a token that is cut or is none is refused, and not repeated") {
    const std::string whole = token(R"({"sub":"secret-sub"})");
    for (const std::string& odd :
         {std::string(), std::string("a.b"), std::string("..."), whole.substr(0, whole.size() - 15),
          whole.substr(0, 60), "!" + whole, part("[]") + "." + part("{}") + ".",
          part("{}") + "." + part("{") + ".", whole + std::string(70000, 'a')}) {
        const auto read = awsxx::cognito::jwt::parse(odd);
        REQUIRE_FALSE(read);
        CHECK(read.error().code == "MalformedToken");
        CHECK(to_string(read.error()).find("secret") == std::string::npos);
    }
}

TEST_CASE("jwt: times that no calendar has are none") {
    for (const char* odd : {"\"soon\"", "-1", "1e300", "null"}) {
        const auto read = awsxx::cognito::jwt::parse(token(R"({"exp":)" + std::string(odd) + "}"));
        REQUIRE(read);
        CHECK_FALSE(read->expiration());
    }
}
