// SPDX-License-Identifier: MIT
// The accounts of an organization, chosen by unit, tag and state, and how to get into them.
#pragma once

#include <awsxx/accounts/account.hpp>
#include <awsxx/accounts/organization_filter.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/role_options.hpp>
#include <awsxx/session.hpp>

#if !defined(AWSXX_COMPILED)
#include <awsxx/accounts/organization_source.hpp>
#endif

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::accounts {

/// How to get from the session that lists accounts into each of them.
struct role_in_accounts {
    /// The role of that name, path included, in each account: "OrganizationAccountAccessRole".
    std::string name{};
    /// All else about it; its ARN is made of the account and the name.
    assume_role_options options{};
    /// An account that the session is in already: no role is assumed there. Empty: in none.
    std::string own_account_id{};
    milliseconds keep_regions = std::chrono::hours(24);
};

/// The accounts that the filter wants, each once, in the order AWS tells them. For a session of the
/// management account or of a delegated administrator. Fails as a whole where a page fails, with
/// AWS's error, and with `UnknownUnit`, `UnknownAccount` or `UnknownAccountState` for what the
/// filter names and the organization has not; names with wildcards in `exclude` may be of accounts
/// to come. Names that were not met in the units cost a call more.
template <class By>
expected<std::vector<organization_account>> try_organization_accounts(
    const By& by, const organization_filter& filter = {}) {
    return find_organization_accounts(by.core(), filter);
}

/// Accounts to loop over, each with a session of the role in it. Asks nobody: a role that is
/// missing shows at the first call there. Fails where the role's name cannot be one.
///
///     const auto known = awsxx::accounts::try_organization_accounts(base);
///     if (!known) return known.error();
///     const auto all = awsxx::accounts::try_accounts_by_role(base, *known, {.name = "audit"});
template <class By>
expected<std::vector<basic_account<By>>> try_accounts_by_role(
    const By& by, const std::vector<organization_account>& known, const role_in_accounts& role) {
    std::vector<basic_account<By>> all;
    all.reserve(known.size());
    for (const organization_account& one : known) {
        account_facts facts{.id = one.id, .name = one.name, .keep_regions = role.keep_regions};
        if (one.id == role.own_account_id) {
            all.emplace_back(by, std::move(facts));
            continue;
        }
        assume_role_options options = role.options;
        options.role_arn = role_arn_in(one, role.name);
        auto made = basic_account<By>::try_assuming(by, std::move(options), std::move(facts));
        if (!made) return std::move(made).error();
        all.push_back(*std::move(made));
    }
    return all;
}

}  // namespace awsxx::inline AWSXX_ABI::accounts
