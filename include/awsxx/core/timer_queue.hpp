// SPDX-License-Identifier: MIT
// Moments that something is to happen at, the next one first.
#pragma once

#include <awsxx/core/version.hpp>

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI {

template <class Time>
class timer_queue;

/// Something that happens once its time has come. Lives as long as it is in a queue.
template <class Time>
class queued_timer {
public:
    queued_timer() = default;
    queued_timer(const queued_timer&) = delete;
    queued_timer& operator=(const queued_timer&) = delete;
    virtual ~queued_timer() = default;

    /// Called once, when it is no longer in the queue.
    virtual void due() = 0;

private:
    friend class timer_queue<Time>;
    static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
    Time at_{};
    std::size_t place_ = nowhere;
};

/// A heap of timers that it does not own. Setting and clearing take time that grows with the
/// logarithm of their number, and no allocation once there is room. One thread at a time.
template <class Time>
class timer_queue {
public:
    using timer = queued_timer<Time>;

    /// In place of the moment that it was set to before.
    void set(timer& what, Time at) {
        clear(what);
        what.at_ = at;
        what.place_ = heap_.size();
        heap_.push_back(&what);
        rise(what.place_);
    }
    void clear(timer& what) noexcept {
        const std::size_t gap = std::exchange(what.place_, timer::nowhere);
        if (gap == timer::nowhere) return;
        timer* const last = heap_.back();
        heap_.pop_back();
        if (last == &what) return;
        put(last, gap);
        rise(gap);
        sink(last->place_);
    }
    bool has(const timer& what) const noexcept { return what.place_ != timer::nowhere; }

    std::optional<Time> next() const {
        if (heap_.empty()) return {};
        return heap_.front()->at_;
    }
    /// Lets everything happen that is due. False: nothing was.
    bool run(Time now) {
        bool any = false;
        while (!heap_.empty() && heap_.front()->at_ <= now) {
            timer& first = *heap_.front();
            clear(first);
            any = true;
            first.due();
        }
        return any;
    }

private:
    void put(timer* what, std::size_t place) noexcept {
        heap_[place] = what;
        what->place_ = place;
    }
    void swap(std::size_t a, std::size_t b) noexcept {
        timer* const first = heap_[a];
        put(heap_[b], a);
        put(first, b);
    }
    void rise(std::size_t place) noexcept {
        for (; place > 0; place = (place - 1) / 2) {
            const std::size_t parent = (place - 1) / 2;
            if (!(heap_[place]->at_ < heap_[parent]->at_)) return;
            swap(place, parent);
        }
    }
    void sink(std::size_t place) noexcept {
        for (;;) {
            std::size_t first = place;
            for (std::size_t child = 2 * place + 1; child < 2 * place + 3; ++child)
                if (child < heap_.size() && heap_[child]->at_ < heap_[first]->at_) first = child;
            if (first == place) return;
            swap(first, place);
            place = first;
        }
    }

    std::vector<timer*> heap_{};
};

}  // namespace awsxx::inline AWSXX_ABI
