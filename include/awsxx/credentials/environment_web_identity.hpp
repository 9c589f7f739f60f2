// SPDX-License-Identifier: MIT
// The role and the token that AWS_WEB_IDENTITY_TOKEN_FILE and its like name, as on EKS.
#pragma once

#include <awsxx/auth/feature.hpp>
#include <awsxx/auth/provider.hpp>
#include <awsxx/config/resolved.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/system.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/marked.hpp>
#include <awsxx/credentials/profile_plan.hpp>
#include <awsxx/credentials/role_checks.hpp>
#include <awsxx/credentials/web_identity.hpp>
#include <awsxx/runtime/configuration.hpp>

#include <memory>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// Reads the variables at each fetch. Gives way to a profile that somebody has selected and that
/// leads to credentials, and to a default profile with a role: whoever wrote these meant them.
class environment_web_identity final : public credentials_provider {
public:
    explicit environment_web_identity(std::shared_ptr<const runtime::configuration> from)
        : from_(std::move(from)) {}

    resolution resolve(instant now) override {
        const environment& variables = *from_->outside().environment;
        auto file = get_filled(variables, "AWS_WEB_IDENTITY_TOKEN_FILE");
        if (!file) return absent("AWS_WEB_IDENTITY_TOKEN_FILE is not set");
        const auto known = from_->resolved();
        if (!known) return known.error();
        if (gives_way_to_profile(**known))
            return absent("profile " + (*known)->profile_name.value + " goes before it");
        auto role = get_filled(variables, "AWS_ROLE_ARN");
        if (!role)
            return error{.kind = error_kind::configuration,
                         .code = "MissingRoleArn",
                         .message = "AWS_WEB_IDENTITY_TOKEN_FILE is set, but AWS_ROLE_ARN is not"};
        if (!detail::role_checks::is_role_arn(*role))
            return error{.kind = error_kind::configuration,
                         .code = "InvalidRoleArn",
                         .message = "AWS_ROLE_ARN '" + *role +
                                    "' is not like arn:aws:iam::111122223333:role/name"};
        web_identity_options options{
            .role_arn = *std::move(role),
            .token_file = *std::move(file),
            .role_session_name = get_filled(variables, "AWS_ROLE_SESSION_NAME").value_or("")};
        return marked_credentials(
                   std::make_shared<web_identity_credentials>(from_, std::move(options)),
                   from_->outside().time, auth::feature::credentials_environment_web_identity)
            .resolve(now);
    }
    refresh_style style() const noexcept override { return refresh_style::static_stability; }
    bool is_final(const error& why) const noexcept override { return is_final_for_sts(why); }

private:
    static resolution absent(std::string why) {
        return error{
            .kind = error_kind::not_configured, .code = "NoWebIdentity", .message = std::move(why)};
    }
    static bool gives_way_to_profile(const config::resolved& all) {
        const auto plan = plan_profile(all.files.profiles, all.profile_name.value);
        if (!plan && plan.error().kind == error_kind::not_configured) return false;
        const config::properties* profile = all.profile();
        return all.profile_name || config::find_filled(*profile, "role_arn") != nullptr;
    }

    std::shared_ptr<const runtime::configuration> from_;
};

}  // namespace awsxx::inline AWSXX_ABI
