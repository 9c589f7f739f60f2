// SPDX-License-Identifier: MIT
// One call that is made many times: encoded once, signed and sent each time.
//
//     const auto who = base.prepare(awsxx::sts::get_caller_identity{});
//     for (int i = 0; i < 3; ++i) show(who.call().arn);
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/call_options.hpp>
#include <awsxx/runtime/event_listener.hpp>
#include <awsxx/runtime/prepared_operation.hpp>
#include <awsxx/session.hpp>
#include <awsxx/session_core.hpp>

#include <memory>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// An operation with its input, and the session that calls it.
///
/// Making one asks nobody. The first call encodes the input for the endpoint that it finds, the others
/// copy that; date, id and signature are each call's own. Idempotency tokens stay new for each
/// call: an operation that has one is encoded each time.
/// A value: copies have the encoded request in common. Any number of threads may call it.
template <class Op>
class prepared_call {
    static_assert(!runtime::streaming<Op>, "a stream of events is for the session's `events`");

public:
    prepared_call(session_core by, Op op)
        : by_(std::move(by)), parts_(std::make_shared<parts>(std::move(op))) {}

    /// As the session's verb of that name. Blocks.
    expected<typename Op::output> try_call(const call_options& how = {}) const {
        typename Op::output out;
        auto done = by_.perform_bounded({parts_->what.get(), &parts_->op, &out}, how);
        if (!done) return std::move(done).error();
        return out;
    }
    /// What was encoded is there to be copied.
    bool is_ready() const noexcept { return parts_->what.is_ready(); }

#if defined(__cpp_exceptions)
    typename Op::output call(const call_options& how = {}) const {
        return value_or_raise(try_call(how));
    }
#endif

private:
    struct parts {
        explicit parts(Op input) : op(std::move(input)) {}
        const Op op;
        runtime::prepared_operation what{Op::template wire<void>::operation};
    };

    session_core by_;
    std::shared_ptr<const parts> parts_;
};

template <class Transport>
template <class Op>
auto basic_session<Transport>::prepare(Op op) const {
    return prepared_call<Op>(core_, std::move(op));
}

}  // namespace awsxx::inline AWSXX_ABI
