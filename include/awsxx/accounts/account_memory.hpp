// SPDX-License-Identifier: MIT
// What is known of an account, and how the rest is found out when somebody asks.
#pragma once

#include <awsxx/accounts/region_catalog.hpp>
#include <awsxx/accounts/region_filter.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/guarded.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/call_options.hpp>
#include <awsxx/session_core.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::accounts {

/// What a program knows of an account beforehand; everything has a default.
struct account_facts {
    /// Twelve digits. Empty: it is found out when somebody asks; to a later run of a fan-out it is
    /// another account then.
    std::string id{};
    std::string name{};       ///< As Organizations has it.
    std::string partition{};  ///< Empty: that of the session's region.
    std::string role{};       ///< The role that its session is of, as in "audit"; empty: none.
    /// How long what AWS said about regions is good for.
    milliseconds keep_regions = std::chrono::hours(24);
};

/// Shared by the copies of an account. Any number of threads may ask: one asks AWS, and the others
/// wait for it.
class account_memory {
public:
    explicit account_memory(account_facts facts);

    const account_facts& facts() const noexcept { return facts_; }
    /// What tells this account from others: its id, and its role if it has one.
    const std::string& key() const noexcept { return key_; }

    expected<std::string> id(const session_core& by) const;
    std::string alias(const session_core& by) const;
    expected<std::shared_ptr<const region_catalog>> regions(const session_core& by,
                                                            const call_options& how = {}) const;

    /// The regions if they are there and good still, else null.
    std::shared_ptr<const region_catalog> known_regions(const session_core& by) const;
    /// Keeps what somebody has found out.
    std::shared_ptr<const region_catalog> remember(region_catalog found,
                                                   const session_core& by) const;
    std::string partition(const session_core& by) const;

private:
    struct found_regions {
        std::shared_ptr<const region_catalog> get(clock& time) const;
        const std::shared_ptr<const region_catalog>& keep(region_catalog found,
                                                          milliseconds how_long, clock& time);

        std::shared_ptr<const region_catalog> catalog{};
        steady_instant good_until{};
    };

    const account_facts facts_;
    const std::string key_;
    const guarded<std::string> id_{};
    const guarded<std::optional<std::string>> alias_{};
    const guarded<found_regions> regions_{};
};

#if defined(AWSXX_COMPILED)
/// The regions of the session's account: the Account API is asked, then EC2, then nobody.
AWSXX_ONCE expected<region_catalog> find_regions(const session_core& by, std::string partition,
                                                 const call_options& how);
/// The regions that have a service, as AWS publishes them. Fails with `UnknownService` for one that
/// AWS does not name.
AWSXX_ONCE expected<service_regions> find_service_regions(const session_core& by,
                                                          std::string service);
/// `why`, said as what it is where it looks like bad credentials and the region is a disabled one.
AWSXX_ONCE error explained(error why, const region_info& where, const std::string& account);
/// Why no call is to be made there: the region is disabled. Nothing: it may be called.
AWSXX_ONCE std::optional<error> refusal(const region_info& where, const std::string& account);
#endif

}  // namespace awsxx::inline AWSXX_ABI::accounts
