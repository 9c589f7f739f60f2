// SPDX-License-Identifier: MIT
#include <awsxx/http/client_certificate.hpp>  // first: it must compile on its own

#include <awsxx/http/client_certificate_pem.hpp>

#include <http/requests.hpp>
#include <support/key_pairs.hpp>

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

namespace http = awsxx::http;

namespace {

using shown = std::shared_ptr<const http::client_certificate>;

/// A server that talks to clients of one authority only, and that authority.
struct guarded_server {
    test::key_pair authority = test::key_pair::ec();
    test::tls_identity identity{};
    std::unique_ptr<test::http_server> server{};

    guarded_server() {
        identity.demand_certificates_of(authority.certificate({.subject = "devices"}));
        server = std::make_unique<test::http_server>(
            [](const test::received& got) { return test::answer(200, got.peer); },
            test::http_server::options{.tls = true, .identity = &identity});
    }

    std::string certificate_of(const test::key_pair& key, const std::string& name) const {
        return key.certificate(
            {.subject = name, .serial = "2", .issuer = "devices", .signer = &authority});
    }
    shown client(const test::key_pair& key, const std::string& name) const {
        auto made = http::client_certificate_from_pem(certificate_of(key, name), key.pkcs8());
        if (!made) FAIL(to_string(made.error()));
        return *made;
    }
    http::curl_transport transport() const {
        return http::curl_transport({.ca_file = identity.ca_file()});
    }
};

awsxx::error refusal(awsxx::expected<shown> made) {
    REQUIRE_FALSE(made);
    return std::move(made).error();
}

}  // namespace

TEST_CASE("client certificate: the server learns who connects") {
    const guarded_server there;
    auto transport = there.transport();
    const auto of = [&](const test::key_pair& key, const char* name) {
        return test::answer_of(transport, test::get(there.server->url()),
                               {.certificate = there.client(key, name)})
            .body;
    };
    CHECK(of(test::an_ec_key(), "thing one") == "thing one");
    CHECK(of(test::an_rsa_key(), "thing two") == "thing two");
}

TEST_CASE("client certificate: connections are kept for each certificate, and never shared") {
    const guarded_server there;
    auto transport = there.transport();
    const shown one = there.client(test::an_ec_key(), "one");
    const shown two = there.client(test::an_rsa_key(), "two");
    for (int round = 0; round < 3; ++round)
        for (const auto& [own, name] : {std::pair(one, "one"), std::pair(two, "two")})
            CHECK(test::answer_of(transport, test::get(there.server->url()), {.certificate = own})
                      .body == name);
    CHECK(there.server->connections() == 2);
}

TEST_CASE("client certificate: without one, or with a stranger's, the server's refusal is told") {
    const guarded_server there;
    auto transport = there.transport();
    const auto none = test::failure_of(transport, test::get(there.server->url()));
    CHECK(none.code == "TlsFailed");
    CHECK_FALSE(none.retryable);
    CHECK(none.message.ends_with("the server wants a client certificate"));
    const auto& key = test::an_ec_key();
    const auto made = http::client_certificate_from_pem(key.certificate({}), key.pkcs8());
    const auto stranger =
        test::failure_of(transport, test::get(there.server->url()), {.certificate = *made});
    CHECK(stranger.code == "TlsFailed");
    CHECK(stranger.message.ends_with("the server refuses the client certificate"));
}

TEST_CASE("client certificate: a server that does not ask is not shown one") {
    const test::tls_identity identity;
    test::http_server server(
        [](const test::received& got) { return test::answer(200, "[" + got.peer + "]"); },
        {.tls = true, .identity = &identity});
    const guarded_server elsewhere;
    http::curl_transport transport({.ca_file = identity.ca_file()});
    const auto own = elsewhere.client(test::an_ec_key(), "me");
    CHECK(test::answer_of(transport, test::get(server.url()), {.certificate = own}).body == "[]");
}

TEST_CASE("client certificate: what is wrong with PEM is said before anybody connects") {
    const auto& key = test::an_ec_key();
    const std::string own = key.certificate({});
    CHECK(refusal(http::client_certificate_from_pem("x", key.pkcs8())).code ==
          "InvalidCertificate");
    CHECK(refusal(http::client_certificate_from_pem(own, "x")).code == "InvalidPrivateKey");
    CHECK(refusal(http::client_certificate_from_pem(own, test::an_rsa_key().pkcs8())).code ==
          "KeyMismatch");
    CHECK(refusal(http::client_certificate_from_pem(own, key.pkcs8("words"))).code ==
          "PassphraseNeeded");
}

TEST_CASE("client certificate: a key with a passphrase, in the same text, is opened once") {
    const guarded_server there;
    auto transport = there.transport();
    const auto& key = test::an_rsa_key();
    const std::string certificate = there.certificate_of(key, "locked");
    const std::string both = key.traditional("words") + certificate;
    const auto own = http::client_certificate_from_pem(
        both, both, []() -> awsxx::expected<awsxx::secret> { return awsxx::secret("words"); });
    REQUIRE(own);
    CHECK((*own)->certificate == certificate);
    CHECK(test::answer_of(transport, test::get(there.server->url()), {.certificate = *own}).body ==
          "locked");
}

TEST_CASE("client certificate: what libcurl cannot use is an error without anything of it") {
    const guarded_server there;
    auto transport = there.transport();
    const std::string own = there.certificate_of(test::an_ec_key(), "me");
    for (const auto& [certificate, key] :
         {std::pair(own, std::string("k3y")), std::pair(std::string("c3rt"), std::string("k3y")),
          std::pair(own, test::an_ec_key().pkcs8("locked"))}) {
        const auto why = test::failure_of(
            transport, test::get(there.server->url()),
            {.certificate = std::make_shared<const http::client_certificate>(
                 http::client_certificate{.certificate = certificate, .key = key, .pin = {}})});
        CHECK(why.code == "ClientCertificateUnusable");
        CHECK(why.kind == awsxx::error_kind::configuration);
        CHECK_FALSE(why.retryable);
        CHECK(to_string(why).find("k3y") == std::string::npos);
    }
}

TEST_CASE("client certificate: who cannot give the PIN ends the exchange") {
    const guarded_server there;
    auto transport = there.transport();
    const auto with = [&](std::function<awsxx::expected<awsxx::secret>()> pin) {
        const http::client_certificate own{
            .certificate = there.certificate_of(test::an_ec_key(), "me"),
            .key = test::an_ec_key().pkcs8(),
            .pin = std::move(pin)};
        return test::failure_of(
            transport, test::get(there.server->url()),
            {.certificate = std::make_shared<const http::client_certificate>(own)});
    };
    CHECK(with([]() -> awsxx::expected<awsxx::secret> {
              return awsxx::error{.kind = awsxx::error_kind::cancelled, .code = "NoPin"};
          }).code == "NoPin");
#if defined(__cpp_exceptions)
    CHECK(with([]() -> awsxx::expected<awsxx::secret> { throw std::runtime_error("gone"); }).code ==
          "CallbackThrew");
#endif
    CHECK(there.server->connections() == 0);
}
