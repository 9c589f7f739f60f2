// SPDX-License-Identifier: MIT
// AWS Security Token Service: operations that hand out and explain temporary credentials.
#pragma once

#include <awsxx/core/date.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/field.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/model/value.hpp>
#include <awsxx/protocols/aws_query.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace awsxx::inline AWSXX_ABI::sts {

// One line a member, however long:
// clang-format off

/// Keys that AWS hands out.
struct credentials {
    std::string access_key_id{};
    secret secret_access_key{};
    secret session_token{};
    std::optional<timestamp> expiration{};
    template <class> struct wire;
};

/// Who the holder of a role's keys is.
struct assumed_role_user {
    std::string assumed_role_id{};
    std::string arn{};
    template <class> struct wire;
};

/// What `assume_role` answers.
struct assume_role_response {
    maybe<sts::credentials> credentials{};
    maybe<sts::assumed_role_user> assumed_role_user{};
    std::optional<int> packed_policy_size{};  ///< Percent of what is allowed.
    std::string source_identity{};
    template <class> struct wire;
};

/// A managed policy, by name.
struct policy_descriptor_type {
    std::optional<std::string> arn{};
    template <class> struct wire;
};

/// A session tag.
struct tag {
    std::string key{};
    std::string value{};
    template <class> struct wire;
};

/// A statement about the caller, signed by a context provider.
struct provided_context {
    std::optional<std::string> provider_arn{};
    std::optional<std::string> context_assertion{};
    template <class> struct wire;
};

/// Trades the caller's credentials for those of a role.
struct assume_role {
    std::string role_arn{};
    std::string role_session_name{};  ///< Shows up in CloudTrail.
    std::vector<sts::policy_descriptor_type> policy_arns{};
    std::optional<std::string> policy{};    ///< JSON; only narrows what the role may do.
    std::optional<int> duration_seconds{};  ///< From 900; a role reached through a role: to 3600.
    std::vector<sts::tag> tags{};
    std::vector<std::string> transitive_tag_keys{};  ///< Tags that go on to the next role.
    std::optional<std::string> external_id{};
    std::optional<std::string> serial_number{};    ///< Of the MFA device.
    secret token_code{};                           ///< What the MFA device shows.
    std::optional<std::string> source_identity{};  ///< Stays with every further role.
    std::vector<sts::provided_context> provided_contexts{};

    using output = sts::assume_role_response;
    template <class> struct wire;
};

/// What `assume_role_with_saml` answers.
struct assume_role_with_saml_response {
    maybe<sts::credentials> credentials{};
    maybe<sts::assumed_role_user> assumed_role_user{};
    std::optional<int> packed_policy_size{};
    std::string subject{};
    std::string subject_type{};
    std::string issuer{};
    std::string audience{};
    std::string name_qualifier{};
    std::string source_identity{};
    template <class> struct wire;
};

/// Trades a SAML assertion for a role's credentials. Sent unsigned.
struct assume_role_with_saml {
    std::string role_arn{};
    std::string principal_arn{};
    secret saml_assertion{};
    std::vector<sts::policy_descriptor_type> policy_arns{};
    std::optional<std::string> policy{};
    std::optional<int> duration_seconds{};

    using output = sts::assume_role_with_saml_response;
    template <class> struct wire;
};

/// What `assume_role_with_web_identity` answers.
struct assume_role_with_web_identity_response {
    maybe<sts::credentials> credentials{};
    std::string subject_from_web_identity_token{};
    maybe<sts::assumed_role_user> assumed_role_user{};
    std::optional<int> packed_policy_size{};
    std::string provider{};
    std::string audience{};
    std::string source_identity{};
    template <class> struct wire;
};

/// Trades an OpenID Connect token for a role's credentials. Sent unsigned.
struct assume_role_with_web_identity {
    std::string role_arn{};
    std::string role_session_name{};
    secret web_identity_token{};
    std::optional<std::string> provider_id{};  ///< Only with OAuth 2.0 tokens.
    std::vector<sts::policy_descriptor_type> policy_arns{};
    std::optional<std::string> policy{};
    std::optional<int> duration_seconds{};

    using output = sts::assume_role_with_web_identity_response;
    template <class> struct wire;
};

/// What `assume_root` answers.
struct assume_root_response {
    maybe<sts::credentials> credentials{};
    std::string source_identity{};
    template <class> struct wire;
};

