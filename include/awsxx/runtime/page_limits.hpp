// SPDX-License-Identifier: MIT
// When a listing ends although there are more pages.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected_fwd.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/page_tokens.hpp>

#include <optional>
#include <stop_token>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// When a loop over pages ends although there are more.
struct page_limits {
    /// From the first page on. Looked at between pages: what a call may take at most, the settings say.
    std::optional<milliseconds> at_most{};
    /// Ends the listing with `ListingStopped`, or with `CallCancelled` in the middle of a call.
    std::stop_token stop{};
};

/// The limits of one listing, which begins when it is first asked.
class page_bounds {
public:
    explicit page_bounds(page_limits limits) noexcept : limits_(std::move(limits)) {}

    const std::stop_token& stop() const noexcept { return limits_.stop; }
    /// Why the page behind the last is not to be asked for; nothing: it is.
    std::optional<error> refusal(following behind, clock& time);

private:
    page_limits limits_;
    std::optional<steady_instant> end_{};
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
