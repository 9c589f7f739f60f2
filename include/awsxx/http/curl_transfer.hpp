// SPDX-License-Identifier: MIT
// One exchange among others on a libcurl multi handle, and the limits it keeps.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/timer_queue.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/curl_handle.hpp>
#include <awsxx/http/curl_options.hpp>
#include <awsxx/http/curl_watch.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <curl/curl.h>

namespace awsxx::inline AWSXX_ABI::http {

class exchange_listener;

namespace detail {

class curl_loop_state;
struct curl_network;

/// A handle with what it is busy with. Idle ones wait for the next exchange with their origin.
struct curl_transfer final : queued_timer<curl_watch::time> {
    curl_transfer(curl_loop_state& of, curl_network& by, curl_handle_ptr with)
        : loop(&of), network(&by), handle(std::move(with)) {}

    void begin(const exchange& with, const body& sent, curl_watch::time now) {
        how = &with;
        handle->moved_at = now;
        watch.emplace(*handle, with.limits, now);
        uploaded_ = 0;
        // libcurl does not tell of a body in memory as it goes, so it is asked
        const bool asks = sent.in_memory() && sent.size() > (std::uint64_t{1} << 16);
        interval_ = shortest(with.limits) / (asks ? 8 : 1);
    }

    /// When to look at the limits; nothing: there are none.
    std::optional<curl_watch::time> next_look(curl_watch::time now) {
        if (interval_ == (std::chrono::microseconds::max)()) return {};
        return now + std::min<std::chrono::microseconds>(milliseconds(watch->left(now)), interval_);
    }
    /// One of the limits is over.
    bool is_late(curl_watch::time now) {
        curl_off_t sent = 0;
        curl_easy_getinfo(handle->easy(), CURLINFO_SIZE_UPLOAD_T, &sent);
        if (std::exchange(uploaded_, sent) != sent) handle->moved_at = now;
        watch->moved(handle->moved_at);
        return watch->left(now) == 0;
    }
    void due() override;

    curl_loop_state* loop;
    curl_network* network;
    curl_handle_ptr handle;
    std::optional<curl_watch> watch{};
    const exchange* how{};
    exchange_listener* to{};  ///< Null while it is idle.

private:
    /// No limit can be over sooner than this after it began to count.
    static std::chrono::microseconds shortest(const limits& of) noexcept {
        auto found = (std::chrono::microseconds::max)();
        for (const milliseconds one : {of.first_byte, of.no_progress, of.total})
            if (one > milliseconds::zero()) found = std::min<std::chrono::microseconds>(found, one);
        return found;
    }

    std::chrono::microseconds interval_{};
    curl_off_t uploaded_ = 0;
};

/// All handles that are set up in one way. They are never more than were busy at once.
struct curl_network {
    explicit curl_network(const curl_options& of) : options(of) {}

    bool serves(const curl_options& wanted) const {
        return wanted.ca_file == options.ca_file && wanted.ca_path == options.ca_path &&
               wanted.proxies.http == options.proxies.http &&
               wanted.proxies.https == options.proxies.https &&
               wanted.proxies.none == options.proxies.none &&
               wanted.insecure_skip_tls_verification == options.insecure_skip_tls_verification &&
               wanted.tcp_keepalive == options.tcp_keepalive && wanted.http2 == options.http2;
    }
    /// An idle handle for that, the one used last; or null.
    curl_transfer* take(const request& what, const exchange& how) {
        for (auto at = idle.rbegin(); at != idle.rend(); ++at) {
            curl_transfer* const found = *at;
            if (!found->handle->usable() ||
                !found->handle->serves(what.target, how.certificate.get()))
                continue;
            idle.erase(std::next(at).base());
            return found;
        }
        return nullptr;
    }

    curl_options options;
    std::vector<std::unique_ptr<curl_transfer>> all{};
    std::vector<curl_transfer*> idle{};
};

}  // namespace detail

}  // namespace awsxx::inline AWSXX_ABI::http
