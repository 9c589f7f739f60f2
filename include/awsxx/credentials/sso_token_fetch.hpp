// SPDX-License-Identifier: MIT
// Gets a login to IAM Identity Center that is still good, prolonging it if that can be done.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/system.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/sso_token.hpp>
#include <awsxx/credentials/staged_renewal.hpp>
#include <awsxx/runtime/call.hpp>
#include <awsxx/runtime/configuration.hpp>
#include <awsxx/runtime/identity.hpp>
#include <awsxx/services/sso_oidc.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// What the fetches of one provider have in common. Any number of threads may use it.
struct sso_access {
    sso_access(std::shared_ptr<const runtime::configuration> from, sso_options which)
        : options(std::move(which)),
          caller(std::make_shared<const runtime::identity>(std::move(from), nullptr,
                                                           options.region)) {}

    const outside_world& outside() const { return caller->configuration()->outside(); }
    instant now() const { return caller->now(); }

    const sso_options options;
    const std::shared_ptr<const runtime::identity> caller;  ///< For calls that nobody signs.
    std::atomic<std::int64_t> tried{INT64_MIN};  ///< When a login was last prolonged, in ms.
};

/// Base of fetches that begin with a login. Identity Center's own failures to prolong one count
/// only once it has expired, as in all of AWS's tools.
class sso_token_fetch : public staged_renewal {
protected:
    explicit sso_token_fetch(std::shared_ptr<sso_access> from) : from_(std::move(from)) {}

    /// The next stage: `login` has not expired.
    virtual void use(const sso_token& login) = 0;

    sso_access& from() const noexcept { return *from_; }

private:
    void begin() final {
        then_work([this] { read(); });
    }

    bool load() {
        path_ = sso_token_path(from_->options, *from_->outside().environment);
        auto login = read_sso_token(from_->options, *from_->outside().files, path_);
        if (!login) {
            finish(login.error());
            return false;
        }
        login_ = *std::move(login);
        return true;
    }

    void read() {
        if (!load()) return;
        if (!is_time_to_refresh()) return go_on();
        from_->tried = from_->now().time_since_epoch().count();
        request_ = {.client_id = login_.client_id,
                    .client_secret = login_.client_secret,
                    .grant_type = "refresh_token",
                    .refresh_token = login_.refresh_token};
        call_.emplace(from_->caller, sso_oidc::create_token::wire<void>::operation, &request_,
                      &answer_);
        then_call(*call_, [this] { refreshed(); });
    }

    /// Only logins of the newer style can be prolonged, in their last five minutes, and not
    /// twice in half a minute unless they have expired.
    bool is_time_to_refresh() const {
        const instant now = from_->now();
        const bool able = !from_->options.session_name.empty() && !login_.client_id.empty() &&
                          !login_.client_secret.empty() && !login_.refresh_token.empty() &&
                          login_.registration_expires_at && *login_.registration_expires_at > now;
        if (!able || login_.expires_at - now >= window) return false;
        const instant tried(milliseconds(from_->tried.load()));
        return now >= login_.expires_at || tried > now || tried < now - pause_between;
    }

    void refreshed() {
        if (const auto& why = call_->failure()) return not_refreshed(*why);
        if (answer_.access_token.empty() || !answer_.expires_in || *answer_.expires_in <= 0)
            return not_refreshed({.kind = error_kind::malformed_answer,
                                  .code = "MalformedAnswer",
                                  .message = "SSO OIDC answered without a token"});
        login_.access_token = std::move(answer_.access_token);
        login_.expires_at = from_->now() + seconds(*answer_.expires_in);
        if (!answer_.refresh_token.empty()) login_.refresh_token = std::move(answer_.refresh_token);
        then_work([this] {
            // a cache that cannot be written costs the next process a call, not this one its token
            static_cast<void>(write_sso_token(login_, *from_->outside().files, path_));
            go_on();
        });
    }

    /// Another process may have been faster: its login counts.
    void not_refreshed(const error& why) {
        why_ = why;
        then_work([this] {
            if (load()) go_on();
        });
    }

    void go_on() {
        if (from_->now() < login_.expires_at) return use(login_);
        error expired =
            sso_login_needed(from_->options, "SsoTokenExpired", "the SSO login has expired");
        if (!why_) return finish(std::move(expired));
        expired.retryable = why_->retryable;
        finish(caused_by(std::move(expired), *std::move(why_)));
    }

    static constexpr milliseconds window = std::chrono::minutes(5);
    static constexpr milliseconds pause_between = std::chrono::seconds(30);

    std::shared_ptr<sso_access> from_;
    std::string path_{};
    sso_token login_{};
    std::optional<error> why_{};  // it could not be prolonged
    sso_oidc::create_token request_{};
    sso_oidc::create_token_response answer_{};
    std::optional<runtime::call> call_{};
};

/// True if waiting does not help: a person has to log in.
inline bool is_final_for_sso(const error& why) noexcept {
    return why.kind == error_kind::action_needed && !why.retryable;
}

}  // namespace awsxx::inline AWSXX_ABI
