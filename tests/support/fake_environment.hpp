// SPDX-License-Identifier: MIT
// Environment variables that a test makes up.
#pragma once

#include <awsxx/core/system.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace test {

/// The whole environment; what is not in it does not exist.
class fake_environment final : public awsxx::environment {
public:
    using variables = std::map<std::string, std::string, std::less<>>;

    fake_environment() = default;
    fake_environment(variables all) : all_(std::move(all)) {}

    std::optional<std::string> get(std::string_view name) const override {
        ++reads;
        const auto at = all_.find(name);
        if (at == all_.end()) return {};
        return at->second;
    }
    void set(const std::string& name, std::string value) { all_[name] = std::move(value); }

    mutable int reads = 0;

private:
    variables all_{};
};

}  // namespace test
