// SPDX-License-Identifier: MIT
// How one request is to be exchanged: its limits, and where the answer's body goes.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/body_pause.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::http {

/// Time and size limits of one attempt. A time of zero means no limit.
struct limits {
    milliseconds connect{3100};       ///< Name, TCP and TLS together.
    milliseconds first_byte{};        ///< From the last byte sent to the first one received.
    milliseconds no_progress{20000};  ///< Not one byte in either direction while a body is moved.
    milliseconds total{};             ///< Everything.
    /// Largest body kept in `response::body`.
    std::uint64_t answer_bytes = std::uint64_t{1} << 30;
};

struct response;

/// Where the body of a successful (2xx) answer goes instead of `response::body`.
/// Called from the thread that sends. On an event loop it must not end or destroy calls that are on
/// that loop: `post` does that behind it.
class body_sink {
public:
    virtual ~body_sink() = default;
    /// Sees status and headers of the answer before its body comes; what fails here fails the call.
    virtual expected<void> begin(const response&) { return {}; }
    /// Asked before each piece, of a few KB; more of the body than that is in memory nowhere. False:
    /// not now. Who says so keeps `here.later()`, and the transfer stands still until that is resumed;
    /// the time it may take as a whole goes on. Asked by libcurl's transport, on loops and off them.
    virtual bool ready(body_pause& here) {
        static_cast<void>(here);
        return true;
    }
    virtual expected<void> write(std::string_view piece) = 0;
    /// Asked when the whole body of a success came; what fails here fails the attempt.
    virtual expected<void> finish() { return {}; }
    /// Forgets what was written: another attempt begins. False: that cannot be done.
    virtual bool restart() = 0;
};

/// Writes into memory of the caller's and refuses more than fits.
class span_sink final : public body_sink {
public:
    explicit span_sink(std::span<char> room) noexcept : room_(room) {}
    expected<void> write(std::string_view piece) override {
        if (piece.size() > room_.size() - used_)
            return error{.kind = error_kind::too_large,
                         .code = "BodyTooLarge",
                         .message = "the answer does not fit into the memory given for it"};
        std::memcpy(room_.data() + used_, piece.data(), piece.size());
        used_ += piece.size();
        return {};
    }
    bool restart() override {
        used_ = 0;
        return true;
    }
    /// What was received so far.
    std::string_view written() const noexcept { return {room_.data(), used_}; }

private:
    std::span<char> room_;
    std::size_t used_ = 0;
};

struct client_certificate;

/// What a connection was like, and one exchange on it. Times count from the start of the exchange;
/// what did not happen has zero.
struct connection_facts {
    bool reused{};          ///< It was there already.
    std::string address{};  ///< Of the other side; empty if there was none.
    std::chrono::microseconds name_found{};
    std::chrono::microseconds connected{};
    std::chrono::microseconds secured{};  ///< Zero without TLS.
    std::chrono::microseconds ready{};    ///< The request had its connection, new or not.
    std::chrono::microseconds first_byte{};
    std::chrono::microseconds total{};
    std::uint64_t bytes_sent{};  ///< Heads and bodies, as HTTP; TLS adds its own.
    std::uint64_t bytes_received{};
};

/// What a transport is told beside the request.
struct exchange {
    http::limits limits{};
    body_sink* sink{};          ///< Null: the body is put into the response.
    connection_facts* facts{};  ///< Filled by transports that know them; null: nobody asks.
    /// Ends the exchange as `cancelled`; event loops see to it themselves.
    std::stop_token stop{};
    bool answer_may_pause{};  ///< `no_progress` is not for the answer's body.
    bool fresh_connection{};  ///< Do not use a kept connection: the last attempt broke.
    /// Through no proxy, whatever the transport's settings say: who is asked is near, and for us alone.
    bool direct{};
    /// Only makes the connection and keeps it: nothing is sent, and the answer is empty.
    bool connect_only{};
    /// Shown to a TLS server that asks who connects. See `http/client_certificate.hpp`.
    std::shared_ptr<const client_certificate> certificate{};
};

}  // namespace awsxx::inline AWSXX_ABI::http
