// SPDX-License-Identifier: MIT
// Gets the codes of MFA devices from a program, as from a password manager's.
#pragma once

#include <awsxx/core/command_words.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/process.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/system_processes.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/mfa_prompt.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// A prompt for `settings.mfa` that runs a program, which prints the code: `ykman oath accounts
/// code -s aws`. No shell is involved; `limits` has its time. Null as `processes`: real ones.
inline mfa_prompt mfa_command_prompt(std::string command, process_limits limits = {},
                                     std::shared_ptr<process_runner> processes = {}) {
    if (!processes) processes = std::make_shared<system_processes>();
    return [command = std::move(command), limits,
            processes = std::move(processes)](const mfa_request& what) -> expected<secret> {
        const auto failed = [&](error why) {
            return caused_by({.kind = error_kind::credentials,
                              .code = "MfaCommandFailed",
                              .message = "the program for MFA device " + what.serial_number},
                             std::move(why));
        };
        auto words = split_command(command);
        if (!words) return failed(std::move(words).error());
        auto ran = processes->run(*words, limits);
        if (!ran) return failed(std::move(ran).error());
        wipe(ran->err);
        secret code(text::trimmed(ran->out));
        wipe(ran->out);
        if (ran->exit_status == 0) return code;
        return failed({.kind = error_kind::credentials,
                       .code = "ProgramFailed",
                       .message = "exit status " + std::to_string(ran->exit_status)});
    };
}

}  // namespace awsxx::inline AWSXX_ABI
