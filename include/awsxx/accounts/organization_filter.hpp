// SPDX-License-Identifier: MIT
// Which accounts of an organization are wanted, and what it tells of them.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/session_core.hpp>

#include <string>
#include <vector>

namespace awsxx::inline AWSXX_ABI::accounts {

/// A tag that accounts have to have.
struct wanted_tag {
    std::string key{};
    std::string value = "*";  ///< May have wildcards.
};

/// Which accounts are wanted. Names of accounts may have wildcards (`*`, `?`), as may ids.
///
///     const awsxx::accounts::organization_filter filter{.units = {"ou-abcd-11112222"},
///                                                       .tags = {{"stage", "prod*"}}};
struct organization_filter {
    std::vector<std::string> units{};  ///< Ids of units or roots. Empty: the whole organization.
    bool recursive = true;             ///< The units within those as well.
    std::vector<std::string> exclude_units{};   ///< Neither they nor the units within them.
    std::vector<std::string> include{};         ///< Ids or names. Empty: all.
    std::vector<std::string> exclude{};         ///< Ids or names; goes before all else.
    std::vector<std::string> states{"ACTIVE"};  ///< As in "SUSPENDED". Empty: any.
    /// Each account has to have them all. With tags, each account costs a call.
    std::vector<wanted_tag> tags{};
};

/// An account as the organization knows it.
struct organization_account {
    std::string id{};
    std::string name{};
    std::string email{};
    std::string arn{};
    std::string state{};
    std::string unit{};  ///< Where it was found; empty where the whole organization was listed.
};

#if defined(AWSXX_COMPILED)
/// What `try_organization_accounts` does.
AWSXX_ONCE expected<std::vector<organization_account>> find_organization_accounts(
    const session_core& by, const organization_filter& filter);
/// "arn:aws-cn:iam::111122223333:role/audit": the role in that account, in its partition.
AWSXX_ONCE std::string role_arn_in(const organization_account& in, const std::string& role);
#endif

}  // namespace awsxx::inline AWSXX_ABI::accounts
