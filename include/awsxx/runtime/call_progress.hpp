// SPDX-License-Identifier: MIT
// Where a call stands, for the driver that runs it.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/runtime/call_failures.hpp>

#include <optional>
#include <stop_token>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// How far a call is to go.
enum class call_goal : unsigned char {
    answer,      ///< To its end.
    connection,  ///< To a new connection, which is kept; nothing is sent.
    way,         ///< To where it would be sent: host and credentials are known then.
    keys,        ///< To the credentials that a URL for it is signed with.
};

/// What a call is made of. Input and output are read and written through the operation's table and
/// live as long as the call, as does the operation.
struct call_parts {
    const model::operation& what;
    const void* in;
    void* out;
    call_goal goal{};
};

/// What a driver looks at; `call` alone changes it.
class call_progress {
public:
    enum class step : unsigned char {
        need_place,        ///< Carry `search()` out, report with `located()`.
        need_credentials,  ///< Get them from `provider()`, report with `identified()`.
        send,              ///< Send `request()` as `exchange()` says, report with `answered()`.
        wait,              ///< Let `pause()` pass, report with `waited()`.
        done,
    };

    step next() const noexcept { return step_; }
    const http::exchange& exchange() const noexcept { return exchange_; }
    milliseconds pause() const noexcept { return pause_; }
    const std::optional<error>& failure() const noexcept { return failure_; }
    const std::stop_token& stop() const noexcept { return exchange_.stop; }

protected:
    call_progress() = default;
    call_progress(call_progress&&) noexcept = default;
    call_progress& operator=(call_progress&&) noexcept = default;
    ~call_progress() = default;

    void need(step what) noexcept { step_ = what; }
    /// It has come as far as it was to go.
    void reached() noexcept { step_ = step::done; }

    AWSXX_COLD void failed_with(const model::operation& what, error why) {
        failure_ = failure_of(what, {sends_, exhausted_}, std::move(why));
        step_ = step::done;
    }

    http::exchange exchange_{};
    milliseconds pause_{};
    std::optional<error> failure_{};
    step step_ = step::done;

    // of the attempt before
    int sends_ = 0;  // with those before it
    bool retrying_ = false;
    bool exhausted_ = false;
    std::optional<error> last_{};
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
