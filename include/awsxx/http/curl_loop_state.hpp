// SPDX-License-Identifier: MIT
// The exchanges of an event loop that are under way, with their connections.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/fork.hpp>
#include <awsxx/core/net.hpp>
#include <awsxx/core/timer_queue.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/curl_exchange.hpp>
#include <awsxx/http/curl_failure.hpp>
#include <awsxx/http/curl_handle.hpp>
#include <awsxx/http/curl_interest.hpp>
#include <awsxx/http/curl_loop.hpp>
#include <awsxx/http/curl_network.hpp>
#include <awsxx/http/curl_process.hpp>
#include <awsxx/http/curl_transfer.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <curl/curl.h>

namespace awsxx::inline AWSXX_ABI::http::detail {

/// What a loop has once it has started something.
class curl_loop_state {
public:
    curl_loop_state(io_host& host, mailbox& news) : interest_(host), news_(&news) {
        sockets_.told_to(&curl_loop_state::on_connection, this);
        curl_process::instance().add(sockets_);
        common_.multi = curl_multi_init();
        common_.sockets = &sockets_;
        if (common_.multi == nullptr) return;
        curl_multi_setopt(common_.multi, CURLMOPT_MAXCONNECTS, most_connections);
        curl_multi_setopt(common_.multi, CURLMOPT_SOCKETFUNCTION, &curl_loop_state::on_socket);
        curl_multi_setopt(common_.multi, CURLMOPT_SOCKETDATA, this);
        curl_multi_setopt(common_.multi, CURLMOPT_TIMERFUNCTION, &curl_loop_state::on_timer);
        curl_multi_setopt(common_.multi, CURLMOPT_TIMERDATA, this);
    }
    curl_loop_state(const curl_loop_state&) = delete;
    curl_loop_state& operator=(const curl_loop_state&) = delete;
    ~curl_loop_state() {
        networks_.each_busy([this](curl_transfer& one) { remove(one); });
        networks_.clear();
        if (common_.multi != nullptr) curl_multi_cleanup(common_.multi);
        while (close_some()) {}
        curl_process::instance().remove(sockets_);
    }

    bool usable() const noexcept { return generation_ == fork_generation(); }

    expected<curl_transfer*> start(const curl_options& options, const request& what,
                                   const exchange& how) {
        if (!usable() || common_.multi == nullptr) return unusable();
        if (!advancing_) to_look_ = true;  // nobody has looked for a while
        if (in_flight_ == 0) look_at_resting();
        auto found = find(options, what, how);
        if (!found) return found;
        curl_transfer& one = **found;
        const auto refused = [&](CURLcode why) -> error {
            one.network->idle.push_back(&one);
            return curl_failure(*one.handle).of(why);
        };
        const CURLcode set = one.handle->begin(what, how);
        if (set != CURLE_OK) return refused(set);
        common_.now = curl_watch::now();
        one.begin(how, what.body, common_.now);
        if (curl_multi_add_handle(common_.multi, one.handle->easy()) != CURLM_OK)
            return refused(CURLE_FAILED_INIT);
        if (const auto look = one.next_look(common_.now)) timers_.set(one, *look);
        ++in_flight_;
        return &one;
    }

    void ready(int socket, io_interest events) {
        look_at_resting();
        if (!interest_.is_wanted(socket)) return shut_if_talking(socket);
        common_.now = looked_ = curl_watch::now();
        if (curl_transfer* const one = interest_.whose(socket)) one->handle->moved_at = looked_;
        act(static_cast<curl_socket_t>(socket),
            (events.read ? CURL_CSELECT_IN : 0) | (events.write ? CURL_CSELECT_OUT : 0));
    }

    bool advance() {
        bool any = false;
        const turn mine{advancing_ = true};
        common_.now = curl_watch::now();
        const bool was_away = common_.now - std::exchange(looked_, common_.now) > long_absence;
        to_look_ |= was_away;
        look_at_resting();
        if (was_away) interest_.each_wanted([this](int socket) { catch_up(socket); });
        if (curl_due_ && *curl_due_ <= common_.now) {
            curl_due_.reset();
            act(CURL_SOCKET_TIMEOUT, 0);
            any = true;
        }
        any |= hand_out();  // what came in time is not late
        any |= timers_.run(common_.now);
        return close_some() || any;
    }

