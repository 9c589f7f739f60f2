// SPDX-License-Identifier: MIT
// Credentials of a role for the assertion of a SAML identity provider.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/guarded_call.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/role_checks.hpp>
#include <awsxx/credentials/sts_fetch.hpp>
#include <awsxx/runtime/configuration.hpp>
#include <awsxx/runtime/identity.hpp>
#include <awsxx/services/sts.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI {

/// What AssumeRoleWithSAML takes.
///
/// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html
struct saml_options {
    std::string role_arn{};
    std::string principal_arn{};  ///< Of the SAML provider in IAM.
    /// Gets a new assertion, in base64; called at each fetch, for none lives longer than minutes.
    /// May block.
    std::function<expected<secret>()> assertion{};
    std::optional<int> duration_seconds{};
    std::optional<std::string> policy{};
    std::vector<sts::policy_descriptor_type> policy_arns{};
};

/// Assumes a role with an assertion, unsigned. Keeps nothing.
class saml_credentials final : public credentials_provider {
public:
    saml_credentials(std::shared_ptr<const runtime::configuration> from, saml_options role)
        : caller_(std::make_shared<const runtime::identity>(std::move(from), nullptr)),
          role_(std::move(role)) {}

    resolution resolve(instant) override {
        if (auto valid = detail::role_checks::check_arn(role_.role_arn); !valid)
            return std::move(valid).error();
        sts_fetch_plan<sts::assume_role_with_saml> plan{
            .caller = caller_,
            .request = {.role_arn = role_.role_arn,
                        .principal_arn = role_.principal_arn,
                        .policy_arns = role_.policy_arns,
                        .policy = role_.policy,
                        .duration_seconds = role_.duration_seconds},
            .source = source(),
            .failure = "RoleNotAssumed",
            .subject = role_.role_arn + " with an assertion of " + role_.principal_arn};
        plan.prepare = [ask = role_.assertion](auto& request) mutable -> expected<void> {
            auto given = guarded_call("SamlAssertionFailed", ask);
            if (!given) return std::move(given).error();
            request.saml_assertion = *std::move(given);
            return {};
        };
        return std::make_shared<sts_fetch<sts::assume_role_with_saml>>(std::move(plan));
    }
    void explain(credentials_report& into) const override { into.source = source(); }
    refresh_style style() const noexcept override { return refresh_style::static_stability; }
    bool is_final(const error& why) const noexcept override { return is_final_for_sts(why); }

private:
    std::string source() const { return "AssumeRoleWithSAML " + role_.role_arn; }

    std::shared_ptr<const runtime::identity> caller_;
    saml_options role_;
};

}  // namespace awsxx::inline AWSXX_ABI
