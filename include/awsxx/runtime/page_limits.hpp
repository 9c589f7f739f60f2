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
    std::optional<milliseconds> at_most{};  ///< From the first page on; a call is not cut short.
    std::stop_token stop{};                 ///< Looked at before each page.
};

/// The limits of one listing, which begins when it is first asked.
class page_bounds {
public:
    explicit page_bounds(page_limits limits) noexcept : limits_(std::move(limits)) {}

    /// Why the page behind the last is not to be asked for; nothing: it is.
    std::optional<error> refusal(following behind, clock& time);

private:
    page_limits limits_;
    std::optional<steady_instant> end_{};
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
