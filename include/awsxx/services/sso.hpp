// SPDX-License-Identifier: MIT
// The portal of AWS IAM Identity Center: accounts, roles and their credentials for a login.
#pragma once

#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/field.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/model/standard_rules.hpp>
#include <awsxx/model/value.hpp>
#include <awsxx/protocols/rest_json.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace awsxx::inline AWSXX_ABI::sso {

// One line a member, however long:
// clang-format off

/// Keys of a role in an account.
struct role_credentials {
    std::string access_key_id{};
    secret secret_access_key{};
    secret session_token{};
    std::optional<std::int64_t> expiration{};  ///< In milliseconds since 1970.
    template <class> struct wire;
};

/// An account that a login may enter.
struct account_info {
    std::string account_id{};
    std::string account_name{};
    std::string email_address{};
    template <class> struct wire;
};

/// A role that a login may take in an account.
struct role_info {
    std::string role_name{};
    std::string account_id{};
    template <class> struct wire;
};

/// What `get_role_credentials` answers.
struct get_role_credentials_response {
    maybe<sso::role_credentials> role_credentials{};
    template <class> struct wire;
};

/// Gives a login the keys of a role.
struct get_role_credentials {
    std::string role_name{};
    std::string account_id{};
    secret access_token{};  ///< What a person's login gave.

    using output = sso::get_role_credentials_response;
    template <class> struct wire;
};

/// One page of `list_accounts`.
struct list_accounts_response {
    std::optional<std::string> next_token{};
    std::vector<sso::account_info> account_list{};
    template <class> struct wire;
};

/// Lists the accounts that a login may enter.
struct list_accounts {
    std::optional<std::string> next_token{};
    std::optional<int> max_results{};  ///< To 100 a page.
    secret access_token{};  ///< What a person's login gave.

    using output = sso::list_accounts_response;
    template <class> struct wire;
};

/// One page of `list_account_roles`.
struct list_account_roles_response {
    std::optional<std::string> next_token{};
    std::vector<sso::role_info> role_list{};
    template <class> struct wire;
};

/// Lists the roles that a login may take in an account.
struct list_account_roles {
    std::optional<std::string> next_token{};
    std::optional<int> max_results{};  ///< To 100 a page.
    secret access_token{};  ///< What a person's login gave.
    std::string account_id{};

    using output = sso::list_account_roles_response;
    template <class> struct wire;
};

/// What `logout` answers: nothing.
struct logout_response {
    template <class> struct wire;
};

/// Ends a login; keys that it gave stay valid until they expire.
struct logout {
    secret access_token{};  ///< What a person's login gave.

    using output = sso::logout_response;
    template <class> struct wire;
};

/// What the portal is to the runtime.
inline constexpr model::service service_traits{
    .id = "SSO",
    .endpoint_prefix = "portal.sso",
    .signing_name = "awsssoportal",
    .version = "2019-06-10",
    .protocol = &rest_json::protocol,
    .issues_credentials = true,
    .rules = {model::standard_rules::gov_validated, "portal.sso"}};

