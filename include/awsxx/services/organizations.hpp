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

/// Where it is, in the form of model/rules.hpp.
inline constexpr std::string_view endpoint_rules(
    "\1\4\10Endpoint\0\4\6Region\0\1\14UseDualStack\15\3@\7UseFIPS\15\2@\0003\3\201\0\242P\0\3A\0FT"
    "\3ACAInvalid Configuration: FIPS and custom endpoint are not supportedA\0KT\2ACFInvalid Config"
    "uration: Dualstack and custom endpoint are not supported\0\0\5I\0\0G\0\201\3\355P\1\1\201\3"
    "\347H\4Y\1\14\3\0\205SR\4\1\0\203awsT\3@T\2@IE\3\210https://D\230.us-east-1.amazonaws.com\0G\1"
    "\213authSchemesF\1G\3\204name\205sigv4\213signingName\215organizations\215signingRegion\211us-"
    "east-1\3\0-\300\352\300=\300\366IE\3\300\374D\235-fips.us-east-1.amazonaws.com\0\301 \3\0WS"
    "\300\353\206aws-cn\300\363\300\366IE\3\300\374D\240.cn-northwest-1.amazonaws.com.cn\0G\1\301\""
    "F\1G\3\3012\3017\301=\301I\301W\216cn-northwest-1\3\0VS\300\353\212aws-us-gov\300\363\300\366I"
    "E\3\300\374D\234.us-gov-west-1.amazonaws.com\0G\1\301\"F\1G\3\3012\3017\301=\301I\301W\215us-g"
    "ov-west-1\3\0\14\301\374\300=\300\366I\302\17\0\3022\3\0PS\300\353\207aws-iso\300\363\300\366I"
    "E\3\300\374D\231.us-iso-east-1.c2s.ic.gov\0G\1\301\"F\1G\3\3012\3017\301=\301I\301W\215us-iso-"
    "east-1\3\0WS\300\353\211aws-iso-b\300\363\300\366IE\3\300\374D\235.us-isob-east-1.sc2s.sgov.go"
    "v\0G\1\301\"F\1G\3\3012\3017\301=\301I\301W\216us-isob-east-1\3\0ZS\300\353\211aws-iso-f\300"
    "\363\300\366IE\3\300\374D\237.us-isof-south-1.csp.hci.ic.gov\0G\1\301\"F\1G\3\3012\3017\301="
    "\301I\301W\217us-isof-south-1\202\0\203\300=\300\206\2\202\0'TAR\4\1\3TAR\4\1\4\1\0\0\27IE\6"
    "\300\374D\206-fips.\1\201.R\4\1\2\0G\0@\0QCOFIPS and DualStack are enabled, but this partition"
    " does not support one or both\201\0\\\300=\2\201\0\32T\303xA\1\0\0\22IE\6\300\374D\303\214\1"
    "\201.R\4\1\1\0G\0@\09\270FIPS is enabled but this partition does not support FIPS\201\0c\300"
    "\206\2\201\0\26\303|\1\0\0\20IE\6\300\374D\201.\1\201.\303\226\0G\0@\0DCBDualStack is enabled "
    "but this partition does not support DualStack\0\0\20IE\6\300\374D\201.\1\201.\304\15\0G\0@\0&"
    "\245Invalid Configuration: Missing Region",
    1266);

/// What Organizations is to the runtime.
inline constexpr model::service service_traits{
    .id = "Organizations",
    .endpoint_prefix = "organizations",
    .version = "2016-11-28",
    .target = "AWSOrganizationsV20161128",
    .protocol = &aws_json::protocol_1_1,
    .rules = {endpoint_rules, "organizations"}};

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
