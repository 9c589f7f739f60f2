// SPDX-License-Identifier: MIT
// The best that a careful user of libcurl gets: one kept easy handle that sends the same bytes again and again.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <curl/curl.h>

namespace bench {

/// A POST that is sent as often as wanted. Everything is set once; the answer's body goes into a
/// string that keeps its memory.
class bare_curl {
public:
    /// `headers` are whole lines, as in "x-amz-date: 20260823T120000Z".
    bare_curl(const std::string& url, const std::vector<std::string>& headers, std::string body)
        : body_(std::move(body)), easy_(curl_easy_init()) {
        for (const std::string& line : headers) list_ = curl_slist_append(list_, line.c_str());
        list_ = curl_slist_append(list_, "Accept:");
        set(CURLOPT_URL, url.c_str());
        set(CURLOPT_HTTPHEADER, list_);
        set(CURLOPT_POSTFIELDS, body_.data());
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body_.size()));
        set(CURLOPT_WRITEFUNCTION, &bare_curl::on_body);
        set(CURLOPT_WRITEDATA, this);
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_PROXY, "");
        set(CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
    }
    ~bare_curl() {
        curl_easy_cleanup(easy_);
        curl_slist_free_all(list_);
    }
    bare_curl(const bare_curl&) = delete;
    bare_curl& operator=(const bare_curl&) = delete;

    /// The body of the answer, until the next call.
    std::string_view send() {
        answer_.clear();
        long status = 0;
        if (curl_easy_perform(easy_) != CURLE_OK ||
            curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status) != CURLE_OK || status != 200)
            std::abort();
        return answer_;
    }

private:
    template <class Value>
    void set(CURLoption option, Value value) {
        if (curl_easy_setopt(easy_, option, value) != CURLE_OK) std::abort();
    }
    static std::size_t on_body(char* piece, std::size_t, std::size_t size, void* self) {
        static_cast<bare_curl*>(self)->answer_.append(piece, size);
        return size;
    }

    std::string body_;
    std::string answer_{};
    CURL* easy_;
    curl_slist* list_ = nullptr;
};

}  // namespace bench