template <class D>
struct role_credentials::wire {
    static constexpr model::field fields[] = {
        {"accessKeyId", &model::text, offsetof(sso::role_credentials, access_key_id)},
        {"secretAccessKey", &model::sensitive, offsetof(sso::role_credentials, secret_access_key)},
        {"sessionToken", &model::sensitive, offsetof(sso::role_credentials, session_token)},
        {"expiration", &model::optional_long, offsetof(sso::role_credentials, expiration)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct account_info::wire {
    static constexpr model::field fields[] = {
        {"accountId", &model::text, offsetof(sso::account_info, account_id)},
        {"accountName", &model::text, offsetof(sso::account_info, account_name)},
        {"emailAddress", &model::text, offsetof(sso::account_info, email_address)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct role_info::wire {
    static constexpr model::field fields[] = {
        {"roleName", &model::text, offsetof(sso::role_info, role_name)},
        {"accountId", &model::text, offsetof(sso::role_info, account_id)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct get_role_credentials_response::wire {
    static constexpr model::field fields[] = {
        {"roleCredentials", model::maybe_of<sso::role_credentials, D>, offsetof(sso::get_role_credentials_response, role_credentials)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct get_role_credentials::wire {
    static constexpr model::field fields[] = {
        {"role_name", &model::text, offsetof(sso::get_role_credentials, role_name), model::required, model::place::query},
        {"account_id", &model::text, offsetof(sso::get_role_credentials, account_id), model::required, model::place::query},
        {"x-amz-sso_bearer_token", &model::sensitive, offsetof(sso::get_role_credentials, access_token), model::required, model::place::header},
    };
    static constexpr model::type type = model::structure(fields);
    static constexpr model::operation operation{.name = "GetRoleCredentials", .service = &service_traits, .input = &type, .output = &output::wire<D>::type, .auth = model::auth::none, .http = {"GET", "/federation/credentials"}};
};

template <class D>
struct list_accounts_response::wire {
    static constexpr model::field fields[] = {
        {"nextToken", &model::optional_text, offsetof(sso::list_accounts_response, next_token)},
        {"accountList", model::list_of<sso::account_info, D>, offsetof(sso::list_accounts_response, account_list)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct list_accounts::wire {
    static constexpr model::field fields[] = {
        {"next_token", &model::optional_text, offsetof(sso::list_accounts, next_token), {}, model::place::query},
        {"max_result", &model::optional_integer, offsetof(sso::list_accounts, max_results), {}, model::place::query},
        {"x-amz-sso_bearer_token", &model::sensitive, offsetof(sso::list_accounts, access_token), model::required, model::place::header},
    };
    static constexpr model::type type = model::structure(fields);
    static constexpr model::operation operation{.name = "ListAccounts", .service = &service_traits, .input = &type, .output = &output::wire<D>::type, .auth = model::auth::none, .http = {"GET", "/assignment/accounts"}};
    static constexpr auto input_token = &sso::list_accounts::next_token;
    static constexpr auto output_token = &sso::list_accounts_response::next_token;
    static constexpr auto items = &sso::list_accounts_response::account_list;
    static constexpr auto page_size = &sso::list_accounts::max_results;
};

template <class D>
struct list_account_roles_response::wire {
    static constexpr model::field fields[] = {
        {"nextToken", &model::optional_text, offsetof(sso::list_account_roles_response, next_token)},
        {"roleList", model::list_of<sso::role_info, D>, offsetof(sso::list_account_roles_response, role_list)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct list_account_roles::wire {
    static constexpr model::field fields[] = {
        {"next_token", &model::optional_text, offsetof(sso::list_account_roles, next_token), {}, model::place::query},
        {"max_result", &model::optional_integer, offsetof(sso::list_account_roles, max_results), {}, model::place::query},
        {"x-amz-sso_bearer_token", &model::sensitive, offsetof(sso::list_account_roles, access_token), model::required, model::place::header},
        {"account_id", &model::text, offsetof(sso::list_account_roles, account_id), model::required, model::place::query},
    };
    static constexpr model::type type = model::structure(fields);
    static constexpr model::operation operation{.name = "ListAccountRoles", .service = &service_traits, .input = &type, .output = &output::wire<D>::type, .auth = model::auth::none, .http = {"GET", "/assignment/roles"}};
    static constexpr auto input_token = &sso::list_account_roles::next_token;
    static constexpr auto output_token = &sso::list_account_roles_response::next_token;
    static constexpr auto items = &sso::list_account_roles_response::role_list;
    static constexpr auto page_size = &sso::list_account_roles::max_results;
};

template <class D>
struct logout_response::wire {
    static constexpr model::type type = model::empty_structure;
};

template <class D>
struct logout::wire {
    static constexpr model::field fields[] = {
        {"x-amz-sso_bearer_token", &model::sensitive, offsetof(sso::logout, access_token), model::required, model::place::header},
    };
    static constexpr model::type type = model::structure(fields);
    static constexpr model::operation operation{.name = "Logout", .service = &service_traits, .input = &type, .output = &output::wire<D>::type, .auth = model::auth::none, .http = {"POST", "/logout"}};
};
// clang-format on

}  // namespace awsxx::inline AWSXX_ABI::sso
