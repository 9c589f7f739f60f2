// SPDX-License-Identifier: MIT
#include <awsxx/credentials/roles_anywhere.hpp>  // first: it must compile on its own

#include <awsxx/auth/sigv4.hpp>

#include <support/catch.hpp>
#include <support/key_pairs.hpp>
#include <support/obtain.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace awsxx;

namespace {

constexpr const char* answer_body = R"({"credentialSet":[{"credentials":{"accessKeyId":"ASIARA",
    "secretAccessKey":"planted-secret","sessionToken":"planted-token",
    "expiration":"2026-01-01T01:00:00Z"},"roleArn":"arn:aws:iam::444455556666:role/host",
    "assumedRoleUser":{"arn":"arn:x","assumedRoleId":"y"},"packedPolicySize":1}],
    "subjectArn":"arn:aws:rolesanywhere:eu-west-1:111122223333:subject/s"})";

roles_anywhere_options host_role(const test::key_pair& key = test::an_ec_key()) {
    return {.trust_anchor_arn = "arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/ta",
            .profile_arn = "arn:aws:rolesanywhere:eu-west-1:111122223333:profile/p",
            .role_arn = "arn:aws:iam::444455556666:role/host",
            .holder = {.certificate = key.certificate({.serial = "98765432109876543210"}),
                       .key = key.pkcs8()}};
}

http::response answer(int status, std::string body) {
    return {.status = status, .headers = {}, .body = std::move(body)};
}

std::string outcome(const roles_anywhere_options& what,
                    const std::vector<testing::scripted_transport::answer>& all = {}) {
    test::made_up_world world;
    for (const auto& one : all) world.network.then(one);
    roles_anywhere_credentials provider(what, world.from);
    return world.outcome(provider);
}

/// Checks the signature of what was sent, and returns its Authorization.
std::string checked_proof(const http::request& sent, const test::key_pair& key, instant when) {
    const std::string proof(sent.headers.find("authorization").value_or(""));
    const std::string algorithm = proof.substr(0, proof.find(' '));
    const auth::signing how{.region = "eu-west-1", .service = "rolesanywhere", .when = when};
    const auto canonical = auth::canonical_request_text(sent, how);
    REQUIRE(canonical);
    const std::string date(sent.headers.find("x-amz-date").value_or(""));
    const std::string text = algorithm + "\n" + date + "\n" + date.substr(0, 8) +
                             "/eu-west-1/rolesanywhere/aws4_request\n" +
                             crypto::to_hex(crypto::as_text(crypto::sha256_of(*canonical)));
    const std::size_t at = proof.find("Signature=");
    REQUIRE(at != std::string::npos);
    CHECK(key.verifies(text, crypto::from_hex(proof.substr(at + 10)).value_or("")));
    return proof;
}

void check_fetch(const test::key_pair& key, std::string_view algorithm) {
    test::made_up_world world;
    world.network.then(answer(201, answer_body));
    roles_anywhere_credentials provider(host_role(key), world.from);

    const auto keys = world.obtain(provider);

    if (!keys) FAIL(to_string(keys.error()));
    CHECK((*keys)->access_key_id == "ASIARA");
    CHECK((*keys)->secret_access_key.expose() == "planted-secret");
    CHECK((*keys)->session_token.expose() == "planted-token");
    CHECK((*keys)->account_id == "444455556666");
    CHECK((*keys)->source == "IAM Roles Anywhere arn:aws:iam::444455556666:role/host");
    CHECK((*keys)->expiration.has_value());
    const auto sent = world.network.requests().at(0);
    const std::string proof = checked_proof(sent, key, world.time->now());
    CHECK(proof.starts_with(std::string(algorithm) + " Credential=98765432109876543210/"));
}

}  // namespace

TEST_CASE("roles anywhere: a certificate with an RSA or an EC key is traded for credentials") {
    check_fetch(test::an_rsa_key(), "AWS4-X509-RSA-SHA256");
    check_fetch(test::an_ec_key(), "AWS4-X509-ECDSA-SHA256");
}

