// SPDX-License-Identifier: MIT
// What a program can listen to, to see what the library does and why.
#pragma once

#include <awsxx/core/version.hpp>

#include <functional>
#include <string_view>

namespace awsxx::inline AWSXX_ABI {

struct attempt_report;

/// What a line is about. Combine with `|`.
enum class channel : unsigned char {
    none = 0,
    configuration = 1,  ///< What was ignored in settings and files, and why.
    credentials = 2,    ///< Which were got, from where, until when; renewals that failed.
    signing = 4,        ///< Which key signed for which scope; URLs that end before they were to.
    retry = 8,          ///< Attempts that failed, and what follows.
    wire = 16,          ///< Method, host, path, status, sizes and harmless headers.
    connection = 32,    ///< Connections made and used again, and what attempts waited for.
    all = 63,
};

constexpr channel operator|(channel a, channel b) noexcept {
    return static_cast<channel>(static_cast<unsigned char>(a) | static_cast<unsigned char>(b));
}

/// The name of a single channel.
constexpr std::string_view to_string(channel one) noexcept {
    switch (one) {
        case channel::configuration: return "configuration";
        case channel::credentials: return "credentials";
        case channel::signing: return "signing";
        case channel::retry: return "retry";
        case channel::wire: return "wire";
        case channel::connection: return "connection";
        default: return "";
    }
}

/// Gets a line for each thing that happens on the channels it listens to. No line has a secret,
/// the query of a presigned URL or a body in it.
///
///     awsxx::settings choices;
///     choices.observer = {.note = [](awsxx::channel on, std::string_view line) {
///                             std::clog << to_string(on) << ": " << line << '\n';
///                         },
///                         .listens_to = awsxx::channel::retry | awsxx::channel::credentials};
///
/// Called from the threads that make calls, several at once: it may ask the session to explain
/// itself, but must not make calls of the session. Without `note`, which is the default, nothing is
/// put together; `attempt` gets the figures of each request, from <awsxx/runtime/attempt_report.hpp>,
/// in the same way. Without it nothing is measured.
struct observer {
    std::function<void(channel on, std::string_view line)> note{};
    channel listens_to = channel::all;
    std::function<void(const attempt_report& what)> attempt{};

    bool wants(channel one) const noexcept {
        return note && (static_cast<unsigned char>(listens_to) & static_cast<unsigned char>(one));
    }
};

}  // namespace awsxx::inline AWSXX_ABI