/// Opens a short privileged session in a member account of the organization.
struct assume_root {
    std::string target_principal{};  ///< An account id or a root ARN.
    sts::policy_descriptor_type task_policy_arn{};
    std::optional<int> duration_seconds{};

    using output = sts::assume_root_response;
    template <class> struct wire;
};

/// What `decode_authorization_message` answers.
struct decode_authorization_message_response {
    std::string decoded_message{};
    template <class> struct wire;
};

/// Makes the encoded part of a refusal readable.
struct decode_authorization_message {
    std::string encoded_message{};

    using output = sts::decode_authorization_message_response;
    template <class> struct wire;
};

/// What `get_access_key_info` answers.
struct get_access_key_info_response {
    std::string account{};
    template <class> struct wire;
};

/// Tells which account an access key belongs to.
struct get_access_key_info {
    std::string access_key_id{};

    using output = sts::get_access_key_info_response;
    template <class> struct wire;
};

/// What `get_caller_identity` answers.
struct get_caller_identity_response {
    std::string user_id{};
    std::string account{};
    std::string arn{};
    template <class> struct wire;
};

/// Tells whose credentials sign the call. Needs no permission.
struct get_caller_identity {
    using output = sts::get_caller_identity_response;
    template <class> struct wire;
};

/// What `get_delegated_access_token` answers.
struct get_delegated_access_token_response {
    maybe<sts::credentials> credentials{};
    std::optional<int> packed_policy_size{};
    std::string assumed_principal{};
    template <class> struct wire;
};

/// Trades a token for temporary access that was delegated to the caller.
struct get_delegated_access_token {
    secret trade_in_token{};

    using output = sts::get_delegated_access_token_response;
    template <class> struct wire;
};

/// Who the holder of a federation token is.
struct federated_user {
    std::string federated_user_id{};
    std::string arn{};
    template <class> struct wire;
};

/// What `get_federation_token` answers.
struct get_federation_token_response {
    maybe<sts::credentials> credentials{};
    maybe<sts::federated_user> federated_user{};
    std::optional<int> packed_policy_size{};
    template <class> struct wire;
};

/// Makes temporary credentials for a user that the caller vouches for.
struct get_federation_token {
    std::string name{};
    std::optional<std::string> policy{};
    std::vector<sts::policy_descriptor_type> policy_arns{};
    std::optional<int> duration_seconds{};
    std::vector<sts::tag> tags{};

    using output = sts::get_federation_token_response;
    template <class> struct wire;
};

/// What `get_session_token` answers.
struct get_session_token_response {
    maybe<sts::credentials> credentials{};
    template <class> struct wire;
};

/// Makes temporary credentials of the user itself, with MFA if a code is given.
struct get_session_token {
    std::optional<int> duration_seconds{};  ///< From 900 to 129,600.
    std::optional<std::string> serial_number{};
    secret token_code{};

    using output = sts::get_session_token_response;
    template <class> struct wire;
};

/// What `get_web_identity_token` answers.
struct get_web_identity_token_response {
    secret web_identity_token{};
    std::optional<timestamp> expiration{};
    template <class> struct wire;
};

/// Makes a signed JWT that tells services outside AWS who the caller is.
struct get_web_identity_token {
    std::vector<std::string> audience{};
    std::optional<int> duration_seconds{};  ///< From 60 to 3600.
    std::string signing_algorithm{};        ///< `RS256` or `ES384`.
    std::vector<sts::tag> tags{};

    using output = sts::get_web_identity_token_response;
    template <class> struct wire;
};

