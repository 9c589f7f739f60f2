// SPDX-License-Identifier: MIT
// An account of AWS, and an account in a region: identities that programs loop over.
#pragma once

#include <awsxx/accounts/account_memory.hpp>
#include <awsxx/accounts/ordered_set.hpp>
#include <awsxx/accounts/region_catalog.hpp>
#include <awsxx/accounts/region_filter.hpp>
#include <awsxx/core/arn.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/role_options.hpp>
#include <awsxx/runtime/call_options.hpp>
#include <awsxx/session.hpp>

#if !defined(AWSXX_COMPILED)
#include <awsxx/accounts/account_source.hpp>
#endif

#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::accounts {

template <class By>
class basic_regional_account;
template <class By>
class basic_regional_accounts;

/// An account, and the session that calls there.
///
///     const awsxx::accounts::account home(base);
///     for (const auto& place : home.regional({.include = {"eu-*"}}))
///         show(place.session().whoami().arn);
///
/// A value: cheap to copy, safe to share between threads; copies share what was found out. Calls
/// nobody until it is asked for something that it does not know, and then nothing but that.
template <class By>
class basic_account {
public:
    explicit basic_account(By session, account_facts known = {})
        : session_(std::move(session)),
          memory_(std::make_shared<const account_memory>(std::move(known))) {}

    /// The account of a role, and a session of that role. Asks nobody yet: a role that cannot be
    /// assumed shows at the first call. Fails as `try_assume_role` does.
    static expected<basic_account> try_assuming(const By& by, assume_role_options role,
                                                account_facts known = {}) {
        const std::string name = role.role_arn;
        auto session = by.try_assume_role(std::move(role));
        if (!session) return std::move(session).error();
        const auto parts = parse_arn(name);
        if (known.id.empty()) known.id = parts->account;
        if (known.partition.empty()) known.partition = parts->partition;
        known.role = parts->resource.substr(parts->resource.find('/') + 1);
        return basic_account(*std::move(session), std::move(known));
    }

    const By& session() const noexcept { return session_; }
    /// What its copies share.
    const account_memory& memory() const noexcept { return *memory_; }
    const account_facts& facts() const noexcept { return memory_->facts(); }
    /// What tells it from other accounts: its id and its role. Where the program told no id, a name
    /// that nothing but its copies has.
    const std::string& id() const noexcept { return memory_->key(); }

    /// The twelve digits: as the program told, else as the credentials have them, else as STS is
    /// asked, once.
    expected<std::string> try_account_id() const { return memory_->id(session_.core()); }
    /// The account's alias, or its id where it has none, or nobody may know; empty where that is
    /// not known either. Never fails. IAM is asked once.
    std::string alias() const { return memory_->alias(session_.core()); }

    /// All its regions, kept for a while. Asks the Account API, else EC2; where neither answers it
    /// is the built-in list, which says so. Fails where the session's credentials do.
    /// Where the time of `how` is over before they did, too, and is not kept then.
    expected<std::shared_ptr<const region_catalog>> try_regions(
        const call_options& how = {}) const {
        return memory_->regions(session_.core(), how);
    }
    /// The account in one region. Asks nobody whether it has that.
    basic_regional_account<By> in(std::string region) const {
        return {*this, known_without_asking(std::move(region))};
    }
    /// The account in those of its regions that the filter wants. Fails as `try_regions` does, and
    /// with `UnknownRegion` or `UnknownPartition` for names that are none.
    expected<basic_regional_accounts<By>> try_regional(region_filter filter = {},
                                                       const call_options& how = {}) const {
        auto all = try_regions(how);
        if (!all) return std::move(all).error();
        return basic_regional_accounts<By>::try_of(*this, *std::move(all), std::move(filter));
    }

#if defined(__cpp_exceptions)
    static basic_account assuming(const By& by, assume_role_options role,
                                  account_facts known = {}) {
        return value_or_raise(try_assuming(by, std::move(role), std::move(known)));
    }
    std::string account_id() const { return value_or_raise(try_account_id()); }
    std::shared_ptr<const region_catalog> regions() const { return value_or_raise(try_regions()); }
    basic_regional_accounts<By> regional(region_filter filter = {}) const {
        return value_or_raise(try_regional(std::move(filter)));
    }
#endif

private:
    By session_;
    std::shared_ptr<const account_memory> memory_;
};

/// An account in a region. Its session calls in that region and nowhere else, whatever region the
/// account's session has; services that a partition has once are called where they are.
template <class By>
class basic_regional_account {
public:
    basic_regional_account(basic_account<By> account, region_info where)
        : account_(std::move(account)), where_(std::move(where)) {}

    const basic_account<By>& account() const noexcept { return account_; }
    const std::string& region() const noexcept { return where_.name; }
    region_status status() const noexcept { return where_.status; }
    /// The session that calls there. Keep it for as long as there are calls to make: it remembers
    /// where services are.
    By session() const { return account_.session().in_region(where_.name); }

    /// "111122223333/audit/eu-west-1": account, role and region.
    std::string id() const { return account_.id() + "/" + where_.name; }

