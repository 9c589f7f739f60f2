// SPDX-License-Identifier: MIT
// The one session of programs that have one identity.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/session.hpp>

namespace awsxx::inline AWSXX_ABI {

/// Region and credentials from where AWS tools look for them, for the whole process.
///
///     std::cout << awsxx::default_session().whoami().arn << '\n';
///
/// Made on first use, without I/O; from then on it never changes and is never destroyed, so that it
/// may be used behind the end of main, too. Safe to use from any thread. Libraries and tests are
/// better off with sessions that they are given.
inline const session& default_session() {
    static const session* const one = new session;
    return *one;
}

}  // namespace awsxx::inline AWSXX_ABI