    std::optional<milliseconds> pause() const {
        if (!done_with_.empty()) return milliseconds::zero();
        auto next = timers_.next();
        if (curl_due_ && (!next || *curl_due_ < *next)) next = curl_due_;
        if (!next) return {};
        const auto left = std::chrono::ceil<milliseconds>(*next - curl_watch::now());
        return (std::max)(left, milliseconds::zero());
    }

    /// Looks at the limits of an exchange; ends it where one is over.
    void check(curl_transfer& one) {
        if (one.is_late(common_.now)) {
            error why = curl_failure(*one.handle).late(one.watch->phase(), one.watch->limit());
            if (one.how->facts != nullptr) tell(one.handle->easy(), *one.how->facts);
            exchange_listener& to = *one.to;
            retire(one);
            to.answered(std::move(why));
        } else if (const auto look = one.next_look(common_.now)) {
            timers_.set(one, *look);
        }
    }

    /// Lets its bodies go on, which were held up.
    void go_on(curl_transfer& one) {
        common_.now = one.handle->moved_at = curl_watch::now();
        if (const CURLcode result = one.handle->go_on(); result != CURLE_OK) ended(one, result);
    }
    mailbox& news() noexcept { return *news_; }

    /// Takes it off and keeps its handle.
    void retire(curl_transfer& one) noexcept {
        remove(one);
        one.network->idle.push_back(&one);
    }

    std::size_t in_flight() const noexcept { return in_flight_; }

private:
    static constexpr long most_connections = 1024;
    static constexpr milliseconds long_absence{200};  // of whoever lets the loop run

    /// Ends with `advance`, also where a callback throws.
    struct turn {
        bool& on;
        ~turn() { on = false; }
    };

    AWSXX_COLD static error unusable() {
        return {.code = "TransportUnusable",
                .message = "an event loop cannot be used in a child of its process"};
    }

    expected<curl_transfer*> find(const curl_options& options, const request& what,
                                  const exchange& how) {
        curl_network& by = networks_.get(options);
        if (curl_transfer* const idle = by.take(what, how)) return idle;
        auto made = curl_handle::make(options, what.target, how, &common_);
        if (!made) return std::move(made).error();
        by.all.push_back(std::make_unique<curl_transfer>(*this, by, *std::move(made)));
        curl_transfer* const one = by.all.back().get();
        by.idle.reserve(by.all.size());
        curl_easy_setopt(one->handle->easy(), CURLOPT_PRIVATE, one);
        return one;
    }

    void act(curl_socket_t socket, int events) {
        int running = 0;
        curl_multi_socket_action(common_.multi, socket, events, &running);
    }

    bool hand_out() {
        bool any = false;
        int others = 0;
        while (const CURLMsg* message = curl_multi_info_read(common_.multi, &others)) {
            void* self = nullptr;
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &self);
            ended(*static_cast<curl_transfer*>(self), message->data.result);
            any = true;
        }
        return any;
    }
    void ended(curl_transfer& one, CURLcode result) {
        auto failure = failure_of(*one.handle, result);
        if (one.how->facts != nullptr) tell(one.handle->easy(), *one.how->facts);
        exchange_listener& to = *one.to;
        expected<response> answer = failure ? expected<response>(*std::move(failure))
                                            : expected<response>(one.handle->answer.take());
        retire(one);
        to.answered(std::move(answer));
    }
    void remove(curl_transfer& one) noexcept {
        one.handle->end();
        news_->take_back(one);
        curl_multi_remove_handle(common_.multi, one.handle->easy());
        rest(one);
        timers_.clear(one);
        one.to = nullptr;
        --in_flight_;
    }

