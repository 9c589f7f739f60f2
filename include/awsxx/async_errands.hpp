// SPDX-License-Identifier: MIT
// Things that sessions do on event loops beside calls and waits, each begun once.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/connections.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/runtime/call_options.hpp>
#include <awsxx/runtime/event_listener.hpp>
#include <awsxx/runtime/event_loop.hpp>
#include <awsxx/runtime/request_scope.hpp>
#include <awsxx/session_core.hpp>

#include <chrono>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// A request of the program's own, what it is signed for, and how long its URL is to be good.
struct presign_request {
    http::request what{};
    request_scope scope{};
    std::chrono::seconds lifetime{};
};

namespace detail::async {

/// What they have in common. Stays where it is once it was begun.
template <class Result>
class errand_work {
public:
    using result = expected<Result>;

    void drop() noexcept { errand_.reset(); }
    result take(expected<void> outcome) {
        errand_.reset();
        if (!outcome) return std::move(outcome).error();
        return std::move(out_);
    }

protected:
    errand_work(session_core from, const call_options& how) : from_(std::move(from)), how_(how) {}
    bool begun(session_core::errand made) {
        errand_ = std::move(made);
        return errand_ != nullptr;
    }

    session_core from_;
    call_options how_;
    Result out_{};

private:
    session_core::errand errand_{};
};

/// A call that answers with events.
template <class Op, class OnEvent>
class events_work final : public errand_work<typename Op::output> {
public:
    events_work(session_core from, Op op, OnEvent on_event, const call_options& how)
        : errand_work<typename Op::output>(std::move(from), how),
          op_(std::move(op)),
          on_event_(std::move(on_event)) {}

    bool begin(event_loop& on, runtime::loop_listener& to) {
        return this->begun(this->from_.begin_listening(on, {table::operation, &op_, &this->out_},
                                                       events_.get(), {this->how_, to}));
    }

private:
    using table = typename Op::template wire<void>;

    Op op_;
    OnEvent on_event_;
    runtime::typed_listener<typename table::events, OnEvent> events_{on_event_};
};

/// A request of the program's own.
class send_work final : public errand_work<http::response> {
public:
    send_work(session_core from, http::request what, request_scope scope, const call_options& how)
        : errand_work(std::move(from), how), what_(std::move(what)), scope_(std::move(scope)) {}

    bool begin(event_loop& on, runtime::loop_listener& to) {
        return begun(from_.begin_sending(on, {what_, scope_, &out_}, {how_, to}));
    }

private:
    http::request what_;
    request_scope scope_;
};

/// A URL for a call.
template <class Op>
class presign_work final : public errand_work<http::request> {
public:
    presign_work(session_core from, Op op, std::chrono::seconds lifetime)
        : errand_work(std::move(from), {}), op_(std::move(op)), lifetime_(lifetime) {}

    bool begin(event_loop& on, runtime::loop_listener& to) {
        return begun(from_.begin_presigning(
            on, session_core::typed_call{Op::template wire<void>::operation, &op_, nullptr},
            {lifetime_, out_}, {how_, to}));
    }

private:
    Op op_;
    std::chrono::seconds lifetime_;
};

/// A URL for a request of the program's own.
template <>
class presign_work<presign_request> final : public errand_work<http::request> {
public:
    presign_work(session_core from, presign_request what)
        : errand_work(std::move(from), {}), wish_(std::move(what)) {}

    bool begin(event_loop& on, runtime::loop_listener& to) {
        return begun(from_.begin_presigning(on, session_core::raw_call{wish_.what, wish_.scope},
                                            {wish_.lifetime, out_}, {how_, to}));
    }

private:
    presign_request wish_;
};

/// Connections ahead of calls.
template <class Op>
class preconnect_work final : public errand_work<connections> {
public:
    preconnect_work(session_core from, Op op, int count, const call_options& how)
        : errand_work(std::move(from), how), op_(std::move(op)), count_(count) {}

    bool begin(event_loop& on, runtime::loop_listener& to) {
        return begun(from_.begin_preconnecting(
            on, {Op::template wire<void>::operation, &op_, &unused_}, {count_, out_}, {how_, to}));
    }

private:
    Op op_;
    typename Op::output unused_{};
    int count_;
};

}  // namespace detail::async

}  // namespace awsxx::inline AWSXX_ABI
