// SPDX-License-Identifier: MIT
// Brings news from other threads to the one thread that a loop runs on.
#pragma once

#include <awsxx/core/version.hpp>

#include <atomic>
#include <mutex>

#include <fcntl.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/eventfd.h>
#endif

namespace awsxx::inline AWSXX_ABI {

/// A descriptor that becomes readable when any thread says so.
class wake_signal {
public:
#if defined(__linux__)
    wake_signal() : read_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), write_(read_) {}
#else
    wake_signal() {
        int ends[2]{-1, -1};
        if (::pipe(ends) != 0) return;
        for (const int end : ends) {
            ::fcntl(end, F_SETFD, FD_CLOEXEC);
            ::fcntl(end, F_SETFL, O_NONBLOCK);
        }
        read_ = ends[0];
        write_ = ends[1];
    }
#endif
    wake_signal(const wake_signal&) = delete;
    wake_signal& operator=(const wake_signal&) = delete;
    ~wake_signal() {
        if (read_ >= 0) ::close(read_);
        if (write_ >= 0 && write_ != read_) ::close(write_);
    }

    int descriptor() const noexcept { return read_; }
    /// From any thread, and from signal handlers.
    void raise() noexcept {
        const unsigned long long one = 1;  // eight bytes, as eventfd wants them
        static_assert(sizeof one == 8);
        [[maybe_unused]] const auto written = ::write(write_, &one, sizeof one);
    }
    void clear() noexcept {
        char room[64];
        while (::read(read_, room, sizeof room) == static_cast<long>(sizeof room)) {}
    }

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
