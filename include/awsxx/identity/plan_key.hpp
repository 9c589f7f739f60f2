// SPDX-License-Identifier: MIT
// The one text that plans share which mean the same session, and no others.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/identity/session_plan.hpp>

#if !defined(AWSXX_COMPILED)
#include <awsxx/identity/plan_key_source.hpp>
#endif

#include <string>
#include <vector>

namespace awsxx::inline AWSXX_ABI {

/// The keys of a plan without its roles, with the first of them, and so on to all. The longer ones
/// begin with the shorter ones.
///
/// They are made of all members with their lengths, so that nothing runs together. In place of
/// secrets they have HMACs, by a random key that is the process's own; objects count by their
/// address. Equal are: session tags, policies and keys of transitive tags in any order; policies as
/// documents; 3600 s and no duration of a role; the region of a role and of the session before it;
/// URLs with and without the scheme's own port, in any case; paths with `./` and `//`; the AWS CLI's
/// cache folder named or not. Fails with `NotComparable` where the settings have functions, and with
/// `KeysTwice` where there are keys and a provider.
// NOLINTNEXTLINE(readability-redundant-declaration): where all is compiled here it is defined above
expected<std::vector<std::string>> plan_keys(const session_plan& plan);

}  // namespace awsxx::inline AWSXX_ABI
