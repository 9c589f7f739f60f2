// SPDX-License-Identifier: MIT
// One libcurl handle with the connections it keeps to one origin, under one certificate or none, by one way.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/fork.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/openssl_end.hpp>
#include <awsxx/http/client_certificate.hpp>
#include <awsxx/http/curl_answer.hpp>
#include <awsxx/http/curl_certificate.hpp>
#include <awsxx/http/curl_draft.hpp>
#include <awsxx/http/curl_options.hpp>
#include <awsxx/http/curl_pause.hpp>
#include <awsxx/http/curl_process.hpp>
#include <awsxx/http/curl_setup.hpp>
#include <awsxx/http/curl_upload.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/http/proxy.hpp>
#include <awsxx/http/uri.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <curl/curl.h>

namespace awsxx::inline AWSXX_ABI::http::detail {

class curl_handle;

/// Ends a handle, unless that would talk on connections of a parent process or without TLS.
struct curl_handle_end {
    inline void operator()(curl_handle* handle) const noexcept;
};
using curl_handle_ptr = std::unique_ptr<curl_handle, curl_handle_end>;

/// A multi handle that many handles share, and its sockets. Both outlive them.
struct curl_common {
    CURLM* multi{};
    curl_sockets* sockets{};
    /// When the loop looked at the clock last.
    std::chrono::steady_clock::time_point now{};
};

/// An easy handle in a multi handle of its own: that way limits are kept to the millisecond, and
/// connections are never shared between threads. Used by one thread at a time. On an event loop
/// the multi handle is the loop's.
class curl_handle final : curl_waker {
public:
    /// For requests to `origin` with the certificate of `how`, which it keeps, by the way that `how` says.
    static expected<curl_handle_ptr> make(const curl_options& options, const uri& origin,
                                          const exchange& how = {},
                                          const curl_common* shared = nullptr) {
        const CURLcode started = curl_process::instance().started();
        const std::string_view proxy =
            how.direct ? std::string_view() : proxy_for(options.proxies, origin);
        const bool tls = uses_tls(origin, proxy);
        if (tls && crypto::openssl_is_over())
            return error{.kind = error_kind::cancelled,
                         .code = "ProcessEnding",
                         .message = "the program ends, and TLS is already gone"};
        curl_handle_ptr made(new curl_handle(origin, tls, shared));
        if (started != CURLE_OK || made->easy_ == nullptr || made->multi_ == nullptr)
            return error{.code = "TransportUnusable", .message = "libcurl cannot be started"};
        if (auto done = set_up(made->easy_, options, proxy); !done) return done.error();
        if (auto done = made->connect_callbacks(); !done) return done.error();
        if (how.certificate != nullptr)
            if (auto done = set_certificate(made->easy_, *how.certificate); !done)
                return done.error();
        made->shown_ = how.certificate;
        made->direct_ = how.direct;
        made->http2_ = options.http2 && tls;
        return made;
    }
    curl_handle(const curl_handle&) = delete;
    curl_handle& operator=(const curl_handle&) = delete;

    CURL* easy() const noexcept { return easy_; }
    CURLM* multi() const noexcept { return multi_; }
    const uri& origin() const noexcept { return origin_; }
    const client_certificate* shown() const noexcept { return shown_.get(); }
    bool serves(const uri& target, const exchange& how) const noexcept {
        return how.certificate.get() == shown() && how.direct == direct_ &&
               target.host == origin_.host && target.effective_port() == origin_.effective_port() &&
               target.scheme == origin_.scheme;
    }
    /// False in a child of the process that made it, and where its TLS is gone.
    bool usable() const noexcept {
        return generation_ == fork_generation() && !(tls_ && crypto::openssl_is_over());
    }

    /// Makes everything ready to send `what`, which has to live until the transfer ends.
    CURLcode begin(const request& what, const exchange& how) {
        if (shared_ == nullptr && is_quiet_when_idle()) sockets_.shut_if_talking();
        answer.begin(how, what.method == "HEAD");
        upload.begin(what.body);
        connected = false;
        only_connects_ = how.connect_only;
        message[0] = '\0';
        return draft_.put(easy_, what, how);
    }
    /// The transfer is over and about to be taken off its multi handle.
    void end() noexcept {
        pause.end();
        // libcurl would end the connection if it still had the option then
        if (only_connects_) curl_easy_setopt(easy_, CURLOPT_CONNECT_ONLY, 0L);
    }
    bool only_connects() const noexcept { return only_connects_; }
    /// Several exchanges at once may be on it.
    bool shares_connection() const noexcept { return http2_ && shared_ != nullptr; }
    /// What comes after an exchange comes unasked. Not so with HTTP/2; and a connection that was only
    /// made may have tickets of TLS before it.
    bool is_quiet_when_idle() const noexcept { return !http2_ && !(only_connects_ && tls_); }

    /// Somebody who held a body up wants it to go on. Asked once a time.
    bool is_woken() noexcept { return woken_.exchange(false, std::memory_order_acquire); }
    /// Asks its bodies again. libcurl hands out what it has from here; what it then fails with ends
    /// the transfer.
    CURLcode go_on() {
        if (!pause.stands()) return CURLE_OK;
        pause.go_on();
        return curl_easy_pause(easy_, CURLPAUSE_CONT);
    }

