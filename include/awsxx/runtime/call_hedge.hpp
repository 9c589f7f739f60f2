// SPDX-License-Identifier: MIT
// Whether and when one call may be sent a second time while the first is under way.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/runtime/hedge_budget.hpp>
#include <awsxx/runtime/hedging.hpp>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// True if nothing comes of it when an operation is done twice, as far as its name and method tell.
/// A long poll takes what it answers with; issuers of credentials may make what is asked for.
inline bool only_reads(const model::operation& what) noexcept {
    if (what.long_poll || what.events || what.service->issues_credentials) return false;
    if (what.http.method == "GET" || what.http.method == "HEAD") return true;
    if (!what.http.method.empty() && what.http.method != "POST") return false;
    for (const std::string_view verb :
         {"Get", "List", "Describe", "BatchGet", "Query", "Scan", "Search", "Lookup"})
        if (what.name.starts_with(verb) &&
            (what.name.size() == verb.size() ||
             text::lower(what.name[verb.size()]) != what.name[verb.size()]))
            return true;
    return false;
}

/// Used by one thread at a time.
class call_hedge {
public:
    /// The call begins; `held_up`: it goes by a rate.
    void begin(const model::operation& what, const hedging& how, hedge_budget& from, bool held_up) {
        if (how.after <= milliseconds::zero()) [[likely]]
            return;
        from.earn(how.share);
        if (!held_up && only_reads(what)) budget_ = &from;
        after_ = how.after;
    }
    /// After how long a request without an answer is sent again; nothing: it is not.
    std::optional<milliseconds> pause(const http::request& what, const http::exchange& how) const {
        if (budget_ == nullptr || how.sink != nullptr || !what.body.in_memory()) return {};
        return after_;
    }
    /// It is to be sent again, as the result says. Nothing: too many are.
    std::optional<http::exchange> take(const http::exchange& first) {
        if (budget_ == nullptr || !std::exchange(budget_, nullptr)->take()) return {};
        http::exchange second = first;
        milliseconds& total = second.limits.total;
        if (total != milliseconds::zero()) total = (std::max)(total - after_, milliseconds(1));
        return second;
    }

private:
    hedge_budget* budget_ = nullptr;
    milliseconds after_{};
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
