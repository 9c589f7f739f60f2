// SPDX-License-Identifier: MIT
// How a large object on its way is watched, stopped and limited.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/call_options.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::recipes::s3 {

/// How far an object has come.
struct transfer_progress {
    std::uint64_t bytes{};                ///< That arrived, those of an earlier run included.
    std::optional<std::uint64_t> size{};  ///< Of all; absent where it is not known yet.
    std::string_view upload_id{};         ///< To resume with; empty where there is no such upload.
};

/// Told at the beginning and after each part, on the thread that transfers. Must not throw.
using transfer_watch = std::function<void(const transfer_progress&)>;

namespace detail::transfer {

/// Says when a transfer is over before its end.
class guard {
public:
    guard(const clock& time, milliseconds at_most, std::stop_token stop)
        : time_(&time), stop_(std::move(stop)) {
        if (at_most != milliseconds::zero()) end_ = moment_after(time.steady_now(), at_most);
    }

    /// For one of its calls: no longer than what is left, 1 ms at the least.
    milliseconds left() const {
        if (!end_) return milliseconds::zero();
        return (std::max)(milliseconds(1),
                          std::chrono::duration_cast<milliseconds>(*end_ - time_->steady_now()));
    }
    const std::stop_token& stop() const noexcept { return stop_; }
    call_options of_call() const { return {.at_most = left(), .stop = stop_}; }

    /// Fails once it is to be stopped or its time is over.
    expected<void> check() const {
        if (stop_.stop_requested())
            return error{.kind = error_kind::cancelled,
                         .code = "TransferStopped",
                         .message = "the transfer was to be stopped"};
        if (end_ && time_->steady_now() >= *end_)
            return error{.kind = error_kind::timeout,
                         .code = "TransferTimedOut",
                         .message = "the transfer took longer than it was given"};
        return {};
    }

private:
    const clock* time_;
    std::stop_token stop_;
    std::optional<steady_instant> end_{};
};

AWSXX_COLD inline error refusal(const char* code, const char* why) {
    return {.kind = error_kind::invalid_argument, .code = code, .message = why};
}

/// `outer` with what callers branch on taken from its cause.
AWSXX_COLD inline error failed(error outer, error why) {
    outer.kind = why.kind;
    outer.retryable = why.retryable;
    outer.http_status = why.http_status;
    return caused_by(std::move(outer), std::move(why));
}

}  // namespace detail::transfer

}  // namespace awsxx::inline AWSXX_ABI::recipes::s3
