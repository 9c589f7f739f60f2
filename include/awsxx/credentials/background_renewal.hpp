// SPDX-License-Identifier: MIT
// Renews the credentials of one identity before anybody has to wait for it.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/version.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

namespace runtime {

class identity;
class transport_slot;

}  // namespace runtime

/// Knows when it has something to do. The moment is spread over a part of the advisory window, so
/// that programs that were started together do not all renew at once. Holds the identity only as
/// long as sessions do. Callers go on with the keys at hand meanwhile. For one thread.
class background_renewal {
public:
    background_renewal(std::weak_ptr<const runtime::identity> who,
                       std::shared_ptr<const runtime::transport_slot> transport)
        : who_(std::move(who)), transport_(std::move(transport)) {}

    /// Fetches or renews if that is due, and tells in how long to come again: nothing if the
    /// credentials never expire or the last session is gone. Blocks while it renews.
    std::optional<milliseconds> operator()();

private:
    /// When to come; and when it is so late that callers may take it that nobody comes.
    struct plan {
        instant due{};
        instant late{};
    };
    std::optional<plan> next(const runtime::identity& who);

    std::weak_ptr<const runtime::identity> who_;
    std::shared_ptr<const runtime::transport_slot> transport_;
    std::string spread_for_{};
    milliseconds spread_{};
};

}  // namespace awsxx::inline AWSXX_ABI
