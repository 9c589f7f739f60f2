// SPDX-License-Identifier: MIT
// Files that a test makes up.
#pragma once

#include <awsxx/core/system.hpp>

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace test {

/// All files there are, by path. `broken` ones exist and cannot be read; on a `full` disk nothing
/// can be written. `open` ones may be read by everybody.
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
        if (full)
            return awsxx::error{.kind = awsxx::error_kind::configuration,
                                .code = "FileUnwritable",
                                .message = path + ": No space left on device"};
        all[path] = std::string(bytes);
        return {};
    }

    std::vector<std::string> list(const std::string& folder) const override {
        std::vector<std::string> names;
        for (const auto& [path, text] : all)
            if (path.starts_with(folder)) names.push_back(path.substr(folder.size()));
        return names;
    }
    awsxx::expected<awsxx::file_content> read_content(const std::string& path,
                                                      std::size_t limit) const override {
        auto bytes = read(path, limit);
        if (!bytes) return std::move(bytes).error();
        return awsxx::file_content{.bytes = *std::move(bytes),
                                   .open_to_others = open.contains(path)};
    }
    std::optional<awsxx::instant> written_at(const std::string& path) const override {
        const auto at = written.find(path);
        if (at == written.end()) return {};
        return at->second;
    }
    bool remove(const std::string& path) override { return all.erase(path) == 1; }

    std::map<std::string, std::string, std::less<>> all{};
    std::string broken{};
    std::set<std::string> open{};
    std::map<std::string, awsxx::instant> written{};
    bool full = false;
    mutable int reads = 0;
};

}  // namespace test
