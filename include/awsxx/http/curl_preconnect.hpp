// SPDX-License-Identifier: MIT
// Makes several connections at the same time on the thread that waits for them.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/connections.hpp>
#include <awsxx/http/curl_exchange.hpp>
#include <awsxx/http/curl_failure.hpp>
#include <awsxx/http/curl_handle.hpp>
#include <awsxx/http/curl_watch.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

#include <curl/curl.h>

namespace awsxx::inline AWSXX_ABI::http::detail {

/// One handle while it connects.
class curl_opening {
public:
    /// `what` and `how` live as long as this.
    curl_opening(curl_handle_ptr handle, const request& what, const exchange& how)
        : handle_(std::move(handle)), watch_(*handle_, how.limits) {
        CURLcode set = handle_->begin(what, how);
        if (set == CURLE_OK) {
            added_ = curl_multi_add_handle(handle_->multi(), handle_->easy()) == CURLM_OK;
            if (!added_) set = CURLE_FAILED_INIT;
        }
        if (set != CURLE_OK) failure_ = curl_failure(*handle_).of(set);
    }
    curl_opening(const curl_opening&) = delete;
    curl_opening& operator=(const curl_opening&) = delete;
    ~curl_opening() {
        if (!added_) return;
        handle_->end();
        curl_multi_remove_handle(handle_->multi(), handle_->easy());
    }

    /// Does what can be done without waiting. False: it is over.
    bool advance(const std::stop_token& stop) {
        if (over_ || failure_) return false;
        int running = 0;
        if (stop.stop_requested()) {
            failure_ = stopped();
        } else if (curl_multi_perform(handle_->multi(), &running) != CURLM_OK) {
            failure_ = curl_failure(*handle_).of(CURLE_FAILED_INIT);
        } else if (running == 0) {
            conclude();
        } else if (left() == 0) {
            failure_ = curl_failure(*handle_).late(watch_.phase(), watch_.limit());
        }
        return !over_ && !failure_;
    }
    /// Waits until something comes, or so many milliseconds.
    void wait(int most) {
        curl_multi_poll(handle_->multi(), nullptr, 0, (std::min)(left(), most), nullptr);
    }

    const std::optional<error>& failure() const noexcept { return failure_; }
    bool is_new() const noexcept {
        long made = 0;
        curl_easy_getinfo(handle_->easy(), CURLINFO_NUM_CONNECTS, &made);
        return made != 0;
    }
    /// The handle with its connection, once it is over.
    curl_handle_ptr take() {
        if (std::exchange(added_, false)) {
            handle_->end();
            curl_multi_remove_handle(handle_->multi(), handle_->easy());
        }
        return std::move(handle_);
    }

private:
    int left() { return watch_.left(curl_watch::now()); }
    void conclude() {
        int others = 0;
        const CURLMsg* const told = curl_multi_info_read(handle_->multi(), &others);
        failure_ = failure_of(*handle_, told != nullptr ? told->data.result : CURLE_FAILED_INIT);
        over_ = true;
    }

    curl_handle_ptr handle_;
    curl_watch watch_;
    std::optional<error> failure_{};
    bool added_ = false;
    bool over_ = false;
};

/// All of them to their end. Sockets are looked at every few milliseconds, as each handle has a
/// multi handle of its own, and libcurl waits for one of those.
inline void open_all(const std::vector<std::unique_ptr<curl_opening>>& all,
                     const std::stop_token& stop) {
    constexpr int slice = 5;
    for (;;) {
        curl_opening* busy = nullptr;
        int count = 0;
        for (const auto& one : all)
            if (one->advance(stop)) {
                busy = one.get();
                ++count;
            }
        if (busy == nullptr) return;
        busy->wait(count > 1 || stop.stop_possible() ? slice : 1000);
    }
}

}  // namespace awsxx::inline AWSXX_ABI::http::detail
