// SPDX-License-Identifier: MIT
// One request and its answer on one libcurl handle, within its limits.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/curl_failure.hpp>
#include <awsxx/http/curl_handle.hpp>
#include <awsxx/http/curl_watch.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <utility>

#include <curl/curl.h>

namespace awsxx::inline AWSXX_ABI::http::detail {

AWSXX_COLD inline error stopped() {
    return {.kind = error_kind::cancelled,
            .code = "ExchangeStopped",
            .message = "the program gave the exchange up"};
}

/// Ends the wait on a multi handle when a stop is requested, from whatever thread.
struct wake_multi {
    CURLM* multi;
    void operator()() const noexcept { curl_multi_wakeup(multi); }
};

/// Runs the transfer that is set on `handle`. What it returns is libcurl's result, or the limit
/// that ended it.
inline expected<CURLcode> run(curl_handle& handle, const exchange& how) {
    curl_watch watch(handle, how.limits);
    if (how.answer_may_pause) watch.let_answer_pause();
    const std::stop_callback<wake_multi> alarm(how.stop, wake_multi{handle.multi()});
    for (bool first = true;; first = false) {
        if (how.stop.stop_requested()) return stopped();
        if (handle.is_woken()) {
            watch.moved();
            if (const CURLcode result = handle.go_on(); result != CURLE_OK) return result;
        }
        int running = 0;
        CURLMcode trouble = curl_multi_perform(handle.multi(), &running);
        if (trouble == CURLM_OK && running == 0) break;
        const curl_watch::time now = curl_watch::now();
        if (first) watch.moved(now);
        const int left = watch.left(now);
        if (left == 0) return curl_failure(handle).late(watch.phase(), watch.limit());
        int events = 0;
        if (trouble == CURLM_OK)
            trouble = curl_multi_poll(handle.multi(), nullptr, 0, left, &events);
        if (trouble != CURLM_OK) return CURLE_FAILED_INIT;
        if (events != 0) watch.moved();
    }
    int others = 0;
    const CURLMsg* message = curl_multi_info_read(handle.multi(), &others);
    return message != nullptr ? message->data.result : CURLE_FAILED_INIT;
}

/// Why there is no answer, or nothing.
inline std::optional<error> failure_of(curl_handle& handle, CURLcode result) {
    if (handle.answer.problem()) return std::move(handle.answer.problem());
    if (handle.upload.problem()) return std::move(handle.upload.problem());
    if (result != CURLE_OK) return curl_failure(handle).of(result);
    if (handle.only_connects()) return {};
    if (!handle.answer.started() || !handle.answer.complete()) return curl_failure(handle).cut();
    return {};
}

inline void tell_bytes(CURL* easy, connection_facts& facts) {
    const auto bytes = [easy](CURLINFO which) {
        curl_off_t count = 0;
        curl_easy_getinfo(easy, which, &count);
        return static_cast<std::uint64_t>(count);
    };
    const auto heads = [easy](CURLINFO which) {
        long count = 0;
        curl_easy_getinfo(easy, which, &count);
        return static_cast<std::uint64_t>(count);
    };
    facts.bytes_sent = heads(CURLINFO_REQUEST_SIZE) + bytes(CURLINFO_SIZE_UPLOAD_T);
    facts.bytes_received = heads(CURLINFO_HEADER_SIZE) + bytes(CURLINFO_SIZE_DOWNLOAD_T);
}

/// What libcurl knows of the connection that was used.
AWSXX_COLD inline void tell(CURL* easy, connection_facts& facts) {
    long made = 0;
    curl_easy_getinfo(easy, CURLINFO_NUM_CONNECTS, &made);
    facts.reused = made == 0;
    const char* address = nullptr;
    curl_easy_getinfo(easy, CURLINFO_PRIMARY_IP, &address);
    facts.address = address != nullptr ? address : "";
    const auto time = [easy](CURLINFO which) {
        curl_off_t microseconds = 0;
        curl_easy_getinfo(easy, which, &microseconds);
        return std::chrono::microseconds(microseconds);
    };
    facts.name_found = time(CURLINFO_NAMELOOKUP_TIME_T);
    facts.connected = time(CURLINFO_CONNECT_TIME_T);
    facts.secured = time(CURLINFO_APPCONNECT_TIME_T);
    facts.ready = time(CURLINFO_PRETRANSFER_TIME_T);
    facts.first_byte = time(CURLINFO_STARTTRANSFER_TIME_T);
    facts.total = time(CURLINFO_TOTAL_TIME_T);
    tell_bytes(easy, facts);
}

/// Sends `what` on `handle` and waits for the answer.
inline expected<response> exchange_on(curl_handle& handle, const request& what,
                                      const exchange& how) {
    const CURLcode set = handle.begin(what, how);
    if (set != CURLE_OK) return curl_failure(handle).of(set);
    if (curl_multi_add_handle(handle.multi(), handle.easy()) != CURLM_OK)
        return curl_failure(handle).of(CURLE_FAILED_INIT);
    auto result = run(handle, how);
    std::optional<error> failure = result ? failure_of(handle, *result) : std::move(result).error();
    if (how.facts != nullptr) tell(handle.easy(), *how.facts);
    handle.end();
    curl_multi_remove_handle(handle.multi(), handle.easy());
    if (failure) return *std::move(failure);
    return handle.answer.take();
}

}  // namespace awsxx::inline AWSXX_ABI::http::detail