TEST_CASE("roles anywhere: the request goes to the trust anchor's region and names all three") {
    test::made_up_world world;
    world.network.then(answer(201, answer_body));
    auto what = host_role();
    what.role_session_name = "host-1";
    roles_anywhere_credentials provider(what, world.from);
    CHECK(world.outcome(provider) == "ASIARA");
    const auto sent = world.network.requests().at(0);
    CHECK(sent.method == "POST");
    CHECK(http::to_string(sent.target) ==
          "https://rolesanywhere.eu-west-1.amazonaws.com/sessions"
          "?profileArn=arn%3Aaws%3Arolesanywhere%3Aeu-west-1%3A111122223333%3Aprofile%2Fp"
          "&roleArn=arn%3Aaws%3Aiam%3A%3A444455556666%3Arole%2Fhost"
          "&trustAnchorArn=arn%3Aaws%3Arolesanywhere%3Aeu-west-1%3A111122223333%3A"
          "trust-anchor%2Fta");
    CHECK(sent.body.bytes() == R"({"durationSeconds":3600,"roleSessionName":"host-1"})");
    CHECK(sent.headers.find("content-type") == "application/json");
    CHECK(sent.headers.find("user-agent").value_or("").starts_with("awsxx/"));
    CHECK_FALSE(sent.headers.contains("x-amz-x509-chain"));
}

TEST_CASE("roles anywhere: an address of the user's own is used, and other partitions' are known") {
    const auto asked = [](settings choices, roles_anywhere_options what) {
        test::made_up_world world({}, std::move(choices));
        world.network.then(answer(201, answer_body));
        roles_anywhere_credentials provider(std::move(what), world.from);
        world.outcome(provider);
        const auto target = world.network.requests().at(0).target;
        return target.host + ":" + std::to_string(target.effective_port()) + target.path;
    };
    settings own;
    own.endpoint_urls["RolesAnywhere"] = "http://127.0.0.1:8080/base";
    CHECK(asked(own, host_role()) == "127.0.0.1:8080/base/sessions");
    auto china = host_role();
    china.trust_anchor_arn = "arn:aws-cn:rolesanywhere:cn-north-1:111122223333:trust-anchor/ta";
    china.profile_arn = "arn:aws-cn:rolesanywhere:cn-north-1:111122223333:profile/p";
    china.role_arn = "arn:aws-cn:iam::444455556666:role/host";
    CHECK(asked({}, china) == "rolesanywhere.cn-north-1.amazonaws.com.cn:443/sessions");
}

TEST_CASE("roles anywhere: what is wrong with the options is said before anything is sent") {
    const auto with = [](auto change) {
        roles_anywhere_options what = host_role();
        change(what);
        const std::string text = outcome(what);
        return text.substr(0, text.find(':'));
    };
    CHECK(outcome({}).starts_with("NotConfigured"));
    for (const char* wrong : {"", "ta", "arn:aws:rolesanywhere:eu-west-1:1:profile/p",
                              "arn:aws:rolesanywhere::1:trust-anchor/ta",
                              "arn:aws:rolesanywhere:eu-west-1:1:trust-anchor/",
                              "arn:aws:rolesanywhere:a.b:1:trust-anchor/ta"})
        CHECK(with([&](auto& o) { o.trust_anchor_arn = wrong; }) == "InvalidTrustAnchorArn");
    CHECK(with([](auto& o) { o.profile_arn = o.trust_anchor_arn; }) == "InvalidProfileArn");
    CHECK(with([](auto& o) { o.role_arn = "arn:aws:iam::1:user/x"; }) == "InvalidRoleArn");
    CHECK(with([](auto& o) {
              o.profile_arn = "arn:aws:rolesanywhere:us-east-1:111122223333:profile/p";
          }) == "RegionMismatch");
    CHECK(with([](auto& o) { o.duration_seconds = 899; }) == "InvalidDuration");
    CHECK(with([](auto& o) { o.duration_seconds = 43201; }) == "InvalidDuration");
    CHECK(with([](auto& o) { o.role_session_name = "a b"; }) == "InvalidRoleSessionName");
}

TEST_CASE("roles anywhere: failures of network and server are tried three times, signed anew") {
    const error broken{.kind = error_kind::network, .retryable = true, .code = "ConnectionBroken"};
    test::made_up_world world;
    world.network.then(broken);
    world.network.then(answer(429, ""));
    world.network.then(answer(201, answer_body));
    roles_anywhere_credentials provider(host_role(), world.from);
    CHECK(world.outcome(provider) == "ASIARA");
    CHECK(world.time->sleeps().size() == 2);
    for (const auto& sent : world.network.requests())
        checked_proof(sent, test::an_ec_key(), world.time->now());
    CHECK(outcome(host_role(), {answer(500, ""), answer(503, ""), answer(502, "")})
              .ends_with(" <- RolesAnywhere CreateSession: 502 (502): Bad Gateway"));
}

