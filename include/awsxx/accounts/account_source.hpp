// SPDX-License-Identifier: MIT
// How accounts find out about themselves: compiled in every file that has one, or once a program.
#pragma once

#include <awsxx/accounts/account_calls.hpp>
#include <awsxx/accounts/account_memory.hpp>
#include <awsxx/accounts/core_caller.hpp>
#include <awsxx/accounts/region_answers.hpp>
#include <awsxx/accounts/region_catalog.hpp>
#include <awsxx/accounts/region_filter.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/random_token.hpp>
#include <awsxx/runtime/call_options.hpp>
#include <awsxx/runtime/partitions.hpp>
#include <awsxx/services/account.hpp>
#include <awsxx/services/sts.hpp>
#include <awsxx/session_core.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::accounts {

namespace detail::account_rules {

/// Of an account whose id nobody told: no two have the same, those of other runs included. The state
/// of a run would have another account taken for this one.
inline std::string unnamed() {
    static std::atomic<std::uint64_t> count{0};
    static const std::string run = [] {
        const auto token = crypto::random_token();
        return token ? std::string(token->expose().substr(0, 16)) : std::string();
    }();
    return "account-" + run + "-" + std::to_string(++count);
}

inline std::string key_of(const account_facts& facts) {
    std::string key = facts.id.empty() ? unnamed() : facts.id;
    if (!facts.role.empty()) key.append("/").append(facts.role);
    return key;
}

inline expected<std::vector<region_info>> ask_account(const core_caller& by) {
    auto listed = all_of(by, awsxx::account::list_regions{.max_results = 50});
    if (!listed) return std::move(listed).error();
    std::vector<region_info> all;
    for (auto& one : *listed)
        all.push_back({std::move(one.region_name), status_of_account(one.region_opt_status)});
    return all;
}

inline expected<std::vector<region_info>> ask_ec2(const core_caller& by) {
    auto described = by.try_call(calls::describe_regions{.all_regions = true});
    if (!described) return std::move(described).error();
    std::vector<region_info> all;
    for (auto& one : described->regions)
        all.push_back({std::move(one.region_name), status_of_ec2(one.opt_in_status)});
    return all;
}

/// AWS says this of keys that it does not know, and in regions that do not know the account.
inline bool looks_like_bad_keys(const error& why) noexcept {
    return text::lists_word(
        "AuthFailure InvalidAccessKeyId InvalidClientTokenId InvalidToken OptInRequired "
        "UnrecognizedClientException",
        why.code);
}

AWSXX_COLD inline error not_enabled(const region_info& where, const std::string& account) {
    std::string message = where.name + " is " + std::string(to_string(where.status));
    message.append(" in account ").append(account);
    if (where.status == region_status::unknown)
        message = where.name + " refuses account " + account +
                  ", which has to enable that region before it can be used";
    return {.kind = error_kind::action_needed,
            .code = "RegionNotEnabled",
            .message = std::move(message)};
}

}  // namespace detail::account_rules

AWSXX_ONCE expected<region_catalog> find_regions(const session_core& by, std::string partition,
                                                 const call_options& how) {
    namespace rules = detail::account_rules;
    const core_caller caller(by, how);
    region_catalog found{.partition = std::move(partition), .source = catalog_source::account_api};
    auto told = rules::ask_account(caller);
    if (!told) {
        if (is_about_caller(told.error())) return std::move(told).error();
        found.source = catalog_source::ec2_api;
        error why = std::move(told).error();
        told = rules::ask_ec2(caller);
        if (!told && told.error().kind == error_kind::cancelled) return std::move(told).error();
        if (!told)
            return built_in_catalog(std::move(found.partition),
                                    caused_by(std::move(told).error(), std::move(why)));
    }
    found.regions = *std::move(told);
    sort_by_name(found.regions);
    return found;
}

/// https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-global-infrastructure.html
AWSXX_ONCE expected<service_regions> find_service_regions(const session_core& by,
                                                          std::string service) {
    const std::string path = "/aws/service/global-infrastructure/services/" + service + "/regions";
    auto listed = all_of(core_caller(by), calls::get_parameters_by_path{.path = path});
    if (!listed) return std::move(listed).error();
    if (listed->empty())
        return error{.kind = error_kind::not_found,
                     .code = "UnknownService",
                     .message = "AWS names no region with a service '" + service + "'"};
    service_regions found{.service = std::move(service)};
    for (auto& one : *listed) found.regions.push_back(std::move(one.value));
    std::sort(found.regions.begin(), found.regions.end());
    return found;
}

