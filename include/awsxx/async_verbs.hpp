// SPDX-License-Identifier: MIT
// The verbs of sessions that do not wait, as they are declared; <awsxx/async.hpp> defines them.
#pragma once

#include <awsxx/core/expected_fwd.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/waiter.hpp>
#include <awsxx/runtime/call_options.hpp>
#include <awsxx/runtime/pages.hpp>
#include <awsxx/runtime/wait_options.hpp>
#include <awsxx/runtime/waiter.hpp>

#include <chrono>
#include <cstddef>
#include <type_traits>

namespace awsxx::inline AWSXX_ABI {

class event_loop;
class session_core;
struct presign_request;
struct request_scope;

namespace http {

struct request;

}  // namespace http

/// What sessions do on event loops, each on the thread of its loop. All return at once.
///
///     base.async_call(loop, awsxx::sts::get_caller_identity{}, [](auto who) { show(who); });
template <class Session>
class async_verbs {
public:
    /// Calls an operation, and then `then` with an `expected` of its output.
    template <class Op, class Then>
        requires std::is_invocable_v<Then&, expected<typename Op::output>>
    void async_call(event_loop& on, Op op, Then then, const call_options& how = {}) const;
    /// The same with a `std::future` of that, to be waited for once the loop has run.
    template <class Op>
    auto async_call(event_loop& on, Op op, const call_options& how = {}) const;
    /// The same for `co_await`, in a coroutine of any type that runs on the loop's thread.
    template <class Op>
    auto try_co_call(event_loop& on, const Op& op, const call_options& how = {}) const;

    /// As `try_wait` does, but for the waiting: `then` gets what that returns, as does a future.
    template <class Op, std::size_t N, class Then>
        requires std::is_invocable_v<Then&, expected<waited<typename Op::output>>>
    void async_wait(event_loop& on, const model::waiter_of<Op, N>& until, Op op,
                    const wait_options& options, Then then) const;
    template <class Op, std::size_t N>
    auto async_wait(event_loop& on, const model::waiter_of<Op, N>& until, Op op,
                    const wait_options& options) const;
    template <class Op, std::size_t N>
    auto try_co_wait(event_loop& on, const model::waiter_of<Op, N>& until, const Op& op,
                     const wait_options& options) const;

    /// The pages of a listing. `each` gets a `std::optional<expected<output>>`: a page, an error
    /// (then there is no more) or nothing behind the last one; where it returns false, that is
    /// enough. The next page is asked for when it has returned.
    template <runtime::paged Op, class Each>
    void async_pages(event_loop& on, Op op, Each each, runtime::page_limits limits = {}) const;
    /// The same as an object whose `next()` is awaited.
    template <runtime::paged Op>
    auto co_pages(event_loop& on, Op op, runtime::page_limits limits = {}) const;

    /// As `try_events` does: `on_event` hears what comes, on the loop's thread and while it is received;
    /// it may begin calls, and end the stream by false. `then` gets the output.
    template <class Op, class OnEvent, class Then>
        requires std::is_invocable_v<Then&, expected<typename Op::output>>
    void async_events(event_loop& on, Op op, OnEvent on_event, Then then) const;
    template <class Op, class OnEvent>
    auto async_events(event_loop& on, Op op, OnEvent on_event) const;
    /// The events as an object whose `next()` is awaited: see `awaited_stream`. As many are in memory
    /// as came with one piece of the answer.
    template <class Op>
    auto co_events(event_loop& on, Op op, const call_options& how = {}) const;
    /// The same with the pieces of an answer's body, where that is a body of bytes: `std::string`s.
    template <class Op>
    auto co_body(event_loop& on, Op op, const call_options& how = {}) const;

    /// As `try_send` does: a request of the program's own.
    template <class Then>
    void async_send(event_loop& on, http::request what, request_scope scope, Then then) const;
    auto async_send(event_loop& on, http::request what, request_scope scope) const;
    auto try_co_send(event_loop& on, const http::request& what, const request_scope& scope) const;

    /// As `try_presign` does, which waits for credentials at most.
    template <class Op, class Then>
    void async_presign(event_loop& on, Op op, std::chrono::seconds lifetime, Then then) const;
    template <class Op>
    auto async_presign(event_loop& on, Op op, std::chrono::seconds lifetime) const;
    template <class Op>
    auto try_co_presign(event_loop& on, const Op& op, std::chrono::seconds lifetime) const;
    /// The same for a request of the program's own.
    template <class Then>
    void async_presign(event_loop& on, presign_request what, Then then) const;
    auto async_presign(event_loop& on, presign_request what) const;
    auto try_co_presign(event_loop& on, const presign_request& what) const;

    /// Connections for the loop's calls, made ahead of them: as `try_preconnect` does, but that these
    /// are new ones, beside what is idle on the loop. Transports that have no connections make none.
    template <class Op, class Then>
    void async_preconnect(event_loop& on, Op op, int count, Then then) const;
    template <class Op>
    auto async_preconnect(event_loop& on, Op op, int count) const;
    template <class Op>
    auto try_co_preconnect(event_loop& on, const Op& op, int count) const;

#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 13
    // This compiler copies temporaries inside co_await byte by byte: name the operation before.
    template <class Op>
    void try_co_call(event_loop& on, const Op&& op, const call_options& how = {}) const = delete;
    template <class Op>
    void co_call(event_loop& on, const Op&& op, const call_options& how = {}) const = delete;
    template <class Op>
    void try_co_presign(event_loop& on, const Op&& op, std::chrono::seconds) const = delete;
    template <class Op>
    void co_presign(event_loop& on, const Op&& op, std::chrono::seconds) const = delete;
    void try_co_presign(event_loop& on, const presign_request&& what) const = delete;
    void co_presign(event_loop& on, const presign_request&& what) const = delete;
    template <class Op>
    void try_co_preconnect(event_loop& on, const Op&& op, int count) const = delete;
    template <class Op>
    void co_preconnect(event_loop& on, const Op&& op, int count) const = delete;
    void try_co_send(event_loop&, const http::request&&, const request_scope&) const = delete;
    void try_co_send(event_loop&, const http::request&, const request_scope&&) const = delete;
    void co_send(event_loop&, const http::request&&, const request_scope&) const = delete;
    void co_send(event_loop&, const http::request&, const request_scope&&) const = delete;
#endif

#if defined(__cpp_exceptions)
    template <class Op>
    auto co_call(event_loop& on, const Op& op, const call_options& how = {}) const;
    template <class Op, std::size_t N>
    auto co_wait(event_loop& on, const model::waiter_of<Op, N>& until, const Op& op,
                 const wait_options& options) const;
    auto co_send(event_loop& on, const http::request& what, const request_scope& scope) const;
    template <class Op>
    auto co_presign(event_loop& on, const Op& op, std::chrono::seconds lifetime) const;
    auto co_presign(event_loop& on, const presign_request& what) const;
    template <class Op>
    auto co_preconnect(event_loop& on, const Op& op, int count) const;
#endif

private:
    const session_core& core() const noexcept { return static_cast<const Session&>(*this).core_; }
};

}  // namespace awsxx::inline AWSXX_ABI
