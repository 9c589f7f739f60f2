// SPDX-License-Identifier: MIT
// Files that a test makes up.
#pragma once

#include <awsxx/core/system.hpp>

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace test {

/// All files there are, by path. `broken` ones exist and cannot be read.
class fake_files final : public awsxx::file_system {
public:
    fake_files() = default;
    fake_files(std::initializer_list<std::pair<const std::string, std::string>> files)
        : all(files) {}

    awsxx::expected<std::string> read(const std::string& path, std::size_t limit) const override {
        ++reads;
        if (path == broken)
            return awsxx::error{.kind = awsxx::error_kind::configuration,
                                .code = "FileUnreadable",
                                .message = path + ": Permission denied"};
        const auto at = all.find(path);
        if (at == all.end())
            return awsxx::error{.kind = awsxx::error_kind::not_found,
                                .code = "FileNotFound",
                                .message = path + ": No such file or directory"};
        if (at->second.size() > limit)
            return awsxx::error{
                .kind = awsxx::error_kind::too_large, .code = "FileTooLarge", .message = path};
        return at->second;
    }
    awsxx::expected<void> write(const std::string& path, std::string_view bytes) override {
        all[path] = std::string(bytes);
        return {};
    }

    std::map<std::string, std::string, std::less<>> all{};
    std::string broken{};
    mutable int reads = 0;
};

}  // namespace test
