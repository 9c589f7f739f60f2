// SPDX-License-Identifier: MIT
// Identity Store: reading the users and groups of IAM Identity Center.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/model/field.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/model/standard_rules.hpp>
#include <awsxx/model/value.hpp>
#include <awsxx/protocols/aws_json.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace awsxx::inline AWSXX_ABI::identitystore {

// One line a member, however long:
// clang-format off

/// What another identity provider calls a user or a group.
struct external_id {
    std::string issuer{};
    std::string id{};
    template <class> struct wire;
};

/// What `describe_group` answers.
struct describe_group_response {
    std::string group_id{};
    std::string display_name{};
    std::vector<identitystore::external_id> external_ids{};
    std::string description{};
    std::string identity_store_id{};
    template <class> struct wire;
};

/// Reads one group.
struct describe_group {
    std::string identity_store_id{};
    std::string group_id{};

    using output = identitystore::describe_group_response;
    template <class> struct wire;
};

/// Who is in a group: exactly one member is set.
struct member_id {
    std::optional<std::string> user_id{};
    template <class> struct wire;
};

/// That somebody is in a group.
struct group_membership {
    std::string identity_store_id{};
    std::string membership_id{};
    std::string group_id{};
    maybe<identitystore::member_id> member_id{};
    template <class> struct wire;
};

/// One page of `list_group_memberships`.
struct list_group_memberships_response {
    std::vector<identitystore::group_membership> group_memberships{};
    std::optional<std::string> next_token{};
    template <class> struct wire;
};

/// Lists who is in a group.
struct list_group_memberships {
    std::string identity_store_id{};
    std::string group_id{};
    std::optional<int> max_results{};  ///< To 100 a page.
    std::optional<std::string> next_token{};

    using output = identitystore::list_group_memberships_response;
    template <class> struct wire;
};

/// A group of users.
struct group {
    std::string group_id{};
    std::string display_name{};
    std::vector<identitystore::external_id> external_ids{};
    std::string description{};
    std::string identity_store_id{};
    template <class> struct wire;
};

/// One page of `list_groups`.
struct list_groups_response {
    std::vector<identitystore::group> groups{};
    std::optional<std::string> next_token{};
    template <class> struct wire;
};

/// Lets only entries with this value of an attribute through.
struct filter {
    std::string attribute_path{};  ///< `DisplayName` or `UserName`.
    std::string attribute_value{};
    template <class> struct wire;
};

/// Lists the groups of an identity store.
struct list_groups {
    std::string identity_store_id{};
    std::optional<int> max_results{};  ///< To 100 a page.
    std::optional<std::string> next_token{};
    std::vector<identitystore::filter> filters{};  ///< Deprecated by AWS.

    using output = identitystore::list_groups_response;
    template <class> struct wire;
};

/// A person's name in its parts.
struct name {
    std::string formatted{};
    std::string family_name{};
    std::string given_name{};
    std::string middle_name{};
    std::string honorific_prefix{};
    std::string honorific_suffix{};
    template <class> struct wire;
};

/// An e-mail address.
struct email {
    std::string value{};
    std::string type{};
    std::optional<bool> primary{};
    template <class> struct wire;
};

/// A postal address.
struct address {
    std::string street_address{};
    std::string locality{};
    std::string region{};
    std::string postal_code{};
    std::string country{};
    std::string formatted{};
    std::string type{};
    std::optional<bool> primary{};
    template <class> struct wire;
};

/// A telephone number.
struct phone_number {
    std::string value{};
    std::string type{};
    std::optional<bool> primary{};
    template <class> struct wire;
};

/// A user.
struct user {
    std::string user_name{};
    std::string user_id{};
    std::vector<identitystore::external_id> external_ids{};
    maybe<identitystore::name> name{};
    std::string display_name{};
    std::string nick_name{};
    std::string profile_url{};
    std::vector<identitystore::email> emails{};
    std::vector<identitystore::address> addresses{};
    std::vector<identitystore::phone_number> phone_numbers{};
    std::string user_type{};
    std::string title{};
    std::string preferred_language{};
    std::string locale{};
    std::string timezone{};
    std::string identity_store_id{};
    template <class> struct wire;
};

/// One page of `list_users`.
struct list_users_response {
    std::vector<identitystore::user> users{};
    std::optional<std::string> next_token{};
    template <class> struct wire;
};

/// Lists the users of an identity store.
struct list_users {
    std::string identity_store_id{};
    std::optional<int> max_results{};  ///< To 100 a page.
    std::optional<std::string> next_token{};
    std::vector<identitystore::filter> filters{};  ///< Deprecated by AWS.

    using output = identitystore::list_users_response;
    template <class> struct wire;
};

/// What Identity Store is to the runtime.
inline constexpr model::service service_traits{.id = "identitystore",
                                               .endpoint_prefix = "identitystore",
                                               .version = "2020-06-15",
                                               .target = "AWSIdentityStore",
                                               .protocol = &aws_json::protocol_1_1,
                                               .rules = {model::standard_rules::gov_validated, "identitystore"}};

