// SPDX-License-Identifier: MIT
// Typed calls on a session whose transport's type is not known.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/call_options.hpp>
#include <awsxx/runtime/page_tokens.hpp>
#include <awsxx/runtime/pages.hpp>
#include <awsxx/session_core.hpp>

#include <algorithm>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::accounts {

/// The verbs that this folder needs, where a session would make everything a template.
class core_caller {
public:
    /// `how`: for all calls together.
    explicit core_caller(session_core from, const call_options& how = {})
        : core_(std::move(from)), stop_(how.stop) {
        if (how.at_most > milliseconds::zero())
            end_ = moment_after(time().steady_now(), how.at_most);
    }

    /// A stop token of one call's takes the place of that for all.
    template <class Op>
    expected<typename Op::output> try_call(const Op& op, const call_options& one = {}) const {
        typename Op::output out;
        auto done = core_.perform(Op::template wire<void>::operation, &op, &out, how(one));
        if (!done) return std::move(done).error();
        return out;
    }
    clock& time() const noexcept { return core_.time(); }

private:
    call_options how(const call_options& one) const {
        call_options limits{.stop = one.stop.stop_possible() ? one.stop : stop_};
        if (end_) limits.at_most = (std::max)(*end_ - time().steady_now(), milliseconds(1));
        return limits;
    }

    session_core core_;
    std::stop_token stop_;
    std::optional<steady_instant> end_{};
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
