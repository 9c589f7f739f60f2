// SPDX-License-Identifier: MIT
// Works on many targets on an event loop that does other things as well.
#pragma once

#include <awsxx/accounts/async_for_each.hpp>
#include <awsxx/accounts/fan_out.hpp>
#include <awsxx/accounts/fan_out_course.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/event_loop.hpp>
#include <awsxx/runtime/loop_state.hpp>

#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace awsxx::inline AWSXX_ABI::accounts {

/// A fan-out that goes on as its loop is run. Destroying it ends it unheard, what is under way
/// included. For the loop's thread.
class running_fan_out {
public:
    running_fan_out() = default;
    running_fan_out(const running_fan_out&) = delete;
    running_fan_out& operator=(const running_fan_out&) = delete;
    virtual ~running_fan_out() = default;
};

namespace detail::start_for_each {

/// Owns all that it works on and with.
template <class Range, class Fn, class Then>
class started_run final : public running_fan_out {
public:
    started_run(event_loop& on, Range targets, Fn fn, fan_out_options options)
        : targets_(std::move(targets)),
          fn_(std::move(fn)),
          course_(std::move(options), fan_out::count_of(targets_), on.state().time()) {}

    /// Begins when the loop gets to it, unless this is gone by then.
    void begin_on(event_loop& on, Then then) {
        then_.emplace(std::move(then));
        alive_ = std::make_shared<started_run*>(this);
        on.post([who = std::weak_ptr<started_run*>(alive_)] {
            if (const auto alive = who.lock()) (*alive)->go_on();
        });
    }

private:
    using report = async_for_each::report_of<Range, Fn>;
    using target = fan_out::target_of<Range>;
    using collector =
        fan_out::in_order<target, typename async_for_each::job_of<Fn, target>::value_type>;

    class run final : public async_for_each::loop_run<Range, Fn, collector> {
    public:
        explicit run(started_run& of)
            : async_for_each::loop_run<Range, Fn, collector>({of.targets_, of.fn_, of.collect_},
                                                             of.course_),
              owner_(&of) {}

    private:
        void heard() override { owner_->go_on(); }
        started_run* owner_;
    };

    void go_on() {
        run_.pump();
        if (!run_.is_over() || !then_) return;
        Then then = *std::move(then_);
        then_.reset();
        report all = std::move(report_);
        static_cast<fan_out_summary&>(all) = std::move(course_).summary();
        then(std::move(all));  // may destroy this
    }

    Range targets_;
    Fn fn_;
    fan_out_course course_;
    report report_{};
    collector collect_{report_.results};
    run run_{*this};
    std::optional<Then> then_{};
    std::shared_ptr<started_run*> alive_{};
};

}  // namespace detail::start_for_each

/// As `for_each` on an event loop, but returns at once: `then` gets the report when all targets have
/// their results, on the loop's thread. Keep what is returned until then; the targets are moved or
/// copied into it. With the loop's end, what is under way ends with `LoopEnded`, and nothing more
/// is begun. `then` must not throw.
///
///     const auto work = awsxx::accounts::start_for_each(
///         loop, home.regional(), look, {.concurrency = 64},
///         [](const auto& report) { show(report.counts.done); });
///     loop.run();
template <class Range, class Fn, class Then>
// NOLINTNEXTLINE(readability-function-size): what `for_each` takes, and who hears
[[nodiscard]] std::unique_ptr<running_fan_out> start_for_each(event_loop& on, Range targets, Fn fn,
                                                              fan_out_options options, Then then) {
    using started = detail::start_for_each::started_run<Range, Fn, Then>;
    auto made =
        std::make_unique<started>(on, std::move(targets), std::move(fn), std::move(options));
    made->begin_on(on, std::move(then));
    return made;
}

}  // namespace awsxx::inline AWSXX_ABI::accounts
