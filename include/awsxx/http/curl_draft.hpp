// SPDX-License-Identifier: MIT
// Puts a request on a libcurl handle, setting only what differs from the last one.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/http/curl_header_list.hpp>
#include <awsxx/http/curl_setup.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>

#include <algorithm>
#include <climits>
#include <cstdint>
#include <string>
#include <utility>

#include <curl/curl.h>

namespace awsxx::inline AWSXX_ABI::http::detail {

/// What is set on one handle. Setting an option again costs, so unchanged ones are left.
class curl_draft {
public:
    /// `what` and its body have to live until the transfer ends.
    CURLcode put(CURL* handle, const request& what, const exchange& how) {
        curl_setter easy(handle);
        put_url(easy, what.target);
        put_method(easy, what);
        change(easy, CURLOPT_HTTPHEADER, headers_, header_list_.fill(what));
        change(easy, CURLOPT_CONNECTTIMEOUT_MS, connect_limit_,
               milliseconds_of(how.limits.connect));
        change(easy, CURLOPT_FRESH_CONNECT, fresh_, how.fresh_connection);
        change(easy, CURLOPT_BUFFERSIZE, buffer_, room_for_answer(what, how));
        return easy.result();
    }

private:
    static constexpr long usual_buffer = 16 << 10;  // libcurl's own choice

    static long room_for_answer(const request& what, const exchange& how) {
        if (how.sink != nullptr) return 24 << 10;    // fewer system calls; stays in the first cache
        if (!what.body.in_memory()) return 4 << 10;  // beside the room that the upload takes
        return usual_buffer;
    }

    enum class mode : unsigned char { unset, get, head, post };

    template <class Value>
    static void change(curl_setter& easy, CURLoption option, Value& last, Value now) {
        if (last == now) return;
        last = now;
        easy.set(option, now);
    }

    // libcurl takes 0 for five minutes
    static long milliseconds_of(milliseconds limit) {
        const auto count = static_cast<long long>(limit.count());
        return count <= 0 ? INT_MAX : static_cast<long>(std::min<long long>(count, INT_MAX));
    }

    void put_url(curl_setter& easy, const uri& target) {
        if (target == target_) return;
        uri next = target;  // where memory runs out, nothing has changed
        easy.set(CURLOPT_URL, to_string(target).c_str());
        if (easy.result() == CURLE_OK) target_ = std::move(next);
    }

    // Everything with a body is a POST to libcurl, under whatever name: that way it knows the
    // length, sends small bodies together with the head, and keeps the connection after a 4xx.
    void put_method(curl_setter& easy, const request& what) {
        const bool bare = what.body.empty() && (what.method == "GET" || what.method == "DELETE");
        if (what.method == "HEAD") {
            put_mode(easy, mode::head);
        } else if (bare) {
            put_mode(easy, mode::get);
        } else {
            put_mode(easy, mode::post);
            put_body(easy, what.body);
        }
        if (what.method == method_) return;
        method_ = what.method;
        easy.set(CURLOPT_CUSTOMREQUEST, method_.c_str());
    }

    void put_mode(curl_setter& easy, mode now) {
        if (now == mode_) return;
        if (mode_ == mode::head) easy.set(CURLOPT_NOBODY, false);
        if (now == mode::head) easy.set(CURLOPT_NOBODY, true);
        if (now == mode::get) easy.set(CURLOPT_HTTPGET, true);
        if (now == mode::post) easy.set(CURLOPT_POST, true);
        mode_ = now;
    }

    void put_body(curl_setter& easy, const body& what) {
        change(easy, CURLOPT_POSTFIELDSIZE_LARGE, size_, static_cast<curl_off_t>(what.size()));
        const char* bytes = what.bytes().data();
        if (what.in_memory() && bytes == nullptr) bytes = "";  // null would ask for a stream
        change(easy, CURLOPT_POSTFIELDS, bytes_, bytes);
    }

    curl_header_list header_list_{};
    const curl_slist* headers_ = nullptr;
    uri target_{.scheme = {}};
    std::string method_{};
    mode mode_ = mode::unset;
    const char* bytes_ = nullptr;
    curl_off_t size_ = -1;
    long connect_limit_ = -1;
    bool fresh_ = false;
    long buffer_ = usual_buffer;
};

}  // namespace awsxx::inline AWSXX_ABI::http::detail
