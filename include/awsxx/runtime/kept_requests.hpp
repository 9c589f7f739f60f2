// SPDX-License-Identifier: MIT
// The requests of a call, in memory that the thread's next call uses again.
#pragma once

#include <awsxx/core/secret.hpp>
#include <awsxx/core/thread_cache.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>

#include <cstddef>
#include <memory>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// A draft and what is sent of it. Both begin empty and end with this.
///
/// Headers, queries and bodies are overwritten then, but for bodies that are too long for a secret.
/// Used by one thread at a time, not always the same.
class kept_requests {
public:
    kept_requests() : mine_(take()) {}
    kept_requests(kept_requests&&) noexcept = default;
    kept_requests& operator=(kept_requests&&) noexcept = default;
    ~kept_requests() {
        if (mine_) give_back();
    }

    http::request& draft() noexcept { return mine_->draft; }
    const http::request& draft() const noexcept { return mine_->draft; }
    http::request& sent() noexcept { return mine_->sent; }
    const http::request& sent() const noexcept { return mine_->sent; }

private:
    /// STS takes tokens of 20,000 characters.
    static constexpr std::size_t longest_secret = std::size_t{32} << 10;

    struct pair {
        http::request draft{};
        http::request sent{};
    };
    struct spare {
        std::unique_ptr<pair> one{};
    };

    static std::unique_ptr<pair> take() {
        if (spare* const kept = per_thread<spare>(); kept != nullptr && kept->one)
            return std::move(kept->one);
        auto made = std::make_unique<pair>();
        made->draft.headers.reserve(16, 512);
        made->sent.headers.reserve(16, 2048);
        return made;
    }
    void give_back() noexcept {
        for (http::request* const one : {&mine_->draft, &mine_->sent}) {
            one->method = "GET";
            one->headers.clear();
            wipe(one->target.query);
            if (one->body.size() <= longest_secret) one->body.wipe();
            one->body = {};
        }
        if (spare* const kept = per_thread<spare>()) kept->one = std::move(mine_);
    }

    std::unique_ptr<pair> mine_;
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
