// SPDX-License-Identifier: MIT
// A user of a pool who stays logged in.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/cognito/device.hpp>
#include <awsxx/cognito/refresh.hpp>
#include <awsxx/cognito/sign_in.hpp>
#include <awsxx/cognito/tokens.hpp>
#include <awsxx/cognito/user_pool.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/guarded.hpp>
#include <awsxx/core/guarded_call.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/cached.hpp>
#include <awsxx/credentials/staged_renewal.hpp>
#include <awsxx/http/any_transport.hpp>
#include <awsxx/runtime/blocking.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI::cognito {

/// How a user logs in, and again where the refresh token has died.
struct user_options {
    std::string user_name{};  ///< Or an alias, as an e-mail address.
    secret password{};
    /// Asked for the password at each login instead; may block on a person.
    std::function<expected<secret>()> ask_password{};
    sign_in_flow flow{};
    refresh_flow refresh{};
    /// Answers what the pool asks beside the password: called until the login is over. Empty: such
    /// a login fails with `action_needed`, "ChallengeUnanswered".
    std::function<expected<void>(sign_in&)> answer{};
    std::shared_ptr<device_store> devices{};  ///< Null: none is remembered.
    std::string device_name{};                ///< Under which a new one is confirmed.
    refresh_windows windows{};                ///< When tokens are renewed.
    user_tokens tokens{};                     ///< Of a login before; empty: there was none.
};

namespace detail::user {

inline error signed_out() {
    return {.kind = error_kind::cancelled,
            .code = "SignedOut",
            .message = "the user was signed out meanwhile"};
}

/// Gives access tokens, as credentials without a key; remembers all that came with the last one.
class source final : public credentials_provider, public std::enable_shared_from_this<source> {
public:
    source(user_pool pool, user_options who) : pool_(std::move(pool)), who_(std::move(who)) {
        if (!who_.tokens.access.empty() || !who_.tokens.refresh.empty())
            memory_.lock()->last = std::make_shared<const user_tokens>(std::move(who_.tokens));
    }

    resolution resolve(instant) override { return std::make_shared<fetch>(shared_from_this()); }
    void explain(credentials_report& into) const override { into.source = called(); }

    const user_pool& pool() const noexcept { return pool_; }
    tokens_snapshot last() const { return memory_.lock()->last; }
    /// Forgets everything: the next login is from the beginning. What one that is under way gets is
    /// not kept.
    void forget() {
        const auto held = memory_.lock();
        held->last.reset();
        ++held->forgotten;
    }

private:
    struct memory {
        tokens_snapshot last{};
        std::uint64_t forgotten = 0;  ///< So many times.
    };

    class fetch final : public staged_renewal {
    public:
        explicit fetch(std::shared_ptr<source> of) : of_(std::move(of)) {}

    private:
        void begin() override {
            then_work([this] { finish(of_->renew()); });
        }
        std::shared_ptr<source> of_;
    };

    std::string called() const { return "user of Cognito pool " + pool_.options().user_pool_id; }

    expected<credentials_snapshot> renew() {
        const memory before = *memory_.lock();
        auto got = newer_tokens(before.last);
        if (!got) return failed(got.error());
        auto keys = std::make_shared<credentials>();
        keys->session_token = got->access;
        keys->expiration = got->expiration;
        keys->source = called();
        const auto fresh = std::make_shared<const user_tokens>(*std::move(got));
        if (keep(fresh, before.forgotten)) return credentials_snapshot(std::move(keys));
        if (!fresh->refresh.empty()) (void)try_revoke(pool_, *fresh);
        return signed_out();
    }
    /// Unless the user was signed out meanwhile.
    bool keep(const tokens_snapshot& fresh, std::uint64_t forgotten) {
        const auto held = memory_.lock();
        if (held->forgotten != forgotten) return false;
        held->last = fresh;
        return true;
    }
    error failed(const error& why) const {
        return caused_by({.kind = why.kind,
                          .retryable = why.retryable,
                          .code = "NotSignedIn",
                          .message = called()},
                         why);
    }

    expected<user_tokens> newer_tokens(const tokens_snapshot& old) {
        if (old && first_use(*old)) return *old;
        if (!old || old->refresh.empty()) return login();
        auto refreshed = try_refresh(pool_, *old, who_.refresh);
        if (refreshed || !is_refusal(refreshed.error())) return refreshed;
        auto again = login();
        if (!again && again.error().code == "NoPassword") return refreshed;
        return again;
    }
    /// Tokens that the program had already are used as they are, once.
    bool first_use(const user_tokens& given) {
        const bool first = !std::exchange(*used_.lock(), true);
        return first && !given.access.empty() && given.expiration > pool_.time()->now();
    }
    /// The service knows the token and says no, so that asking again is of no use.
    static bool is_refusal(const error& why) noexcept {
        return why.http_status >= 400 && why.http_status < 500 && !why.retryable &&
               why.kind != error_kind::throttled;
    }

