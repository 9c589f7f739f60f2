// SPDX-License-Identifier: MIT
// Devices that a user pool remembers, and where a program keeps what proves that it is one.
#pragma once

#include <awsxx/cognito/srp.hpp>
#include <awsxx/cognito/tokens.hpp>
#include <awsxx/cognito/user_pool.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/guarded.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/random_token.hpp>
#include <awsxx/services/cognito_identity_provider.hpp>

#include <map>
#include <optional>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI::cognito {

/// A device that the pool knows. To be kept as long as the device is to be remembered.
struct device {
    std::string key{};
    std::string group_key{};
    secret password{};
};

/// A device that the pool would get to know: of a login without one.
struct new_device {
    std::string key{};
    std::string group_key{};
};

/// Where devices are kept, by the user's name as it is typed. Called from any thread.
class device_store {
public:
    virtual ~device_store() = default;
    /// Nothing where none is kept.
    virtual expected<std::optional<device>> load(const std::string& user_name) = 0;
    virtual expected<void> save(const std::string& user_name, const device& one) = 0;
    /// The pool does not know it any more.
    virtual void forget(const std::string& user_name) = 0;
};

/// Keeps devices as long as it lives.
class device_memory final : public device_store {
public:
    expected<std::optional<device>> load(const std::string& user_name) override {
        const auto held = devices_.lock();
        const auto found = held->find(user_name);
        if (found == held->end()) return std::optional<device>();
        return std::optional<device>(found->second);
    }
    expected<void> save(const std::string& user_name, const device& one) override {
        (*devices_.lock())[user_name] = one;
        return {};
    }
    void forget(const std::string& user_name) override { devices_.lock()->erase(user_name); }

private:
    guarded<std::map<std::string, device>> devices_{};
};

/// Makes the device of a login known to the pool, under that name, and remembered where the pool
/// leaves that to its users. What comes back is to be kept.
/// https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-device-tracking.html
inline expected<device> try_confirm_device(const user_pool& pool, const user_tokens& of,
                                           const new_device& offered, const std::string& name) {
    namespace idp = cognito_identity_provider;
    auto password = crypto::random_token();
    if (!password) return std::move(password).error();
    auto stored = make_srp_verifier(offered.group_key, offered.key, *password);
    if (!stored) return std::move(stored).error();
    const idp::confirm_device op{
        .access_token = of.access,
        .device_key = offered.key,
        .device_secret_verifier_config =
            idp::device_secret_verifier_config_type{
                .password_verifier = std::move(stored->verifier), .salt = std::move(stored->salt)},
        .device_name = name};
    const auto confirmed = pool.try_call(op);
    if (!confirmed) return confirmed.error();
    if (confirmed->user_confirmation_necessary.value_or(false)) {
        const auto remembered = pool.try_call(idp::update_device_status{
            .access_token = of.access,
            .device_key = offered.key,
            .device_remembered_status =
                std::string(idp::device_remembered_status_type::remembered)});
        if (!remembered) return remembered.error();
    }
    return device{offered.key, offered.group_key, *std::move(password)};
}

/// Makes the pool forget a device of the user's.
inline expected<void> try_forget_device(const user_pool& pool, const user_tokens& of,
                                        const std::string& device_key) {
    const auto done = pool.try_call(cognito_identity_provider::forget_device{
        .access_token = of.access, .device_key = device_key});
    if (!done) return done.error();
    return {};
}

}  // namespace awsxx::inline AWSXX_ABI::cognito
