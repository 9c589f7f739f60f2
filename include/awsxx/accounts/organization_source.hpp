// SPDX-License-Identifier: MIT
// How the accounts of an organization are found: compiled in every file that does it, or once a program.
#pragma once

#include <awsxx/accounts/core_caller.hpp>
#include <awsxx/accounts/glob.hpp>
#include <awsxx/accounts/organization_filter.hpp>
#include <awsxx/core/arn.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/services/organizations.hpp>
#include <awsxx/session_core.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::accounts {

namespace detail::organization {

namespace api = awsxx::organizations;

/// Older organizations tell a status, newer ones a state.
inline std::string state_of(const api::account& one) {
    return one.state.empty() ? std::string(one.status) : std::string(one.state);
}

/// One look through an organization. Asks for no unit twice.
class search {
public:
    search(const session_core& by, const organization_filter& filter) : by_(by), filter_(&filter) {}

    expected<std::vector<organization_account>> run() {
        if (filter_->units.empty() && filter_->exclude_units.empty()) {
            if (auto done = list_all(); !done) return std::move(done).error();
        } else {
            if (auto done = walk(); !done) return std::move(done).error();
        }
        if (auto done = check_states(); !done) return std::move(done).error();
        if (auto done = keep_tagged(); !done) return std::move(done).error();
        return std::move(found_);
    }

private:
    expected<void> list_all() {
        auto listed = all_of(by_, api::list_accounts{});
        if (!listed) return std::move(listed).error();
        for (api::account& one : *listed) consider(std::move(one), {});
        return {};
    }

    expected<void> walk() {
        std::vector<std::string> left(filter_->units.rbegin(), filter_->units.rend());
        if (left.empty()) {
            auto roots = all_of(by_, api::list_roots{});
            if (!roots) return std::move(roots).error();
            for (api::root& one : *roots) left.push_back(std::move(one.id));
        }
        while (!left.empty()) {
            const std::string unit = std::move(left.back());
            left.pop_back();
            if (is_excluded(unit) || !seen_units_.insert(unit).second) continue;
            if (auto done = look_into(unit, left); !done) return done;
        }
        return {};
    }
    bool is_excluded(const std::string& unit) const {
        const auto& out = filter_->exclude_units;
        return std::find(out.begin(), out.end(), unit) != out.end();
    }
    /// Its accounts now; the units in it next, in AWS's order.
    expected<void> look_into(const std::string& unit, std::vector<std::string>& left) {
        auto listed = all_of(by_, api::list_accounts_for_parent{.parent_id = unit});
        if (!listed) return std::move(listed).error();
        for (api::account& one : *listed) consider(std::move(one), unit);
        if (!filter_->recursive && !filter_->units.empty()) return {};
        auto within = all_of(by_, api::list_organizational_units_for_parent{.parent_id = unit});
        if (!within) return std::move(within).error();
        std::reverse(within->begin(), within->end());
        for (auto& one : *within) left.push_back(std::move(one.id));
        return {};
    }

    void consider(api::account one, const std::string& unit) {
        const auto is_like = [&](const std::vector<std::string>& patterns) {
            return matches_any(patterns, one.id) || matches_any(patterns, one.name);
        };
        std::string state = state_of(one);
        seen_states_.insert(state);
        if (is_like(filter_->exclude)) return;
        if (!filter_->include.empty() && !is_like(filter_->include)) return;
        const auto& states = filter_->states;
        if (!states.empty() && std::find(states.begin(), states.end(), state) == states.end())
            return;
        if (!seen_accounts_.insert(one.id).second) return;
        found_.push_back({.id = std::move(one.id),
                          .name = std::move(one.name),
                          .email = std::move(one.email),
                          .arn = std::move(one.arn),
                          .state = std::move(state),
                          .unit = unit});
    }

    /// A misspelled state would leave out all accounts without a word. New ones may exist: what an
    /// account is in is one.
    expected<void> check_states() const {
        constexpr std::string_view known[] = {"ACTIVE", "CLOSED", "PENDING_ACTIVATION",
                                              "PENDING_CLOSURE", "SUSPENDED"};
        for (const std::string& one : filter_->states) {
            if (std::find(std::begin(known), std::end(known), one) != std::end(known)) continue;
            if (seen_states_.contains(one)) continue;
            std::string message = "the filter's states has '" + one + "', which no account is in";
            if (const std::string meant = nearest(one, known); !meant.empty())
                message.append(": did you mean '").append(meant).append("'?");
            return error{.kind = error_kind::invalid_argument,
                         .code = "UnknownAccountState",
                         .message = std::move(message)};
        }
        return {};
    }

    expected<void> keep_tagged() {
        if (filter_->tags.empty()) return {};
        std::vector<organization_account> kept;
        for (organization_account& one : found_) {
            auto tags = all_of(by_, api::list_tags_for_resource{.resource_id = one.id});
            if (!tags) return std::move(tags).error();
            if (has_all(*tags)) kept.push_back(std::move(one));
        }
        found_ = std::move(kept);
        return {};
    }
    bool has_all(const std::vector<api::tag>& tags) const {
        const auto has = [&](const wanted_tag& wanted) {
            return std::any_of(tags.begin(), tags.end(), [&](const api::tag& one) {
                return one.key == wanted.key && matches(wanted.value, one.value);
            });
        };
        return std::all_of(filter_->tags.begin(), filter_->tags.end(), has);
    }

    core_caller by_;
    const organization_filter* filter_;
    std::set<std::string> seen_units_{};
    std::set<std::string> seen_accounts_{};
    std::set<std::string> seen_states_{};
    std::vector<organization_account> found_{};
};

}  // namespace detail::organization

AWSXX_ONCE expected<std::vector<organization_account>> find_organization_accounts(
    const session_core& by, const organization_filter& filter) {
    return detail::organization::search(by, filter).run();
}

AWSXX_ONCE std::string role_arn_in(const organization_account& in, const std::string& role) {
    const auto parts = parse_arn(in.arn);
    const std::string_view partition = parts ? parts->partition : "aws";
    std::string made("arn:");
    made.append(partition).append(":iam::").append(in.id).append(":role/").append(role);
    return made;
}

}  // namespace awsxx::inline AWSXX_ABI::accounts