/// Where it is, in the form of model/rules.hpp.
// clang-format off
inline constexpr std::string_view endpoint_rules(
    "\1\5\10Endpoint\0\4\6Region\0\1\14UseDualStack\15\3@\7UseFIPS\15\2@\21UseGlobalEndpoint\15\17@" "\0H\4\206\1\365T\4AQP\0P\1H\5Y\1T\3@T\2@\21\1\0sS\1\216ap-northeast-1IE\3\210https://D\216.ama"
    "zonaws.com\0G\1\213authSchemesF\1G\3\204name\205sigv4\213signingName\203sts\215signingRegion" "\211us-east-1\1\0\23S\1\212ap-south-1I\300t\0\300\220\1\0\27S\1\216ap-southeast-1I\300t\0\300"
    "\220\1\0\27S\1\216ap-southeast-2I\300t\0\300\220\1\0\23S\1\212aws-globalI\300t\0\300\220\1\0" "\25S\1\214ca-central-1I\300t\0\300\220\1\0\25S\1\214eu-central-1I\300t\0\300\220\1\0\23S\1\212"
    "eu-north-1I\300t\0\300\220\1\0\22S\1\211eu-west-1I\300t\0\300\220\1\0\22S\1\211eu-west-2I\300t" "\0\300\220\1\0\22S\1\211eu-west-3I\300t\0\300\220\1\0\22S\1\211sa-east-1I\300t\0\300\220\1\0"
    "\12S\1\300\313I\300t\0\300\220\1\0\22S\1\211us-east-2I\300t\0\300\220\1\0\22S\1\211us-west-1I" "\300t\0\300\220\1\0\22S\1\211us-west-2I\300t\0\300\220\0\0#IE\6\300vD\201.\1\201.R\5\1\1\0G\1"
    "\300\222F\1G\3\300\242\300\247\300\255\300\271\300\275\1\201\0\242P\0\3A\0FT\3ACAInvalid Confi" "guration: FIPS and custom endpoint are not supportedA\0KT\2ACFInvalid Configuration: Dualstack"
    " and custom endpoint are not supported\0\0\5I\0\0G\0\201\1~P\1\1\201\1x\300T\5\202\0\203\302J" "\302\223\2\202\0'TAR\5\1\3TAR\5\1\4\1\0\0\27IE\6\300vD\206-fips.\1\201.R\5\1\2\0G\0@\0QCOFIPS "
    "and DualStack are enabled, but this partition does not support one or both\201\0{\302J\2\201\0" "9T\302\377A\2\1\0\36SR\5\1\0\212aws-us-govIE\5\300vD\201.\1\300\200\0G\0\0\0\20IE\6\300vD\303"
    "\23\1\201.\302)\0G\0@\09\270FIPS is enabled but this partition does not support FIPS\201\0c" "\302\223\2\201\0\26\303\3\1\0\0\20IE\6\300vD\201.\1\201.\303\35\0G\0@\0DCBDualStack is enabled"
    " but this partition does not support DualStack\301\37\0\0\6I\302\37\0G\0@\0&\245Invalid Config" "uration: Missing Region",
    1168);
// clang-format on

/// What STS is to the runtime.
inline constexpr model::service service_traits{.id = "STS",
                                               .endpoint_prefix = "sts",
                                               .version = "2011-06-15",
                                               .protocol = &aws_query::protocol,
                                               .issues_credentials = true,
                                               .rules = {endpoint_rules, "sts"}};

