// SPDX-License-Identifier: MIT
// What things on an event loop are made of: turns, moments and news that lead to a member function.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/mailbox.hpp>
#include <awsxx/core/timer_queue.hpp>
#include <awsxx/core/version.hpp>

namespace awsxx::inline AWSXX_ABI::runtime {

/// Something that is to go on as soon as the loop gets to it.
class loop_turn {
public:
    loop_turn() = default;
    loop_turn(const loop_turn&) = delete;
    loop_turn& operator=(const loop_turn&) = delete;
    virtual ~loop_turn() = default;
    virtual void turn() = 0;

private:
    friend class turn_queue;
    loop_turn* next_ = nullptr;
    loop_turn* previous_ = nullptr;
    bool queued_ = false;
};

/// Those whose turn it is, in order. Owns none of them.
class turn_queue {
public:
    void add(loop_turn& what) noexcept {
        if (what.queued_) return;
        what.queued_ = true;
        what.previous_ = last_;
        what.next_ = nullptr;
        (last_ != nullptr ? last_->next_ : first_) = &what;
        last_ = &what;
    }
    void remove(loop_turn& what) noexcept {
        if (!what.queued_) return;
        (what.previous_ != nullptr ? what.previous_->next_ : first_) = what.next_;
        (what.next_ != nullptr ? what.next_->previous_ : last_) = what.previous_;
        what.queued_ = false;
    }
    /// The first one, which is not in the queue any more; or null.
    loop_turn* take() noexcept {
        loop_turn* const found = first_;
        if (found != nullptr) remove(*found);
        return found;
    }
    bool empty() const noexcept { return first_ == nullptr; }

private:
    loop_turn* first_ = nullptr;
    loop_turn* last_ = nullptr;
};

/// The clock of loops counts in milliseconds.
using loop_timers = timer_queue<steady_instant>;

/// A moment at which a member function is called.
template <class Owner, void (Owner::*Act)()>
class loop_timer final : public queued_timer<steady_instant> {
public:
    explicit loop_timer(Owner& of) noexcept : owner_(&of) {}
    void due() override { (owner_->*Act)(); }

private:
    Owner* owner_;
};

/// News on which a member function is called.
template <class Owner, void (Owner::*Act)()>
class loop_mail final : public mail {
public:
    explicit loop_mail(Owner& of) noexcept : owner_(&of) {}
    void arrived() override { (owner_->*Act)(); }

private:
    Owner* owner_;
};

/// Sends a piece of news, from whatever thread asks to stop.
struct stop_news {
    mailbox* to;
    mail* what;
    void operator()() const noexcept { to->send(*what); }
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
