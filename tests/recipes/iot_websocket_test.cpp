// SPDX-License-Identifier: MIT
#include <awsxx/recipes/iot_websocket.hpp>  // first: it must compile on its own

#include <support/catch.hpp>
#include <support/cloud_scene.hpp>
#include <support/token_keys.hpp>

#include <string>

using namespace awsxx;

TEST_CASE("iot websocket: the session token comes behind the signature, which does not know it") {
    const recipes::iot_endpoint at{.host = "abc-ats.iot.us-east-1.amazonaws.com",
                                   .region = "us-east-1"};
    auto keys = test::token_keys();
    const auto without = recipes::iot_websocket_url(at, test::token_signer());
    keys.session_token = "a/b=";
    const auto with = recipes::iot_websocket_url(at, test::token_signer(keys));
    REQUIRE(without);
    REQUIRE(with);
    CHECK(without->text.expose().starts_with(
        "wss://abc-ats.iot.us-east-1.amazonaws.com/mqtt?X-Amz-Algorithm=AWS4-HMAC-SHA256&"
        "X-Amz-Credential=akid%2F20161107%2Fus-east-1%2Fiotdevicegateway%2Faws4_request&"
        "X-Amz-Date=20161107T173933Z&X-Amz-Expires=300&X-Amz-SignedHeaders=host&X-Amz-Signature="));
    CHECK(with->text.expose() ==
          std::string(without->text.expose()) + "&X-Amz-Security-Token=a%2Fb%3D");
    CHECK(with->expires == instant(seconds(1478540373 + 300)));
}

TEST_CASE("iot websocket: a session knows region and keys") {
    const test::cloud_scene scene;
    const auto url = recipes::iot_websocket_url({.host = "abc.iot.example.com"}, scene.base());
    REQUIRE(url);
    CHECK(url->text.expose().find("AKIDUSER%2F20260101%2Feu-west-1%2Fiotdevicegateway%2F") !=
          std::string_view::npos);
}

TEST_CASE("iot websocket: what is no host is refused") {
    for (const char* host : {"", "wss://a", "a/mqtt", "a#b"})
        CHECK_FALSE(recipes::iot_websocket_url({.host = host, .region = "us-east-1"},
                                               test::token_signer()));
}
