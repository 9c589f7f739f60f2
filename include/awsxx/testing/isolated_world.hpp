// SPDX-License-Identifier: MIT
// An outside world for tests in which nothing of this computer shows.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/name_resolver.hpp>
#include <awsxx/core/process.hpp>
#include <awsxx/core/system.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/mfa.hpp>
#include <awsxx/runtime/settings.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::testing {

/// Environment variables that a test makes up; there are no others. Never changes.
class made_up_environment final : public environment {
public:
    using variables = std::map<std::string, std::string>;
    made_up_environment() = default;
    explicit made_up_environment(variables all) : all_(std::move(all)) {}

    std::optional<std::string> get(std::string_view name) const override {
        const auto found = all_.find(std::string(name));
        if (found == all_.end()) return {};
        return found->second;
    }
    std::vector<std::string> names(std::string_view prefix) const override {
        std::vector<std::string> found;
        for (const auto& [name, value] : all_)
            if (name.starts_with(prefix)) found.push_back(name);
        return found;
    }

private:
    variables all_{};
};

/// Files that a test makes up, by path; they are kept in memory. May be used from any thread.
class made_up_files final : public file_system {
public:
    using contents = std::map<std::string, std::string>;
    made_up_files() = default;
    explicit made_up_files(contents all) : all_(std::move(all)) {}

    expected<std::string> read(const std::string& path, std::size_t limit) const override {
        const std::lock_guard lock(mutex_);
        const auto found = all_.find(path);
        if (found == all_.end())
            return error{.kind = error_kind::not_found,
                         .code = "FileNotFound",
                         .message = path + ": there is no such file in this test"};
        if (found->second.size() > limit)
            return error{.kind = error_kind::too_large,
                         .code = "FileTooLarge",
                         .message = path + ": more than " + std::to_string(limit) + " bytes"};
        return found->second;
    }
    expected<void> write(const std::string& path, std::string_view bytes) override {
        const std::lock_guard lock(mutex_);
        all_[path] = bytes;
        return {};
    }

private:
    mutable std::mutex mutex_{};
    contents all_{};
};

/// Programs that a test makes up: a function answers in their place. Without one there are none.
/// The function is called by one thread at a time and must leave this object alone.
class made_up_processes final : public process_runner {
public:
    using reply = std::function<expected<process_output>(const std::vector<std::string>& command)>;
    made_up_processes() = default;
    explicit made_up_processes(reply programs) : programs_(std::move(programs)) {}

    expected<process_output> run(const std::vector<std::string>& command,
                                 const process_limits& limits) override {
        const std::lock_guard lock(mutex_);
        commands_.push_back(command);
        if (!programs_)
            return error{.kind = error_kind::not_found,
                         .code = "ProgramNotFound",
                         .message = command.at(0) + ": there is no such program in this test"};
        auto ran = programs_(command);
        if (ran && ran->out.size() > limits.output_bytes)
            return error{.kind = error_kind::too_large,
                         .code = "OutputTooLarge",
                         .message = command.at(0) + ": too much output"};
        return ran;
    }
    /// What was run so far, in order.
    std::vector<std::vector<std::string>> commands() const {
        const std::lock_guard lock(mutex_);
        return commands_;
    }

private:
    mutable std::mutex mutex_{};
    reply programs_{};
    std::vector<std::vector<std::string>> commands_{};
};

/// Addresses that a test makes up, by name; there are no others. Never changes.
class made_up_names final : public name_resolver {
public:
    using addresses = std::map<std::string, std::vector<std::string>>;
    made_up_names() = default;
    explicit made_up_names(addresses all) : all_(std::move(all)) {}

    expected<std::vector<std::string>> addresses_of(const std::string& host) override {
        const auto found = all_.find(host);
        if (found != all_.end()) return found->second;
        return error{.kind = error_kind::network,
                     .code = "NameNotResolved",
                     .message = host + ": there is no such name in this test"};
    }

private:
    addresses all_{};
};

/// Without these it has no environment variables, files, programs and names at all.
struct world_contents {
    made_up_environment::variables environment{};
    made_up_files::contents files{};
    made_up_processes::reply programs{};
    made_up_names::addresses names{};
};

/// The world around a session under test, in the time of that clock.
///
///     awsxx::basic_session<awsxx::testing::fake_aws> session(
///         keys, {.region = "us-east-1", .outside = awsxx::testing::isolated_world(time)}, cloud);
inline outside_world isolated_world(std::shared_ptr<clock> time, world_contents has = {}) {
    return {.time = std::move(time),
            .random = {},
            .environment = std::make_shared<made_up_environment>(std::move(has.environment)),
            .files = std::make_shared<made_up_files>(std::move(has.files)),
            .processes = std::make_shared<made_up_processes>(std::move(has.programs)),
            .names = std::make_shared<made_up_names>(std::move(has.names)),
            .devices = std::make_shared<mfa_devices>()};
}

}  // namespace awsxx::inline AWSXX_ABI::testing
