// SPDX-License-Identifier: MIT
// The pages of a listing on an event loop, one after the other.
#pragma once

#include <awsxx/async_await.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/event_loop.hpp>
#include <awsxx/runtime/pages.hpp>
#include <awsxx/session_core.hpp>

#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

namespace detail::async {

/// What readers of pages have in common: the next one, an error (then there is no more), or
/// nothing behind the last.
template <class Op>
class page_source {
public:
    using page = typename Op::output;
    using result = std::optional<expected<page>>;

    page_source(session_core from, runtime::page_course<Op> course)
        : from_(std::move(from)), course_(std::move(course)) {}

    /// False: the loop is being destroyed.
    bool begin(event_loop& on, runtime::loop_listener& to) {
        refusal_.reset();
        if (!course_.is_over()) refusal_ = course_.refusal(from_.time());
        out_ = {};
        if (course_.is_over() || refusal_)
            begun_ = from_.begin_nothing(on, to);
        else
            begun_ =
                from_.begin(on, {Op::template wire<void>::operation, &course_.request(), &out_},
                            {.stop = course_.stop()}, to);
        return begun_ != nullptr;
    }
    void drop() noexcept {
        if (begun_ != nullptr) session_core::drop(std::exchange(begun_, nullptr));
    }
    result take(expected<void> outcome) {
        begun_ = nullptr;
        if (course_.is_over()) return {};
        if (refusal_) outcome = *std::move(refusal_);
        expected<page> got =
            outcome ? expected<page>(std::move(out_)) : expected<page>(std::move(outcome).error());
        course_.came(got);
        return result(std::in_place, std::move(got));
    }

private:
    session_core from_;
    runtime::page_course<Op> course_;
    page out_{};
    std::optional<error> refusal_{};
    runtime::loop_call* begun_ = nullptr;
};

/// Hands out pages until there are no more, or until `each` says false.
template <class Op, class Each>
class walk_of_pages final : public runtime::loop_listener {
public:
    walk_of_pages(event_loop& on, page_source<Op> from, Each each)
        : on_(&on), from_(std::move(from)), each_(std::move(each)) {}

    /// Belongs to itself from here on.
    void begin() {
        if (!from_.begin(*on_, *this)) delete this;
    }
    void ended(expected<void> outcome) override {
        std::unique_ptr<walk_of_pages> self(this);
        auto page = from_.take(std::move(outcome));
        const bool last = !page;
        const bool more = hand_out(std::move(page)) && !last;
        if (more) self.release()->begin();
    }
    void dropped() noexcept override { delete this; }

private:
    using result = typename page_source<Op>::result;

    bool hand_out(result page) {
        if constexpr (std::is_same_v<std::invoke_result_t<Each&, result>, bool>) {
            return each_(std::move(page));
        } else {
            each_(std::move(page));
            return true;
        }
    }

    event_loop* on_;
    page_source<Op> from_;
    Each each_;
};

template <class Op, class Each>
void walk(event_loop& on, session_core from, runtime::page_course<Op> course, Each each) {
    auto made = std::make_unique<walk_of_pages<Op, Each>>(
        on, page_source<Op>(std::move(from), std::move(course)), std::move(each));
    made.release()->begin();
}

}  // namespace detail::async

/// The pages of a listing, for a coroutine on a loop: `while (auto page = co_await pages.next())`
/// goes through them. Each is an `expected`; behind an error there is no other.
template <class Op>
class awaited_pages {
public:
    awaited_pages(event_loop& on, session_core from, runtime::page_course<Op> course)
        : on_(&on),
          from_(std::make_unique<detail::async::page_source<Op>>(std::move(from),
                                                                 std::move(course))) {}

    /// Await it before the next one is asked for, and before this is destroyed. Gives the page, an
    /// error (then there is no more), or nothing behind the last.
    auto next() { return detail::async::awaited<borrowed, false>(*on_, *from_); }

private:
    /// A source that several waits follow each other on.
    class borrowed {
    public:
        using result = typename detail::async::page_source<Op>::result;

        explicit borrowed(detail::async::page_source<Op>& from) noexcept : from_(&from) {}
        bool begin(event_loop& on, runtime::loop_listener& to) { return from_->begin(on, to); }
        void drop() noexcept { from_->drop(); }
        result take(expected<void> outcome) { return from_->take(std::move(outcome)); }

    private:
        detail::async::page_source<Op>* from_;
    };

    event_loop* on_;
    std::unique_ptr<detail::async::page_source<Op>> from_;
};

}  // namespace awsxx::inline AWSXX_ABI
