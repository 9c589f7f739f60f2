// SPDX-License-Identifier: MIT
// Idle libcurl handles, to be found by origin, certificate and way from many threads without a lock.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/http/client_certificate.hpp>
#include <awsxx/http/curl_handle.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/uri.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI::http::detail {

/// A fixed number of places for idle handles.
///
/// A thread starts looking at a place of its own for each origin, where it also leaves the
/// handle, so that in the long run no two threads touch the same one.
class curl_pool {
public:
    static constexpr int size = 256;

    curl_pool() = default;
    curl_pool(const curl_pool&) = delete;
    curl_pool& operator=(const curl_pool&) = delete;
    ~curl_pool() {
        for (place& at : places_) curl_handle_ptr(at.handle.exchange(nullptr));
    }

    /// An idle handle for the origin of `target` that was made for such exchanges, or null.
    curl_handle_ptr take(const uri& target, const exchange& how = {}) noexcept {
        const std::size_t key = key_of(target, how.certificate.get());
        const std::size_t first = start(key);
        for (std::size_t i = 0; i < places; ++i) {
            place& at = places_[(first + i) % places];
            if (at.key.load(std::memory_order_relaxed) != key) continue;
            if (at.handle.load(std::memory_order_relaxed) == nullptr) continue;
            curl_handle_ptr found(at.handle.exchange(nullptr, std::memory_order_acquire));
            if (!found || !found->usable()) continue;
            if (found->serves(target, how)) return found;
            give_back(std::move(found));
        }
        return nullptr;
    }

    /// Keeps an idle handle. Where all places are taken, another one is ended for it.
    void give_back(curl_handle_ptr handle) noexcept {
        const std::size_t key = key_of(handle->origin(), handle->shown());
        const std::size_t first = start(key);
        for (std::size_t i = 0; i < places; ++i)
            if (put(places_[(first + i) % places], key, handle)) return;
        place& at = places_[first];
        at.key.store(key, std::memory_order_relaxed);
        handle.reset(at.handle.exchange(handle.release(), std::memory_order_acq_rel));
    }

private:
    static constexpr std::size_t places = size;

    struct alignas(64) place {
        std::atomic<curl_handle*> handle{nullptr};
        std::atomic<std::size_t> key{0};  // a hint: the handle itself knows
    };

    static bool put(place& at, std::size_t key, curl_handle_ptr& handle) noexcept {
        curl_handle* none = nullptr;
        if (at.handle.load(std::memory_order_relaxed) != nullptr) return false;
        if (!at.handle.compare_exchange_strong(none, handle.get(), std::memory_order_release,
                                               std::memory_order_relaxed))
            return false;
        static_cast<void>(handle.release());
        if (at.key.load(std::memory_order_relaxed) != key)
            at.key.store(key, std::memory_order_relaxed);
        return true;
    }

    static std::size_t key_of(const uri& target, const client_certificate* shown) noexcept {
        const std::size_t host = std::hash<std::string>{}(target.host);
        return host * 31 + target.effective_port() * 2u + (target.scheme.size() & 1) +
               std::hash<const void*>{}(shown)*17;
    }

    static std::size_t start(std::size_t key) noexcept {
        static std::atomic<std::size_t> threads{0};
        thread_local std::size_t mine = 0;
        if (mine == 0) mine = ++threads;
        return (key + mine * 7) % places;
    }

    std::array<place, places> places_{};
};

}  // namespace awsxx::inline AWSXX_ABI::http::detail
