// SPDX-License-Identifier: MIT
// Runs what may block somewhere else than on the thread of an event loop.
#pragma once

#include <awsxx/core/callback.hpp>
#include <awsxx/core/version.hpp>

#include <atomic>
#include <list>
#include <thread>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// Where event loops let blocking work run: files, processes, users' code.
class work_runner {
public:
    virtual ~work_runner() = default;
    /// Calls `work` once, sooner or later, preferably from another thread. It throws nothing.
    virtual void start(callback work) = 0;
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

    void start(callback work) override {
        workers_.remove_if([](worker& one) {
            if (!one.done.load(std::memory_order_acquire)) return false;
            one.thread.join();
            return true;
        });
        worker& one = workers_.emplace_back();
        one.thread = std::thread([&done = one.done, work = std::move(work)] {
            work();
            done.store(true, std::memory_order_release);
        });
    }

private:
    struct worker {
        std::thread thread{};
        std::atomic<bool> done{false};
    };
    std::list<worker> workers_{};
};

}  // namespace awsxx::inline AWSXX_ABI
