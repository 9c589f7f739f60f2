// SPDX-License-Identifier: MIT
// A program on Asio lets calls to AWS go on in its io_context, beside its timers and sockets.
//
//     asio_loop      a small server inside this program answers, so that it can be run anywhere
#include <awsxx/async.hpp>
#include <awsxx/services/sts.hpp>

#include <asio/io_context.hpp>
#include <asio/posix/stream_descriptor.hpp>
#include <asio/steady_timer.hpp>

#include <map>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

#include "small_server.hpp"

namespace {

/// Watches descriptors through Asio. They stay the library's: none is closed here.
class asio_host final : public awsxx::io_host {
public:
    explicit asio_host(asio::io_context& on) : on_(on), timer_(on) {}
    asio_host(const asio_host&) = delete;
    asio_host& operator=(const asio_host&) = delete;
    ~asio_host() override {
        for (auto& [number, one] : watched_) one->descriptor.release();
    }

    void drive(awsxx::event_loop& calls) { calls_ = &calls; }

    void on_socket(int descriptor, awsxx::io_interest wanted) override {
        const auto found = watched_.find(descriptor);
        if (wanted.none()) {
            if (found == watched_.end()) return;
            found->second->wanted = {};
            found->second->descriptor.release();  // ends the waits
            watched_.erase(found);
            return;
        }
        if (found == watched_.end())
            watched_.emplace(descriptor, std::make_shared<watched>(on_, descriptor));
        const auto one = watched_.at(descriptor);
        one->wanted = wanted;
        wait(one);
    }
    void on_timer(std::optional<awsxx::milliseconds> pause) override {
        if (!pause) {
            timer_.cancel();
            return;
        }
        timer_.expires_after(*pause);
        timer_.async_wait([this](const std::error_code& why) {
            if (!why) calls_->ready();
        });
    }

private:
    struct watched {
        watched(asio::io_context& on, int number) : descriptor(on, number) {}
        asio::posix::stream_descriptor descriptor;
        awsxx::io_interest wanted{};
        bool reading = false;
        bool writing = false;
    };
    using kind = asio::posix::stream_descriptor::wait_type;

    void wait(const std::shared_ptr<watched>& one) {
        if (one->wanted.read && !std::exchange(one->reading, true)) wait(one, true);
        if (one->wanted.write && !std::exchange(one->writing, true)) wait(one, false);
    }
    void wait(const std::shared_ptr<watched>& one, bool read) {
        const int number = one->descriptor.native_handle();
        one->descriptor.async_wait(read ? kind::wait_read : kind::wait_write,
                                   [this, one, read, number](const std::error_code& why) {
                                       (read ? one->reading : one->writing) = false;
                                       const bool asked =
                                           read ? one->wanted.read : one->wanted.write;
                                       if (why || !asked) return;
                                       calls_->ready(number, {.read = read, .write = !read});
                                       wait(one);
                                   });
    }

    asio::io_context& on_;
    asio::steady_timer timer_;
    awsxx::event_loop* calls_ = nullptr;
    std::map<int, std::shared_ptr<watched>> watched_{};
};

}  // namespace

int main() {
    const example::forked_server server(example::identity_answer());
    const awsxx::session session(example::keys(), example::settings_for(server));

    asio::io_context context;
    asio_host host(context);
    awsxx::event_loop calls({.host = &host});
    host.drive(calls);

    int good = 0;
    int left = 5;
    for (int i = 0; i < 5; ++i)
        session.async_call(calls, awsxx::sts::get_caller_identity{}, [&](const auto& who) {
            good += example::print(who) ? 1 : 0;
            if (--left == 0) context.stop();
        });
    context.run();
    return good == 5 ? 0 : 1;
}
