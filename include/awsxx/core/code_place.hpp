// SPDX-License-Identifier: MIT
// A line of the program, to be told in errors that show much later.
#pragma once

#include <awsxx/core/version.hpp>

#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI {

/// A file and a line. Stands for `std::source_location`, which not all compilers have.
struct code_place {
    const char* file = "";
    unsigned line{};

    /// As a default argument: the line of the call.
    static constexpr code_place here(const char* file = __builtin_FILE(),
                                     unsigned line = __builtin_LINE()) noexcept {
        return {file, line};
    }
};

/// "jobs.cpp:42", without the folder.
inline std::string to_string(const code_place& where) {
    std::string_view name = where.file;
    name.remove_prefix(name.find_last_of("/\\") + 1);
    return std::string(name) + ":" + std::to_string(where.line);
}

}  // namespace awsxx::inline AWSXX_ABI
