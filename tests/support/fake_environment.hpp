// SPDX-License-Identifier: MIT
// Environment variables that a test makes up.
#pragma once

#include <awsxx/core/system.hpp>

#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace test {

/// The whole environment; what is not in it does not exist.
class fake_environment final : public awsxx::environment {
public:
    fake_environment() = default;
    fake_environment(std::initializer_list<std::pair<const std::string, std::string>> all)
        : all_(all) {}

    std::optional<std::string> get(std::string_view name) const override {
        ++reads;
        const auto at = all_.find(name);
        if (at == all_.end()) return {};
        return at->second;
    }
    std::vector<std::string> names(std::string_view prefix) const override {
        std::vector<std::string> found;
        for (const auto& [name, value] : all_)
            if (name.starts_with(prefix)) found.push_back(name);
        return found;
    }
    void set(const std::string& name, std::string value) { all_[name] = std::move(value); }

    mutable int reads = 0;

private:
    std::map<std::string, std::string, std::less<>> all_{};
};

}  // namespace test
