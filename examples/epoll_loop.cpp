// SPDX-License-Identifier: MIT
// A program with an epoll loop of its own lets calls to AWS go on between its other sockets.
//
//     epoll_loop      a small server inside this program answers, so that it can be run anywhere
#include <awsxx/async.hpp>
#include <awsxx/services/sts.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <optional>

#include <sys/epoll.h>
#include <unistd.h>

#include "small_server.hpp"

namespace {

/// The program's loop, as far as awsxx has to know it: whom to watch, and when to come back.
class epoll_host final : public awsxx::io_host {
public:
    epoll_host() : epoll_(::epoll_create1(EPOLL_CLOEXEC)) {}
    epoll_host(const epoll_host&) = delete;
    epoll_host& operator=(const epoll_host&) = delete;
    ~epoll_host() override { ::close(epoll_); }

    void on_socket(int descriptor, awsxx::io_interest wanted) override {
        ::epoll_event event{};
        event.data.fd = descriptor;
        if (wanted.read) event.events |= EPOLLIN;
        if (wanted.write) event.events |= EPOLLOUT;
        if (wanted.none())
            ::epoll_ctl(epoll_, EPOLL_CTL_DEL, descriptor, &event);
        else if (::epoll_ctl(epoll_, EPOLL_CTL_MOD, descriptor, &event) != 0)
            ::epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event);
    }
    void on_timer(std::optional<awsxx::milliseconds> pause) override {
        due_.reset();
        if (pause) due_ = std::chrono::steady_clock::now() + *pause;
    }

    /// One round of the program's loop, which would have sockets of its own, too.
    void turn(awsxx::event_loop& calls) {
        std::array<::epoll_event, 64> events;
        const int count = ::epoll_wait(epoll_, events.data(), 64, patience());
        for (int i = 0; i < count; ++i) {
            const ::epoll_event& seen = events[static_cast<std::size_t>(i)];
            const bool broken = (seen.events & (EPOLLERR | EPOLLHUP)) != 0;
            calls.ready(seen.data.fd, {.read = broken || (seen.events & EPOLLIN) != 0,
                                       .write = broken || (seen.events & EPOLLOUT) != 0});
        }
        if (due_ && *due_ <= std::chrono::steady_clock::now()) calls.ready();
    }

private:
    int patience() const {
        if (!due_) return -1;
        const auto left =
            std::chrono::ceil<awsxx::milliseconds>(*due_ - std::chrono::steady_clock::now());
        return static_cast<int>(std::clamp<long long>(left.count(), 0, 60'000));
    }

    int epoll_;
    std::optional<std::chrono::steady_clock::time_point> due_{};
};

}  // namespace

int main() {
    const example::forked_server server(example::identity_answer());
    const awsxx::session session(example::keys(), example::settings_for(server));

    epoll_host host;
    awsxx::event_loop calls({.host = &host});
    int good = 0;
    for (int i = 0; i < 5; ++i)
        session.async_call(calls, awsxx::sts::get_caller_identity{},
                           [&](const auto& who) { good += example::print(who) ? 1 : 0; });
    while (calls.in_flight() != 0) host.turn(calls);
    return good == 5 ? 0 : 1;
}
