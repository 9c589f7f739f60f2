// SPDX-License-Identifier: MIT
// Typed calls on a session whose transport's type is not known.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/page_tokens.hpp>
#include <awsxx/runtime/pages.hpp>
#include <awsxx/session_core.hpp>

#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::accounts {

/// The verbs that this folder needs, where a session would make everything a template.
class core_caller {
public:
    explicit core_caller(session_core from) : core_(std::move(from)) {}

    template <class Op>
    expected<typename Op::output> try_call(const Op& op) const {
        typename Op::output out;
        auto done = core_.perform(Op::template wire<void>::operation, &op, &out);
        if (!done) return std::move(done).error();
        return out;
    }
    clock& time() const noexcept { return core_.time(); }

private:
    session_core core_;
};

/// The items of all pages; the first page that fails fails it all.
template <runtime::listing Op>
auto all_of(const core_caller& by, Op what)
    -> expected<std::vector<typename runtime::item_reader<core_caller, Op>::item>> {
    runtime::item_reader<core_caller, Op> from({by, std::move(what)});
    std::vector<typename runtime::item_reader<core_caller, Op>::item> all;
    while (auto one = from.next()) {
        if (!*one) return std::move(*one).error();
        all.push_back(**std::move(one));
    }
    return all;
}

}  // namespace awsxx::inline AWSXX_ABI::accounts
