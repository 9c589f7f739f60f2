// SPDX-License-Identifier: MIT
// Credentials of a role, got with the credentials of whoever assumes it.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/default_chain.hpp>
#include <awsxx/credentials/role_session_name.hpp>
#include <awsxx/credentials/sts_fetch.hpp>
#include <awsxx/http/host.hpp>
#include <awsxx/runtime/identity.hpp>
#include <awsxx/services/sts.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI {

/// What AssumeRole takes, and the region of the session that comes of it.
///
/// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
struct assume_role_options {
    std::string role_arn{};
    std::string role_session_name{};      ///< Shows up in CloudTrail. Empty: awsxx and the time.
    std::optional<std::string> region{};  ///< Absent: that of the session before.
    std::optional<std::string> external_id{};  ///< What the role's owner asks for.
    std::optional<int> duration_seconds{};     ///< From 900; a role behind a role: to 3600.
    std::optional<std::string> policy{};       ///< JSON; only narrows what the role may do.
    std::vector<sts::policy_descriptor_type> policy_arns{};
    std::vector<sts::tag> tags{};
    std::vector<std::string> transitive_tag_keys{};  ///< Tags that go on to the next role.
    std::optional<std::string> source_identity{};    ///< Stays with every further role.
    std::optional<std::string> serial_number{};      ///< Of the MFA device.
    secret token_code{};                             ///< What it shows; good for one call.
    std::vector<sts::provided_context> provided_contexts{};
};

namespace detail::assume_role {

AWSXX_COLD inline error refused(std::string code, std::string message) {
    return {.kind = error_kind::invalid_argument,
            .code = std::move(code),
            .message = std::move(message)};
}

/// "arn:aws:iam::111122223333:role/audit"; some stores that speak AWS's API leave the account out.
inline bool is_role_arn(std::string_view arn) noexcept {
    for (const char c : arn)
        if (c <= ' ' || c == 0x7f) return false;
    std::string_view rest = arn;
    if (text::take_until(rest, ':') != "arn") return false;
    if (text::take_until(rest, ':').empty()) return false;  // partition
    if (text::take_until(rest, ':') != "iam") return false;
    text::take_until(rest, ':');  // region: none
    text::take_until(rest, ':');  // account
    return rest.starts_with("role/") && rest.size() > 5 && !rest.ends_with('/');
}

inline expected<void> check(const assume_role_options& role, int roles_before) {
    if (!is_role_arn(role.role_arn))
        return refused("InvalidRoleArn", "role_arn '" + role.role_arn +
                                             "' is not like arn:aws:iam::111122223333:role/name");
    if (!role.role_session_name.empty() && !is_role_session_name(role.role_session_name))
        return refused("InvalidRoleSessionName",
                       "role_session_name '" + role.role_session_name +
                           "' is not 2 to 64 letters, digits and _+=,.@-");
    if (role.region && !http::valid_host_label(*role.region))
        return refused("InvalidRegion", "region '" + *role.region + "' cannot be in a host name");
    if (role.duration_seconds && roles_before > 0 && *role.duration_seconds > 3600)
        return refused("SessionTooLong",
                       "a role assumed with another role's credentials lasts an hour at most; "
                       "duration_seconds is " +
                           std::to_string(*role.duration_seconds));
    return {};
}

}  // namespace detail::assume_role

/// Assumes a role with the credentials of another identity, each time they are needed.
///
/// Keeps nothing: `cached_credentials` does. Fails with the error of STS as its cause.
class assume_role_credentials final : public credentials_provider {
public:
    /// `caller` has to be allowed to assume the role, and to be trusted by it.
    assume_role_credentials(std::shared_ptr<const runtime::identity> caller,
                            assume_role_options role)
        : caller_(std::move(caller)),
          request_(std::make_shared<const sts::assume_role>(request_for(std::move(role)))) {}

    resolution resolve(instant now) override {
        sts_fetch_plan<sts::assume_role> plan{.caller = caller_,
                                              .request = *request_,
                                              .source = "AssumeRole " + request_->role_arn,
                                              .failure = "RoleNotAssumed",
                                              .subject = request_->role_arn};
        if (plan.request.role_session_name.empty())
            plan.request.role_session_name = default_role_session_name(now);
        return std::make_shared<sts_fetch<sts::assume_role>>(std::move(plan));
    }
    refresh_style style() const noexcept override { return refresh_style::static_stability; }
    bool is_final(const error& why) const noexcept override { return is_final_for_sts(why); }

private:
    static sts::assume_role request_for(assume_role_options role) {
        return {.role_arn = std::move(role.role_arn),
                .role_session_name = std::move(role.role_session_name),
                .policy_arns = std::move(role.policy_arns),
                .policy = std::move(role.policy),
                .duration_seconds = role.duration_seconds,
                .tags = std::move(role.tags),
                .transitive_tag_keys = std::move(role.transitive_tag_keys),
                .external_id = std::move(role.external_id),
                .serial_number = std::move(role.serial_number),
                .token_code = std::move(role.token_code),
                .source_identity = std::move(role.source_identity),
                .provided_contexts = std::move(role.provided_contexts)};
    }

    std::shared_ptr<const runtime::identity> caller_;
    std::shared_ptr<const sts::assume_role> request_;
};

/// The identity behind a role: its own cache, its own region if it has one, all else as before.
inline expected<std::shared_ptr<const runtime::identity>> assume_role_from(
    const std::shared_ptr<const runtime::identity>& caller, assume_role_options role) {
    const auto valid = detail::assume_role::check(role, caller->roles());
    if (!valid) return valid.error();
    std::optional<std::string> region = role.region ? role.region : caller->own_region();
    auto source = std::make_shared<assume_role_credentials>(caller, std::move(role));
    return std::make_shared<const runtime::identity>(
        caller->configuration(), cached(std::move(source), caller->configuration()),
        std::move(region), caller->roles() + 1);
}

}  // namespace awsxx::inline AWSXX_ABI