template <class D>
struct external_id::wire {
    static constexpr model::field fields[] = {
        {"Issuer", &model::text, offsetof(identitystore::external_id, issuer)},
        {"Id", &model::text, offsetof(identitystore::external_id, id)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct describe_group_response::wire {
    static constexpr model::field fields[] = {
        {"GroupId", &model::text, offsetof(identitystore::describe_group_response, group_id)},
        {"DisplayName", &model::text, offsetof(identitystore::describe_group_response, display_name)},
        {"ExternalIds", model::list_of<identitystore::external_id, D>, offsetof(identitystore::describe_group_response, external_ids)},
        {"Description", &model::text, offsetof(identitystore::describe_group_response, description)},
        {"IdentityStoreId", &model::text, offsetof(identitystore::describe_group_response, identity_store_id)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct describe_group::wire {
    static constexpr model::field fields[] = {
        {"IdentityStoreId", &model::text, offsetof(identitystore::describe_group, identity_store_id), model::required},
        {"GroupId", &model::text, offsetof(identitystore::describe_group, group_id), model::required},
    };
    static constexpr model::type type = model::structure(fields);
    static constexpr model::operation operation{"DescribeGroup", &service_traits, &type, &output::wire<D>::type};
};

template <class D>
struct member_id::wire {
    static constexpr model::field fields[] = {
        {"UserId", &model::optional_text, offsetof(identitystore::member_id, user_id)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct group_membership::wire {
    static constexpr model::field fields[] = {
        {"IdentityStoreId", &model::text, offsetof(identitystore::group_membership, identity_store_id)},
        {"MembershipId", &model::text, offsetof(identitystore::group_membership, membership_id)},
        {"GroupId", &model::text, offsetof(identitystore::group_membership, group_id)},
        {"MemberId", model::maybe_of<identitystore::member_id, D>, offsetof(identitystore::group_membership, member_id)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct list_group_memberships_response::wire {
    static constexpr model::field fields[] = {
        {"GroupMemberships", model::list_of<identitystore::group_membership, D>, offsetof(identitystore::list_group_memberships_response, group_memberships)},
        {"NextToken", &model::optional_text, offsetof(identitystore::list_group_memberships_response, next_token)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct list_group_memberships::wire {
    static constexpr model::field fields[] = {
        {"IdentityStoreId", &model::text, offsetof(identitystore::list_group_memberships, identity_store_id), model::required},
        {"GroupId", &model::text, offsetof(identitystore::list_group_memberships, group_id), model::required},
        {"MaxResults", &model::optional_integer, offsetof(identitystore::list_group_memberships, max_results)},
        {"NextToken", &model::optional_text, offsetof(identitystore::list_group_memberships, next_token)},
    };
    static constexpr model::type type = model::structure(fields);
    static constexpr model::operation operation{"ListGroupMemberships", &service_traits, &type, &output::wire<D>::type};
    static constexpr auto input_token = &identitystore::list_group_memberships::next_token;
    static constexpr auto output_token = &identitystore::list_group_memberships_response::next_token;
    static constexpr auto items = &identitystore::list_group_memberships_response::group_memberships;
    static constexpr auto page_size = &identitystore::list_group_memberships::max_results;
};

template <class D>
struct group::wire {
    static constexpr model::field fields[] = {
        {"GroupId", &model::text, offsetof(identitystore::group, group_id)},
        {"DisplayName", &model::text, offsetof(identitystore::group, display_name)},
        {"ExternalIds", model::list_of<identitystore::external_id, D>, offsetof(identitystore::group, external_ids)},
        {"Description", &model::text, offsetof(identitystore::group, description)},
        {"IdentityStoreId", &model::text, offsetof(identitystore::group, identity_store_id)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct list_groups_response::wire {
    static constexpr model::field fields[] = {
        {"Groups", model::list_of<identitystore::group, D>, offsetof(identitystore::list_groups_response, groups)},
        {"NextToken", &model::optional_text, offsetof(identitystore::list_groups_response, next_token)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct filter::wire {
    static constexpr model::field fields[] = {
        {"AttributePath", &model::text, offsetof(identitystore::filter, attribute_path), model::required},
        {"AttributeValue", &model::text, offsetof(identitystore::filter, attribute_value), model::required},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct list_groups::wire {
    static constexpr model::field fields[] = {
        {"IdentityStoreId", &model::text, offsetof(identitystore::list_groups, identity_store_id), model::required},
        {"MaxResults", &model::optional_integer, offsetof(identitystore::list_groups, max_results)},
        {"NextToken", &model::optional_text, offsetof(identitystore::list_groups, next_token)},
        {"Filters", model::list_of<identitystore::filter, D>, offsetof(identitystore::list_groups, filters)},
    };
    static constexpr model::type type = model::structure(fields);
    static constexpr model::operation operation{"ListGroups", &service_traits, &type, &output::wire<D>::type};
    static constexpr auto input_token = &identitystore::list_groups::next_token;
    static constexpr auto output_token = &identitystore::list_groups_response::next_token;
    static constexpr auto items = &identitystore::list_groups_response::groups;
    static constexpr auto page_size = &identitystore::list_groups::max_results;
};

template <class D>
struct name::wire {
    static constexpr model::field fields[] = {
        {"Formatted", &model::text, offsetof(identitystore::name, formatted)},
        {"FamilyName", &model::text, offsetof(identitystore::name, family_name)},
        {"GivenName", &model::text, offsetof(identitystore::name, given_name)},
        {"MiddleName", &model::text, offsetof(identitystore::name, middle_name)},
        {"HonorificPrefix", &model::text, offsetof(identitystore::name, honorific_prefix)},
        {"HonorificSuffix", &model::text, offsetof(identitystore::name, honorific_suffix)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct email::wire {
    static constexpr model::field fields[] = {
        {"Value", &model::text, offsetof(identitystore::email, value)},
        {"Type", &model::text, offsetof(identitystore::email, type)},
        {"Primary", &model::optional_boolean, offsetof(identitystore::email, primary)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct address::wire {
    static constexpr model::field fields[] = {
        {"StreetAddress", &model::text, offsetof(identitystore::address, street_address)},
        {"Locality", &model::text, offsetof(identitystore::address, locality)},
        {"Region", &model::text, offsetof(identitystore::address, region)},
        {"PostalCode", &model::text, offsetof(identitystore::address, postal_code)},
        {"Country", &model::text, offsetof(identitystore::address, country)},
        {"Formatted", &model::text, offsetof(identitystore::address, formatted)},
        {"Type", &model::text, offsetof(identitystore::address, type)},
        {"Primary", &model::optional_boolean, offsetof(identitystore::address, primary)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct phone_number::wire {
    static constexpr model::field fields[] = {
        {"Value", &model::text, offsetof(identitystore::phone_number, value)},
        {"Type", &model::text, offsetof(identitystore::phone_number, type)},
        {"Primary", &model::optional_boolean, offsetof(identitystore::phone_number, primary)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct user::wire {
    static constexpr model::field fields[] = {
        {"UserName", &model::text, offsetof(identitystore::user, user_name)},
        {"UserId", &model::text, offsetof(identitystore::user, user_id)},
        {"ExternalIds", model::list_of<identitystore::external_id, D>, offsetof(identitystore::user, external_ids)},
        {"Name", model::maybe_of<identitystore::name, D>, offsetof(identitystore::user, name)},
        {"DisplayName", &model::text, offsetof(identitystore::user, display_name)},
        {"NickName", &model::text, offsetof(identitystore::user, nick_name)},
        {"ProfileUrl", &model::text, offsetof(identitystore::user, profile_url)},
        {"Emails", model::list_of<identitystore::email, D>, offsetof(identitystore::user, emails)},
        {"Addresses", model::list_of<identitystore::address, D>, offsetof(identitystore::user, addresses)},
        {"PhoneNumbers", model::list_of<identitystore::phone_number, D>, offsetof(identitystore::user, phone_numbers)},
        {"UserType", &model::text, offsetof(identitystore::user, user_type)},
        {"Title", &model::text, offsetof(identitystore::user, title)},
        {"PreferredLanguage", &model::text, offsetof(identitystore::user, preferred_language)},
        {"Locale", &model::text, offsetof(identitystore::user, locale)},
        {"Timezone", &model::text, offsetof(identitystore::user, timezone)},
        {"IdentityStoreId", &model::text, offsetof(identitystore::user, identity_store_id)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct list_users_response::wire {
    static constexpr model::field fields[] = {
        {"Users", model::list_of<identitystore::user, D>, offsetof(identitystore::list_users_response, users)},
        {"NextToken", &model::optional_text, offsetof(identitystore::list_users_response, next_token)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct list_users::wire {
    static constexpr model::field fields[] = {
        {"IdentityStoreId", &model::text, offsetof(identitystore::list_users, identity_store_id), model::required},
        {"MaxResults", &model::optional_integer, offsetof(identitystore::list_users, max_results)},
        {"NextToken", &model::optional_text, offsetof(identitystore::list_users, next_token)},
        {"Filters", model::list_of<identitystore::filter, D>, offsetof(identitystore::list_users, filters)},
    };
    static constexpr model::type type = model::structure(fields);
    static constexpr model::operation operation{"ListUsers", &service_traits, &type, &output::wire<D>::type};
    static constexpr auto input_token = &identitystore::list_users::next_token;
    static constexpr auto output_token = &identitystore::list_users_response::next_token;
    static constexpr auto items = &identitystore::list_users_response::users;
    static constexpr auto page_size = &identitystore::list_users::max_results;
};
// clang-format on

}  // namespace awsxx::inline AWSXX_ABI::identitystore