    /// Why nobody is to be called there, if that is so: the region is disabled.
    std::optional<error> refusal() const { return accounts::refusal(where_, account_.id()); }
    /// The error of a call there. One that looks like bad credentials is `RegionNotEnabled` where
    /// the account is not known to have the region.
    error explained(const error& why) const {
        return accounts::explained(why, where_, account_.id());
    }

    friend bool operator==(const basic_regional_account& a, const basic_regional_account& b) {
        return a.id() == b.id();
    }

private:
    basic_account<By> account_;
    region_info where_;
};

/// An account in some of its regions, by name: ordered, immutable, cheap to copy.
template <class By>
class basic_regional_accounts {
    struct by_region {
        basic_regional_account<By> place;
        const std::string& id() const noexcept { return place.region(); }
    };

public:
    using value_type = basic_regional_account<By>;

    /// What the filter leaves. Fails for names that are none.
    static expected<basic_regional_accounts> try_of(basic_account<By> account,
                                                    std::shared_ptr<const region_catalog> all,
                                                    region_filter filter) {
        auto chosen = select(*all, filter);
        if (!chosen) return std::move(chosen).error();
        std::vector<by_region> places;
        for (region_info& one : chosen->regions)
            places.push_back({value_type(account, std::move(one))});
        return basic_regional_accounts(std::move(account), std::move(all), std::move(filter),
                                       {std::move(chosen->skipped), std::move(places)});
    }

    const basic_account<By>& account() const noexcept { return account_; }
    const region_filter& filter() const noexcept { return filter_; }
    /// All regions of the account, and who said so.
    const region_catalog& catalog() const noexcept { return *all_; }
    /// Regions that the filter names, but that are disabled or lack the service.
    const std::vector<skipped_region>& skipped() const noexcept { return skipped_; }
    /// The same regions through another filter; asks nobody.
    expected<basic_regional_accounts> try_with_filter(region_filter other) const {
        return try_of(account_, all_, std::move(other));
    }

    class iterator {
    public:
        using value_type = basic_regional_account<By>;
        using difference_type = std::ptrdiff_t;
        using reference = const value_type&;
        using pointer = const value_type*;
        using iterator_category = std::forward_iterator_tag;

        iterator() = default;
        reference operator*() const noexcept { return at_->place; }
        pointer operator->() const noexcept { return &at_->place; }
        iterator& operator++() noexcept {
            ++at_;
            return *this;
        }
        iterator operator++(int) noexcept { return iterator(at_++); }
        friend bool operator==(const iterator&, const iterator&) = default;

    private:
        friend class basic_regional_accounts;
        using inner = typename std::vector<by_region>::const_iterator;
        explicit iterator(inner at) noexcept : at_(at) {}
        inner at_{};
    };

    iterator begin() const noexcept { return iterator(places_.begin()); }
    iterator end() const noexcept { return iterator(places_.end()); }
    std::size_t size() const noexcept { return places_.size(); }
    bool empty() const noexcept { return places_.empty(); }
    /// The account in that region, or null where the filter has left it out.
    const value_type* find(std::string_view region) const noexcept {
        const by_region* const found = places_.find(region);
        return found == nullptr ? nullptr : &found->place;
    }
    bool contains(std::string_view region) const noexcept { return find(region) != nullptr; }

#if defined(__cpp_exceptions)
    basic_regional_accounts with_filter(region_filter other) const {
        return value_or_raise(try_with_filter(std::move(other)));
    }
#endif

private:
    struct parts {
        std::vector<skipped_region> skipped{};
        std::vector<by_region> places{};
    };
    basic_regional_accounts(basic_account<By> account, std::shared_ptr<const region_catalog> all,
                            region_filter filter, parts found)
        : account_(std::move(account)),
          all_(std::move(all)),
          filter_(std::move(filter)),
          skipped_(std::move(found.skipped)),
          places_(std::move(found.places)) {}

    basic_account<By> account_;
    std::shared_ptr<const region_catalog> all_;
    region_filter filter_;
    std::vector<skipped_region> skipped_;
    ordered_set<by_region> places_;
};

/// Accounts in regions, each once by account, role and region, in the order they were put together:
/// `united({a, b})`, then `|` and `without`.
template <class By>
using basic_regional_account_set = ordered_set<basic_regional_account<By>>;

/// All that are in any of these, in that order.
template <class By>
basic_regional_account_set<By> united(const std::vector<basic_regional_accounts<By>>& containers) {
    std::vector<basic_regional_account<By>> all;
    for (const auto& one : containers) all.insert(all.end(), one.begin(), one.end());
    return basic_regional_account_set<By>(std::move(all));
}

/// The regions that have a service, as AWS publishes them. Asks Systems Manager in the session's
/// region. Fails with `UnknownService` for one that AWS does not name.
template <class By>
expected<service_regions> try_service_regions(const By& by, std::string service) {
    return find_service_regions(by.core(), std::move(service));
}

using account = basic_account<session>;
using regional_account = basic_regional_account<session>;
using regional_accounts = basic_regional_accounts<session>;
using regional_account_set = basic_regional_account_set<session>;

}  // namespace awsxx::inline AWSXX_ABI::accounts
