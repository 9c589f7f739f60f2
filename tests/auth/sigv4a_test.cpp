// SPDX-License-Identifier: MIT
#include <awsxx/auth/sigv4a.hpp>  // first: it must compile on its own

#include <awsxx/auth/sigv4.hpp>
#include <awsxx/crypto/encode.hpp>

#include <support/catch.hpp>
#include <support/ec_keys.hpp>
#include <support/signing_samples.hpp>

#include <string>
#include <string_view>

using namespace awsxx;
using test::sample_keys;
using test::sample_request;

namespace {

auth::signing everywhere() {
    auto how = test::sample_signing();
    how.region = "*";
    return how;
}

http::request signed_for(const auth::signing& how, const credentials& keys = sample_keys()) {
    http::request out;
    REQUIRE(auth::sign_sigv4a(sample_request(), keys, how, out));
    return out;
}

/// Of the sample keys, over a request in its canonical form.
bool verifies(const std::string& canonical, const std::string& signature) {
    const auto key =
        auth::derive_sigv4a_key(sample_keys().access_key_id, sample_keys().secret_access_key);
    const std::string text =
        "AWS4-ECDSA-P256-SHA256\n20150830T123600Z\n20150830/service/aws4_request\n" +
        crypto::to_hex(crypto::as_text(crypto::sha256_of(canonical)));
    return test::verifies_der(key->x(), key->y(), text, *crypto::from_hex(signature));
}

}  // namespace

TEST_CASE("sigv4a: the header names no region, and its signature holds") {
    const http::request out = signed_for(everywhere());
    const std::string proof(*out.headers.find("authorization"));
    const std::string begin =
        "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, "
        "SignedHeaders=host;x-amz-date;x-amz-region-set, Signature=";
    REQUIRE(proof.starts_with(begin));
    CHECK(out.headers.find("x-amz-region-set") == "*");
    const auto canonical = auth::canonical_request_text(out, everywhere());
    CHECK(verifies(*canonical, proof.substr(begin.size())));
    CHECK_FALSE(verifies(*canonical + " ", proof.substr(begin.size())));
}

TEST_CASE("sigv4a: an address carries the set of regions and a signature that holds") {
    auto how = everywhere();
    how.region = "us-west-*,eu-west-1";
    auto keys = sample_keys();
    keys.session_token = "a/b";
    const auto link = auth::presign_sigv4a(sample_request(), keys, how, seconds(60));
    REQUIRE(link);
    const std::string& query = link->target.query;
    const std::size_t end = query.find("&X-Amz-Signature=");
    CHECK(query.substr(0, end) ==
          "X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256&"
          "X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fservice%2Faws4_request&"
          "X-Amz-Date=20150830T123600Z&X-Amz-Expires=60&"
          "X-Amz-Region-Set=us-west-%2A%2Ceu-west-1&X-Amz-Security-Token=a%2Fb&"
          "X-Amz-SignedHeaders=host");
    const std::string canonical = "GET\n/\n" + query.substr(0, end) +
                                  "\nhost:example.amazonaws.com\n\nhost\n" +
                                  std::string(auth::empty_payload);
    CHECK(verifies(canonical, query.substr(end + 17)));
}

TEST_CASE("sigv4a: a request that was signed for other regions can be signed again") {
    http::request other;
    REQUIRE(auth::sign_sigv4a(
        signed_for(everywhere()), sample_keys(),
        {.region = "eu-west-1", .service = "service", .when = test::sample_signing().when}, other));
    CHECK(other.headers.find("x-amz-region-set") == "eu-west-1");
    http::request plain;
    REQUIRE(auth::sign(other, sample_keys(), test::sample_signing(), plain));
    CHECK_FALSE(plain.headers.contains("x-amz-region-set"));
}

TEST_CASE("sigv4a: the token is signed, or added when all is signed") {
    auto keys = sample_keys();
    keys.session_token = "token";
    auto how = everywhere();
    const auto with = signed_for(how, keys);
    how.rules.sign_token = false;
    const auto after = signed_for(how, keys);
    const auto lists_token = [](const http::request& out) {
        return out.headers.find("authorization")->find(";x-amz-security-token,") !=
               std::string_view::npos;
    };
    CHECK(lists_token(with));
    CHECK_FALSE(lists_token(after));
    CHECK(after.headers.find("x-amz-security-token") == "token");
}

TEST_CASE("sigv4a: the body's hash is sent where the service wants it") {
    auto how = everywhere();
    how.rules = auth::rules_for("s3");
    CHECK(signed_for(how).headers.find("x-amz-content-sha256") == auth::empty_payload);
}

TEST_CASE("sigv4a: what is no set of regions is refused") {
    for (const char* set : {"", ",", "a,", "a,,b", "a b", "a/b"}) {
        auto how = everywhere();
        how.region = set;
        http::request out;
        CHECK(auth::sign_sigv4a(sample_request(), sample_keys(), how, out).error().code ==
              "CannotSign");
        CHECK_FALSE(auth::presign_sigv4a(sample_request(), sample_keys(), how, seconds(60)));
        CHECK_FALSE(auth::sigv4a_chain_after(signed_for(everywhere()), sample_keys(), how));
    }
}

TEST_CASE("sigv4a: what cannot be signed is refused") {
    auto how = everywhere();
    http::request out;
    CHECK_FALSE(auth::sign_sigv4a(sample_request(), {}, how, out));
    CHECK_FALSE(auth::presign_sigv4a(sample_request(), sample_keys(), how, seconds(604801)));
    CHECK_FALSE(auth::sigv4a_chain_after(sample_request(), sample_keys(), how));
    how.service = "a/b";
    CHECK_FALSE(auth::sign_sigv4a(sample_request(), sample_keys(), how, out));
}
