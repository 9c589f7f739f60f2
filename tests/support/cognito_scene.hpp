// SPDX-License-Identifier: MIT
// A user pool in memory and, beside it, whatever else a test answers by itself.
#pragma once

#include <awsxx/cognito/user_pool.hpp>
#include <awsxx/session.hpp>
#include <awsxx/testing/isolated_world.hpp>
#include <awsxx/testing/scripted_transport.hpp>

#include <support/catch.hpp>
#include <support/fake_user_pool.hpp>
#include <support/fixed_random.hpp>

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace test {

/// Begins at 2026-01-01T00:00:00Z. What is not for the pool goes to `elsewhere`.
struct cognito_scene {
    using transport = awsxx::testing::scripted_transport;

    fake_user_pool service{};
    transport::reply elsewhere{};
    std::shared_ptr<std::string> notes = std::make_shared<std::string>();
    std::shared_ptr<transport> network =
        std::make_shared<transport>([this](const awsxx::http::request& to,
                                           const awsxx::http::exchange& how) -> transport::answer {
            if (to.target.host.starts_with("cognito-idp.")) return service.answer(to);
            if (elsewhere) return elsewhere(to, how);
            return awsxx::error{.kind = awsxx::error_kind::network, .code = "ConnectionFailed"};
        });

    awsxx::settings settings(awsxx::testing::world_contents world = {}) const {
        awsxx::settings choices;
        choices.outside = awsxx::testing::isolated_world(service.time, std::move(world));
        choices.outside.random = std::make_shared<fixed_random>();
        choices.observer = {.note = [notes = notes](awsxx::channel, std::string_view line) {
            notes->append(line).append("\n");
        }};
        return choices;
    }
    awsxx::cognito::user_pool pool() const {
        return awsxx::cognito::user_pool({.user_pool_id = "eu-west-1_Pool1",
                                          .client_id = service.client_id,
                                          .client_secret = service.client_secret},
                                         settings(), network);
    }
    long count(std::string_view call) const {
        return std::count(service.calls.begin(), service.calls.end(), call);
    }
    void let_pass(awsxx::milliseconds time) const { service.time->advance(time); }
};

/// What an `expected` has; ends the test case where that is an error.
template <class T>
T good(awsxx::expected<T> answer) {
    if (!answer) FAIL(to_string(answer.error()));
    return *std::move(answer);
}
inline void good(const awsxx::expected<void>& answer) {
    if (!answer) FAIL(to_string(answer.error()));
}
template <class T>
awsxx::error bad(const awsxx::expected<T>& answer) {
    REQUIRE_FALSE(answer);
    return answer.error();
}

}  // namespace test
