// SPDX-License-Identifier: MIT
// A session whose calls are answered by a script, and what it sends.
#pragma once

#include <awsxx/session.hpp>
#include <awsxx/testing/fake_clock.hpp>
#include <awsxx/testing/isolated_world.hpp>
#include <awsxx/testing/scripted_transport.hpp>

#include <support/fixed_random.hpp>
#include <support/providers.hpp>

#include <cstddef>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace test {

/// Begins at 2026-01-01T00:00:00Z in eu-west-1; notes are those of the channel `wire`.
struct api_scene {
    using session = awsxx::basic_session<awsxx::testing::scripted_transport>;

    explicit api_scene(std::vector<awsxx::http::response> answers = {},
                       awsxx::settings choices = {})
        : network(std::make_shared<awsxx::testing::scripted_transport>(
              std::vector<awsxx::testing::scripted_transport::answer>(
                  std::make_move_iterator(answers.begin()),
                  std::make_move_iterator(answers.end())))),
          home(keys("AKID"), completed(std::move(choices)), network) {}

    /// Answers of status 200 with these bodies.
    static api_scene of(const std::vector<std::string>& bodies) {
        std::vector<awsxx::http::response> answers;
        for (const auto& body : bodies) answers.push_back({.status = 200, .body = body});
        return api_scene(std::move(answers));
    }

    std::string sent(std::size_t index = 0) const {
        return std::string(network->requests().at(index).body.bytes());
    }
    /// How many requests there were.
    std::size_t calls() const { return network->requests().size(); }

    std::shared_ptr<std::string> notes = std::make_shared<std::string>();
    std::shared_ptr<awsxx::testing::scripted_transport> network;
    session home;

private:
    awsxx::settings completed(awsxx::settings choices) const {
        if (!choices.region) choices.region = "eu-west-1";
        choices.outside =
            awsxx::testing::isolated_world(std::make_shared<awsxx::testing::fake_clock>());
        choices.outside.random = std::make_shared<fixed_random>();
        choices.observer = {
            .note = [notes = notes](awsxx::channel,
                                    std::string_view line) { notes->append(line).append("\n"); },
            .listens_to = awsxx::channel::wire};
        return choices;
    }
};

}  // namespace test
