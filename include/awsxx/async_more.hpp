// SPDX-License-Identifier: MIT
// The verbs on event loops beside calls, waits and listings: events, bodies, requests, URLs, connections.
#pragma once

#include <awsxx/async_await.hpp>
#include <awsxx/async_errands.hpp>
#include <awsxx/async_streams.hpp>
#include <awsxx/async_work.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/protocols/http_binding.hpp>
#include <awsxx/runtime/call_options.hpp>
#include <awsxx/runtime/event_loop.hpp>
#include <awsxx/runtime/request_scope.hpp>
#include <awsxx/session.hpp>

#if !defined(AWSXX_COMPILED)
#include <awsxx/session_errands_source.hpp>
#endif

#include <chrono>
#include <memory>
#include <type_traits>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

template <class Session>
template <class Op, class OnEvent, class Then>
    requires std::is_invocable_v<Then&, expected<typename Op::output>>
void async_verbs<Session>::async_events(event_loop& on, Op op, OnEvent on_event, Then then) const {
    detail::async::tell<detail::async::events_work<Op, OnEvent>>(
        on, std::move(then), core(), std::move(op), std::move(on_event), call_options{});
}

template <class Session>
template <class Op, class OnEvent>
auto async_verbs<Session>::async_events(event_loop& on, Op op, OnEvent on_event) const {
    return detail::async::promised<detail::async::events_work<Op, OnEvent>>(
        on, core(), std::move(op), std::move(on_event), call_options{});
}

template <class Session>
template <class Op>
auto async_verbs<Session>::co_events(event_loop& on, Op op, const call_options& how) const {
    using stream = detail::async::event_stream<Op>;
    return awaited_stream<stream>(std::make_unique<stream>(on, core(), std::move(op), how));
}

template <class Session>
template <class Op>
auto async_verbs<Session>::co_body(event_loop& on, Op op, const call_options& how) const {
    static_assert(protocols::has_raw_payload(Op::output::template wire<void>::type),
                  "the answer of this operation is no body of bytes");
    using stream = detail::async::body_stream<Op>;
    return awaited_stream<stream>(std::make_unique<stream>(on, core(), std::move(op), how));
}

template <class Session>
template <class Then>
void async_verbs<Session>::async_send(event_loop& on, http::request what, request_scope scope,
                                      Then then) const {
    detail::async::tell<detail::async::send_work>(on, std::move(then), core(), std::move(what),
                                                  std::move(scope), call_options{});
}

template <class Session>
auto async_verbs<Session>::async_send(event_loop& on, http::request what,
                                      request_scope scope) const {
    return detail::async::promised<detail::async::send_work>(on, core(), std::move(what),
                                                             std::move(scope), call_options{});
}

template <class Session>
auto async_verbs<Session>::try_co_send(event_loop& on, const http::request& what,
                                       const request_scope& scope) const {
    return detail::async::awaited<detail::async::send_work, false>(on, core(), what, scope,
                                                                   call_options{});
}

template <class Session>
template <class Op, class Then>
void async_verbs<Session>::async_presign(event_loop& on, Op op, std::chrono::seconds lifetime,
                                         Then then) const {
    detail::async::tell<detail::async::presign_work<Op>>(on, std::move(then), core(), std::move(op),
                                                         lifetime);
}

template <class Session>
template <class Op>
auto async_verbs<Session>::async_presign(event_loop& on, Op op,
                                         std::chrono::seconds lifetime) const {
    return detail::async::promised<detail::async::presign_work<Op>>(on, core(), std::move(op),
                                                                    lifetime);
}

template <class Session>
template <class Op>
auto async_verbs<Session>::try_co_presign(event_loop& on, const Op& op,
                                          std::chrono::seconds lifetime) const {
    return detail::async::awaited<detail::async::presign_work<Op>, false>(on, core(), op, lifetime);
}

template <class Session>
template <class Then>
void async_verbs<Session>::async_presign(event_loop& on, presign_request what, Then then) const {
    detail::async::tell<detail::async::presign_work<presign_request>>(on, std::move(then), core(),
                                                                      std::move(what));
}

template <class Session>
auto async_verbs<Session>::async_presign(event_loop& on, presign_request what) const {
    return detail::async::promised<detail::async::presign_work<presign_request>>(on, core(),
                                                                                 std::move(what));
}

template <class Session>
auto async_verbs<Session>::try_co_presign(event_loop& on, const presign_request& what) const {
    return detail::async::awaited<detail::async::presign_work<presign_request>, false>(on, core(),
                                                                                       what);
}

template <class Session>
template <class Op, class Then>
void async_verbs<Session>::async_preconnect(event_loop& on, Op op, int count, Then then) const {
    detail::async::tell<detail::async::preconnect_work<Op>>(on, std::move(then), core(),
                                                            std::move(op), count, call_options{});
}

template <class Session>
template <class Op>
auto async_verbs<Session>::async_preconnect(event_loop& on, Op op, int count) const {
    return detail::async::promised<detail::async::preconnect_work<Op>>(on, core(), std::move(op),
                                                                       count, call_options{});
}

template <class Session>
template <class Op>
auto async_verbs<Session>::try_co_preconnect(event_loop& on, const Op& op, int count) const {
    return detail::async::awaited<detail::async::preconnect_work<Op>, false>(on, core(), op, count,
                                                                             call_options{});
}

#if defined(__cpp_exceptions)
template <class Session>
auto async_verbs<Session>::co_send(event_loop& on, const http::request& what,
                                   const request_scope& scope) const {
    return detail::async::awaited<detail::async::send_work, true>(on, core(), what, scope,
                                                                  call_options{});
}

template <class Session>
template <class Op>
auto async_verbs<Session>::co_presign(event_loop& on, const Op& op,
                                      std::chrono::seconds lifetime) const {
    return detail::async::awaited<detail::async::presign_work<Op>, true>(on, core(), op, lifetime);
}

template <class Session>
auto async_verbs<Session>::co_presign(event_loop& on, const presign_request& what) const {
    return detail::async::awaited<detail::async::presign_work<presign_request>, true>(on, core(),
                                                                                      what);
}

template <class Session>
template <class Op>
auto async_verbs<Session>::co_preconnect(event_loop& on, const Op& op, int count) const {
    return detail::async::awaited<detail::async::preconnect_work<Op>, true>(on, core(), op, count,
                                                                            call_options{});
}
#endif

}  // namespace awsxx::inline AWSXX_ABI
