// SPDX-License-Identifier: MIT
// libcurl as its manual shows it, for bodies: one handle that is kept.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include <curl/curl.h>

namespace bench {

class bare_transfer {
public:
    /// `headers` are whole lines, as in "x-amz-date: 20260823T120000Z".
    bare_transfer(const std::string& url, const std::string& ca_file,
                  const std::vector<std::string>& headers = {})
        : easy_(curl_easy_init()) {
        for (const std::string& line : headers) list_ = curl_slist_append(list_, line.c_str());
        list_ = curl_slist_append(list_, "Expect:");
        curl_easy_setopt(easy_, CURLOPT_URL, url.c_str());
        curl_easy_setopt(easy_, CURLOPT_PROXY, "");
        curl_easy_setopt(easy_, CURLOPT_CAINFO, ca_file.c_str());
        curl_easy_setopt(easy_, CURLOPT_HTTPHEADER, list_);
        curl_easy_setopt(easy_, CURLOPT_WRITEDATA, this);
        curl_easy_setopt(easy_, CURLOPT_WRITEFUNCTION, &bare_transfer::on_body);
    }
    ~bare_transfer() {
        curl_easy_cleanup(easy_);
        curl_slist_free_all(list_);
    }
    bare_transfer(const bare_transfer&) = delete;
    bare_transfer& operator=(const bare_transfer&) = delete;

    /// An answer that fills `into`.
    void get(std::span<char> into) {
        into_ = into;
        used_ = 0;
        if (curl_easy_perform(easy_) != CURLE_OK || used_ != into.size()) std::abort();
    }
    /// A body that `read` gets from `from`.
    void put(curl_read_callback read, void* from, std::size_t size) {
        curl_easy_setopt(easy_, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(easy_, CURLOPT_READFUNCTION, read);
        curl_easy_setopt(easy_, CURLOPT_READDATA, from);
        curl_easy_setopt(easy_, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(size));
        if (curl_easy_perform(easy_) != CURLE_OK) std::abort();
    }
    /// One that is in memory.
    void put(std::span<const char> body) {
        std::span<const char> left = body;
        put(&bare_transfer::from_memory, &left, body.size());
    }

private:
    static std::size_t on_body(char* piece, std::size_t, std::size_t count, void* self) {
        auto& one = *static_cast<bare_transfer*>(self);
        if (count > one.into_.size() - one.used_) return 0;
        std::memcpy(one.into_.data() + one.used_, piece, count);
        one.used_ += count;
        return count;
    }
    static std::size_t from_memory(char* room, std::size_t, std::size_t most, void* from) {
        auto& left = *static_cast<std::span<const char>*>(from);
        const std::size_t count = std::min(most, left.size());
        std::memcpy(room, left.data(), count);
        left = left.subspan(count);
        return count;
    }

    CURL* easy_;
    curl_slist* list_ = nullptr;
    std::span<char> into_{};
    std::size_t used_ = 0;
};

}  // namespace bench
