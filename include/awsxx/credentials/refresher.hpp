// SPDX-License-Identifier: MIT
// A thread that keeps the credentials of any number of sessions fresh.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/fork.hpp>
#include <awsxx/core/guarded.hpp>
#include <awsxx/core/version.hpp>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI {

/// Renews before anybody has to wait for it: no request pays for a renewal any more.
///
///     awsxx::session reader;
///     awsxx::credentials_refresher refresher;
///     refresher.watch(reader);  // fetches the first ones, too
///
/// The thread begins with the first `watch` and ends with this object, which waits for a renewal
/// that is under way. Sessions are not kept alive. In a child after a fork there is no thread
/// until `watch` is called there; credentials are then renewed by those who need them. Any number
/// of threads may call.
class credentials_refresher {
public:
    credentials_refresher() = default;
    credentials_refresher(const credentials_refresher&) = delete;
    credentials_refresher& operator=(const credentials_refresher&) = delete;
    ~credentials_refresher() { stop(); }

    /// Renews the credentials of this session, and of its copies, from now on.
    template <class Session>
    void watch(const Session& what) {
        add(what.background_renewal());
    }

    /// Ends the thread and forgets all sessions. `watch` begins anew. Not for users' functions that
    /// the thread itself calls.
    void stop() {
        auto ended = std::exchange(*running_.lock(), nullptr);
        end(std::move(ended));  // without the lock: the thread may be about to watch one more
    }

private:
    using task = std::function<std::optional<milliseconds>()>;
    using time_point = std::chrono::steady_clock::time_point;

    struct watched {
        task renew;
        time_point due;
    };
    struct state {
        std::mutex mutex{};
        std::condition_variable changed{};
        std::vector<watched> all{};
        bool stopping = false;
        unsigned made_in = fork_generation();
        std::thread thread{};
    };

    void add(task renew) {
        const auto held = running_.lock();
        if (*held && (*held)->made_in != fork_generation()) end(std::exchange(*held, nullptr));
        if (!*held) {
            auto made = std::make_unique<state>();
            made->thread = std::thread([of = made.get()] { run(*of); });
            *held = std::move(made);
        }
        const std::lock_guard lock((*held)->mutex);
        (*held)->all.push_back({std::move(renew), std::chrono::steady_clock::now()});
        (*held)->changed.notify_all();
    }

    /// Waits for the thread.
    static void end(std::unique_ptr<state> of) {
        if (!of) return;
        if (of->made_in != fork_generation()) {  // the parent has the thread
            static_cast<void>(of.release());
            return;
        }
        {
            const std::lock_guard lock(of->mutex);
            of->stopping = true;
        }
        of->changed.notify_all();
        of->thread.join();
    }

    /// What it throws is the transport's or an observer's: it is tried again later.
    static std::optional<milliseconds> renewed(task& one) {
#if defined(__cpp_exceptions)
        try {
            return one();
        } catch (...) {
            return longest;
        }
#else
        return one();
#endif
    }

    /// A computer that was asleep has another time of day: so it is asked for once a minute.
    static void run(state& of) {
        std::unique_lock lock(of.mutex);
        while (!of.stopping) {
            const auto now = std::chrono::steady_clock::now();
            const auto first =
                std::min_element(of.all.begin(), of.all.end(),
                                 [](const watched& a, const watched& b) { return a.due < b.due; });
            if (first == of.all.end() || now < first->due) {
                const auto until = first == of.all.end() ? now + longest : first->due;
                of.changed.wait_until(lock, until);
                continue;
            }
            watched one = std::move(*first);
            of.all.erase(first);
            lock.unlock();
            const std::optional<milliseconds> wait = renewed(one.renew);
            lock.lock();
            if (!wait) continue;
            one.due = std::chrono::steady_clock::now() + std::min<milliseconds>(*wait, longest);
            of.all.push_back(std::move(one));
        }
    }

    static constexpr milliseconds longest = std::chrono::minutes(1);

    guarded<std::unique_ptr<state>> running_{};
};

}  // namespace awsxx::inline AWSXX_ABI
