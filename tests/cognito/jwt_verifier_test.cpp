// SPDX-License-Identifier: MIT
#include <awsxx/cognito/jwt_verifier.hpp>
#include <awsxx/crypto/private_key.hpp>

#include <support/catch.hpp>
#include <support/cognito_scene.hpp>
#include <support/key_pairs.hpp>

#include <string>
#include <utility>

namespace {

using namespace awsxx::cognito;
using test::bad;
using test::good;
using json = nlohmann::json;

std::string part(const std::string& bytes) {
    return awsxx::crypto::to_base64(bytes, awsxx::crypto::base64_alphabet::url);
}

/// A pool's key, as it is published and as it signs.
struct pool_key {
    std::string id{};
    test::key_pair pair = test::key_pair::rsa();

    json published() const {
        BIGNUM* n = nullptr;
        EVP_PKEY_get_bn_param(pair.get(), "n", &n);
        std::string bytes(static_cast<std::size_t>(BN_num_bytes(n)), '\0');
        BN_bn2bin(n, reinterpret_cast<unsigned char*>(bytes.data()));
        BN_free(n);
        return {{"kty", "RSA"}, {"kid", id}, {"n", part(bytes)}, {"e", "AQAB"}, {"alg", "RS256"}};
    }
    awsxx::secret token(const json& claims, const char* algorithm = "RS256") const {
        return token_with(json{{"alg", algorithm}, {"kid", id}}, claims);
    }
    awsxx::secret token_with(const json& header, const json& claims) const {
        const std::string text = part(header.dump()) + "." + part(claims.dump());
        const auto key = awsxx::crypto::private_key::from_pem(pair.pkcs8());
        return text + "." + part(*key->sign_sha256(text));
    }
};

const pool_key& first_key() {
    static const pool_key one{"k1"};
    return one;
}

/// A pool that publishes keys.
struct scene : test::cognito_scene {
    json keys = json::array({first_key().published()});
    int fetches = 0;
    std::string body{};

    scene() {
        elsewhere = [this](const awsxx::http::request& to,
                           const awsxx::http::exchange&) -> transport::answer {
            ++fetches;
            CHECK(to.method == "GET");
            CHECK(to.target.path == "/eu-west-1_Pool1/.well-known/jwks.json");
            return awsxx::http::response{.status = 200,
                                         .body = body.empty() ? json{{"keys", keys}}.dump() : body};
        };
        // The pool in memory answers for its host; the keys are published elsewhere.
    }
    jwt_verifier verifier() const {
        return jwt_verifier(pool(), {.issuer = issuer(), .keys_url = keys_url()});
    }
    static std::string issuer() {
        return "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Pool1";
    }
    static std::string keys_url() {
        return "https://keys.example.com/eu-west-1_Pool1/.well-known/jwks.json";
    }
    json claims() const {
        const auto now =
            std::chrono::duration_cast<std::chrono::seconds>(service.time->now().time_since_epoch())
                .count();
        return {{"iss", issuer()},    {"token_use", "access"}, {"client_id", "client"},
                {"aud", "client"},    {"exp", now + 300},      {"iat", now},
                {"username", "alice"}};
    }
};

json with(json claims, const char* name, const json& value) {
    claims[name] = value;
    return claims;
}

}  // namespace

TEST_CASE("jwt verifier: what the pool signed for this client passes") {
    scene here;
    const auto verifier = here.verifier();
    CHECK(good(verifier.try_verify(first_key().token(here.claims()), token_use::access))
              .text("username") == "alice");
    good(verifier.try_verify(first_key().token(with(here.claims(), "token_use", "id")),
                             token_use::id));
    CHECK(here.fetches == 1);
}

TEST_CASE("jwt verifier: each claim that is wrong is told") {
    scene here;
    const auto verifier = here.verifier();
    const json fine = here.claims();
    const long now = fine.at("iat").get<long>();
    const std::pair<json, const char*> cases[] = {
        {with(fine, "iss", "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Other"),
         "another pool"},
        {with(fine, "token_use", "id"), "no access token"},
        {with(fine, "client_id", "another"), "another client"},
        {with(fine, "exp", now - 61), "time is over"},
        {with(fine, "exp", "never"), "time is over"},
        {with(fine, "iat", now + 61), "has not begun"}};
    for (const auto& [claims, why] : cases) {
        const auto refusal = bad(verifier.try_verify(first_key().token(claims), token_use::access));
        CHECK(refusal.kind == awsxx::error_kind::not_authenticated);
        CHECK(refusal.message.find(why) != std::string::npos);
    }
    good(verifier.try_verify(first_key().token(with(fine, "exp", now - 59)), token_use::access));
    CHECK(bad(verifier.try_verify(first_key().token(fine), token_use::id)).message.find("no ID") !=
          std::string::npos);
}

TEST_CASE("jwt verifier: the longest leeway there is does not overflow") {
    scene here;
    const json fine = here.claims();
    const jwt_verifier verifier(here.pool(), {.issuer = scene::issuer(),
                                              .keys_url = scene::keys_url(),
                                              .leeway = awsxx::milliseconds::max()});
    good(verifier.try_verify(first_key().token(fine), token_use::access));
}

TEST_CASE("jwt verifier: signatures that are not the pool's are refused") {
    scene here;
    const auto verifier = here.verifier();
    const auto refusal = [&](const awsxx::secret& token) {
        return bad(verifier.try_verify(token, token_use::access)).message;
    };
    const pool_key forged{"k1"};
    CHECK(refusal(forged.token(here.claims())).find("signature is wrong") != std::string::npos);
    std::string changed(first_key().token(here.claims()).expose());
    const auto dot = changed.find('.');
    changed.replace(dot + 1, changed.rfind('.') - dot - 1,
                    part(with(here.claims(), "username", "root").dump()));
    CHECK(refusal(changed).find("signature is wrong") != std::string::npos);
    const json critical{{"alg", "RS256"}, {"kid", "k1"}, {"crit", json::array({"b64"})}};
    CHECK(refusal(first_key().token_with(critical, here.claims())).find("rules") !=
          std::string::npos);
    for (const char* algorithm : {"none", "HS256", ""})
        CHECK(refusal(first_key().token(here.claims(), algorithm)).find("RS256") !=
              std::string::npos);
}

TEST_CASE("jwt verifier: an unknown key makes it fetch the keys again, but not at every token") {
    scene here;
    const auto verifier = here.verifier();
    good(verifier.try_verify(first_key().token(here.claims()), token_use::access));
    const pool_key second{"k2"};
    bad(verifier.try_verify(second.token(here.claims()), token_use::access));
    CHECK(here.fetches == 1);
    here.keys.push_back(second.published());
    here.let_pass(std::chrono::minutes(2));
    good(verifier.try_verify(second.token(here.claims()), token_use::access));
    bad(verifier.try_verify(pool_key{"k3"}.token(here.claims()), token_use::access));
    CHECK(here.fetches == 2);
}

TEST_CASE("jwt verifier: keys that are no keys are an error of the pool's") {
    scene here;
    for (const char* odd : {"<html>", "[]", "{}", "{\"keys\":{}}"}) {
        here.body = odd;
        CHECK(bad(here.verifier().try_verify(first_key().token(here.claims()), token_use::access))
                  .code == "MalformedAnswer");
    }
    here.body =
        R"({"keys":[1,{"kty":"EC","kid":"k1"},{"kty":"RSA","kid":"k1","n":"AQAB","e":"AQAB"}]})";
    CHECK(
        bad(here.verifier().try_verify(first_key().token(here.claims()), token_use::access)).code ==
        "TokenRefused");
}
