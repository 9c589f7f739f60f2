// SPDX-License-Identifier: MIT
// Credentials of a role, got with the credentials of whoever assumes it.
#pragma once

#include <awsxx/auth/feature.hpp>
#include <awsxx/auth/provider.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/cli_cache.hpp>
#include <awsxx/credentials/cli_cache_key.hpp>
#include <awsxx/credentials/mfa.hpp>
#include <awsxx/credentials/role_checks.hpp>
#include <awsxx/credentials/role_options.hpp>
#include <awsxx/credentials/role_session_name.hpp>
#include <awsxx/credentials/session_cache.hpp>
#include <awsxx/credentials/session_token.hpp>
#include <awsxx/credentials/staged_renewal.hpp>
#include <awsxx/credentials/sts_fetch.hpp>
#include <awsxx/runtime/configuration.hpp>
#include <awsxx/runtime/identity.hpp>
#include <awsxx/services/sts.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

namespace detail::role_checks {

/// A code is needed, but nobody can be asked for one: said before anything else is asked for.
inline expected<void> check_prompt(const assume_role_options& role,
                                   const runtime::configuration& from) {
    if (!role.serial_number || !role.token_code.empty() || from.choices().mfa) return {};
    return mfa_code(from, {.serial_number = *role.serial_number, .role_arn = role.role_arn})
        .error();
}

}  // namespace detail::role_checks

/// Assumes a role with the credentials of another identity, each time they are needed.
///
/// Where the role has a `serial_number` and no `token_code`, the settings' `mfa` is asked: once for
/// all roles that the same user assumes with that device, and once for each role where the caller's
/// own credentials are temporary. Keeps nothing: `cached_credentials` does. Fails with the error of
/// STS as its cause.
class assume_role_credentials final : public credentials_provider {
public:
    /// `caller` has to be allowed to assume the role, and to be trusted by it. `place`: where the
    /// role is asked for, as in "profile dev (/home/me/.aws/config:3)"; empty: in code.
    assume_role_credentials(std::shared_ptr<const runtime::identity> caller,
                            assume_role_options role, std::string place = {})
        : caller_(std::move(caller)),
          role_(std::make_shared<const assume_role_options>(std::move(role))),
          place_(std::move(place)) {}

    resolution resolve(instant now) override {
        const runtime::configuration& from = *caller_->configuration();
        if (const auto told = warning(); !told.empty()) from.warn(channel::configuration, told);
        if (auto possible = detail::role_checks::check_prompt(*role_, from); !possible)
            return std::move(possible).error();
        if (role_->serial_number && role_->token_code.empty())
            return std::make_shared<fetch_with_code>(caller_, role_, place_);
        sts_fetch_plan<sts::assume_role> plan{.caller = caller_,
                                              .request = request(),
                                              .source = source(),
                                              .via = auth::feature::credentials_assume_role,
                                              .failure = failure,
                                              .subject = subject()};
        if (plan.request.role_session_name.empty())
            plan.request.role_session_name = default_role_session_name(now);
        return std::make_shared<sts_fetch<sts::assume_role>>(std::move(plan));
    }
    void explain(credentials_report& into) const override {
        into.source = source();
        explain_caller(caller_->provider(), into);
        if (auto told = warning(); !told.empty()) into.warnings.push_back(std::move(told));
    }
    refresh_style style() const noexcept override { return refresh_style::static_stability; }
    bool is_final(const error& why) const noexcept override {
        const credentials_provider& caller = caller_->provider();
        if (why.code != failure)  // with a code: before the role was asked for
            return caller.is_final(why) || is_final_for_sts(why);
        const error* said = why.cause ? why.cause->cause.get() : nullptr;
        if (role_->serial_number && said != nullptr &&
            said->code == session_token_credentials::failure)
            return is_final_for_sts(*said, &caller);
        return is_final_for_sts(why, &caller);
    }

private:
    static constexpr const char* failure = "RoleNotAssumed";

    /// Finds out first whether one code is good for all roles of the caller.
    class fetch_with_code final : public staged_renewal {
    public:
        fetch_with_code(std::shared_ptr<const runtime::identity> caller,
                        std::shared_ptr<const assume_role_options> role, std::string place)
            : caller_(std::move(caller)), role_(std::move(role)), place_(std::move(place)) {}

