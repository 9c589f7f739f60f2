// SPDX-License-Identifier: MIT
#include <awsxx/auth/x509.hpp>  // first: it must compile on its own
#include <awsxx/http/parse_uri.hpp>

#include <awsxx/auth/sigv4.hpp>

#include <support/catch.hpp>
#include <support/key_pairs.hpp>

#include <chrono>
#include <string>
#include <string_view>

using namespace awsxx;

namespace {

auth::x509_identity identity_of(const test::key_pair& pair, const std::string& more = "") {
    const std::string pem = pair.certificate({.serial = "123456789012345678901234567890"}) + more;
    return *auth::x509_identity::make(*crypto::certificate::from_pem(pem),
                                      *crypto::private_key::from_pem(pair.pkcs8()));
}

auth::signing roles_anywhere() {
    return {.region = "eu-west-1",
            .service = "rolesanywhere",
            .when = instant(std::chrono::sys_days(std::chrono::year(2026) / 1 / 2))};
}

http::request create_session() {
    http::request draft{.method = "POST",
                        .target = *http::parse_uri("https://rolesanywhere.eu-west-1.amazonaws.com"
                                                   "/sessions?roleArn=arn%3Aaws%3Aiam"),
                        .body = http::body(std::string("{}"))};
    draft.headers.add("Content-Type", "application/json");
    return draft;
}

http::request signed_by(const auth::x509_identity& who, const http::request& draft) {
    http::request out;
    REQUIRE(auth::sign_x509(draft, who, roles_anywhere(), out));
    return out;
}

std::string header(const http::request& from, const char* name) {
    return std::string(from.headers.find(name).value_or("none"));
}

/// What has to be signed, put together a second time.
std::string string_to_sign_of(const http::request& out, std::string_view algorithm) {
    const auto canonical = auth::canonical_request_text(out, roles_anywhere());
    return std::string(algorithm) +
           "\n20260102T000000Z\n20260102/eu-west-1/rolesanywhere/aws4_request\n" +
           crypto::to_hex(crypto::as_text(crypto::sha256_of(*canonical)));
}

void check_signature(const test::key_pair& pair, const std::string& algorithm) {
    const http::request draft = create_session();  // owns the body
    const http::request out = signed_by(identity_of(pair), draft);
    const std::string proof = header(out, "authorization");
    const std::string begin = algorithm +
                              " Credential=123456789012345678901234567890/20260102/eu-west-1/"
                              "rolesanywhere/aws4_request, SignedHeaders=content-type;host;"
                              "x-amz-date;x-amz-x509, Signature=";
    REQUIRE(proof.substr(0, begin.size()) == begin);
    const auto signature = crypto::from_hex(proof.substr(begin.size()));
    REQUIRE(signature);
    CHECK(pair.verifies(string_to_sign_of(out, algorithm), *signature));
}

}  // namespace

TEST_CASE("x509 signing: RSA and EC keys sign under their own names") {
    check_signature(test::an_rsa_key(), "AWS4-X509-RSA-SHA256");
    check_signature(test::an_ec_key(), "AWS4-X509-ECDSA-SHA256");
}

TEST_CASE("x509 signing: the certificate is sent, and those that vouch for it") {
    const auto& pair = test::an_ec_key();
    const std::string middle = pair.certificate({.subject = "middle"});
    const std::string upper = pair.certificate({.subject = "upper"});
    const auto who = identity_of(pair, middle + upper);
    const http::request draft = create_session();
    const http::request out = signed_by(who, draft);
    CHECK(header(out, "x-amz-x509") == crypto::to_base64(who.certificate().der()));
    const auto& chain = who.certificate().chain();
    REQUIRE(chain.size() == 2);
    CHECK(header(out, "x-amz-x509-chain") ==
          crypto::to_base64(chain[0]) + "," + crypto::to_base64(chain[1]));
    CHECK(header(out, "authorization").find(";x-amz-x509;x-amz-x509-chain,") != std::string::npos);
}

TEST_CASE("x509 signing: a signed request can be signed again") {
    const auto long_chain =
        identity_of(test::an_rsa_key(), test::an_rsa_key().certificate({.subject = "upper"}));
    const auto who = identity_of(test::an_rsa_key());
    const http::request once = signed_by(who, create_session());
    const http::request twice = signed_by(who, signed_by(long_chain, create_session()));
    CHECK(header(twice, "authorization") == header(once, "authorization"));
    CHECK(header(twice, "x-amz-x509-chain") == "none");
}

TEST_CASE("x509 signing: a key of another certificate is refused") {
    const auto other = auth::x509_identity::make(
        *crypto::certificate::from_pem(test::an_rsa_key().certificate({})),
        *crypto::private_key::from_pem(test::an_ec_key().pkcs8()));
    REQUIRE_FALSE(other);
    CHECK(other.error().code == "KeyMismatch");
}

TEST_CASE("x509 signing: what cannot be in a scope is refused") {
    auth::signing how = roles_anywhere();
    how.region = "a/b";
    http::request out;
    const auto done = auth::sign_x509(create_session(), identity_of(test::an_ec_key()), how, out);
    REQUIRE_FALSE(done);
    CHECK(done.error().code == "CannotSign");
}
