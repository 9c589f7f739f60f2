// SPDX-License-Identifier: MIT
// A stack of values that changes in one step for all threads, its lowest value staying for good.
#pragma once

#include <awsxx/core/guarded.hpp>
#include <awsxx/core/version.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI {

/// Values on top of each other. Frames never change: what readers hold stays as it was.
///
/// Any number of threads may call everything, at the same time, and a forked child may go on with
/// it. The one lock is held while pointers are exchanged, never while a value is made or let go.
template <class T>
class frame_list {
public:
    /// A value, and what tells it from all others that ever were in the list.
    struct frame : std::enable_shared_from_this<frame> {
        frame(T what, std::uint64_t which, std::shared_ptr<const frame> under)
            : value(std::move(what)),
              number(which),
              depth(under ? under->depth + 1 : 0),
              below(std::move(under)) {}

        T value;
        std::uint64_t number;  ///< Stays the same when a frame below it is taken out.
        std::size_t depth;     ///< 0: the lowest.
        std::shared_ptr<const frame> below;
    };
    using link = std::shared_ptr<const frame>;

    explicit frame_list(T lowest) { put(std::move(lowest), nullptr); }
    frame_list(const frame_list&) = delete;
    frame_list& operator=(const frame_list&) = delete;
    ~frame_list() {
        link one;
        one.swap(*top_.lock());
        while (one) {  // one by one: a long list is no deep recursion
            link next = one->below;
            one = std::move(next);
        }
    }

    link top() const { return *lock(); }

    /// The values, the lowest first.
    std::vector<T> values() const {
        std::vector<T> all;
        const link highest = top();
        for (const frame* one = highest.get(); one != nullptr; one = one->below.get())
            all.push_back(one->value);
        std::reverse(all.begin(), all.end());
        return all;
    }

    /// Puts a value on top, whatever is there.
    link push(T value) {
        link gone;  // let go of after the lock
        const auto held = lock();
        const link made = put(std::move(value), *held);
        gone = replace(*held, made);
        return made;
    }
    /// Puts it on top of the frame of that number; null, and nothing done, if that is not the top.
    link push_on(std::uint64_t number, const T& value) {
        link gone;
        const auto held = lock();
        if ((*held)->number != number) return {};
        const link made = put(value, *held);
        gone = replace(*held, made);
        return made;
    }
    /// Takes the top off and gives it back; null, and nothing done, if that is the lowest.
    link pop() noexcept {
        link gone;
        const auto held = lock();
        if ((*held)->below) gone = replace(*held, (*held)->below);
        return gone;
    }
    /// Takes the frame of that number out, wherever it is; false if it is not there any more.
    bool remove(std::uint64_t number) noexcept {
        link gone;
        const auto held = lock();
        auto rest = without(*held, number);
        if (!rest) return false;
        gone = replace(*held, *std::move(rest));
        return true;
    }

private:
    using access = typename guarded<link>::access;

    /// A child whose parent was about to exchange pointers finds nothing; what was the top is still
    /// alive, as nobody there lets go of it.
    access lock() const {
        auto held = top_.lock();
        if (!*held) *held = seen_.load(std::memory_order_acquire)->shared_from_this();
        return held;
    }
    link replace(link& top, link by) noexcept {
        seen_.store(by.get(), std::memory_order_release);
        top.swap(by);
        return by;
    }
    link put(T value, const link& under) {
        const auto number = next_number_.fetch_add(1, std::memory_order_relaxed);
        auto made = std::make_shared<const frame>(std::move(value), number, under);
        if (!under) replace(*top_.lock(), made);
        return made;
    }
    /// Frames above it are made anew, with their numbers. Nothing where it is not to be found; the
    /// lowest is not looked at.
    static std::optional<link> without(const link& top, std::uint64_t number) {
        std::vector<const frame*> above;
        const frame* at = top.get();
        for (; at->below && at->number != number; at = at->below.get()) above.push_back(at);
        if (!at->below) return {};
        link rest = at->below;
        for (; !above.empty(); above.pop_back())
            rest = std::make_shared<const frame>(above.back()->value, above.back()->number, rest);
        return rest;
    }

    guarded<link> top_{};
    std::atomic<const frame*> seen_{nullptr};
    std::atomic<std::uint64_t> next_number_{0};
};

}  // namespace awsxx::inline AWSXX_ABI
