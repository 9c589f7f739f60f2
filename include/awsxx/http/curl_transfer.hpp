// SPDX-License-Identifier: MIT
// One exchange among others on a libcurl multi handle, and the limits it keeps.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/mailbox.hpp>
#include <awsxx/core/timer_queue.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/curl_handle.hpp>
#include <awsxx/http/curl_pause.hpp>
#include <awsxx/http/curl_watch.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include <curl/curl.h>

namespace awsxx::inline AWSXX_ABI::http {

class exchange_listener;

namespace detail {

class curl_loop_state;
struct curl_network;

/// A handle with what it is busy with. Idle ones wait for the next exchange with their origin.
struct curl_transfer final : queued_timer<curl_watch::time>, mail, curl_waker {
    curl_transfer(curl_loop_state& of, curl_network& by, curl_handle_ptr with)
        : loop(&of), network(&by), handle(std::move(with)) {
        handle->pause.wakes(*this);
    }

    void begin(const exchange& with, const body& sent, curl_watch::time now) {
        how = &with;
        handle->moved_at = now;
        watch.emplace(*handle, with.limits, now);
        if (with.answer_may_pause) watch->let_answer_pause();
        uploaded_ = 0;
        // on a connection with others nobody tells whose bytes went, so libcurl is asked
        asks_ = handle->shares_connection() && !sent.empty();
        interval_ = shortest(with.limits) / (asks_ ? 8 : 1);
    }

    /// When to look at the limits; nothing: there are none.
    std::optional<curl_watch::time> next_look(curl_watch::time now) {
        if (interval_ == (std::chrono::microseconds::max)()) return {};
        return now + std::min<std::chrono::microseconds>(milliseconds(watch->left(now)), interval_);
    }
    /// One of the limits is over.
    bool is_late(curl_watch::time now) {
        if (asks_) look_at_upload(now);
        watch->moved(handle->moved_at);
        return watch->left(now) == 0;
    }
    /// Something moved if more of the body was sent than at the last look.
    void look_at_upload(curl_watch::time now) {
        curl_off_t sent = 0;
        curl_easy_getinfo(handle->easy(), CURLINFO_SIZE_UPLOAD_T, &sent);
        if (std::exchange(uploaded_, sent) != sent) handle->moved_at = now;
    }
    void due() override;
    /// A body is to go on: from any thread, and then on the loop's.
    void wake() noexcept override;
    void arrived() override;

    curl_loop_state* loop;
    curl_network* network;
    curl_handle_ptr handle;
    std::optional<curl_watch> watch{};
    const exchange* how{};
    exchange_listener* to{};  ///< Null while it is idle.
    int socket = -1;          ///< Of its connection, once libcurl waits for it.

private:
    /// No limit can be over sooner than this after it began to count.
    static std::chrono::microseconds shortest(const limits& of) noexcept {
        constexpr milliseconds longest = std::chrono::days(1);  // one that has microseconds
        auto found = (std::chrono::microseconds::max)();
        for (const milliseconds one : {of.first_byte, of.no_progress, of.total})
            if (one > milliseconds::zero())
                found = std::min<std::chrono::microseconds>(found, (std::min)(one, longest));
        return found;
    }

    std::chrono::microseconds interval_{};
    bool asks_ = false;
    curl_off_t uploaded_ = 0;
};

}  // namespace detail

}  // namespace awsxx::inline AWSXX_ABI::http
