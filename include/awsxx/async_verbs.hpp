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

#include <cstddef>
#include <type_traits>

namespace awsxx::inline AWSXX_ABI {

class event_loop;
class session_core;

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

#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 13
    // This compiler copies temporaries inside co_await byte by byte: name the operation before.
    template <class Op>
    void try_co_call(event_loop& on, const Op&& op, const call_options& how = {}) const = delete;
    template <class Op>
    void co_call(event_loop& on, const Op&& op, const call_options& how = {}) const = delete;
#endif

#if defined(__cpp_exceptions)
    template <class Op>
    auto co_call(event_loop& on, const Op& op, const call_options& how = {}) const;
    template <class Op, std::size_t N>
    auto co_wait(event_loop& on, const model::waiter_of<Op, N>& until, const Op& op,
                 const wait_options& options) const;
#endif

private:
    const session_core& core() const noexcept { return static_cast<const Session&>(*this).core_; }
};

}  // namespace awsxx::inline AWSXX_ABI
