// SPDX-License-Identifier: MIT
// Things that sessions do on event loops, each begun once, and how they are told by callback or future.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/random.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/waiter.hpp>
#include <awsxx/runtime/call_options.hpp>
#include <awsxx/runtime/event_loop.hpp>
#include <awsxx/runtime/wait_options.hpp>
#include <awsxx/runtime/waiter.hpp>
#include <awsxx/session_core.hpp>

#include <future>
#include <memory>
#include <utility>

namespace awsxx::inline AWSXX_ABI::detail::async {

/// A call with its input and output. Stays where it is once it was begun.
template <class Op>
class call_work {
public:
    using result = expected<typename Op::output>;

    call_work(session_core from, Op op, const call_options& how)
        : from_(std::move(from)), op_(std::move(op)), how_(how) {}

    /// False: the loop is being destroyed.
    bool begin(event_loop& on, runtime::loop_listener& to) {
        begun_ = from_.begin(on, {Op::template wire<void>::operation, &op_, &out_}, how_, to);
        return begun_ != nullptr;
    }
    void drop() noexcept {
        if (begun_ != nullptr) session_core::drop(std::exchange(begun_, nullptr));
    }
    result take(expected<void> outcome) {
        begun_ = nullptr;
        if (!outcome) return std::move(outcome).error();
        return std::move(out_);
    }

private:
    session_core from_;
    Op op_;
    call_options how_;
    typename Op::output out_{};
    runtime::loop_call* begun_ = nullptr;
};

/// A wait with the input and output of its calls. Stays where it is once it was begun.
template <class Op>
class wait_work {
public:
    using output = typename Op::output;
    using result = expected<waited<output>>;

    template <class Until>
    wait_work(session_core from, const Until& until, Op op, wait_options options)
        : from_(std::move(from)), until_(until), op_(std::move(op)), options_(std::move(options)) {}

    bool begin(event_loop& on, runtime::loop_listener& to) {
        wait_ = from_.begin_wait(on, until_, {Op::template wire<void>::operation, &op_, &out_},
                                 {options_, to});
        return wait_ != nullptr;
    }
    void drop() noexcept { wait_.reset(); }
    result take(expected<void> outcome) {
        if (!outcome) {
            wait_.reset();
            return std::move(outcome).error();
        }
        runtime::wait_end end = wait_->end();
        wait_.reset();
        waited<output> seen{{}, std::move(end.refusal), end.attempts};
        if (!seen.refusal) seen.output = std::move(out_);
        return seen;
    }

private:
    session_core from_;
    model::waiter until_;
    Op op_;
    wait_options options_;
    output out_{};
    std::unique_ptr<runtime::loop_wait> wait_{};
};

/// Something under way that nobody holds: it goes when it has been told.
template <class Work, class Then>
class told final : public runtime::loop_listener {
public:
    /// The work is made in its place, of these parts: it may refer to itself.
    template <class... Parts>
    explicit told(Then then, std::in_place_t, Parts&&... parts)
        : work_(std::forward<Parts>(parts)...), then_(std::move(then)) {}
    /// Belongs to itself from here on.
    void begin(event_loop& on) {
        if (!work_.begin(on, *this)) delete this;
    }

    void ended(expected<void> outcome) override {
        auto result = work_.take(std::move(outcome));
        Then then = std::move(then_);
        delete this;
        then(std::move(result));
    }
    void dropped() noexcept override { delete this; }

private:
    Work work_;
    Then then_;
};

/// Makes work of its parts, begins it and calls `then` with its result.
template <class Work, class Then, class... Parts>
void tell(event_loop& on, Then then, Parts&&... parts) {
    auto made = std::make_unique<told<Work, Then>>(std::move(then), std::in_place,
                                                   std::forward<Parts>(parts)...);
    made.release()->begin(on);
}

/// Keeps a promise with the result.
template <class Result>
struct fulfilment {
    std::promise<Result> promise{};
    void operator()(Result got) { promise.set_value(std::move(got)); }
};

/// The same with a future of its result.
template <class Work, class... Parts>
auto promised(event_loop& on, Parts&&... parts) {
    fulfilment<typename Work::result> then;
    auto future = then.promise.get_future();
    tell<Work>(on, std::move(then), std::forward<Parts>(parts)...);
    return future;
}

}  // namespace awsxx::inline AWSXX_ABI::detail::async
