// SPDX-License-Identifier: MIT
// Brings news from other threads to the one thread that a loop runs on.
#pragma once

#include <awsxx/core/net.hpp>
#include <awsxx/core/version.hpp>

#include <atomic>
#include <mutex>

namespace awsxx::inline AWSXX_ABI {

/// A descriptor that becomes readable when any thread says so.
class wake_signal {
public:
    wake_signal() { os::open_signal(read_, write_); }
    wake_signal(const wake_signal&) = delete;
    wake_signal& operator=(const wake_signal&) = delete;
    ~wake_signal() { os::close_signal(read_, write_); }

    int descriptor() const noexcept { return read_; }
    /// From any thread, and from signal handlers.
    void raise() noexcept { os::raise_signal(write_); }
    void clear() noexcept { os::clear_signal(read_); }

private:
    int read_ = -1;
    int write_ = -1;
};

class mailbox;

/// One piece of news, which is at most once in a mailbox.
class mail {
public:
    mail() = default;
    mail(const mail&) = delete;
    mail& operator=(const mail&) = delete;
    virtual ~mail() = default;

    /// Called on the loop's thread.
    virtual void arrived() = 0;
    /// Called instead of that where the mailbox is destroyed before.
    virtual void lost() noexcept {}

private:
    friend class mailbox;
    mail* next_ = nullptr;
    mail* previous_ = nullptr;
    bool waiting_ = false;
};

/// News in order of their coming. Owns none of them.
class mailbox {
public:
    mailbox() = default;
    mailbox(const mailbox&) = delete;
    mailbox& operator=(const mailbox&) = delete;
    ~mailbox() {
        while (mail* const one = take()) one->lost();
    }

    /// From any thread. `what` stays alive until it has arrived or was taken back.
    void send(mail& what) noexcept {
        {
            const std::lock_guard lock(mutex_);
            if (what.waiting_) return;
            what.waiting_ = true;
            what.previous_ = last_;
            what.next_ = nullptr;
            (last_ != nullptr ? last_->next_ : first_) = &what;
            last_ = &what;
            any_.store(true, std::memory_order_release);
        }
        signal_.raise();
    }
    /// After this it does not arrive any more.
    void take_back(mail& what) noexcept {
        const std::lock_guard lock(mutex_);
        if (what.waiting_) remove(what);
    }
    /// Lets the first one arrive. False: there is none.
    bool deliver_one() {
        if (!any_.load(std::memory_order_acquire)) return false;
        mail* const found = take();
        if (found != nullptr) found->arrived();
        return found != nullptr;
    }

    wake_signal& signal() noexcept { return signal_; }

private:
    mail* take() noexcept {
        const std::lock_guard lock(mutex_);
        mail* const found = first_;
        if (found != nullptr) remove(*found);
        return found;
    }
    void remove(mail& what) noexcept {
        (what.previous_ != nullptr ? what.previous_->next_ : first_) = what.next_;
        (what.next_ != nullptr ? what.next_->previous_ : last_) = what.previous_;
        what.waiting_ = false;
        any_.store(first_ != nullptr, std::memory_order_release);
    }

    std::mutex mutex_{};
    mail* first_ = nullptr;
    mail* last_ = nullptr;
    std::atomic<bool> any_{false};
    wake_signal signal_{};
};

}  // namespace awsxx::inline AWSXX_ABI
