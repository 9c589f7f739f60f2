// SPDX-License-Identifier: MIT
// What sources of credentials do unless they say otherwise, in every file or once a program.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/auth/credentials_provider.hpp>
#include <awsxx/auth/credentials_report.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>

#include <optional>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

AWSXX_ONCE std::optional<expected<credentials_snapshot>> renewal::wait() { return {}; }

AWSXX_ONCE resolution credentials_provider::resolve_ahead(instant now) { return resolve(now); }

AWSXX_ONCE void explain_caller(const credentials_provider& caller, credentials_report& into) {
    credentials_report own;
    caller.explain(own);
    into.callers = std::exchange(own.callers, {});
    into.callers.push_back(std::move(own));
}

}  // namespace awsxx::inline AWSXX_ABI
