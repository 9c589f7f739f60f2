// SPDX-License-Identifier: MIT
// Credentials for somebody whom a user vouches for, by STS GetFederationToken.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/sts_fetch.hpp>
#include <awsxx/runtime/identity.hpp>
#include <awsxx/services/sts.hpp>

#include <memory>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// Asks STS with the long-lived keys of `caller`. Without a policy, the credentials may do
/// nothing. Keeps nothing.
/// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
class federation_token_credentials final : public credentials_provider {
public:
    federation_token_credentials(std::shared_ptr<const runtime::identity> caller,
                                 sts::get_federation_token who)
        : caller_(std::move(caller)), who_(std::move(who)) {}

    resolution resolve(instant) override {
        return std::make_shared<sts_fetch<sts::get_federation_token>>(
            sts_fetch_plan<sts::get_federation_token>{.caller = caller_,
                                                      .request = who_,
                                                      .source = "GetFederationToken " + who_.name,
                                                      .failure = "NoFederationToken",
                                                      .subject = who_.name});
    }
    void explain(credentials_report& into) const override {
        into.source = "GetFederationToken " + who_.name;
        explain_caller(caller_->provider(), into);
    }
    refresh_style style() const noexcept override { return refresh_style::static_stability; }
    bool is_final(const error& why) const noexcept override {
        return is_final_for_sts(why, &caller_->provider());
    }

private:
    std::shared_ptr<const runtime::identity> caller_;
    sts::get_federation_token who_;
};

}  // namespace awsxx::inline AWSXX_ABI
