// SPDX-License-Identifier: MIT
// Credentials of a role for a token that somebody else has signed, as on EKS or in CI.
#pragma once

#include <awsxx/auth/feature.hpp>
#include <awsxx/auth/provider.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/role_checks.hpp>
#include <awsxx/credentials/role_session_name.hpp>
#include <awsxx/credentials/sts_fetch.hpp>
#include <awsxx/runtime/configuration.hpp>
#include <awsxx/runtime/identity.hpp>
#include <awsxx/runtime/secret_files.hpp>
#include <awsxx/services/sts.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI {

/// What AssumeRoleWithWebIdentity takes.
///
/// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
struct web_identity_options {
    std::string role_arn{};
    std::string token_file{};         ///< Read again at each fetch; `~/` is the home folder.
    std::string role_session_name{};  ///< Empty: awsxx and the time.
    std::optional<int> duration_seconds{};
    std::optional<std::string> policy{};
    std::vector<sts::policy_descriptor_type> policy_arns{};
};

/// Assumes a role with the token in a file, unsigned. Keeps nothing.
class web_identity_credentials final : public credentials_provider {
public:
    web_identity_credentials(std::shared_ptr<const runtime::configuration> from,
                             web_identity_options role)
        : from_(std::move(from)),
          caller_(std::make_shared<const runtime::identity>(from_, nullptr)),
          role_(std::move(role)) {}

    resolution resolve(instant now) override {
        if (auto valid = detail::role_checks::check_arn(role_.role_arn); !valid)
            return std::move(valid).error();
        const bool named = !role_.role_session_name.empty();
        sts_fetch_plan<sts::assume_role_with_web_identity> plan{
            .caller = caller_,
            .request = {.role_arn = role_.role_arn,
                        .role_session_name =
                            named ? role_.role_session_name : default_role_session_name(now),
                        .policy_arns = role_.policy_arns,
                        .policy = role_.policy,
                        .duration_seconds = role_.duration_seconds},
            .source = "AssumeRoleWithWebIdentity " + role_.role_arn,
            .via = auth::feature::credentials_web_identity,
            .failure = "RoleNotAssumed",
            .subject = role_.role_arn + " with " + role_.token_file};
        plan.prepare = [from = from_, file = role_.token_file](auto& request) {
            return read_token(*from, file, request);
        };
        return std::make_shared<sts_fetch<sts::assume_role_with_web_identity>>(std::move(plan));
    }
    void explain(credentials_report& into) const override {
        into.source = "AssumeRoleWithWebIdentity " + role_.role_arn + " with " + role_.token_file;
    }
    refresh_style style() const noexcept override { return refresh_style::static_stability; }
    bool is_final(const error& why) const noexcept override { return is_final_for_sts(why); }

private:
    static expected<void> read_token(const runtime::configuration& from, const std::string& file,
                                     sts::assume_role_with_web_identity& request) {
        constexpr std::size_t largest = 64 << 10;
        const std::string path = config::with_home(file, *from.outside().environment);
        auto text = runtime::secret_files(from).read(path, largest);
        if (!text) {
            error why = std::move(text).error();
            why.kind = error_kind::credentials;  // it is configured, so it has to be there
            return why;
        }
        const std::string_view token = text::trimmed(*text);
        if (token.empty() || !text::is_visible(token)) {
            wipe(*text);
            return error{.kind = error_kind::credentials,
                         .code = "InvalidToken",
                         .message = path + " does not have a token in it"};
        }
        request.web_identity_token = token;
        wipe(*text);
        return {};
    }

    std::shared_ptr<const runtime::configuration> from_;
    std::shared_ptr<const runtime::identity> caller_;
    web_identity_options role_;
};

}  // namespace awsxx::inline AWSXX_ABI