    expected<secret> password() const {
        if (who_.ask_password) return guarded_call("PasswordSourceThrew", who_.ask_password);
        if (!who_.password.empty() || who_.flow == sign_in_flow::choice ||
            who_.flow == sign_in_flow::custom)
            return who_.password;
        return error{.kind = error_kind::action_needed,
                     .code = "NoPassword",
                     .message = "there is no password to log in with"};
    }

    expected<user_tokens> login() {
        *used_.lock() = true;
        auto words = password();
        if (!words) return std::move(words).error();
        sign_in_options with{who_.user_name, *std::move(words), who_.flow, {}};
        if (who_.devices) {
            auto kept = who_.devices->load(who_.user_name);
            if (!kept) return std::move(kept).error();
            with.device = *std::move(kept);
        }
        auto got = through(with);
        if (got || !with.device || got.error().code != "ResourceNotFoundException") return got;
        who_.devices->forget(who_.user_name);
        with.device.reset();
        return through(with);
    }

    expected<user_tokens> through(const sign_in_options& with) {
        constexpr int most = 32;  // answers, wrong ones included
        auto at = cognito::sign_in::try_begin(pool_, with);
        if (!at) return std::move(at).error();
        for (int round = 0; at->done() == nullptr; ++round) {
            if (!who_.answer || round == most)
                return error{.kind = error_kind::action_needed,
                             .code = "ChallengeUnanswered",
                             .message = "the user pool asks for " + at->challenge()};
            const auto answer = [&] { return who_.answer(*at); };
            if (auto done = guarded_call("AnswerThrew", answer); !done)
                return std::move(done).error();
        }
        return remembered(*at->done());
    }
    /// A device that cannot be confirmed or kept is no reason to be logged out.
    user_tokens remembered(const signed_in& got) {
        user_tokens tokens = got.tokens;
        if (!who_.devices || !got.device) return tokens;
        const auto made = try_confirm_device(pool_, tokens, *got.device, who_.device_name);
        if (made && who_.devices->save(who_.user_name, *made)) tokens.device_key = made->key;
        return tokens;
    }

    user_pool pool_;
    user_options who_;
    guarded<memory> memory_{};
    guarded<bool> used_{};
};

}  // namespace detail::user

/// Logs in when tokens are first asked for, refreshes them ahead of their end, and logs in again
/// where the refresh token is not accepted any more.
///
///     const awsxx::cognito::user alice(
///         awsxx::cognito::user_pool({.user_pool_id = "eu-west-1_Ab12Cd34e", .client_id = "4f..."}),
///         {.user_name = "alice@example.com", .password = awsxx::secret("...")});
///     const auto claims = awsxx::cognito::jwt::parse(alice.tokens()->id.expose());
///
/// A value: copies share the login. Any number of threads may ask; one of them renews, and the
/// others go on with the tokens at hand as long as these are good.
class user {
public:
    user(user_pool pool, user_options who) {
        const auto time = pool.time();
        const auto random = pool.random();
        cache_options how{.windows = who.windows, .tokens = true};
        source_ = std::make_shared<detail::user::source>(std::move(pool), std::move(who));
        cache_ = std::make_shared<cached_credentials>(source_, time, random, std::move(how));
    }

    /// Tokens that are good now. Blocks while they are got.
    ///
    /// Fails with "NotSignedIn", whose cause is the service's error; `action_needed` where only a
    /// person can go on.
    expected<tokens_snapshot> try_tokens() const {
        auto keys =
            runtime::obtain(*cache_, pool().time()->now(), *pool().time(), http::any_transport());
        if (!keys) return std::move(keys).error();
        tokens_snapshot last = source_->last();
        if (!last) return detail::user::signed_out();
        return last;  // these tokens, or newer ones that others got meanwhile
    }
    /// Says that somebody did not accept that access token, although its time is not over. The next
    /// `try_tokens` gets others.
    void reject(const secret& access) const {
        credentials refused;
        refused.session_token = access;
        cache_->invalidate(refused, pool().time()->now());
    }
    /// Revokes the refresh token and forgets the login. Who waits for one that is under way gets the
    /// error "SignedOut", and what it brings is revoked as well.
    expected<void> try_sign_out() const {
        const auto last = source_->last();
        source_->forget();
        if (!last) return {};
        reject(last->access);
        if (last->refresh.empty()) return {};
        return try_revoke(pool(), *last);
    }

    /// The access tokens as a provider, for `settings::bearer_tokens` and its like.
    std::shared_ptr<credentials_provider> access_tokens() const { return cache_; }
    const user_pool& pool() const noexcept { return source_->pool(); }

#if defined(__cpp_exceptions)
    tokens_snapshot tokens() const { return value_or_raise(try_tokens()); }
    void sign_out() const { value_or_raise(try_sign_out()); }
#endif

private:
    std::shared_ptr<detail::user::source> source_{};
    std::shared_ptr<cached_credentials> cache_{};
};

}  // namespace awsxx::inline AWSXX_ABI::cognito
