// SPDX-License-Identifier: MIT
// Where a session looks for bearer tokens if nobody tells it: environment, then profile.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/config/resolved.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/lazy.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/bearer_token.hpp>
#include <awsxx/credentials/profile_plan.hpp>
#include <awsxx/credentials/profile_source.hpp>
#include <awsxx/runtime/configuration.hpp>

#include <memory>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// Gives the token of the service's variable, else that of the login to IAM Identity Center that
/// the selected profile names. The files are read once; of a broken one the variable knows nothing
/// either. Keeps nothing. For the form of a token and failures see `bearer_token_provider`.
class default_bearer_tokens final : public credentials_provider {
public:
    /// `signing_name`: of the service, as in "bedrock"; empty: no variable is looked at.
    explicit default_bearer_tokens(std::shared_ptr<const runtime::configuration> from,
                                   std::string signing_name = {})
        : from_(std::move(from)), signing_name_(std::move(signing_name)) {}

    resolution resolve(instant now) override {
        auto known = provider_.get([this] { return make(); });
        if (!known) return std::move(known).error();
        return (**known)->resolve(now);
    }
    bool is_final(const error& why) const noexcept override { return is_final_for_sso(why); }

private:
    expected<std::shared_ptr<credentials_provider>> make() const {
        const auto known = from_->resolved();
        if (!known) return known.error();
        const config::resolved& all = **known;
        bearer_token_options options{.signing_name = signing_name_};
        const named_profile selected{all.profile_name.value, all.profile()};
        if (selected.values != nullptr &&
            (selected.find("sso_session") || selected.find("sso_start_url"))) {
            auto login = detail::profile_source::sso(selected, all);
            if (!login) return std::move(login).error();
            options.sso = *std::move(login);
        }
        return std::make_shared<bearer_token_provider>(from_, std::move(options));
    }

    std::shared_ptr<const runtime::configuration> from_;
    std::string signing_name_;
    lazy<std::shared_ptr<credentials_provider>> provider_{};
};

}  // namespace awsxx::inline AWSXX_ABI