TEST_CASE("roles anywhere: what the service answers is told with the hop") {
    const std::string hop =
        "NoRolesAnywhereCredentials: arn:aws:iam::444455556666:role/host through "
        "arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/ta <- ";
    CHECK(outcome(host_role(), {answer(403, R"({"__type":"AccessDeniedException",
                                               "message":"Untrusted certificate"})")}) ==
          hop + "RolesAnywhere CreateSession: AccessDeniedException (403): Untrusted certificate");
    for (const char* body :
         {"{}", R"({"credentialSet":[]})", R"({"credentialSet":[{}]})",
          R"({"credentialSet":[{"credentials":{"accessKeyId":"A","secretAccessKey":"planted"}}]})",
          "{", R"({"credentialSet":1})"}) {
        const std::string text = outcome(host_role(), {answer(201, body)});
        INFO(text);
        CHECK(text.starts_with(hop));
        CHECK(text.find("planted") == std::string::npos);
    }
}

TEST_CASE("roles anywhere: certificates come from files that may be renewed") {
    const auto& key = test::an_ec_key();
    test::made_up_world world(
        {.environment = {},
         .files = {{"/host.pem", key.certificate({.serial = "1"}) + key.pkcs8("words")}}});
    auto what = host_role();
    int asked = 0;
    what.holder = {.certificate_file = "/host.pem", .passphrase = [&]() -> expected<secret> {
                       ++asked;
                       return secret("words");
                   }};
    roles_anywhere_credentials provider(what, world.from);
    for (int i = 0; i < 3; ++i) {
        world.network.then(answer(201, answer_body));
        if (i == 2)
            REQUIRE(world.from->outside().files->write(
                "/host.pem", key.certificate({.serial = "2"}) + key.pkcs8("words")));
        CHECK(world.outcome(provider) == "ASIARA");
    }
    CHECK(asked == 2);
    const auto third = world.network.requests().at(2);
    const auto proof = third.headers.find("authorization").value_or("");
    CHECK(proof.find("Credential=2/") != std::string_view::npos);

    REQUIRE(world.from->outside().files->write("/host.pem", "rubbish"));
    CHECK(world.outcome(provider).find("UnusableCertificate: certificate /host.pem <- "
                                       "InvalidCertificate: ") != std::string::npos);
}

TEST_CASE("roles anywhere: each attempt has an end, also where nobody has set a limit") {
    test::made_up_world world;
    milliseconds total{};
    testing::scripted_transport network(
        testing::scripted_transport::reply([&](const http::request&, const http::exchange& how) {
            total = how.limits.total;
            return expected<http::response>(answer(200, answer_body));
        }));
    roles_anywhere_credentials provider(host_role(), world.from);
    CHECK(runtime::obtain(provider, world.time->now(), *world.time, network).has_value());
    CHECK(total == milliseconds(6200));
}

TEST_CASE("roles anywhere: a clock that is wrong is corrected by the first answer") {
    test::made_up_world world;
    const auto begin = world.time->now();
    world.time->advance(std::chrono::hours(2));
    auto refused =
        answer(403, R"({"__type":"AccessDeniedException","message":"Signature expired"})");
    refused.headers.add("Date", format_date(begin, date_format::http_date));
    world.network.then(refused);
    world.network.then(answer(201, answer_body));
    roles_anywhere_credentials provider(host_role(), world.from);

    CHECK(world.outcome(provider) == "ASIARA");
    CHECK(world.from->skew().current() == -std::chrono::hours(2));
    const auto sent = world.network.requests().at(1);
    CHECK(sent.headers.find("x-amz-date").value_or("").starts_with("20260101T0000"));

    settings as_it_is;
    as_it_is.correct_clock_skew = false;
    test::made_up_world other({}, as_it_is);
    other.time->advance(std::chrono::hours(2));
    other.network.then(refused);
    roles_anywhere_credentials stubborn(host_role(), other.from);
    CHECK(other.outcome(stubborn).find("AccessDeniedException") != std::string::npos);
    CHECK(other.from->skew().current() == milliseconds(0));
}
