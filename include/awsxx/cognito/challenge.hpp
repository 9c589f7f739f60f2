// SPDX-License-Identifier: MIT
// The steps of a login that somebody has to answer, and the answers.
#pragma once

#include <awsxx/cognito/device.hpp>
#include <awsxx/cognito/tokens.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

namespace awsxx::inline AWSXX_ABI::cognito {

/// The login is over.
struct signed_in {
    user_tokens tokens{};
    std::optional<new_device> device{};  ///< Would be remembered if it were confirmed.
};

/// The user has to choose another password: answer with `new_password`.
struct new_password_required {
    std::vector<std::string> required_attributes{};   ///< To be given with it.
    std::map<std::string, std::string> attributes{};  ///< That the pool has already.
};
/// A code was sent, or an app shows one: answer with `code`.
struct sms_mfa {
    std::string destination{};  ///< "+*******1234"
};
struct sms_otp {
    std::string destination{};
};
struct email_otp {
    std::string destination{};
};
struct software_token_mfa {
    std::string device_name{};  ///< The app's, as its user called it.
};
/// One of these has to be chosen: answer with `choice`.
struct select_mfa_type {
    std::vector<std::string> choices{};  ///< "SMS_MFA", "SOFTWARE_TOKEN_MFA", ...
};
struct select_challenge {
    std::vector<std::string> choices{};  ///< "PASSWORD_SRP", "EMAIL_OTP", ...
};
/// A second factor has to be set up before: `sign_in::try_set_up_software_token`.
struct mfa_setup {
    std::vector<std::string> choices{};
};
/// The pool's own Lambda function asks something: answer with `custom_answer`.
struct custom_challenge {
    std::map<std::string, std::string> parameters{};
};
/// A passkey has to sign: answer with `passkey_answer`.
struct web_authn {
    std::string options{};  ///< The PublicKeyCredentialRequestOptions, in JSON.
};
/// One that this version does not know: answer with `any_answer`.
struct other_challenge {
    std::string name{};
    std::map<std::string, std::string> parameters{};
};

/// Where a login stands.
using sign_in_step = std::variant<signed_in, new_password_required, sms_mfa, sms_otp, email_otp,
                                  software_token_mfa, select_mfa_type, select_challenge, mfa_setup,
                                  custom_challenge, web_authn, other_challenge>;

struct new_password {
    secret password{};
    std::map<std::string, std::string> attributes{};  ///< By name, as in "email".
};
struct code {
    secret text{};
};
struct choice {
    std::string name{};
};
struct custom_answer {
    secret text{};
};
struct passkey_answer {
    secret credential{};  ///< In JSON.
};
/// Responses by the names that the service has for them. USERNAME and SECRET_HASH are added.
struct any_answer {
    std::map<std::string, secret> responses{};
};

namespace detail::challenge {

using parameters = std::map<std::string, std::string>;

inline std::string text(const parameters& of, const char* name) {
    const auto found = of.find(name);
    return found == of.end() ? std::string() : found->second;
}

/// The texts in a list that is JSON in a text; none if it is not. Attributes lose their prefix.
inline std::vector<std::string> list(const parameters& of, const char* name) {
    constexpr std::string_view prefix = "userAttributes.";
    std::vector<std::string> texts;
    const auto parsed = nlohmann::json::parse(text(of, name), nullptr, false);
    if (!parsed.is_array()) return texts;
    for (const auto& one : parsed)
        if (const auto* is = one.get_ptr<const std::string*>())
            texts.push_back(is->starts_with(prefix) ? is->substr(prefix.size()) : *is);
    return texts;
}

inline parameters attributes(const parameters& of) {
    parameters texts;
    const auto parsed = nlohmann::json::parse(text(of, "userAttributes"), nullptr, false);
    if (!parsed.is_object()) return texts;
    for (const auto& [name, value] : parsed.items())
        if (const auto* is = value.get_ptr<const std::string*>()) texts[name] = *is;
    return texts;
}

/// The step that a challenge is.
inline sign_in_step step_of(const std::string& name, parameters with,
                            std::vector<std::string> available) {
    const std::string sent_to = text(with, "CODE_DELIVERY_DESTINATION");
    if (name == "NEW_PASSWORD_REQUIRED")
        return new_password_required{list(with, "requiredAttributes"), attributes(with)};
    if (name == "SMS_MFA") return sms_mfa{sent_to};
    if (name == "SMS_OTP") return sms_otp{sent_to};
    if (name == "EMAIL_OTP") return email_otp{sent_to};
    if (name == "SOFTWARE_TOKEN_MFA") return software_token_mfa{text(with, "FRIENDLY_DEVICE_NAME")};
    if (name == "SELECT_MFA_TYPE") return select_mfa_type{list(with, "MFAS_CAN_CHOOSE")};
    if (name == "SELECT_CHALLENGE") return select_challenge{std::move(available)};
    if (name == "MFA_SETUP") return mfa_setup{list(with, "MFAS_CAN_SETUP")};
    if (name == "CUSTOM_CHALLENGE") return custom_challenge{std::move(with)};
    if (name == "WEB_AUTHN") return web_authn{text(with, "CREDENTIAL_REQUEST_OPTIONS")};
    return other_challenge{name, std::move(with)};
}

/// The response that a code is to such a step; null where it wants no code.
inline const char* code_response(const sign_in_step& at) {
    if (std::holds_alternative<sms_mfa>(at)) return "SMS_MFA_CODE";
    if (std::holds_alternative<sms_otp>(at)) return "SMS_OTP_CODE";
    if (std::holds_alternative<email_otp>(at)) return "EMAIL_OTP_CODE";
    if (std::holds_alternative<software_token_mfa>(at)) return "SOFTWARE_TOKEN_MFA_CODE";
    return nullptr;
}

}  // namespace detail::challenge

}  // namespace awsxx::inline AWSXX_ABI::cognito
