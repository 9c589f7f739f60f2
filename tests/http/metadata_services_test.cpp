// SPDX-License-Identifier: MIT
#include <awsxx/credentials/container.hpp>
#include <awsxx/credentials/imds.hpp>

#include <awsxx/http/curl_transport.hpp>
#include <awsxx/runtime/blocking.hpp>
#include <awsxx/testing/fake_clock.hpp>
#include <awsxx/testing/isolated_world.hpp>

#include <http/requests.hpp>
#include <support/catch.hpp>
#include <support/fixed_random.hpp>
#include <support/http_server.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <utility>

using namespace awsxx;
using namespace std::chrono_literals;

namespace {

const char* const document = R"({"Code":"Success","AccessKeyId":"A","SecretAccessKey":"S",
                                 "Token":"T","Expiration":"2026-01-01T06:00:00Z"})";

/// What an instance's metadata service does: no token, no answer.
class metadata_service {
public:
    std::string endpoint() const { return server_.url(""); }
    int tokens() const { return tokens_; }
    /// From now on the tokens handed out so far are no good.
    void forget_tokens() { good_ = "token-" + std::to_string(++tokens_); }
    test::received last() const { return server_.last(); }
    int connections() const { return server_.connections(); }

private:
    test::reply answer(const test::received& asked) {
        const std::string line = asked.line();
        if (line == "PUT /latest/api/token HTTP/1.1") {
            if (asked.count("x-aws-ec2-metadata-token-ttl-seconds: 21600") != 1 ||
                asked.count("Content-Length: 0") != 1)
                return test::answer(400);
            good_ = "token-" + std::to_string(++tokens_);
            return test::answer(200, good_, "X-aws-ec2-metadata-token-ttl-seconds: 21600\r\n");
        }
        if (asked.count("x-aws-ec2-metadata-token: " + good_) != 1) return test::answer(401);
        if (line == "GET /latest/meta-data/iam/security-credentials/ HTTP/1.1")
            return test::answer(200, "role");
        if (line == "GET /latest/meta-data/iam/security-credentials/role HTTP/1.1")
            return test::answer(200, document);
        return test::answer(404);
    }

    std::atomic<int> tokens_{0};
    std::string good_{"none"};
    test::http_server server_{[this](const test::received& asked) { return answer(asked); }};
};

std::shared_ptr<const runtime::configuration> configured(
    testing::made_up_environment::variables variables,
    testing::made_up_files::contents files = {}) {
    auto outside =
        testing::isolated_world(std::make_shared<testing::fake_clock>(),
                                {.environment = std::move(variables), .files = std::move(files)});
    outside.random = std::make_shared<test::fixed_random>();
    return std::make_shared<const runtime::configuration>(settings{.outside = outside});
}

std::string outcome(credentials_provider& from, http::curl_transport& transport) {
    testing::fake_clock time;
    const auto keys = runtime::obtain(from, time.now(), time, transport);
    return keys ? (*keys)->access_key_id : to_string(keys.error());
}

}  // namespace

TEST_CASE("metadata services: an instance's role is got over one connection") {
    metadata_service service;
    http::curl_transport transport;
    imds_credentials provider(
        configured({{"AWS_EC2_METADATA_SERVICE_ENDPOINT", service.endpoint()}}));

    CHECK(outcome(provider, transport) == "A");
    CHECK(outcome(provider, transport) == "A");

    CHECK(service.tokens() == 1);
    CHECK(service.connections() == 1);
}

TEST_CASE("metadata services: a token that the instance forgot is replaced") {
    metadata_service service;
    http::curl_transport transport;
    imds_credentials provider(
        configured({{"AWS_EC2_METADATA_SERVICE_ENDPOINT", service.endpoint()}}));
    CHECK(outcome(provider, transport) == "A");

    service.forget_tokens();

    CHECK(outcome(provider, transport) == "A");
    CHECK(service.tokens() == 3);
}

TEST_CASE("metadata services: one that is not there, or says nothing, costs its limit at most") {
    test::http_server mute([](const test::received&) {
        return test::reply{"", test::reply::then::hold};
    });
    http::curl_transport transport;
    const auto before = std::chrono::steady_clock::now();
    imds_credentials silent(configured({{"AWS_EC2_METADATA_SERVICE_ENDPOINT", mute.url("")}}),
                            {.timeout = 50ms});
    imds_credentials absent(
        configured({{"AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://127.0.0.1:1"}}));

    CHECK(outcome(silent, transport).find("there is no metadata service at") != std::string::npos);
    CHECK(outcome(absent, transport).find("there is no metadata service at") != std::string::npos);

    CHECK(std::chrono::steady_clock::now() - before < 10s);
    CHECK(mute.requests().size() == 1);
}

TEST_CASE("metadata services: a container's credentials are got with its token") {
    test::http_server service([](const test::received& asked) {
        const bool right = asked.line() == "GET /v2/credentials/x HTTP/1.1" &&
                           asked.count("Authorization: Bearer t") == 1 &&
                           asked.count("Accept: application/json") == 1;
        return right ? test::answer(200, document) : test::answer(403);
    });
    http::curl_transport transport;
    container_credentials provider(
        configured({{"AWS_CONTAINER_CREDENTIALS_FULL_URI", service.url("/v2/credentials/x")},
                    {"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/token"}},
                   {{"/token", "Bearer t\n"}}));

    CHECK(outcome(provider, transport) == "A");
}

TEST_CASE("metadata services: a name is asked at its address and under its name") {
    test::http_server service([](const test::received& asked) {
        return asked.has("host") ? test::answer(200, document) : test::answer(400);
    });
    http::curl_transport transport;
    auto outside = testing::isolated_world(
        std::make_shared<testing::fake_clock>(),
        {.environment = {{"AWS_CONTAINER_CREDENTIALS_FULL_URI",
                          "http://agent.internal:" + std::to_string(service.port()) + "/c"}},
         .names = {{"agent.internal", {"127.0.0.1"}}}});
    container_credentials provider(
        std::make_shared<const runtime::configuration>(settings{.outside = outside}));

    CHECK(outcome(provider, transport) == "A");

    CHECK(service.last().count("Host: agent.internal:" + std::to_string(service.port())) == 1);
}

TEST_CASE("metadata services: one that breaks off is asked again on a new connection") {
    std::atomic<int> asked{0};
    test::http_server service([&asked](const test::received&) {
        if (++asked < 3) return test::reply{"HTTP/1.1 200", test::reply::then::close};
        return test::answer(200, document);
    });
    http::curl_transport transport;
    container_credentials provider(
        configured({{"AWS_CONTAINER_CREDENTIALS_FULL_URI", service.url("/c")}}));

    CHECK(outcome(provider, transport) == "A");
    CHECK(service.connections() == 3);
}

TEST_CASE("metadata services: an endpoint of the user's is asked through no proxy") {
    metadata_service service;
    test::http_server trap(test::always("proxied"));
    http::curl_transport transport({.proxies = {.http = trap.url()}});
    imds_credentials provider(configured(
        {{"AWS_EC2_METADATA_SERVICE_ENDPOINT", test::by_foreign_address(service.endpoint())}}));
    CHECK(outcome(provider, transport) == "A");
    CHECK(trap.connections() == 0);
}
