// SPDX-License-Identifier: MIT
// Finds out which regions many accounts have, on the one thread of an event loop.
#pragma once

#include <awsxx/accounts/account.hpp>
#include <awsxx/accounts/account_calls.hpp>
#include <awsxx/accounts/async_for_each.hpp>
#include <awsxx/accounts/fan_out.hpp>
#include <awsxx/accounts/fan_out_course.hpp>
#include <awsxx/accounts/job.hpp>
#include <awsxx/accounts/places.hpp>
#include <awsxx/accounts/region_answers.hpp>
#include <awsxx/accounts/region_catalog.hpp>
#include <awsxx/accounts/region_filter.hpp>
#include <awsxx/async.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/event_loop.hpp>
#include <awsxx/runtime/pages.hpp>
#include <awsxx/services/account.hpp>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::accounts {

namespace detail::async_places {

/// Asks as `find_regions` does, in a coroutine.
template <class By>
job<basic_regional_accounts<By>> look(event_loop& on, const basic_account<By>& at,
                                      const region_filter& filter, const job_context& context) {
    const By by = at.session();
    const account_memory& memory = at.memory();
    if (auto known = memory.known_regions(by.core()))
        co_return basic_regional_accounts<By>::try_of(at, std::move(known), filter);
    region_catalog found{.partition = memory.partition(by.core()),
                         .source = catalog_source::account_api};
    std::optional<error> why;
    awsxx::account::list_regions first;
    first.max_results = 50;
    runtime::page_course<awsxx::account::list_regions> course(first);
    while (!course.is_over()) {  // each page has to end with the deadline
        why = course.refusal(by.time());
        if (why) break;
        auto page = co_await by.try_co_call(on, course.request(), context.how());
        course.came(page);
        if (!page) {
            why = std::move(page).error();
            break;
        }
        for (auto& one : page->regions)
            found.regions.push_back(
                {std::move(one.region_name), status_of_account(one.region_opt_status)});
    }
    if (why) {
        if (is_about_caller(*why)) co_return *std::move(why);
        calls::describe_regions question;
        question.all_regions = true;
        auto told = co_await by.try_co_call(on, question, context.how());
        if (!told && told.error().kind == error_kind::cancelled) co_return std::move(told).error();
        found.regions.clear();
        found.source = catalog_source::ec2_api;
        if (told) {
            for (auto& one : told->regions)
                found.regions.push_back(
                    {std::move(one.region_name), status_of_ec2(one.opt_in_status)});
        } else {
            found = built_in_catalog(std::move(found.partition),
                                     caused_by(std::move(told).error(), *std::move(why)));
        }
    }
    sort_by_name(found.regions);
    if (found.is_fallback() && context.is_late())  // not kept: who asks next may have more time
        co_return basic_regional_accounts<By>::try_of(
            at, std::make_shared<const region_catalog>(std::move(found)), filter);
    co_return basic_regional_accounts<By>::try_of(at, memory.remember(std::move(found), by.core()),
                                                  filter);
}

}  // namespace detail::async_places

/// As the other `find_places`, but asks on the loop, which this runs: so many accounts at once as
/// the options' `concurrency` says, on this thread. Where `for_each` on a loop may be called.
///
///     const auto there = awsxx::accounts::find_places(loop, all_accounts, {.include = {"eu-*"}});
template <class By>
basic_places<By> find_places(event_loop& on, const std::vector<basic_account<By>>& accounts,
                             const region_filter& filter = {}, fan_out_options options = {}) {
    return places_in<By>(for_each(
        on, accounts,
        [&](const basic_account<By>& one, const job_context& context) {
            return detail::async_places::look(on, one, filter, context);
        },
        std::move(options)));
}

}  // namespace awsxx::inline AWSXX_ABI::accounts
