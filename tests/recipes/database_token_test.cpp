// SPDX-License-Identifier: MIT
#include <awsxx/recipes/database_token.hpp>  // first: it must compile on its own

#include <support/catch.hpp>
#include <support/cloud_scene.hpp>
#include <support/token_keys.hpp>

#include <string>

using namespace awsxx;
using test::token_keys;
using test::token_signer;
using test::token_tail;

namespace {

std::string text_of(const expected<recipes::presigned_token>& token) {
    REQUIRE(token);
    return std::string(token->text.expose());
}

}  // namespace

// The signatures are those of botocore.

TEST_CASE("database token: RDS takes the presigned address without its scheme") {
    const auto token = recipes::rds_token({.host = "prod-instance.us-east-1.rds.amazonaws.com",
                                           .port = 3306,
                                           .user = "someusername",
                                           .region = "us-east-1"},
                                          token_signer());
    CHECK(text_of(token) ==
          "prod-instance.us-east-1.rds.amazonaws.com:3306/?Action=connect&DBUser=someusername" +
              token_tail("rds-db", "900",
                         "d1138cdbc0ca63eec012ec0fc6c2267e03642168f5884a7795320d4c18374c61"));
    CHECK(token->expires == instant(seconds(1478540373 + 900)));
}

TEST_CASE("database token: user and session token are encoded and signed") {
    auto keys = token_keys();
    keys.session_token = "a/b+c=";
    const std::string token =
        text_of(recipes::rds_token({.host = "prod-instance.us-east-1.rds.amazonaws.com",
                                    .port = 3306,
                                    .user = "some user",
                                    .region = "us-east-1"},
                                   token_signer(keys)));
    CHECK(token.find("&DBUser=some%20user&") != std::string::npos);
    CHECK(token.find("&X-Amz-Security-Token=a%2Fb%2Bc%3D&") != std::string::npos);
    CHECK(token.ends_with("=fd92cf11de735dbdc92ff6442a482f3028ea7f57036acb303ef65e90a0e1ed9a"));
}

TEST_CASE("database token: Aurora DSQL knows users and the admin") {
    const std::string host = "test.dsql.us-east-1.on.aws";
    CHECK(text_of(recipes::dsql_token({.host = host, .region = "us-east-1"}, token_signer())) ==
          host + "/?Action=DbConnect" +
              token_tail("dsql", "900",
                         "7d7422db75bcb9396d4c34d43f2275609f3b269cfc482630119e95d517c206af"));
    CHECK(text_of(recipes::dsql_token(
              {.host = host, .region = "us-east-1", .admin = true, .valid = seconds(450)},
              token_signer())) ==
          host + "/?Action=DbConnectAdmin" +
              token_tail("dsql", "450",
                         "3f831548711e2cd750566bacbf8f3e62b26b8903a864148079f75883df2a3f44"));
}

TEST_CASE("database token: caches are called by their names") {
    recipes::cache_login to{.name = "My-Cache", .user = "iam-user", .region = "us-east-1"};
    CHECK(text_of(recipes::elasticache_token(to, token_signer())) ==
          "my-cache/?Action=connect&User=iam-user" +
              token_tail("elasticache", "900",
                         "4090bc3bd92c88a9fee9a4ea09339b71104b19ce47cafad0c81028300600fdfe"));
    to.serverless = true;
    CHECK(text_of(recipes::elasticache_token(to, token_signer())) ==
          "my-cache/?Action=connect&User=iam-user&ResourceType=ServerlessCache" +
              token_tail("elasticache", "900",
                         "aad1f64cb218310a7f8f9f37a6750e9594ef53acde48e3cda767945ecb2ad325"));
    to = {.name = "my-db", .user = "iam-user", .region = "us-east-1"};
    CHECK(text_of(recipes::memorydb_token(to, token_signer())) ==
          "my-db/?Action=connect&User=iam-user" +
              token_tail("memorydb", "900",
                         "4747998c2ed33ba873cfa2bf6ef6780a0d82551f1b2467687c21f84e9753fb4c"));
}

TEST_CASE("database token: a session signs with its own keys, region and time") {
    const test::cloud_scene scene;
    const auto token =
        recipes::rds_token({.host = "db.example.com", .port = 5432, .user = "app"}, scene.base());
    CHECK(text_of(token).starts_with(
        "db.example.com:5432/?Action=connect&DBUser=app&X-Amz-Algorithm=AWS4-HMAC-SHA256&"
        "X-Amz-Credential=AKIDUSER%2F20260101%2Feu-west-1%2Frds-db%2Faws4_request&"
        "X-Amz-Date=20260101T000000Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host&"));
    const auto own = recipes::rds_token(
        {.host = "db.example.com", .port = 5432, .user = "app", .region = "eu-west-1"},
        recipes::keys_at{scene.keys(), scene.time->now()});
    CHECK(text_of(own) == text_of(token));
    const auto elsewhere =
        recipes::elasticache_token({.name = "c", .user = "u", .region = "us-west-2"}, scene.base());
    CHECK(text_of(elsewhere).find("%2Fus-west-2%2Felasticache%2F") != std::string::npos);
}

TEST_CASE("database token: what leads nowhere is refused") {
    const auto by = token_signer();
    const recipes::rds_login good{
        .host = "db.example.com", .port = 5432, .user = "app", .region = "us-east-1"};
    const auto refused = [&](auto change) {
        recipes::rds_login to = good;
        change(to);
        const auto token = recipes::rds_token(to, by);
        return !token && token.error().kind == error_kind::invalid_argument;
    };
    CHECK_FALSE(refused([](recipes::rds_login&) {}));
    CHECK(refused([](auto& to) { to.port = 0; }));
    CHECK(refused([](auto& to) { to.user = ""; }));
    CHECK(refused([](auto& to) { to.host = "db.example.com/path#fragment"; }));
    CHECK(refused([](auto& to) { to.host = ""; }));
    CHECK(refused([](auto& to) { to.region = ""; }));
    CHECK_FALSE(recipes::dsql_token({.host = "a", .region = "b", .valid = seconds(0)}, by));
    CHECK_FALSE(recipes::memorydb_token({.name = "a", .region = "b"}, by));
    CHECK_FALSE(recipes::memorydb_token({.name = "a b", .user = "u", .region = "b"}, by));
}
