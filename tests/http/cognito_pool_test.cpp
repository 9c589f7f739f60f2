// SPDX-License-Identifier: MIT
#include <awsxx/cognito/sign_in.hpp>

#include <awsxx/cognito/device.hpp>
#include <awsxx/http/curl_transport.hpp>

#include <support/catch.hpp>
#include <support/cognito_scene.hpp>
#include <support/http_server.hpp>

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

using namespace awsxx;
using namespace awsxx::cognito;
using test::bad;
using test::good;

namespace {

/// The value behind "X-Amz-Target" in the head of a request.
std::string target_of(const std::string& head) {
    constexpr std::string_view name = "\r\nX-Amz-Target: ";
    const auto at = head.find(name);
    if (at == head.npos) return {};
    const auto begin = at + name.size();
    return head.substr(begin, head.find('\r', begin) - begin);
}

/// A user pool that verifies proofs, behind a socket.
struct pool_server {
    test::reply answer(const test::received& asked) {
        http::request what;
        what.headers.set("X-Amz-Target", target_of(asked.head));
        what.body = asked.body;
        const std::lock_guard guard(lock);
        const auto said = service.answer(what);
        std::string lines;
        for (const auto& one : said.headers)
            lines.append(one.name).append(": ").append(one.value).append("\r\n");
        return test::answer(said.status, said.body, lines);
    }

    user_pool pool() const {
        awsxx::settings choices{.endpoint_url = server.url("")};
        choices.outside = testing::isolated_world(service.time);
        return user_pool({.user_pool_id = "eu-west-1_Pool1",
                          .client_id = service.client_id,
                          .client_secret = service.client_secret},
                         std::move(choices));
    }
    expected<sign_in> try_begin(const char* password, sign_in_flow flow = {},
                                std::optional<device> known = {}) const {
        return sign_in::try_begin(
            pool(),
            {.user_name = "alice", .password = password, .flow = flow, .device = std::move(known)});
    }

    std::mutex lock{};
    test::fake_user_pool service{};
    test::http_server server{[this](const test::received& asked) { return answer(asked); }};
};

}  // namespace

TEST_CASE("cognito pool: a password is sent where the flow says so, and a wrong one refused") {
    pool_server there;
    there.service.client_secret = "of the app";

    const auto at = good(there.try_begin("Passw0rd!", sign_in_flow::password));

    REQUIRE(at.done() != nullptr);
    CHECK_FALSE(at.done()->tokens.access.empty());
    CHECK(there.server.last().body.find("Passw0rd!") != std::string::npos);
    CHECK(bad(there.try_begin("another", sign_in_flow::password)).code == "NotAuthorizedException");
}

TEST_CASE("cognito pool: a password that is proved is on no wire") {
    pool_server there;
    REQUIRE(good(there.try_begin("Passw0rd!")).done() != nullptr);
    for (const auto& asked : there.server.requests())
        CHECK(asked.body.find("Passw0rd!") == std::string::npos);
}

TEST_CASE("cognito pool: a device is confirmed, remembered, and proves itself from then on") {
    pool_server there;
    there.service.tracks_devices = true;
    const auto first = good(there.try_begin("Passw0rd!"));
    REQUIRE(first.done()->device);
    const auto kept = good(
        try_confirm_device(there.pool(), first.done()->tokens, *first.done()->device, "laptop"));
    CHECK(there.service.devices.at(kept.key).remembered);

    const auto again = good(there.try_begin("Passw0rd!", {}, kept));

    REQUIRE(again.done() != nullptr);
    CHECK(again.done()->tokens.device_key == kept.key);
    CHECK(there.service.calls.back() == "RespondToAuthChallenge DEVICE_PASSWORD_VERIFIER");

    auto stolen = kept;
    stolen.password = "another";
    CHECK(bad(there.try_begin("Passw0rd!", {}, stolen)).code == "NotAuthorizedException");
}
