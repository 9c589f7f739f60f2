// SPDX-License-Identifier: MIT
// How listings end: compiled in every file that has one, or once a program.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/page_limits.hpp>
#include <awsxx/runtime/page_tokens.hpp>

#include <optional>

namespace awsxx::inline AWSXX_ABI::runtime {

namespace detail::page_limits {

AWSXX_COLD inline error refused(error_kind kind, const char* code) {
    return {.kind = kind, .code = code};
}

}  // namespace detail::page_limits

AWSXX_ONCE std::optional<error> page_bounds::refusal(following behind, clock& time) {
    using detail::page_limits::refused;
    if (behind == following::same_page)
        return refused(error_kind::malformed_answer, "RepeatedToken");
    if (limits_.stop.stop_requested()) return refused(error_kind::cancelled, "ListingStopped");
    if (!limits_.at_most) return {};
    const steady_instant now = time.steady_now();
    if (!end_) end_ = moment_after(now, *limits_.at_most);
    if (now < *end_) return {};
    return refused(error_kind::timeout, "ListingTimedOut");
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
