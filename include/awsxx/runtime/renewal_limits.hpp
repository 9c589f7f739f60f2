// SPDX-License-Identifier: MIT
// How long an attempt to get credentials may take where nobody has said.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/exchange.hpp>

namespace awsxx::inline AWSXX_ABI::runtime {

/// The limits of each attempt of a request that credentials hang on: a service that accepts it and
/// says nothing must not stop everybody who waits for them.
///
/// The user's own `total` or `first_byte` stay. Without them an attempt may take twice as long as a
/// connection: 6.2 s by default, so that three attempts with their pauses take about 22 s.
constexpr http::limits renewal_limits(http::limits of) noexcept {
    constexpr milliseconds none{};
    if (of.total != none || of.first_byte != none) return of;
    const milliseconds connect = of.connect != none ? of.connect : http::limits{}.connect;
    of.total = connect > (milliseconds::max)() / 2 ? (milliseconds::max)() : 2 * connect;
    return of;
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