    // Filled while a transfer runs.
    curl_answer answer{};
    curl_upload upload{};
    curl_pause pause{*this};
    bool connected{};  ///< A connection is there and the request is about to be sent.
    /// On a loop: when something came or went last, as far as libcurl tells.
    std::chrono::steady_clock::time_point moved_at{};
    std::array<char, CURL_ERROR_SIZE> message{};

private:
    friend struct curl_handle_end;

    curl_handle(const uri& origin, bool tls, const curl_common* shared)
        : origin_{origin.scheme, origin.host, origin.port, "/", ""},
          tls_(tls),
          generation_(fork_generation()),
          shared_(shared),
          easy_(curl_easy_init()),
          multi_(shared != nullptr ? shared->multi : curl_multi_init()) {
        if (shared != nullptr) return;
        curl_process::instance().add(sockets_);
        if (multi_ != nullptr) curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, 1L);
    }
    ~curl_handle() {
        if (easy_ != nullptr) curl_easy_cleanup(easy_);
        if (shared_ != nullptr) return;
        if (multi_ != nullptr) curl_multi_cleanup(multi_);
        curl_process::instance().remove(sockets_);
    }

    void wake() noexcept override {
        woken_.store(true, std::memory_order_release);
        curl_multi_wakeup(multi_);
    }

    expected<void> connect_callbacks() {
        curl_setter setter(easy_);
        curl_sockets* const sockets = shared_ != nullptr ? shared_->sockets : &sockets_;
        setter.set(CURLOPT_ERRORBUFFER, message.data())
            .set(CURLOPT_OPENSOCKETFUNCTION, &curl_sockets::open)
            .set(CURLOPT_OPENSOCKETDATA, sockets)
            .set(CURLOPT_CLOSESOCKETFUNCTION, &curl_sockets::close)
            .set(CURLOPT_CLOSESOCKETDATA, sockets)
            .set(CURLOPT_PREREQFUNCTION, &curl_handle::on_connected)
            .set(CURLOPT_PREREQDATA, this)
            .set(CURLOPT_HEADERFUNCTION, &curl_handle::on_header)
            .set(CURLOPT_HEADERDATA, this)
            .set(CURLOPT_WRITEFUNCTION, &curl_handle::on_body)
            .set(CURLOPT_WRITEDATA, this)
            .set(CURLOPT_READFUNCTION, &curl_handle::on_read)
            .set(CURLOPT_READDATA, this)
            .set(CURLOPT_SEEKFUNCTION, &curl_handle::on_rewind)
            .set(CURLOPT_SEEKDATA, this);
        if (setter.result() == CURLE_OK) return {};
        return error{.code = "TransportUnusable", .message = "libcurl refuses a callback"};
    }

    /// The handle that a callback is for; it hears that something moves.
    static curl_handle& of(void* self) noexcept {
        auto& handle = *static_cast<curl_handle*>(self);
        if (handle.shared_ != nullptr) handle.moved_at = handle.shared_->now;
        return handle;
    }

    // NOLINTNEXTLINE(readability-function-size): the parameters are libcurl's choice
    static int on_connected(void* self, char*, char*, int, int) noexcept {
        curl_handle& handle = of(self);
        handle.connected = true;
        // set before, it would make the connection one that no other transfer may use
        if (handle.only_connects_) curl_easy_setopt(handle.easy_, CURLOPT_CONNECT_ONLY, 1L);
        return CURL_PREREQFUNC_OK;
    }
    static std::size_t on_header(char* line, std::size_t, std::size_t size, void* self) noexcept {
        return of(self).answer.header_line({line, size}) ? size : CURL_WRITEFUNC_ERROR;
    }
    static std::size_t on_body(char* piece, std::size_t, std::size_t size, void* self) noexcept {
        curl_handle& handle = of(self);
        if (!handle.answer.ready(handle.pause)) {
            handle.pause.stand();
            return CURL_WRITEFUNC_PAUSE;
        }
        return handle.answer.body_piece({piece, size}) ? size : CURL_WRITEFUNC_ERROR;
    }
    static std::size_t on_read(char* room, std::size_t, std::size_t size, void* self) noexcept {
        curl_handle& handle = of(self);
        if (!handle.upload.ready(handle.pause)) {
            handle.pause.stand();
            return CURL_READFUNC_PAUSE;
        }
        return handle.upload.read({room, size}).value_or(CURL_READFUNC_ABORT);
    }
    static int on_rewind(void* self, curl_off_t offset, int) noexcept {
        return offset == 0 && of(self).upload.rewind() ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL;
    }

    uri origin_;
    std::shared_ptr<const client_certificate> shown_{};  // libcurl refers to its texts
    bool tls_;
    bool direct_ = false;
    unsigned generation_;
    curl_sockets sockets_{};
    const curl_common* shared_;
    CURL* easy_;
    CURLM* multi_;
    curl_draft draft_{};
    bool only_connects_ = false;
    bool http2_ = false;
    std::atomic<bool> woken_{false};
    curl_handle* next_left_ = nullptr;
};

inline void curl_handle_end::operator()(curl_handle* handle) const noexcept {
    if (handle->usable()) {
        delete handle;
        return;
    }
    // Left as it is, findable by leak checkers. The fork has closed its sockets.
    static std::atomic<curl_handle*> left{nullptr};
    handle->next_left_ = left.load();
    while (!left.compare_exchange_weak(handle->next_left_, handle)) {}
}

}  // namespace awsxx::inline AWSXX_ABI::http::detail
