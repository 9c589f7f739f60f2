// SPDX-License-Identifier: MIT
// AWS Organizations: reading which accounts there are.
#pragma once

#include <awsxx/core/date.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/field.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/model/value.hpp>
#include <awsxx/protocols/aws_json.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace awsxx::inline AWSXX_ABI::organizations {

// One line a member, however long:
// clang-format off

/// The older word on whether an account is in use; `account_state` says more.
struct account_status : open_enum {
    using open_enum::open_enum;
    static constexpr std::string_view active = "ACTIVE";
    static constexpr std::string_view suspended = "SUSPENDED";
    static constexpr std::string_view pending_closure = "PENDING_CLOSURE";
};

/// Where an account is in its life.
struct account_state : open_enum {
    using open_enum::open_enum;
    static constexpr std::string_view pending_activation = "PENDING_ACTIVATION";
    static constexpr std::string_view active = "ACTIVE";
    static constexpr std::string_view suspended = "SUSPENDED";
    static constexpr std::string_view pending_closure = "PENDING_CLOSURE";
    static constexpr std::string_view closed = "CLOSED";
};

/// How an account came into the organization.
struct account_joined_method : open_enum {
    using open_enum::open_enum;
    static constexpr std::string_view invited = "INVITED";
    static constexpr std::string_view created = "CREATED";
};

/// An account of the organization.
struct account {
    std::string id{};
    std::string arn{};
    std::string email{};
    std::string name{};
    organizations::account_status status{};
    organizations::account_state state{};
    organizations::account_joined_method joined_method{};
    std::optional<timestamp> joined_timestamp{};
    template <class> struct wire;
};

/// One page of `list_accounts`.
struct list_accounts_response {
    std::vector<organizations::account> accounts{};
    std::optional<std::string> next_token{};
    template <class> struct wire;
};

/// Lists the accounts of the organization.
struct list_accounts {
    std::optional<std::string> next_token{};
    std::optional<int> max_results{};  ///< To 20 a page.

    using output = organizations::list_accounts_response;
    template <class> struct wire;
};

/// What Organizations is to the runtime.
inline constexpr model::service service_traits{
    .id = "Organizations",
    .endpoint_prefix = "organizations",
    .version = "2016-11-28",
    .target = "AWSOrganizationsV20161128",
    .protocol = &aws_json::protocol_1_1,
    .global_host = "organizations.us-east-1.amazonaws.com",
    .global_region = "us-east-1"};

template <class D>
struct account::wire {
    static constexpr model::field fields[] = {
        {"Id", &model::text, offsetof(organizations::account, id)},
        {"Arn", &model::text, offsetof(organizations::account, arn)},
        {"Email", &model::text, offsetof(organizations::account, email)},
        {"Name", &model::text, offsetof(organizations::account, name)},
        {"Status", &model::text, offsetof(organizations::account, status)},
        {"State", &model::text, offsetof(organizations::account, state)},
        {"JoinedMethod", &model::text, offsetof(organizations::account, joined_method)},
        {"JoinedTimestamp", &model::optional_timestamp, offsetof(organizations::account, joined_timestamp)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct list_accounts_response::wire {
    static constexpr model::field fields[] = {
        {"Accounts", model::list_of<organizations::account, D>, offsetof(organizations::list_accounts_response, accounts)},
        {"NextToken", &model::optional_text, offsetof(organizations::list_accounts_response, next_token)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct list_accounts::wire {
    static constexpr model::field fields[] = {
        {"NextToken", &model::optional_text, offsetof(organizations::list_accounts, next_token)},
        {"MaxResults", &model::optional_integer, offsetof(organizations::list_accounts, max_results)},
    };
    static constexpr model::type type = model::structure(fields);
    static constexpr model::operation operation{"ListAccounts", &service_traits, &type, &output::wire<D>::type};
    static constexpr auto input_token = &organizations::list_accounts::next_token;
    static constexpr auto output_token = &organizations::list_accounts_response::next_token;
    static constexpr auto items = &organizations::list_accounts_response::accounts;
    static constexpr auto page_size = &organizations::list_accounts::max_results;
};
// clang-format on

}  // namespace awsxx::inline AWSXX_ABI::organizations
