// SPDX-License-Identifier: MIT
// Gets the codes of one MFA device, each of which AWS accepts once.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/guarded.hpp>
#include <awsxx/core/guarded_call.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/configuration.hpp>
#include <awsxx/runtime/mfa_prompt.hpp>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// True for six digits, which is what every device shows.
constexpr bool is_mfa_code(std::string_view code) noexcept {
    return code.size() == 6 && std::all_of(code.begin(), code.end(), text::is_digit);
}

/// Asks for codes one after the other. A code that was used is not given out again: where the
/// prompt repeats it, the device's next one is waited for (30 s) and asked for, twice at most.
/// Any number of threads may ask.
class mfa_device {
public:
    expected<secret> code(const mfa_prompt& prompt, mfa_request what, clock& time) {
        const auto held = used_.lock();
        for (what.attempt = 1; what.attempt <= 3; ++what.attempt) {
            if (what.attempt > 1) time.sleep(until_next_code(time.now()));
            const auto ask = [&] { return prompt(what); };
            expected<secret> given = guarded_call("MfaPromptFailed", ask);
            if (!given) return given;
            if (!is_mfa_code(given->expose()))
                return refused("InvalidMfaCode", what, "the code is not six digits");
            if (*given == *held) continue;
            *held = *given;
            return given;
        }
        return refused("MfaCodeRepeated", what, "the code given again and again was used already");
    }

private:
    static milliseconds until_next_code(instant now) {
        constexpr milliseconds step{30'000};
        return step - now.time_since_epoch() % step;
    }
    static error refused(const char* code, const mfa_request& what, std::string why) {
        return {.kind = error_kind::action_needed,
                .code = code,
                .message = "MFA device " + what.serial_number + ": " + std::move(why)};
    }

    const guarded<secret> used_{};
};

/// All devices that were asked, by serial number. Any number of threads may use them.
class mfa_devices {
public:
    std::shared_ptr<mfa_device> get(const std::string& serial_number) {
        const auto held = all_.lock();
        std::shared_ptr<mfa_device>& device = (*held)[serial_number];
        if (!device) device = std::make_shared<mfa_device>();
        return device;
    }

    /// Those of the process: AWS takes a code once, whichever session sends it.
    static mfa_devices& of_process() {
        static mfa_devices* const all = new mfa_devices;  // outlives every thread
        return *all;
    }

private:
    const guarded<std::map<std::string, std::shared_ptr<mfa_device>>> all_{};
};

/// A code of that device, from the prompt of the session's settings. Blocks.
inline expected<secret> mfa_code(const runtime::configuration& from, mfa_request what) {
    const mfa_prompt& prompt = from.choices().mfa;
    if (!prompt)
        return error{.kind = error_kind::action_needed,
                     .code = "MfaCodeNeeded",
                     .message = what.role_arn + " needs a code of MFA device " +
                                what.serial_number + ", and settings.mfa cannot ask for one"};
    const auto& devices = from.outside().devices;
    const auto device = (devices ? *devices : mfa_devices::of_process()).get(what.serial_number);
    return device->code(prompt, std::move(what), *from.outside().time);
}

}  // namespace awsxx::inline AWSXX_ABI
