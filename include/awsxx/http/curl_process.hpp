// SPDX-License-Identifier: MIT
// libcurl in this process: started once, and told about forks and the end.
#pragma once

#include <awsxx/core/net.hpp>
#include <awsxx/core/os.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/openssl_end.hpp>

#include <atomic>
#include <mutex>
#include <new>

#include <curl/curl.h>

namespace awsxx::inline AWSXX_ABI::http::detail {

/// The open sockets of one handle, or of all handles of a loop, known so that a forked child can
/// close its copies of them.
class curl_sockets {
public:
    curl_sockets() = default;
    curl_sockets(const curl_sockets&) = delete;
    curl_sockets& operator=(const curl_sockets&) = delete;
    ~curl_sockets() { delete more_.load(); }

    /// libcurl's way to ask for a socket; programs started later do not inherit it.
    static curl_socket_t open(void* self, curlsocktype, curl_sockaddr* to) noexcept {
        const int socket = os::open_socket(to->family, to->socktype, to->protocol);
        if (socket < 0) return CURL_SOCKET_BAD;
        static_cast<curl_sockets*>(self)->opened(socket);
        static_cast<void>(static_cast<curl_sockets*>(self)->tell(socket, true));
        return socket;
    }
    static int close(void* self, curl_socket_t socket) noexcept {
        auto& mine = *static_cast<curl_sockets*>(self);
        const auto number = static_cast<int>(socket);
        if (!mine.tell(number, false)) mine.end(number);
        return 0;
    }
    /// Closes one that libcurl is done with.
    void end(int socket) noexcept {
        closing(socket);
        os::close_socket(socket);
    }
    /// Sees to it that no connection is used again on which something waits that nobody asked for: an
    /// answer to nothing, which would be taken for the next one. libcurl 7.88 does not look. For one
    /// whose connections are idle.
    void shut_if_talking() const noexcept {
        for (const std::atomic<int>& place : open_)
            if (const int socket = place.load() - 1; socket >= 0) shut_if_talking(socket);
        if (const curl_sockets* const more = more_.load()) more->shut_if_talking();
    }
    static void shut_if_talking(int socket) noexcept {
        os::socket_poll one = os::poll_of(socket, os::readable);
        if (os::poll(&one, 1, 0) > 0) os::shut(socket);
    }
    /// Somebody who hears when one was opened or is about to be closed, on the thread that does it.
    /// True: it will call `end` itself, later.
    using listener = bool (*)(void* self, int socket, bool open);
    void told_to(listener hear, void* self) noexcept {
        hear_ = hear;
        self_ = self;
    }
    /// Closes without a word to the other side: in a child the connections are the parent's.
    void close_quietly() noexcept {
        for (std::atomic<int>& place : open_)
            if (const int socket = place.exchange(0) - 1; socket >= 0) os::close_socket(socket);
        if (curl_sockets* const more = more_.load()) more->close_quietly();
    }

private:
    friend class curl_process;
    void opened(int socket) noexcept {
        for (std::atomic<int>& place : open_) {
            int none = 0;
            if (place.compare_exchange_strong(none, socket + 1)) return;
        }
        if (more_.load() == nullptr) more_.store(new (std::nothrow) curl_sockets);
        if (curl_sockets* const more = more_.load()) more->opened(socket);
    }
    void closing(int socket) noexcept {
        for (std::atomic<int>& place : open_) {
            int same = socket + 1;
            if (place.compare_exchange_strong(same, 0)) return;
        }
        if (curl_sockets* const more = more_.load()) more->closing(socket);
    }
    bool tell(int socket, bool open) const {
        return hear_ != nullptr && hear_(self_, socket, open);
    }
    std::atomic<int> open_[8]{};  // plus one; 0 is free
    std::atomic<curl_sockets*> more_{nullptr};
    listener hear_ = nullptr;
    void* self_ = nullptr;
    curl_sockets* next_ = nullptr;
    curl_sockets* previous_ = nullptr;
};

/// Starts libcurl at the first handle and knows all sockets. Never destroyed.
class curl_process {
public:
    static curl_process& instance() {
        static curl_process& only = *new curl_process;
        return only;
    }
    CURLcode started() const noexcept { return started_; }

    void add(curl_sockets& sockets) {
        const std::lock_guard guard(lock_);
        sockets.next_ = first_;
        if (first_ != nullptr) first_->previous_ = &sockets;
        first_ = &sockets;
    }
    void remove(curl_sockets& sockets) {
        const std::lock_guard guard(lock_);
        if (sockets.next_ != nullptr) sockets.next_->previous_ = sockets.previous_;
        (sockets.previous_ != nullptr ? sockets.previous_->next_ : first_) = sockets.next_;
    }

private:
    curl_process() {
        crypto::outlive_main();
        started_ = curl_global_init(CURL_GLOBAL_DEFAULT);
        os::at_fork([] { instance().lock_.lock(); }, [] { instance().lock_.unlock(); },
                    [] { instance().forked(); });
    }

    void forked() noexcept {
        for (curl_sockets* one = first_; one != nullptr; one = one->next_) one->close_quietly();
        first_ = nullptr;
        lock_.unlock();
    }

    CURLcode started_ = CURLE_FAILED_INIT;
    std::mutex lock_{};
    curl_sockets* first_ = nullptr;
};

}  // namespace awsxx::inline AWSXX_ABI::http::detail
