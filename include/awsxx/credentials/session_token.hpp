// SPDX-License-Identifier: MIT
// Temporary credentials of the same user, by STS GetSessionToken.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/mfa.hpp>
#include <awsxx/credentials/sts_fetch.hpp>
#include <awsxx/runtime/configuration.hpp>
#include <awsxx/runtime/identity.hpp>
#include <awsxx/services/sts.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// What GetSessionToken takes.
///
/// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
struct session_token_options {
    std::optional<int> duration_seconds{};       ///< From 900 to 129,600; absent: twelve hours.
    std::optional<std::string> serial_number{};  ///< Of the MFA device whose code proves presence.
    std::string role_arn{};                      ///< What the code is asked for; may be empty.
};

/// Asks STS with the long-lived keys of `caller`. The code of an MFA device is asked for at each
/// fetch. Keeps nothing.
class session_token_credentials final : public credentials_provider {
public:
    session_token_credentials(std::shared_ptr<const runtime::identity> caller,
                              session_token_options what)
        : caller_(std::move(caller)), what_(std::move(what)) {}

    resolution resolve(instant) override {
        sts_fetch_plan<sts::get_session_token> plan{
            .caller = caller_,
            .request = {.duration_seconds = what_.duration_seconds,
                        .serial_number = what_.serial_number},
            .source = "GetSessionToken",
            .failure = failure,
            .subject = what_.serial_number.value_or("GetSessionToken")};
        if (what_.serial_number)
            plan.prepare = [from = caller_->configuration(),
                            role = what_.role_arn](sts::get_session_token& request) {
                return add_code(*from, role, request);
            };
        return std::make_shared<sts_fetch<sts::get_session_token>>(std::move(plan));
    }
    void explain(credentials_report& into) const override {
        into.source = "GetSessionToken";
        explain_caller(caller_->provider(), into);
    }
    refresh_style style() const noexcept override { return refresh_style::static_stability; }
    bool is_final(const error& why) const noexcept override {
        return is_final_for_sts(why, &caller_->provider());
    }

    /// The code of its failures.
    static constexpr const char* failure = "NoSessionToken";

private:
    static expected<void> add_code(const runtime::configuration& from, const std::string& role,
                                   sts::get_session_token& request) {
        auto code = mfa_code(from, {.serial_number = *request.serial_number, .role_arn = role});
        if (!code) return std::move(code).error();
        request.token_code = *std::move(code);
        return {};
    }

    std::shared_ptr<const runtime::identity> caller_;
    session_token_options what_;
};

}  // namespace awsxx::inline AWSXX_ABI
