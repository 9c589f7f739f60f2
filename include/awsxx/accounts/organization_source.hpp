// SPDX-License-Identifier: MIT
// How the accounts of an organization are found: compiled in every file that does it, or once a program.
#pragma once

#include <awsxx/accounts/core_caller.hpp>
#include <awsxx/accounts/glob.hpp>
#include <awsxx/accounts/organization_filter.hpp>
#include <awsxx/core/arn.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
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

AWSXX_COLD inline error unknown(const char* code, const std::string& what,
                                const std::string& meant) {
    std::string message = "the filter's " + what;
    if (!meant.empty()) message.append(": did you mean '").append(meant).append("'?");
    return {.kind = error_kind::invalid_argument, .code = code, .message = std::move(message)};
}

/// AWS does not say which one it means.
AWSXX_COLD inline error about_unit(error why, const char* list, const std::string& unit) {
    constexpr std::string_view none =
        "InvalidInputException OrganizationalUnitNotFoundException ParentNotFoundException";
    if (!text::lists_word(none, why.code)) return why;
    return caused_by(unknown("UnknownUnit",
                             std::string(list) + " has '" + unit +
                                 "', which is no unit or root of the organization",
                             {}),
                     std::move(why));
}

/// Names of a list that no account is called so far.
class names_to_find {
public:
    explicit names_to_find(const std::vector<std::string>& of) : left_(of) {}

    /// Those with wildcards may be of accounts to come.
    void without_globs() {
        std::erase_if(left_, [](const std::string& one) { return is_glob(one); });
    }
    void saw(const api::account& one) {
        if (left_.empty()) return;
        std::erase_if(left_, [&](const std::string& pattern) {
            return matches(pattern, one.id) || matches(pattern, one.name);
        });
    }
    bool is_done() const noexcept { return left_.empty(); }
    expected<void> check(const char* list, const std::vector<std::string>& names) const {
        if (left_.empty()) return {};
        std::string what(list);
        for (const std::string& one : left_)
            what.append(&one == &left_.front() ? " has '" : " and '").append(one).append("'");
        what.append(", which no account of the organization is called");
        return unknown("UnknownAccount", what, nearest(left_.front(), names));
    }

private:
    std::vector<std::string> left_;
};

/// One look through an organization. Asks for no unit twice.
class search {
public:
    search(const session_core& by, const organization_filter& filter)
        : by_(by), filter_(&filter), included_(filter.include), excluded_(filter.exclude) {
        excluded_.without_globs();
    }

    expected<std::vector<organization_account>> run() {
        if (filter_->units.empty() && filter_->exclude_units.empty()) {
            if (auto done = list_all(); !done) return std::move(done).error();
        } else {
            if (auto done = walk(); !done) return std::move(done).error();
        }
        if (auto done = check_states(); !done) return std::move(done).error();
        if (auto done = check_names(); !done) return std::move(done).error();
        if (auto done = keep_tagged(); !done) return std::move(done).error();
        return std::move(found_);
    }

private:
    expected<void> list_all() {
        auto listed = all_of(by_, api::list_accounts{});
        if (!listed) return std::move(listed).error();
        listed_all_ = true;
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
            if (!seen_units_.insert(unit).second || is_excluded(unit)) continue;
            if (auto done = look_into(unit, left); !done)
                return about_unit(std::move(done).error(), "units", unit);
        }
        return goes_down() ? check_excluded_units() : expected<void>();
    }
    bool goes_down() const noexcept { return filter_->recursive || filter_->units.empty(); }
    bool is_excluded(const std::string& unit) const {
        const auto& out = filter_->exclude_units;
        return std::find(out.begin(), out.end(), unit) != out.end();
    }
    /// One that was not met is elsewhere, or misspelled: then what was to be left out is not.
    expected<void> check_excluded_units() const {
        for (const std::string& unit : filter_->exclude_units) {
            if (seen_units_.contains(unit)) continue;
            auto there = by_.try_call(
                api::list_organizational_units_for_parent{.parent_id = unit, .max_results = 1});
            if (!there) return about_unit(std::move(there).error(), "exclude_units", unit);
        }
        return {};
    }
    /// Its accounts now; the units in it next, in AWS's order.
    expected<void> look_into(const std::string& unit, std::vector<std::string>& left) {
        auto listed = all_of(by_, api::list_accounts_for_parent{.parent_id = unit});
        if (!listed) return std::move(listed).error();
        for (api::account& one : *listed) consider(std::move(one), unit);
        if (!goes_down()) return {};
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
        saw(one);
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

    void saw(const api::account& one) {
        included_.saw(one);
        excluded_.saw(one);
        if (!one.name.empty()) names_.push_back(one.name);
        names_.push_back(one.id);
    }
    /// A name of an account that is in none of the units is no mistake; all are asked for only where
    /// one is still to be found.
    expected<void> check_names() {
        if (!listed_all_ && !(included_.is_done() && excluded_.is_done())) {
            auto listed = all_of(by_, api::list_accounts{});
            if (!listed) return std::move(listed).error();
            for (const api::account& one : *listed) saw(one);
        }
        if (auto good = included_.check("include", names_); !good) return good;
        return excluded_.check("exclude", names_);
    }

    /// A misspelled state would leave out all accounts without a word. New ones may exist: what an
    /// account is in is one.
    expected<void> check_states() const {
        constexpr std::string_view known[] = {"ACTIVE", "CLOSED", "PENDING_ACTIVATION",
                                              "PENDING_CLOSURE", "SUSPENDED"};
        for (const std::string& one : filter_->states) {
            if (std::find(std::begin(known), std::end(known), one) != std::end(known)) continue;
            if (seen_states_.contains(one)) continue;
            return unknown("UnknownAccountState",
                           "states has '" + one + "', which no account is in", nearest(one, known));
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
    names_to_find included_;
    names_to_find excluded_;
    std::vector<std::string> names_{};
    bool listed_all_ = false;
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
