// SPDX-License-Identifier: MIT
// Where the shared config files are.
#pragma once

#include <awsxx/core/system.hpp>
#include <awsxx/core/version.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::config {

/// How paths and home folders are spelled.
enum class platform : unsigned char { posix, windows };

#if defined(_WIN32)
inline constexpr platform this_platform = platform::windows;
#else
inline constexpr platform this_platform = platform::posix;
#endif

/// The paths of the shared files. An empty one: there is no such file.
struct file_locations {
    std::string config{};
    std::string credentials{};
};

/// The user's home folder; empty if the environment does not tell.
inline std::string home_folder(const environment& from, platform where = this_platform) {
    if (auto home = get_filled(from, "HOME")) return *std::move(home);
    if (where == platform::posix) return {};
    if (auto home = get_filled(from, "USERPROFILE")) return *std::move(home);
    return from.get("HOMEDRIVE").value_or("") + from.get("HOMEPATH").value_or("");
}

/// `path` with the home folder in place of a `~` that stands alone before a separator. Empty if
/// that folder is not known.
inline std::string with_home(std::string path, const environment& from,
                             platform where = this_platform) {
    const bool to_be_expanded =
        path.starts_with("~/") || (where == platform::windows && path.starts_with("~\\"));
    if (!to_be_expanded) return path;
    std::string home = home_folder(from, where);
    if (home.empty()) return {};
    return home.append(path, 1);
}

/// The shared files that the environment asks for, else those of the home folder.
inline file_locations locate_files(const environment& from, platform where = this_platform) {
    const auto locate = [&](std::string_view variable, std::string_view name) {
        if (auto path = get_filled(from, variable)) return with_home(*std::move(path), from, where);
        std::string path = where == platform::windows ? "~\\.aws\\" : "~/.aws/";
        return with_home(path.append(name), from, where);
    };
    return {.config = locate("AWS_CONFIG_FILE", "config"),
            .credentials = locate("AWS_SHARED_CREDENTIALS_FILE", "credentials")};
}

}  // namespace awsxx::inline AWSXX_ABI::config
