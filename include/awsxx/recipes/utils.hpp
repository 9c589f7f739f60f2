// SPDX-License-Identifier: MIT
// What scripts do around their calls: become a role, see whether credentials work, wait.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/role_options.hpp>
#include <awsxx/default_session.hpp>
#include <awsxx/runtime/wait_options.hpp>
#include <awsxx/services/sts.hpp>
#include <awsxx/session.hpp>

#include <optional>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI::recipes::utils {

/// Credentials that work: whose, where from, for how long, and whether the clock is right.
struct validated_credentials {
    awsxx::sts::get_caller_identity_response identity{};
    std::string source{};                 ///< Where they come from, for people.
    std::optional<instant> expiration{};  ///< Absent: they do not expire.
    milliseconds clock_skew{};            ///< How far AWS's clock is ahead of this computer's.
};

/// A session of the role, in the region of the one before unless `role` has another. Roles chain:
/// what comes back may assume the next one.
template <class By = session>
expected<By> try_assume_role(assume_role_options role, const By& by = default_session()) {
    return by.try_assume_role(std::move(role));
}

/// Asks STS whether the session's credentials work. Needs no permission.
template <class By = session>
expected<validated_credentials> try_validate_credentials(const By& by = default_session()) {
    auto identity = by.try_whoami();
    if (!identity) return std::move(identity).error();
    const auto keys = by.try_fetch_credentials();
    if (!keys) return keys.error();
    return validated_credentials{.identity = *std::move(identity),
                                 .source = (*keys)->source,
                                 .expiration = (*keys)->expiration,
                                 .clock_skew = by.clock_skew()};
}

/// Calls `look`, which says true, false or an error, until it says true.
///
///     const auto works = [] { return awsxx::default_session().try_whoami().has_value(); };
///     awsxx::recipes::utils::wait_until(works, {.at_most = std::chrono::seconds(30)});
template <class Look, class By = session>
expected<void> try_wait_until(Look look, const wait_options& options,
                              const By& by = default_session()) {
    return by.try_wait_until(std::move(look), options);
}

#if defined(__cpp_exceptions)
template <class By = session>
auto assume_role(assume_role_options role, const By& by = default_session()) {
    return value_or_raise(try_assume_role(std::move(role), by));
}
template <class By = session>
auto validate_credentials(const By& by = default_session()) {
    return value_or_raise(try_validate_credentials(by));
}
template <class Look, class By = session>
void wait_until(Look look, const wait_options& options, const By& by = default_session()) {
    value_or_raise(try_wait_until(std::move(look), options, by));
}
#endif

}  // namespace awsxx::inline AWSXX_ABI::recipes::utils
