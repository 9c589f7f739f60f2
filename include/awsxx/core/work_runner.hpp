// SPDX-License-Identifier: MIT
// Runs what may block somewhere else than on the thread of an event loop.
#pragma once

#include <awsxx/core/callback.hpp>
#include <awsxx/core/os.hpp>
#include <awsxx/core/version.hpp>

#include <atomic>
#include <list>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// Where event loops let blocking work run: files, processes, users' code.
class work_runner {
public:
    virtual ~work_runner() = default;
    /// Calls `work` once, sooner or later, preferably from another thread. It throws nothing.
    /// False: it will not be called.
    virtual bool start(callback work) = 0;
};

/// A thread for each piece of work, which ends with it. Used by one thread at a time.
class thread_runner final : public work_runner {
public:
    thread_runner() = default;
    thread_runner(const thread_runner&) = delete;
    thread_runner& operator=(const thread_runner&) = delete;
    /// Waits for work under way.
    ~thread_runner() override {
        for (worker& one : workers_) one.thread.join();
    }

    bool start(callback work) override {
        workers_.remove_if([](worker& one) {
            if (!one.done.load(std::memory_order_acquire)) return false;
            one.thread.join();
            return true;
        });
        worker& one = workers_.emplace_back();
        one.work = std::move(work);
        if (one.thread.start(&thread_runner::run, &one)) return true;
        workers_.pop_back();
        return false;
    }

private:
    struct worker {
        callback work{};
        os::thread thread{};
        std::atomic<bool> done{false};
    };

    static void* run(void* self) {
        worker& one = *static_cast<worker*>(self);
        one.work();
        one.work = {};
        one.done.store(true, std::memory_order_release);
        return nullptr;
    }

    std::list<worker> workers_{};
};

}  // namespace awsxx::inline AWSXX_ABI