    private:
        void begin() override {
            then_obtain(caller_->shared_provider(), time(),
                        [this](const expected<credentials_snapshot>& keys) {
                            if (!keys) return finish(keys);
                            if (!(*keys)->session_token.empty())
                                return then_work([this] { ask(); });
                            assume(session_of((*keys)->access_key_id), {});
                        });
        }
        std::shared_ptr<clock> time() const {
            return std::make_shared<runtime::corrected_clock>(caller_->configuration());
        }
        /// STS gives a session token to long-lived keys only.
        void ask() {
            auto code = mfa_code(*caller_->configuration(), {.serial_number = *role_->serial_number,
                                                             .role_arn = role_->role_arn});
            if (!code) return finish(std::move(code).error());
            assume(caller_, *std::move(code));
        }
        /// Kept with the caller, whose provider it uses, but not the caller itself.
        std::shared_ptr<const runtime::identity> session_of(const std::string& key) const {
            const auto& from = caller_->configuration();
            auto of_user = caller_->shared().get<credentials_provider>(
                "mfa " + key + " " + *role_->serial_number, [&] {
                    auto user = std::make_shared<const runtime::identity>(
                        from, caller_->shared_provider(), caller_->own_region());
                    return cached(std::make_shared<session_token_credentials>(
                                      std::move(user),
                                      session_token_options{.serial_number = role_->serial_number,
                                                            .role_arn = role_->role_arn}),
                                  from);
                });
            return std::make_shared<const runtime::identity>(
                from, std::move(of_user), caller_->own_region(), caller_->role_path());
        }
        void assume(std::shared_ptr<const runtime::identity> caller, secret code) {
            assume_role_options role = *role_;
            if (code.empty()) role.serial_number.reset();
            role.token_code = std::move(code);
            then_obtain(std::make_shared<assume_role_credentials>(std::move(caller),
                                                                  std::move(role), place_),
                        time(),
                        [this](const expected<credentials_snapshot>& keys) { finish(keys); });
        }

        std::shared_ptr<const runtime::identity> caller_;
        std::shared_ptr<const assume_role_options> role_;
        std::string place_;
    };

    /// Empty where there is nothing to warn of, as far as the caller is known.
    std::string warning() const {
        constexpr int longest_behind_role = 3600;
        if (role_->duration_seconds.value_or(0) <= longest_behind_role) return {};
        credentials_report known;
        caller_->provider().explain(known);
        if (caller_->roles() == 0 && !known.temporary) return {};
        return detail::role_checks::warning_of_duration(*role_);
    }
    std::string source() const {
        return "AssumeRole " + role_->role_arn + (place_.empty() ? "" : " of " + place_);
    }
    std::string subject() const {
        return role_->role_arn + (role_->place.empty() ? "" : ", asked for in " + role_->place);
    }
    sts::assume_role request() const {
        return {.role_arn = role_->role_arn,
                .role_session_name = role_->role_session_name,
                .policy_arns = role_->policy_arns,
                .policy = role_->policy,
                .duration_seconds = role_->duration_seconds,
                .tags = role_->tags,
                .transitive_tag_keys = role_->transitive_tag_keys,
                .external_id = role_->external_id,
                .serial_number = role_->serial_number,
                .token_code = role_->token_code,
                .source_identity = role_->source_identity,
                .provided_contexts = role_->provided_contexts};
    }

    std::shared_ptr<const runtime::identity> caller_;
    std::shared_ptr<const assume_role_options> role_;
    std::string place_;
};

/// The credentials of a role, from the file cache if the settings ask for one. `place`: where the
/// role is asked for, if not in code.
inline std::shared_ptr<credentials_provider> role_credentials(
    const std::shared_ptr<const runtime::identity>& caller, assume_role_options role,
    std::string place = {}) {
    cli_cache_entry entry{.key = cli_cache_key(role, caller->role_path().key),
                          .caller = caller->root(),
                          .via = auth::feature::credentials_assume_role};
    if (role.serial_number && role.token_code.empty())
        entry.patience = std::chrono::minutes(5);  // somebody types a code there
    auto source =
        std::make_shared<assume_role_credentials>(caller, std::move(role), std::move(place));
    return cli_cached(std::move(source), std::move(entry), caller->configuration());
}

/// The identity behind a role: its own cache, its own region if it has one, all else as before.
/// Fails where the role cannot be assumed with what the settings have.
inline expected<std::shared_ptr<const runtime::identity>> assume_role_from(
    const std::shared_ptr<const runtime::identity>& caller, assume_role_options role,
    std::string place = {}) {
    // What a profile says is sent as it is: a warning tells what to expect.
    const int roles_before = place.empty() ? caller->roles() : 0;
    const auto valid = detail::role_checks::check(role, roles_before);
    if (!valid) return valid.error();
    const auto& from = caller->configuration();
    // A file may have the credentials already: then nobody needs to be asked for a code.
    if (from->choices().credentials_cache.mode == credentials_files::use::none)
        if (auto possible = detail::role_checks::check_prompt(role, *from); !possible)
            return std::move(possible).error();
    std::optional<std::string> region = role.region ? role.region : caller->own_region();
    runtime::role_path path{.count = caller->roles() + 1,
                            .key = cli_cache_key(role, caller->role_path().key),
                            .root = caller->root()};
    return std::make_shared<const runtime::identity>(
        from, cached(role_credentials(caller, std::move(role), std::move(place)), from),
        std::move(region), std::move(path));
}

}  // namespace awsxx::inline AWSXX_ABI
