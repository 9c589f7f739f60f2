// SPDX-License-Identifier: MIT
// Sends any number of requests at once through libcurl, on the one thread of an event loop.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/io_host.hpp>
#include <awsxx/core/mailbox.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/curl_options.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>

#include <cstddef>
#include <optional>

namespace awsxx::inline AWSXX_ABI::http {

namespace detail {
class curl_loop_state;
struct curl_transfer;
}  // namespace detail

/// Hears how an exchange ended.
class exchange_listener {
public:
    virtual void answered(expected<response> answer) = 0;

protected:
    ~exchange_listener() = default;
};

/// One libcurl multi handle with all connections of a loop.
///
/// For one thread. Making one does nothing yet. It keeps connections and as many handles as were
/// busy at once. In a child after a fork nothing can be started.
class curl_loop {
public:
    using transfer = detail::curl_transfer;

    /// The host hears which sockets to watch, also from the destructor. Of time it hears nothing:
    /// `pause` tells. News of bodies that go on come by the mailbox, which lives longer.
    curl_loop(io_host& host, mailbox& news) noexcept : host_(&host), news_(&news) {}
    curl_loop(const curl_loop&) = delete;
    curl_loop& operator=(const curl_loop&) = delete;
    ~curl_loop();

    /// Begins an exchange, whose parts live until it has been answered or cancelled. The answer
    /// comes out of `advance`, never from here. Not to be called from a body's source or sink.
    expected<transfer*> start(const curl_options& options, const request& what, const exchange& how,
                              exchange_listener& to);
    /// A byte of its answer is there. For one that was not answered yet.
    bool has_begun(const transfer* what) const noexcept;
    /// Ends an exchange that was not answered; its listener hears nothing. The same limits.
    void cancel(transfer* what) noexcept;

    /// Something can be done on a socket.
    void ready(int descriptor, io_interest events);
    /// Does what is due, and hands out the answers that are there. False: there was nothing to do.
    bool advance();
    /// In how long `advance` has something to do if no socket is ready before.
    std::optional<milliseconds> pause() const;

    std::size_t in_flight() const noexcept;

private:
    io_host* host_;
    mailbox* news_;
    detail::curl_loop_state* state_ = nullptr;
};

}  // namespace awsxx::inline AWSXX_ABI::http