    void rest(curl_transfer& one) noexcept {
        const int socket = std::exchange(one.socket, -1);
        if (socket < 0 || !one.handle->is_quiet_when_idle() || !interest_.rests(socket)) return;
        curl_sockets::shut_if_talking(socket);
    }
    /// Of resting connections that have something to say none is used again.
    void shut_if_talking(int socket) {
        if (!interest_.is_resting(socket)) return;
        is_any_unknown() ? void(to_look_ = true) : curl_sockets::shut_if_talking(socket);
    }
    /// The same for all of them, where that is due.
    void look_at_resting() {
        if (!to_look_ || is_any_unknown()) return;
        to_look_ = false;
        resting_.clear();
        interest_.each_resting(
            [this](int socket) { resting_.push_back(os::poll_of(socket, os::readable)); });
        if (resting_.empty() || os::poll(resting_.data(), resting_.size(), 0) <= 0) return;
        for (const os::socket_poll& one : resting_)
            if (one.revents != 0) os::shut(static_cast<int>(one.fd));
    }
    /// Does what could have been done while nobody let the loop run.
    void catch_up(int socket) {
        curl_transfer* const one = interest_.whose(socket);
        if (one != nullptr) one->look_at_upload(one->handle->moved_at);
        act(static_cast<curl_socket_t>(socket), 0);
        if (one != nullptr) one->look_at_upload(common_.now);
    }
    /// One is held up on a connection for which libcurl has not had to wait yet.
    bool is_any_unknown() {
        bool any = false;
        if (in_flight_ == 0) return any;
        networks_.each_busy([&any](const curl_transfer& one) {
            any |= one.socket < 0 && one.handle->pause.stands() && one.handle->is_quiet_when_idle();
        });
        return any;
    }

    // NOLINTNEXTLINE(readability-function-size): the parameters are libcurl's choice
    static int on_socket(CURL* easy, curl_socket_t socket, int what, void* self, void*) noexcept {
        const bool gone = what == CURL_POLL_REMOVE;
        void* waiting = nullptr;
        if (!gone) curl_easy_getinfo(easy, CURLINFO_PRIVATE, &waiting);
        auto* const one = static_cast<curl_transfer*>(waiting);
        if (one != nullptr) one->socket = static_cast<int>(socket);
        // what moves on a connection of several need not be this one's
        const bool alone = one != nullptr && !one->handle->shares_connection();
        static_cast<curl_loop_state*>(self)->interest_.wants(
            static_cast<int>(socket),
            {!gone && (what & CURL_POLL_IN) != 0, !gone && (what & CURL_POLL_OUT) != 0},
            alone ? one : nullptr);
        return 0;
    }
    static bool on_connection(void* self, int socket, bool open) {
        auto& mine = *static_cast<curl_loop_state*>(self);
        open ? mine.interest_.opened(socket) : mine.interest_.closing(socket);
        if (!open) mine.done_with_.push_back(socket);
        return !open;
    }
    /// To say goodbye takes longer than all else about ending a call. So it comes last, and a few at
    /// a time. False: there was none.
    bool close_some() noexcept {
        const bool any = !done_with_.empty();
        for (int i = 0; i < 8 && !done_with_.empty(); ++i) {
            sockets_.end(done_with_.back());
            done_with_.pop_back();
        }
        return any;
    }
    static int on_timer(CURLM*, long pause, void* self) noexcept {
        auto& mine = *static_cast<curl_loop_state*>(self);
        mine.curl_due_.reset();
        if (pause >= 0) mine.curl_due_ = mine.common_.now + milliseconds(pause);
        return 0;
    }

    curl_interest interest_;
    mailbox* news_;
    unsigned generation_ = fork_generation();
    curl_sockets sockets_{};
    std::vector<int> done_with_{};  // still open
    curl_common common_{};
    timer_queue<curl_watch::time> timers_{};
    std::optional<curl_watch::time> curl_due_{};
    curl_watch::time looked_{};  // at sockets
    std::vector<os::socket_poll> resting_{};
    curl_networks networks_{};
    std::size_t in_flight_ = 0;
    bool to_look_ = false;  // at resting connections
    bool advancing_ = false;
};

}  // namespace awsxx::inline AWSXX_ABI::http::detail
