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
#include <vector>

namespace test {

/// All files there are, by path. `broken` ones exist and cannot be read.
class fake_files : public awsxx::file_system {
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

    std::vector<std::string> list(const std::string& folder) const override {
        std::vector<std::string> names;
        for (const auto& [path, text] : all)
            if (path.starts_with(folder)) names.push_back(path.substr(folder.size()));
        return names;
    }
    bool remove(const std::string& path) override { return all.erase(path) == 1; }

    std::map<std::string, std::string, std::less<>> all{};
    std::string broken{};
    mutable int reads = 0;
};

}  // namespace test
