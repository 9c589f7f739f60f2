// SPDX-License-Identifier: MIT
// The verbs of sessions that do not wait: by callback, by future, by co_await.
//
//     awsxx::event_loop loop;
//     base.async_call(loop, awsxx::sts::get_caller_identity{}, [](auto who) { show(who); });
//     loop.run();
#pragma once

#include <awsxx/async_await.hpp>
#include <awsxx/async_more.hpp>
#include <awsxx/async_pages.hpp>
#include <awsxx/async_verbs.hpp>
#include <awsxx/async_work.hpp>
#include <awsxx/auth/feature.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/waiter.hpp>
#include <awsxx/runtime/call_options.hpp>
#include <awsxx/runtime/event_loop.hpp>
#include <awsxx/runtime/pages.hpp>
#include <awsxx/runtime/wait_options.hpp>
#include <awsxx/session.hpp>

#if !defined(AWSXX_COMPILED)
#include <awsxx/session_async_source.hpp>
#endif

#include <cstddef>
#include <future>
#include <type_traits>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

template <class Session>
template <class Op, class Then>
    requires std::is_invocable_v<Then&, expected<typename Op::output>>
void async_verbs<Session>::async_call(event_loop& on, Op op, Then then,
                                      const call_options& how) const {
    detail::async::tell<detail::async::call_work<Op>>(on, std::move(then), core(), std::move(op),
                                                      how);
}

template <class Session>
template <class Op>
auto async_verbs<Session>::async_call(event_loop& on, Op op, const call_options& how) const {
    return detail::async::promised<detail::async::call_work<Op>>(on, core(), std::move(op), how);
}

template <class Session>
template <class Op>
auto async_verbs<Session>::try_co_call(event_loop& on, const Op& op,
                                       const call_options& how) const {
    return detail::async::awaited<detail::async::call_work<Op>, false>(on, core(), op, how);
}

template <class Session>
template <class Op, std::size_t N, class Then>
    requires std::is_invocable_v<Then&, expected<waited<typename Op::output>>>
// NOLINTNEXTLINE(readability-function-size): what `wait` takes, where, and whom to tell
void async_verbs<Session>::async_wait(event_loop& on, const model::waiter_of<Op, N>& until, Op op,
                                      const wait_options& options, Then then) const {
    detail::async::tell<detail::async::wait_work<Op>>(on, std::move(then), core(), until,
                                                      std::move(op), options);
}

template <class Session>
template <class Op, std::size_t N>
auto async_verbs<Session>::async_wait(event_loop& on, const model::waiter_of<Op, N>& until, Op op,
                                      const wait_options& options) const {
    return detail::async::promised<detail::async::wait_work<Op>>(on, core(), until, std::move(op),
                                                                 options);
}

template <class Session>
template <class Op, std::size_t N>
auto async_verbs<Session>::try_co_wait(event_loop& on, const model::waiter_of<Op, N>& until,
                                       const Op& op, const wait_options& options) const {
    return detail::async::awaited<detail::async::wait_work<Op>, false>(on, core(), until, op,
                                                                       options);
}

template <class Session>
template <runtime::paged Op, class Each>
void async_verbs<Session>::async_pages(event_loop& on, Op op, Each each,
                                       runtime::page_limits limits) const {
    detail::async::walk(on, core().counting(auth::feature::paginator),
                        runtime::page_course<Op>(std::move(op), std::move(limits)),
                        std::move(each));
}

template <class Session>
template <runtime::paged Op>
auto async_verbs<Session>::co_pages(event_loop& on, Op op, runtime::page_limits limits) const {
    return awaited_pages<Op>(on, core().counting(auth::feature::paginator),
                             runtime::page_course<Op>(std::move(op), std::move(limits)));
}

#if defined(__cpp_exceptions)
template <class Session>
template <class Op>
auto async_verbs<Session>::co_call(event_loop& on, const Op& op, const call_options& how) const {
    return detail::async::awaited<detail::async::call_work<Op>, true>(on, core(), op, how);
}

template <class Session>
template <class Op, std::size_t N>
auto async_verbs<Session>::co_wait(event_loop& on, const model::waiter_of<Op, N>& until,
                                   const Op& op, const wait_options& options) const {
    return detail::async::awaited<detail::async::wait_work<Op>, true>(on, core(), until, op,
                                                                      options);
}
#endif

}  // namespace awsxx::inline AWSXX_ABI