template <class D>
struct credentials::wire {
    static constexpr model::field fields[] = {
        {"AccessKeyId", &model::text, offsetof(sts::credentials, access_key_id)},
        {"SecretAccessKey", &model::sensitive, offsetof(sts::credentials, secret_access_key)},
        {"SessionToken", &model::sensitive, offsetof(sts::credentials, session_token)},
        {"Expiration", &model::optional_timestamp, offsetof(sts::credentials, expiration)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct assumed_role_user::wire {
    static constexpr model::field fields[] = {
        {"AssumedRoleId", &model::text, offsetof(sts::assumed_role_user, assumed_role_id)},
        {"Arn", &model::text, offsetof(sts::assumed_role_user, arn)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct assume_role_response::wire {
    static constexpr model::field fields[] = {
        {"Credentials", model::maybe_of<sts::credentials, D>, offsetof(sts::assume_role_response, credentials)},
        {"AssumedRoleUser", model::maybe_of<sts::assumed_role_user, D>, offsetof(sts::assume_role_response, assumed_role_user)},
        {"PackedPolicySize", &model::optional_integer, offsetof(sts::assume_role_response, packed_policy_size)},
        {"SourceIdentity", &model::text, offsetof(sts::assume_role_response, source_identity)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct policy_descriptor_type::wire {
    static constexpr model::field fields[] = {
        {"arn", &model::optional_text, offsetof(sts::policy_descriptor_type, arn)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct tag::wire {
    static constexpr model::field fields[] = {
        {"Key", &model::text, offsetof(sts::tag, key), model::required},
        {"Value", &model::text, offsetof(sts::tag, value), model::required},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct provided_context::wire {
    static constexpr model::field fields[] = {
        {"ProviderArn", &model::optional_text, offsetof(sts::provided_context, provider_arn)},
        {"ContextAssertion", &model::optional_text, offsetof(sts::provided_context, context_assertion)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct assume_role::wire {
    static constexpr model::field fields[] = {
        {"RoleArn", &model::text, offsetof(sts::assume_role, role_arn), model::required},
        {"RoleSessionName", &model::text, offsetof(sts::assume_role, role_session_name), model::required},
        {"PolicyArns", model::list_of<sts::policy_descriptor_type, D>, offsetof(sts::assume_role, policy_arns)},
        {"Policy", &model::optional_text, offsetof(sts::assume_role, policy)},
        {"DurationSeconds", &model::optional_integer, offsetof(sts::assume_role, duration_seconds)},
        {"Tags", model::list_of<sts::tag, D>, offsetof(sts::assume_role, tags)},
        {"TransitiveTagKeys", &model::text_list, offsetof(sts::assume_role, transitive_tag_keys)},
        {"ExternalId", &model::optional_text, offsetof(sts::assume_role, external_id)},
        {"SerialNumber", &model::optional_text, offsetof(sts::assume_role, serial_number)},
        {"TokenCode", &model::sensitive, offsetof(sts::assume_role, token_code)},
        {"SourceIdentity", &model::optional_text, offsetof(sts::assume_role, source_identity)},
        {"ProvidedContexts", model::list_of<sts::provided_context, D>, offsetof(sts::assume_role, provided_contexts)},
    };
    static constexpr model::type type = model::structure(fields);
    static constexpr model::operation operation{"AssumeRole", &service_traits, &type, &output::wire<D>::type};
};

template <class D>
struct assume_role_with_saml_response::wire {
    static constexpr model::field fields[] = {
        {"Credentials", model::maybe_of<sts::credentials, D>, offsetof(sts::assume_role_with_saml_response, credentials)},
        {"AssumedRoleUser", model::maybe_of<sts::assumed_role_user, D>, offsetof(sts::assume_role_with_saml_response, assumed_role_user)},
        {"PackedPolicySize", &model::optional_integer, offsetof(sts::assume_role_with_saml_response, packed_policy_size)},
        {"Subject", &model::text, offsetof(sts::assume_role_with_saml_response, subject)},
        {"SubjectType", &model::text, offsetof(sts::assume_role_with_saml_response, subject_type)},
        {"Issuer", &model::text, offsetof(sts::assume_role_with_saml_response, issuer)},
        {"Audience", &model::text, offsetof(sts::assume_role_with_saml_response, audience)},
        {"NameQualifier", &model::text, offsetof(sts::assume_role_with_saml_response, name_qualifier)},
        {"SourceIdentity", &model::text, offsetof(sts::assume_role_with_saml_response, source_identity)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct assume_role_with_saml::wire {
    static constexpr model::field fields[] = {
        {"RoleArn", &model::text, offsetof(sts::assume_role_with_saml, role_arn), model::required},
        {"PrincipalArn", &model::text, offsetof(sts::assume_role_with_saml, principal_arn), model::required},
        {"SAMLAssertion", &model::sensitive, offsetof(sts::assume_role_with_saml, saml_assertion), model::required},
        {"PolicyArns", model::list_of<sts::policy_descriptor_type, D>, offsetof(sts::assume_role_with_saml, policy_arns)},
        {"Policy", &model::optional_text, offsetof(sts::assume_role_with_saml, policy)},
        {"DurationSeconds", &model::optional_integer, offsetof(sts::assume_role_with_saml, duration_seconds)},
    };
    static constexpr model::type type = model::structure(fields);
    static constexpr model::operation operation{"AssumeRoleWithSAML", &service_traits, &type, &output::wire<D>::type, model::auth::none};
};

template <class D>
struct assume_role_with_web_identity_response::wire {
    static constexpr model::field fields[] = {
        {"Credentials", model::maybe_of<sts::credentials, D>, offsetof(sts::assume_role_with_web_identity_response, credentials)},
        {"SubjectFromWebIdentityToken", &model::text, offsetof(sts::assume_role_with_web_identity_response, subject_from_web_identity_token)},
        {"AssumedRoleUser", model::maybe_of<sts::assumed_role_user, D>, offsetof(sts::assume_role_with_web_identity_response, assumed_role_user)},
        {"PackedPolicySize", &model::optional_integer, offsetof(sts::assume_role_with_web_identity_response, packed_policy_size)},
        {"Provider", &model::text, offsetof(sts::assume_role_with_web_identity_response, provider)},
        {"Audience", &model::text, offsetof(sts::assume_role_with_web_identity_response, audience)},
        {"SourceIdentity", &model::text, offsetof(sts::assume_role_with_web_identity_response, source_identity)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct assume_role_with_web_identity::wire {
    static constexpr model::field fields[] = {
        {"RoleArn", &model::text, offsetof(sts::assume_role_with_web_identity, role_arn), model::required},
        {"RoleSessionName", &model::text, offsetof(sts::assume_role_with_web_identity, role_session_name), model::required},
        {"WebIdentityToken", &model::sensitive, offsetof(sts::assume_role_with_web_identity, web_identity_token), model::required},
        {"ProviderId", &model::optional_text, offsetof(sts::assume_role_with_web_identity, provider_id)},
        {"PolicyArns", model::list_of<sts::policy_descriptor_type, D>, offsetof(sts::assume_role_with_web_identity, policy_arns)},
        {"Policy", &model::optional_text, offsetof(sts::assume_role_with_web_identity, policy)},
        {"DurationSeconds", &model::optional_integer, offsetof(sts::assume_role_with_web_identity, duration_seconds)},
    };
    static constexpr model::type type = model::structure(fields);
    static constexpr model::operation operation{"AssumeRoleWithWebIdentity", &service_traits, &type, &output::wire<D>::type, model::auth::none};
};

template <class D>
struct assume_root_response::wire {
    static constexpr model::field fields[] = {
        {"Credentials", model::maybe_of<sts::credentials, D>, offsetof(sts::assume_root_response, credentials)},
        {"SourceIdentity", &model::text, offsetof(sts::assume_root_response, source_identity)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct assume_root::wire {
    static constexpr model::field fields[] = {
        {"TargetPrincipal", &model::text, offsetof(sts::assume_root, target_principal), model::required},
        {"TaskPolicyArn", &sts::policy_descriptor_type::wire<D>::type, offsetof(sts::assume_root, task_policy_arn), model::required},
        {"DurationSeconds", &model::optional_integer, offsetof(sts::assume_root, duration_seconds)},
    };
    static constexpr model::type type = model::structure(fields);
    static constexpr model::operation operation{"AssumeRoot", &service_traits, &type, &output::wire<D>::type};
};

template <class D>
struct decode_authorization_message_response::wire {
    static constexpr model::field fields[] = {
        {"DecodedMessage", &model::text, offsetof(sts::decode_authorization_message_response, decoded_message)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct decode_authorization_message::wire {
    static constexpr model::field fields[] = {
        {"EncodedMessage", &model::text, offsetof(sts::decode_authorization_message, encoded_message), model::required},
    };
    static constexpr model::type type = model::structure(fields);
    static constexpr model::operation operation{"DecodeAuthorizationMessage", &service_traits, &type, &output::wire<D>::type};
};

template <class D>
struct get_access_key_info_response::wire {
    static constexpr model::field fields[] = {
        {"Account", &model::text, offsetof(sts::get_access_key_info_response, account)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct get_access_key_info::wire {
    static constexpr model::field fields[] = {
        {"AccessKeyId", &model::text, offsetof(sts::get_access_key_info, access_key_id), model::required},
    };
    static constexpr model::type type = model::structure(fields);
    static constexpr model::operation operation{"GetAccessKeyInfo", &service_traits, &type, &output::wire<D>::type};
};

template <class D>
struct get_caller_identity_response::wire {
    static constexpr model::field fields[] = {
        {"UserId", &model::text, offsetof(sts::get_caller_identity_response, user_id)},
        {"Account", &model::text, offsetof(sts::get_caller_identity_response, account)},
        {"Arn", &model::text, offsetof(sts::get_caller_identity_response, arn)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct get_caller_identity::wire {
    static constexpr model::type type = model::empty_structure;
    static constexpr model::operation operation{"GetCallerIdentity", &service_traits, &type, &output::wire<D>::type};
};

template <class D>
struct get_delegated_access_token_response::wire {
    static constexpr model::field fields[] = {
        {"Credentials", model::maybe_of<sts::credentials, D>, offsetof(sts::get_delegated_access_token_response, credentials)},
        {"PackedPolicySize", &model::optional_integer, offsetof(sts::get_delegated_access_token_response, packed_policy_size)},
        {"AssumedPrincipal", &model::text, offsetof(sts::get_delegated_access_token_response, assumed_principal)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct get_delegated_access_token::wire {
    static constexpr model::field fields[] = {
        {"TradeInToken", &model::sensitive, offsetof(sts::get_delegated_access_token, trade_in_token), model::required},
    };
    static constexpr model::type type = model::structure(fields);
    static constexpr model::operation operation{"GetDelegatedAccessToken", &service_traits, &type, &output::wire<D>::type};
};

template <class D>
struct federated_user::wire {
    static constexpr model::field fields[] = {
        {"FederatedUserId", &model::text, offsetof(sts::federated_user, federated_user_id)},
        {"Arn", &model::text, offsetof(sts::federated_user, arn)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct get_federation_token_response::wire {
    static constexpr model::field fields[] = {
        {"Credentials", model::maybe_of<sts::credentials, D>, offsetof(sts::get_federation_token_response, credentials)},
        {"FederatedUser", model::maybe_of<sts::federated_user, D>, offsetof(sts::get_federation_token_response, federated_user)},
        {"PackedPolicySize", &model::optional_integer, offsetof(sts::get_federation_token_response, packed_policy_size)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct get_federation_token::wire {
    static constexpr model::field fields[] = {
        {"Name", &model::text, offsetof(sts::get_federation_token, name), model::required},
        {"Policy", &model::optional_text, offsetof(sts::get_federation_token, policy)},
        {"PolicyArns", model::list_of<sts::policy_descriptor_type, D>, offsetof(sts::get_federation_token, policy_arns)},
        {"DurationSeconds", &model::optional_integer, offsetof(sts::get_federation_token, duration_seconds)},
        {"Tags", model::list_of<sts::tag, D>, offsetof(sts::get_federation_token, tags)},
    };
    static constexpr model::type type = model::structure(fields);
    static constexpr model::operation operation{"GetFederationToken", &service_traits, &type, &output::wire<D>::type};
};

template <class D>
struct get_session_token_response::wire {
    static constexpr model::field fields[] = {
        {"Credentials", model::maybe_of<sts::credentials, D>, offsetof(sts::get_session_token_response, credentials)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct get_session_token::wire {
    static constexpr model::field fields[] = {
        {"DurationSeconds", &model::optional_integer, offsetof(sts::get_session_token, duration_seconds)},
        {"SerialNumber", &model::optional_text, offsetof(sts::get_session_token, serial_number)},
        {"TokenCode", &model::sensitive, offsetof(sts::get_session_token, token_code)},
    };
    static constexpr model::type type = model::structure(fields);
    static constexpr model::operation operation{"GetSessionToken", &service_traits, &type, &output::wire<D>::type};
};

template <class D>
struct get_web_identity_token_response::wire {
    static constexpr model::field fields[] = {
        {"WebIdentityToken", &model::sensitive, offsetof(sts::get_web_identity_token_response, web_identity_token)},
        {"Expiration", &model::optional_timestamp, offsetof(sts::get_web_identity_token_response, expiration)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct get_web_identity_token::wire {
    static constexpr model::field fields[] = {
        {"Audience", &model::text_list, offsetof(sts::get_web_identity_token, audience), model::required},
        {"DurationSeconds", &model::optional_integer, offsetof(sts::get_web_identity_token, duration_seconds)},
        {"SigningAlgorithm", &model::text, offsetof(sts::get_web_identity_token, signing_algorithm), model::required},
        {"Tags", model::list_of<sts::tag, D>, offsetof(sts::get_web_identity_token, tags)},
    };
    static constexpr model::type type = model::structure(fields);
    static constexpr model::operation operation{"GetWebIdentityToken", &service_traits, &type, &output::wire<D>::type};
};
// clang-format on

}  // namespace awsxx::inline AWSXX_ABI::sts
