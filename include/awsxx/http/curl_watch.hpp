// SPDX-License-Identifier: MIT
// Says how long a transfer may wait, and which of its limits is over.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/curl_handle.hpp>
#include <awsxx/http/exchange.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string_view>

#include <curl/curl.h>

namespace awsxx::inline AWSXX_ABI::http::detail {

/// The limits of one transfer against real time. libcurl itself keeps the one for connecting; its
/// others are counted in whole seconds or checked by chance.
class curl_watch {
public:
    using time = std::chrono::steady_clock::time_point;

    curl_watch(const curl_handle& handle, const limits& of, time begin = now()) noexcept
        : handle_(handle), limits_(of), begin_(begin), moved_(begin_) {}

    /// The answer's body may stand still.
    void let_answer_pause() noexcept { answer_may_pause_ = true; }

    static time now() noexcept { return std::chrono::steady_clock::now(); }

    /// Bytes moved, or the connection came to be.
    void moved(time at = now()) noexcept { moved_ = at; }

    /// Milliseconds until the next limit is over: 0 if it is.
    int left(time at) noexcept {
        const time end = next();
        if (end == (time::max)()) return longest;
        const auto ms = std::chrono::ceil<milliseconds>(end - at).count();
        return static_cast<int>(std::clamp<long long>(ms, 0, longest));
    }

    /// What the transfer was about when `left` became 0, and the limit by name.
    std::string_view phase() const noexcept { return phase_; }
    std::string_view limit() const noexcept { return limit_; }

    /// The request's body is on its way.
    bool sending() const noexcept {
        if (handle_.upload.length() == 0) return false;
        curl_off_t sent = 0;
        curl_easy_getinfo(handle_.easy(), CURLINFO_SIZE_UPLOAD_T, &sent);
        return static_cast<std::uint64_t>(sent) < handle_.upload.length();
    }

private:
    static constexpr int longest = 60'000;

    time next() noexcept {
        time soonest = (time::max)();
        phase_ = "the exchange";
        consider(soonest, begin_, limits_.total, "the limit for everything");
        if (!handle_.connected || handle_.pause.stands()) return soonest;
        if (handle_.answer.started()) {
            const milliseconds limit = answer_may_pause_ ? milliseconds() : limits_.no_progress;
            if (consider(soonest, moved_, limit, "the limit without progress"))
                phase_ = "receiving the answer";
        } else if (sending()) {
            if (consider(soonest, moved_, limits_.no_progress, "the limit without progress"))
                phase_ = "sending the request";
        } else if (consider(soonest, moved_, limits_.first_byte, "the limit for the first byte")) {
            phase_ = "waiting for the answer";
        }
        return soonest;
    }

    bool consider(time& soonest, time from, milliseconds limit, std::string_view name) noexcept {
        const time end = moment_after(from, limit);
        if (limit.count() <= 0 || end >= soonest) return false;
        soonest = end;
        limit_ = name;
        return true;
    }

    const curl_handle& handle_;
    const limits& limits_;
    time begin_;
    time moved_;
    bool answer_may_pause_ = false;
    std::string_view phase_{};
    std::string_view limit_{};
};

}  // namespace awsxx::inline AWSXX_ABI::http::detail
