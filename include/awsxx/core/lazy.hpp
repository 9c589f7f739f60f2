// SPDX-License-Identifier: MIT
// A value that is made when it is first asked for, and kept.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/guarded.hpp>
#include <awsxx/core/version.hpp>

#include <atomic>
#include <memory>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// Makes its value once. A failure is not kept: whoever asks next tries again, for the file that
/// was broken may have been mended. Any number of threads may ask, and a forked child; reading a
/// value that is there takes no lock.
template <class T>
class lazy {
public:
    /// The value, made by `make() -> expected<T>` unless it is there. It lives as long as this.
    template <class Make>
    expected<const T*> get(Make make) const {
        if (const T* there = ready_.load(std::memory_order_acquire)) return there;
        const auto value = value_.lock();
        if (*value) return static_cast<const T*>(value->get());
        expected<T> made = make();
        if (!made) return std::move(made).error();
        *value = std::make_unique<const T>(*std::move(made));
        ready_.store(value->get(), std::memory_order_release);
        return static_cast<const T*>(value->get());
    }

    /// The value if it is there, else null.
    const T* peek() const noexcept { return ready_.load(std::memory_order_acquire); }

private:
    mutable std::atomic<const T*> ready_{nullptr};
    guarded<std::unique_ptr<const T>> value_{};
};

}  // namespace awsxx::inline AWSXX_ABI
