// SPDX-License-Identifier: MIT
// Many accounts in those of their regions that are wanted, and the accounts that nobody got into.
#pragma once

#include <awsxx/accounts/account.hpp>
#include <awsxx/accounts/fan_out.hpp>
#include <awsxx/accounts/fan_out_course.hpp>
#include <awsxx/accounts/for_each.hpp>
#include <awsxx/accounts/ordered_set.hpp>
#include <awsxx/accounts/region_filter.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/version.hpp>

#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::accounts {

/// What is to be worked on, and what was lost on the way there.
template <class By>
struct basic_places {
    /// An account whose regions could not be found out.
    struct lost_account {
        basic_account<By> account;
        error why;
    };

    basic_regional_account_set<By> all{};
    std::vector<basic_regional_accounts<By>> by_account{};
    std::vector<lost_account> lost{};
};
using places = basic_places<session>;

/// Sorts what came of asking each account.
template <class By>
basic_places<By> places_in(fan_out_report<basic_account<By>, basic_regional_accounts<By>> report) {
    basic_places<By> found;
    for (auto& one : report.results) {
        if (one.result)
            found.by_account.push_back(*std::move(one.result));
        else
            found.lost.push_back({std::move(one.target), std::move(one.result).error()});
    }
    found.all = united(found.by_account);
    return found;
}

/// Finds out which regions the accounts have and puts together those that the filter wants: account
/// by account, in the order given. An account that cannot be asked is lost, and the others go on.
/// One whose answer does not come before the deadline has the built-in list, which says so; one
/// whose turn did not come is lost. Blocks; asks as many at once as the options have threads.
///
///     const auto there = awsxx::accounts::find_places(all_accounts, {.include = {"eu-*"}},
///                                                     {.threads = 8});
///     const auto report = awsxx::accounts::for_each(loop, there.all, look);
template <class By>
basic_places<By> find_places(const std::vector<basic_account<By>>& accounts,
                             const region_filter& filter = {}, fan_out_options options = {}) {
    return places_in<By>(for_each(
        accounts,
        [&](const basic_account<By>& one, const job_context& context) {
            return one.try_regional(filter, context.how());
        },
        std::move(options)));
}

}  // namespace awsxx::inline AWSXX_ABI::accounts