AWSXX_ONCE error explained(error why, const region_info& where, const std::string& account) {
    namespace rules = detail::account_rules;
    if (is_usable(where.status) || !rules::looks_like_bad_keys(why)) return why;
    return caused_by(rules::not_enabled(where, account), std::move(why));
}

AWSXX_ONCE std::optional<error> refusal(const region_info& where, const std::string& account) {
    if (where.status != region_status::disabled) return {};
    return detail::account_rules::not_enabled(where, account);
}

AWSXX_ONCE account_memory::account_memory(account_facts facts)
    : facts_(std::move(facts)), key_(detail::account_rules::key_of(facts_)) {}

AWSXX_ONCE expected<std::string> account_memory::id(const session_core& by) const {
    if (!facts_.id.empty()) return facts_.id;
    const auto held = id_.lock();
    if (!held->empty()) return *held;
    const auto keys = by.fetch_credentials();
    if (!keys) return keys.error();
    if (!(*keys)->account_id.empty()) return *held = (*keys)->account_id;
    auto who = core_caller(by).try_call(sts::get_caller_identity{});
    if (!who) return std::move(who).error();
    return *held = std::move(who->account);
}

AWSXX_ONCE std::string account_memory::alias(const session_core& by) const {
    const auto held = alias_.lock();
    if (!*held) {
        const auto listed = core_caller(by).try_call(calls::list_account_aliases{});
        // Who may not ask now will not be told the next time; a broken network may be mended.
        if (listed || listed.error().kind == error_kind::denied) held->emplace();
        if (listed && !listed->account_aliases.empty()) *held = listed->account_aliases.front();
    }
    if (*held && !(*held)->empty()) return **held;
    return facts_.id.empty() ? *id_.lock() : facts_.id;
}

AWSXX_ONCE std::string account_memory::partition(const session_core& by) const {
    if (!facts_.partition.empty()) return facts_.partition;
    const auto region = by.region();
    return std::string(runtime::partition_of(region ? *region : "").id);
}

AWSXX_ONCE std::shared_ptr<const region_catalog> account_memory::found_regions::get(
    clock& time) const {
    return catalog && time.steady_now() < good_until ? catalog : nullptr;
}

AWSXX_ONCE const std::shared_ptr<const region_catalog>& account_memory::found_regions::keep(
    region_catalog found, milliseconds how_long, clock& time) {
    // Whoever could not be asked may be back soon.
    constexpr milliseconds least = std::chrono::minutes(1);
    if (found.is_fallback()) how_long = (std::min)(how_long, least);
    good_until = moment_after(time.steady_now(), how_long);
    return catalog = std::make_shared<const region_catalog>(std::move(found));
}

AWSXX_ONCE expected<std::shared_ptr<const region_catalog>> account_memory::regions(
    const session_core& by, const call_options& how) const {
    const auto held = regions_.lock();
    if (auto known = held->get(by.time())) return known;
    const steady_instant begin = by.time().steady_now();
    auto found = find_regions(by, partition(by), how);
    if (!found) return std::move(found).error();
    const bool had_time =
        how.at_most <= milliseconds::zero() || by.time().steady_now() - begin < how.at_most;
    if (found->is_fallback() && !had_time)  // who asks next may have more
        return std::make_shared<const region_catalog>(*std::move(found));
    return held->keep(*std::move(found), facts_.keep_regions, by.time());
}

AWSXX_ONCE std::shared_ptr<const region_catalog> account_memory::known_regions(
    const session_core& by) const {
    return regions_.lock()->get(by.time());
}

AWSXX_ONCE std::shared_ptr<const region_catalog> account_memory::remember(
    region_catalog found, const session_core& by) const {
    return regions_.lock()->keep(std::move(found), facts_.keep_regions, by.time());
}

}  // namespace awsxx::inline AWSXX_ABI::accounts
