// SPDX-License-Identifier: MIT
// Credentials of the role that an EC2 instance has.
#pragma once

#include <awsxx/auth/feature.hpp>
#include <awsxx/auth/provider.hpp>
#include <awsxx/core/guarded.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/credentials_json.hpp>
#include <awsxx/credentials/imds_renewal.hpp>
#include <awsxx/credentials/imds_settings.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/runtime/configuration.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

namespace detail::imds {

/// One fetch: the role's name, its credentials.
class fetch final : public imds_renewal {
public:
    /// `profile`: the one that is wanted; not found: whatever role there is.
    fetch(imds_settings how, config::setting profile,
          const std::shared_ptr<const runtime::configuration>& from, shared_imds_memory kept)
        : imds_renewal(std::move(how), from, std::move(kept), failure),
          profile_(std::move(profile)) {}

    static constexpr const char* failure = "NoInstanceCredentials";

private:
    static constexpr std::string_view roles = "/latest/meta-data/iam/security-credentials/";

    static constexpr std::string_view profiles =
        "/latest/meta-data/iam/security-credentials-extended/";

    void ask_first() override {
        if (profile_) return ask_for_profile(profiles);
        get(std::string(roles), [this](const http::response& answer) { return hear_role(answer); });
    }
    /// Instances that do not know the newer path have the profile's keys under the older one.
    void ask_for_profile(std::string_view below) {
        get(std::string(below) + profile_.value,
            [this, below](const http::response& answer) -> expected<void> {
                if (answer.status != 404) return hear_keys(answer, "profile " + profile_.value);
                if (below == profiles)
                    ask_for_profile(roles);
                else
                    finish(error{.kind = error_kind::configuration,
                                 .code = failure,
                                 .message = "the instance has no profile " + profile_.value +
                                            " (from " + profile_.source + ")"});
                return {};
            });
    }
    expected<void> hear_role(const http::response& answer) {
        if (answer.status != 200 && answer.status != 404) return metadata_refusal(answer);
        std::string_view lines = text::trimmed(answer.body);
        const std::string role(answer.status == 404 ? ""
                                                    : text::trimmed(text::take_until(lines, '\n')));
        if (role.empty()) {
            finish(not_configured("the instance has no role"));
            return {};
        }
        if (!is_instance_name(role)) return odd(answer, "the name of the role is not one");
        get(std::string(roles) + role,
            [this, role](const http::response& said) { return hear_keys(said, "role " + role); });
        return {};
    }
    expected<void> hear_keys(const http::response& answer, const std::string& of) {
        if (answer.status != 200) return metadata_refusal(answer);
        auto keys = parse_credentials_json(answer.body, {.temporary = true});
        if (!keys) {
            error why = std::move(keys).error();
            why.http_status = answer.status;
            why.retryable = why.kind == error_kind::malformed_answer;
            return why;
        }
        keys->source = "instance " + of;
        keys->via = auth::feature::credentials_imds;
        finish(std::make_shared<const credentials>(*std::move(keys)));
        return {};
    }

    config::setting profile_;
};

}  // namespace detail::imds

/// Asks the metadata service of an EC2 instance (IMDSv2) for its role's credentials.
///
/// Not configured where there is no such service, it is switched off (AWS_EC2_METADATA_DISABLED),
/// or the instance has no role. The token that the service wants is kept between fetches; the
/// role's name is asked each time, for it may change; an instance profile that is named in code,
/// AWS_EC2_INSTANCE_PROFILE_NAME or the profile's ec2_instance_profile_name has to be there.
/// Answers that may pass are asked for again.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html
class imds_credentials final : public credentials_provider {
public:
    explicit imds_credentials(std::shared_ptr<const runtime::configuration> from,
                              imds_options how = {})
        : from_(std::move(from)), how_(std::move(how)) {}

    resolution resolve(instant) override {
        const auto known = from_->resolved();
        if (!known) return known.error();
        auto settings = find_imds_settings(how_, (*known)->looked_at());
        if (!settings) return std::move(settings).error();
        for (const std::string& warning : settings->warnings)
            from_->warn(channel::configuration, warning);
        if (settings->disabled.value)
            return error{.kind = error_kind::not_configured,
                         .code = detail::imds::fetch::failure,
                         .message = settings->disabled.source + " is true"};
        auto profile = find_instance_profile(how_, (*known)->looked_at());
        if (!profile) return std::move(profile).error();
        return std::make_shared<detail::imds::fetch>(*std::move(settings), *std::move(profile),
                                                     from_, kept_);
    }
    bool invalidate(const credentials&, instant) override { return true; }
    refresh_style style() const noexcept override { return refresh_style::static_stability; }

private:
    std::shared_ptr<const runtime::configuration> from_;
    imds_options how_;
    shared_imds_memory kept_ = std::make_shared<const guarded<imds_memory>>();
};

}  // namespace awsxx::inline AWSXX_ABI
