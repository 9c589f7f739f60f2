// SPDX-License-Identifier: MIT
// The best that a careful user of libcurl's multi interface gets: kept handles on epoll that send the same bytes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <curl/curl.h>
#include <sys/epoll.h>
#include <unistd.h>

namespace bench {

/// A POST that is sent as often as wanted, so many at once. Everything is set once.
class bare_multi {
public:
    /// `headers` are whole lines, as in "x-amz-date: 20260823T120000Z".
    bare_multi(const std::string& url, const std::vector<std::string>& headers, std::string body,
               std::size_t width)
        : state_(std::make_unique<state>()) {
        state_->body = std::move(body);
        for (const std::string& line : headers)
            state_->list = curl_slist_append(state_->list, line.c_str());
        state_->list = curl_slist_append(state_->list, "Accept:");
        for (std::size_t i = 0; i < width; ++i) state_->add(url);
    }

    void run(std::size_t times) { state_->run(times); }

private:
    struct one {
        CURL* easy = curl_easy_init();
        std::string answer{};
        ~one() { curl_easy_cleanup(easy); }
    };

    struct state {
        state() {
            curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, 1024L);
            curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &state::on_socket);
            curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, this);
            curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, &state::on_timer);
            curl_multi_setopt(multi, CURLMOPT_TIMERDATA, this);
        }
        ~state() {
            handles.clear();
            curl_multi_cleanup(multi);
            curl_slist_free_all(list);
            ::close(epoll);
        }

        void add(const std::string& url) {
            handles.push_back(std::make_unique<one>());
            CURL* const easy = handles.back()->easy;
            curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
            curl_easy_setopt(easy, CURLOPT_HTTPHEADER, list);
            curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body.data());
            curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                             static_cast<curl_off_t>(body.size()));
            curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &state::on_body);
            curl_easy_setopt(easy, CURLOPT_WRITEDATA, handles.back().get());
            curl_easy_setopt(easy, CURLOPT_PRIVATE, handles.back().get());
            curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
            curl_easy_setopt(easy, CURLOPT_PROXY, "");
            curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
        }

        void run(std::size_t times) {
            left = times;
            for (const auto& each : handles) start(*each);
            int running = 1;
            while (flying > 0) {
                if (timeout == 0) {
                    timeout = -1;
                    curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &running);
                }
                collect();
                if (flying == 0 || timeout == 0) continue;
                std::array<::epoll_event, 256> events;
                const int count = ::epoll_wait(epoll, events.data(), 256, timeout);
                if (count == 0) timeout = 0;
                for (int i = 0; i < count; ++i) {
                    const auto& seen = events[static_cast<std::size_t>(i)];
                    const int mask = ((seen.events & EPOLLIN) != 0 ? CURL_CSELECT_IN : 0) |
                                     ((seen.events & EPOLLOUT) != 0 ? CURL_CSELECT_OUT : 0);
                    curl_multi_socket_action(multi, seen.data.fd, mask, &running);
                }
                collect();
            }
        }
        void start(one& each) {
            if (left == 0) return;
            --left;
            ++flying;
            each.answer.clear();
            curl_multi_add_handle(multi, each.easy);
        }
        void collect() {
            int others = 0;
            while (const CURLMsg* message = curl_multi_info_read(multi, &others)) {
                if (message->data.result != CURLE_OK) std::abort();
                one* each = nullptr;
                curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &each);
                curl_multi_remove_handle(multi, each->easy);
                --flying;
                start(*each);
            }
        }

        static int on_socket(CURL*, curl_socket_t socket, int what, void* self, void* known) {
            auto& mine = *static_cast<state*>(self);
            ::epoll_event event{};
            event.data.fd = socket;
            if ((what & CURL_POLL_IN) != 0) event.events |= EPOLLIN;
            if ((what & CURL_POLL_OUT) != 0) event.events |= EPOLLOUT;
            if (what == CURL_POLL_REMOVE) {
                ::epoll_ctl(mine.epoll, EPOLL_CTL_DEL, socket, &event);
                return 0;
            }
            ::epoll_ctl(mine.epoll, known != nullptr ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, socket,
                        &event);
            if (known == nullptr) curl_multi_assign(mine.multi, socket, self);
            return 0;
        }
        static int on_timer(CURLM*, long pause, void* self) {
            static_cast<state*>(self)->timeout = static_cast<int>(pause);
            return 0;
        }
        static std::size_t on_body(char* piece, std::size_t, std::size_t size, void* self) {
            static_cast<one*>(self)->answer.append(piece, size);
            return size;
        }

        CURLM* multi = curl_multi_init();
        int epoll = ::epoll_create1(EPOLL_CLOEXEC);
        int timeout = -1;
        std::string body{};
        curl_slist* list = nullptr;
        std::vector<std::unique_ptr<one>> handles{};
        std::size_t left = 0;
        std::size_t flying = 0;
    };

    std::unique_ptr<state> state_;
};

}  // namespace bench
