// SPDX-License-Identifier: MIT
// A provider under test, with made-up files, variables, time and network around it.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/codec/json_members.hpp>
#include <awsxx/runtime/blocking.hpp>
#include <awsxx/runtime/configuration.hpp>
#include <awsxx/testing/fake_clock.hpp>
#include <awsxx/testing/isolated_world.hpp>
#include <awsxx/testing/scripted_transport.hpp>

#include <support/catch.hpp>
#include <support/fake_files.hpp>
#include <support/fixed_random.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace test {

using files = awsxx::testing::made_up_files::contents;
using variables = awsxx::testing::made_up_environment::variables;

/// Begins at 2026-01-01T00:00:00Z in the home folder /home, in the region eu-west-1.
struct provider_scene {
    explicit provider_scene(files has = {}, variables set = {}) {
        set.emplace("HOME", "/home");
        for (const auto& [path, text] : has) kept_paths.push_back(path);
        awsxx::settings choices;
        choices.region = "eu-west-1";
        choices.max_attempts = 1;
        choices.outside = awsxx::testing::isolated_world(
            time, {.environment = std::move(set), .files = std::move(has)});
        choices.outside.random = std::make_shared<fixed_random>();
        configuration = std::make_shared<const awsxx::runtime::configuration>(choices);
    }

    /// From now on nothing can be written; what is noted about it is kept.
    void fill_disk() {
        auto full = std::make_shared<fake_files>();
        full->full = true;
        awsxx::settings choices = configuration->choices();
        for (const auto& path : kept_paths) full->all[path] = file(path);
        choices.outside.files = full;
        choices.observer.listens_to = awsxx::channel::credentials;
        choices.observer.note = [said = notes](awsxx::channel on, std::string_view line) {
            said->push_back(std::string(to_string(on)) + ": " + std::string(line));
        };
        configuration = std::make_shared<const awsxx::runtime::configuration>(std::move(choices));
    }

    awsxx::expected<awsxx::credentials_snapshot> obtain(awsxx::credentials_provider& from) {
        return awsxx::runtime::obtain(from, time->now(), *time, network);
    }
    /// The same over another network.
    awsxx::expected<awsxx::credentials_snapshot> obtain(awsxx::credentials_provider& from,
                                                        awsxx::testing::scripted_transport& over) {
        return awsxx::runtime::obtain(from, time->now(), *time, over);
    }
    void answer(int status, std::string body, const std::string& error_type = {}) {
        awsxx::http::response made{.status = status, .body = std::move(body)};
        if (!error_type.empty()) made.headers.add("x-amzn-ErrorType", error_type);
        network.then(std::move(made));
    }
    awsxx::http::request sent(std::size_t index = 0) const { return network.requests().at(index); }
    std::string file(const std::string& path) const {
        const auto text = configuration->outside().files->read(path, 1 << 20);
        return text ? *text : "";
    }
    /// A member of a JSON file, as it stands there.
    std::string member(const std::string& path, const std::string& name) const {
        const auto all = awsxx::codec::json::members::parse(file(path));
        REQUIRE(all);
        return std::string(all->find(name).value_or("absent"));
    }

    std::shared_ptr<awsxx::testing::fake_clock> time =
        std::make_shared<awsxx::testing::fake_clock>();
    awsxx::testing::scripted_transport network{};
    std::shared_ptr<const awsxx::runtime::configuration> configuration{};
    std::vector<std::string> kept_paths{};
    std::shared_ptr<std::vector<std::string>> notes = std::make_shared<std::vector<std::string>>();
};

}  // namespace test
