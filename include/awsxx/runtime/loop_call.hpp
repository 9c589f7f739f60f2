// SPDX-License-Identifier: MIT
// A call on an event loop. Like the blocking driver it has no rule in it: `call` has them all.
#pragma once

#include <awsxx/auth/feature.hpp>
#include <awsxx/auth/provider.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/any_transport.hpp>
#include <awsxx/http/curl_loop.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/http/uri.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/runtime/call.hpp>
#include <awsxx/runtime/call_options.hpp>
#include <awsxx/runtime/call_progress.hpp>
#include <awsxx/runtime/event_loop.hpp>
#include <awsxx/runtime/identity.hpp>
#include <awsxx/runtime/loop_parts.hpp>
#include <awsxx/runtime/transport_slot.hpp>

#include <memory>
#include <optional>
#include <stop_token>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

class loop_renewal;

/// A transport, and what keeps it.
struct loop_network {
    std::shared_ptr<const transport_slot> keeper{};
    const http::any_transport* transport{};
};

/// What a call has that does not go to its end.
struct call_fruits {
    credentials_snapshot keys{};
    http::uri target{};
    http::exchange how{};
};

/// What a call on a loop is made of. Input and output live until it has ended.
struct loop_start {
    std::shared_ptr<const identity> who{};
    std::shared_ptr<const transport_slot> transport{};
    auth::features uses{};
    const model::operation* what{};
    const void* in{};
    void* out{};
    call_goal goal{};
    call_fruits* fruits{};  ///< Filled where it gets that far; lives as long as the call.
};

class loop_call;

/// The same request once more, while the first is under way.
class loop_second final : public http::exchange_listener {
public:
    explicit loop_second(loop_call& of) noexcept : of_(&of) {}
    void answered(expected<http::response> answer) override;

    http::curl_loop::transfer* sending = nullptr;
    http::exchange how{};

private:
    loop_call* of_;
};

/// One call after the other: what has ended is used again. Belongs to its loop.
class loop_call final : public loop_turn, public http::exchange_listener, public renewal_waiter {
public:
    explicit loop_call(loop_state& on) noexcept : on_(&on) {}
    ~loop_call() override = default;

    /// Makes the call; it goes on when its turn comes.
    void begin(const loop_start& from, const call_options& how, loop_listener& to);
    /// There is nothing to call: it only ends.
    void begin(loop_listener& to);
    /// The same with a call that a renewal makes.
    void begin(call& machine, const loop_network& by, loop_renewal& from);
    /// It has begun, but will come to this when its turn comes.
    void refuse(error why) { refusal_ = std::move(why); }
    /// Ends it and tells nobody.
    void drop() noexcept;
    /// Ends it for that reason.
    void end(error why);
    bool is_busy() const noexcept { return to_ != nullptr || from_ != nullptr; }
    bool is_nested() const noexcept { return from_ != nullptr; }

    void turn() override;
    void answered(expected<http::response> answer) override;
    /// The second request was, before the first.
    void answered_again(expected<http::response> answer);
    void changed() noexcept override;
    /// The renewal that is carried out for this call came to that.
    void renewed(expected<credentials_snapshot> outcome);

private:
    void go_on();
    bool ask_provider();
    bool obtain(const std::shared_ptr<renewal>& what);
    void take(expected<credentials_snapshot> outcome);
    bool send();
    void send_again();
    void heard(expected<http::response> answer);
    void cancel_exchanges() noexcept;
    void time_passed();
    void look_again();
    void end_early();
    void watch_deadline();
    renewal* awaited() const noexcept;
    void lose_patience();
    void stop_waiting() noexcept;
    void detach() noexcept;
    void clear() noexcept;
    void finish();

    loop_state* on_;
    std::optional<call> own_{};
    call* machine_ = nullptr;  // its own, or a renewal's
    std::optional<error> refusal_{};
    call_fruits* fruits_ = nullptr;
    loop_network network_{};
    loop_listener* to_ = nullptr;
    loop_renewal* from_ = nullptr;

    http::curl_loop::transfer* sending_ = nullptr;
    loop_second second_{*this};
    std::shared_ptr<renewal> parked_at_{};
    loop_renewal* carrier_ = nullptr;
    loop_timer<loop_call, &loop_call::time_passed> timer_{*this};
    loop_mail<loop_call, &loop_call::look_again> news_{*this};
    loop_mail<loop_call, &loop_call::end_early> stopped_{*this};
    std::optional<std::stop_callback<stop_news>> on_stop_{};
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
