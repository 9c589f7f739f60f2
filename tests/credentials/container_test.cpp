// SPDX-License-Identifier: MIT
#include <awsxx/credentials/container.hpp>
#include <awsxx/http/parse_uri.hpp>

#include <support/catch.hpp>
#include <support/obtain.hpp>

#include <string>
#include <vector>

using namespace awsxx;

namespace {

const char* const good = R"({"RoleArn":"r","AccessKeyId":"A","SecretAccessKey":"S","Token":"T",
                             "Expiration":"2026-01-01T01:00:00Z","AccountId":"1"})";
const error refused{.kind = error_kind::network, .retryable = true, .code = "ConnectionFailed"};

http::response says(int status, std::string body = {}) {
    return {.status = status, .headers = {}, .body = std::move(body)};
}

test::made_up_world in_container(testing::made_up_files::contents files = {},
                                 std::string uri = "http://169.254.170.23/v1/credentials") {
    return test::made_up_world(
        {.environment = {{"AWS_CONTAINER_CREDENTIALS_FULL_URI", std::move(uri)},
                         {"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/token"}},
         .files = std::move(files),
         .names = {{"near", {"127.0.0.9"}}}});
}

}  // namespace

TEST_CASE("container credentials: are what the service answers") {
    auto world = in_container({{"/token", "PLANTED"}});
    container_credentials provider(world.from);
    world.network.then(says(200, good));

    const auto keys = world.obtain(provider);

    REQUIRE(keys);
    CHECK((*keys)->access_key_id == "A");
    CHECK((*keys)->session_token.expose() == "T");
    CHECK((*keys)->expiration == world.time->now() + std::chrono::hours(1));
    CHECK((*keys)->account_id == "1");
    CHECK((*keys)->source == "container http://169.254.170.23/v1/credentials");
    CHECK((*keys)->via == auth::feature::credentials_http);
    const auto sent = world.network.requests().at(0);
    CHECK(sent.method == "GET");
    CHECK(to_string(sent.target) == "http://169.254.170.23/v1/credentials");
    CHECK(sent.headers.find("Authorization") == "PLANTED");
    CHECK(sent.headers.find("Accept") == "application/json");
    CHECK(sent.headers.find("User-Agent") == "awsxx/" AWSXX_VERSION_STRING);
    CHECK(world.network.exchanges().at(0).limits.connect == milliseconds(1000));
    CHECK(world.network.exchanges().at(0).limits.total == milliseconds(5000));
}

TEST_CASE("container credentials: the token is read at each fetch") {
    auto world = in_container({{"/token", "first"}});
    container_credentials provider(world.from);
    world.network.then(says(200, good));
    world.network.then(says(200, good));

    (void)world.obtain(provider);
    REQUIRE(world.from->outside().files->write("/token", "second"));
    (void)world.obtain(provider);

    CHECK(world.network.requests().at(1).headers.find("Authorization") == "second");
}

TEST_CASE("container credentials: without the environment's word are not configured") {
    test::made_up_world world;
    container_credentials provider(world.from);

    CHECK(world.obtain(provider).error().kind == error_kind::not_configured);
    CHECK(world.network.requests().empty());
}

TEST_CASE("container credentials: a token that is missing ends the fetch before it begins") {
    auto world = in_container();
    container_credentials provider(world.from);

    const auto failure = world.obtain(provider).error();

    CHECK(failure.kind == error_kind::configuration);
    CHECK(failure.cause->code == "ContainerTokenUnreadable");
    CHECK(world.network.requests().empty());
}

TEST_CASE("container credentials: a name is looked up once, and its address is what is asked") {
    auto world = in_container({{"/token", "x"}}, "http://near:81/c");
    container_credentials provider(world.from);
    world.network.then(says(200, good));

    CHECK(world.outcome(provider) == "A");

    const auto sent = world.network.requests().at(0);
    CHECK(to_string(sent.target) == "http://127.0.0.9:81/c");
    CHECK(sent.headers.find("Host") == "near:81");
}

TEST_CASE("container credentials: what may pass is tried three times") {
    auto world = in_container({{"/token", "x"}});
    container_credentials provider(world.from);
    for (const auto& bad : std::vector<testing::scripted_transport::answer>{
             refused, says(500), says(429), says(200, "{"), says(200, "{}")}) {
        world.network.then(bad);
        world.network.then(bad);
        world.network.then(says(200, good));
        CHECK(world.outcome(provider) == "A");
    }
    for (const milliseconds pause : world.time->sleeps()) CHECK(pause == milliseconds(50));
    CHECK(world.time->sleeps().size() == 10);
    CHECK(world.network.exchanges().at(1).fresh_connection);
    CHECK(world.network.exchanges().at(1).direct);
}

TEST_CASE("container credentials: after three failures the last one is told") {
    auto world = in_container({{"/token", "PLANTED"}});
    container_credentials provider(world.from);
    for (int i = 0; i < 3; ++i) world.network.then(says(503, R"({"code":"Busy","message":"m"})"));

    CHECK(world.outcome(provider) ==
          "NoContainerCredentials: http://169.254.170.23/v1/credentials <- Busy (503): m");
    CHECK(world.network.requests().size() == 3);
}

TEST_CASE("container credentials: what will not pass is told at once") {
    auto world = in_container({{"/token", "PLANTED"}}, "http://localhost/c?key=PLANTED");
    container_credentials provider(world.from);
    world.network.then(says(403, "no"));
    CHECK(world.outcome(provider) ==
          "NoContainerCredentials: http://localhost/c <- HttpStatus (403)");

    world.network.then(says(200, R"({"Code":"AccessDenied","Message":"not you"})"));
    CHECK(world.outcome(provider) ==
          "NoContainerCredentials: http://localhost/c <- AccessDenied (200): not you");
    CHECK(world.network.requests().size() == 2);
}

TEST_CASE("container credentials: may be told in code where to ask") {
    test::made_up_world world;
    container_credentials provider(
        world.from,
        {.endpoint = container_endpoint{
             .target = *http::parse_uri("http://127.0.0.1:9/x"), .source = "code", .token = "t"}});
    world.network.then(says(200, good));

    CHECK(world.outcome(provider) == "A");
    CHECK(world.network.requests().at(0).headers.find("Authorization") == "t");
}
