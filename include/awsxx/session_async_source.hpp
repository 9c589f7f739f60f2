// SPDX-License-Identifier: MIT
// What sessions do on event loops: compiled in every file that needs it, or once a program.
#pragma once

#include <awsxx/auth/feature.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/waiter.hpp>
#include <awsxx/runtime/call_options.hpp>
#include <awsxx/runtime/event_loop.hpp>
#include <awsxx/runtime/event_loop_source.hpp>
#include <awsxx/runtime/loop_call.hpp>
#include <awsxx/runtime/loop_state.hpp>
#include <awsxx/runtime/wait_course.hpp>
#include <awsxx/runtime/wait_loop.hpp>
#include <awsxx/runtime/waiter.hpp>
#include <awsxx/session_core.hpp>
#include <awsxx/session_source.hpp>

#include <memory>
#include <optional>
#include <stop_token>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

namespace runtime {

/// A wait on a loop: calls and pauses in turns. Destroying it ends it unheard.
class waiter_on_loop final : public loop_wait, public loop_listener {
public:
    struct parts {
        const model::waiter& until;
        const session_core::typed_call& call;
    };

    waiter_on_loop(event_loop& on, session_core from, const parts& of,
                   const session_core::wait_manner& how)
        : on_(&on),
          from_(std::move(from)),
          call_(of.call),
          stop_(how.options.stop),
          to_(&how.to),
          course_(wait_course::begin(of.until, of.call.what, of.call.in)) {
        if (!course_) {
            called_ = from_.begin_nothing(on, *this);
            return;
        }
        loop_ = &course_->start(how.options, from_.time(), from_.random());
        look();
    }
    ~waiter_on_loop() override {
        if (called_ != nullptr) session_core::drop(called_);
    }

    bool has_begun() const noexcept { return called_ != nullptr; }
    wait_end end() override { return std::move(end_); }

    void ended(expected<void> outcome) override {
        if (!course_) return finish(course_.error());
        if (std::exchange(called_, nullptr) == nullptr) return pause_is_over(outcome);
        auto verdict = course_->judge(std::move(outcome), call_.out);
        if (!verdict) return pause();
        if (!*verdict) return finish(std::move(*verdict).error());
        end_ = **std::move(verdict);
        finish({});
    }
    void dropped() noexcept override { to_->dropped(); }

private:
    void look() {
        course_->clear(call_.out);
        called_ = from_.begin(*on_, call_, {.stop = stop_}, *this);
    }
    void look_again() {
        look();
        if (!has_begun()) to_->dropped();
    }
    void pause() {
        const auto pause = loop_->next_pause();
        if (!pause) return finish(course_->gave_up());
        pause_.emplace(*on_, *pause, stop_, *this);
    }
    void pause_is_over(const expected<void>& outcome) {
        if (!outcome) return finish(course_->gave_up());
        look_again();
    }
    void finish(expected<void> outcome) {
        called_ = nullptr;
        to_->ended(std::move(outcome));  // may destroy this
    }

    event_loop* on_;
    session_core from_;
    session_core::typed_call call_;
    std::stop_token stop_;
    loop_listener* to_;
    expected<wait_course> course_;
    wait_loop* loop_ = nullptr;
    loop_call* called_ = nullptr;
    std::optional<loop_pause> pause_{};
    wait_end end_{};
};

}  // namespace runtime

AWSXX_ONCE runtime::loop_call* session_core::begin(event_loop& on, const typed_call& call,
                                                   const call_options& how,
                                                   runtime::loop_listener& to) const {
    const runtime::loop_start from{who_, transport_, uses_, &call.what, call.in, call.out};
    auto good = check_sink(call.what, how);
    runtime::loop_call* const begun = on.state().begin(from, how, to);
    if (begun != nullptr && !good) begun->refuse(std::move(good).error());
    return begun;
}

AWSXX_ONCE runtime::loop_call* session_core::begin_nothing(event_loop& on,
                                                           runtime::loop_listener& to) const {
    return on.state().begin_nothing(to);
}

AWSXX_ONCE std::unique_ptr<runtime::loop_wait> session_core::begin_wait(
    event_loop& on, const model::waiter& until, const typed_call& call,
    const wait_manner& how) const {
    using wait = runtime::waiter_on_loop;
    auto begun =
        std::make_unique<wait>(on, counting(auth::feature::waiter), wait::parts{until, call}, how);
    if (!begun->has_begun()) return nullptr;
    return begun;
}

AWSXX_ONCE void session_core::drop(runtime::loop_call* begun) noexcept { begun->drop(); }

}  // namespace awsxx::inline AWSXX_ABI
