// SPDX-License-Identifier: MIT
// Who there is in the AWS look-alike: users, roles, whom the roles trust, and the keys in use.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/testing/fake_aws_answers.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::testing {

/// A user with an access key.
struct fake_user {
    std::string arn{};  ///< As in "arn:aws:iam::111122223333:user/dev".
    std::string access_key_id{};
    secret secret_access_key{};
    std::string mfa_serial{};  ///< Empty: no device.
    std::string mfa_code{};    ///< What the device shows, always.
};

/// A role and whom it lets in.
struct fake_role {
    std::string arn{};
    /// ARNs of users, roles and sessions, "arn:aws:iam::ACCOUNT:root" for all of an account, "*".
    std::vector<std::string> trusts{};
    std::string external_id{};   ///< Empty: none is asked for.
    seconds max_duration{3600};  ///< What AWS calls MaxSessionDuration.
    bool needs_mfa{};
};

/// An access key that is in use, and whose it is.
struct fake_key {
    std::string access_key_id{};
    secret secret_access_key{};
    secret session_token{};
    std::optional<instant> expiration{};
    std::string arn{};  ///< Of the user or of the session.
    std::string user_id{};
    std::string role{};             ///< The role's ARN; empty for users.
    std::string source_identity{};  ///< Stays with all further roles.
    bool with_mfa{};                ///< Its holder has shown a code.
};

/// What an AssumeRole asks for.
struct fake_assumption {
    std::string role_arn{};
    std::string session_name{};
    std::optional<seconds> duration{};
    std::string external_id{};
    std::string source_identity{};
    std::string mfa_serial{};
    std::string mfa_code{};
};

/// The account id in an ARN.
inline std::string_view account_of(std::string_view arn) noexcept {
    for (int i = 0; i < 4; ++i) text::take_until(arn, ':');
    return text::take_until(arn, ':');
}

/// Knows users, roles and keys. Refuses in AWS's words. Ids are counted, so that runs are alike.
/// Not safe to share between threads; `fake_aws` sees to that.
class fake_identities {
public:
    void add(fake_user user) {
        fake_key key{.access_key_id = user.access_key_id,
                     .secret_access_key = user.secret_access_key,
                     .arn = user.arn,
                     .user_id = id("AIDA")};
        keys_[user.access_key_id] = std::move(key);
        users_[user.arn] = std::move(user);
    }
    /// Replaces a role of the same ARN; sessions that have it live on.
    void add(fake_role role) {
        auto& known = roles_[role.arn];
        if (known.id.empty()) known.id = id("AROA");
        known.role = std::move(role);
    }
    /// Lets whoever has this token be `subject`, whom roles may trust.
    void add_token(const secret& token, std::string subject) {
        tokens_.emplace_back(token, std::move(subject));
    }
    /// Ends all sessions of a role, as if their time was up.
    void expire_sessions(const std::string& role_arn, instant now) {
        for (auto& [name, key] : keys_)
            if (key.role == role_arn) key.expiration = now;
    }

    /// The key that a request names, if it may still be used.
    expected<fake_key> find(const std::string& access_key_id, std::string_view token,
                            instant now) const {
        const auto found = keys_.find(access_key_id);
        if (found == keys_.end() || !(found->second.session_token == secret(token)))
            return fake_refusal(403, "InvalidClientTokenId",
                                "The security token included in the request is invalid.");
        if (found->second.expiration && now >= *found->second.expiration)
            return fake_refusal(403, "ExpiredToken",
                                "The security token included in the request is expired");
        return found->second;
    }

    /// Makes a session of a role for the holder of `caller`.
    expected<fake_key> assume(const fake_key& caller, const fake_assumption& what, instant now) {
        if (const auto formed = check_form(what); !formed) return formed.error();
        const auto found = roles_.find(what.role_arn);
        if (found == roles_.end() || !lets_in(found->second.role, caller, what))
            return not_allowed(caller, what);
        const auto lifetime = check_duration(found->second.role, caller, what);
        if (!lifetime) return lifetime.error();
        return begin_session(
            found->second, what, now + *lifetime,
            caller.source_identity.empty() ? what.source_identity : caller.source_identity);
    }

    /// Makes a session of a role for the holder of a token that is not AWS's.
    expected<fake_key> assume(const secret& token, const fake_assumption& what, instant now) {
        for (const auto& [known, subject] : tokens_) {
            if (!(known == token)) continue;
            auto made = assume(fake_key{.arn = subject}, what, now);
            if (!made && made.error().code == "AccessDenied")
                return fake_refusal(403, "AccessDenied",
                                    "Not authorized to perform sts:AssumeRoleWithWebIdentity");
            return made;
        }
        return fake_refusal(400, "InvalidIdentityToken", "No OpenIDConnect provider found");
    }
    /// Makes a session of the role without anybody's asking, as instances and containers have them.
    expected<fake_key> session_of(const fake_assumption& what, instant now) {
        const auto found = roles_.find(what.role_arn);
        if (found == roles_.end()) return invalid(what.role_arn + " is invalid");
        return begin_session(found->second, what, now + what.duration.value_or(seconds(3600)), {});
    }
    /// Temporary keys for the user who asks.
    expected<fake_key> session_token(const fake_key& caller, const fake_assumption& what,
                                     instant now) {
        if (!caller.session_token.empty())
            return fake_refusal(403, "AccessDenied",
                                "Cannot call GetSessionToken with session credentials");
        const bool shown = !what.mfa_code.empty();
        if (shown && !shows_mfa(caller, what))
            return fake_refusal(403, "AccessDenied",
                                "MultiFactorAuthentication failed with invalid MFA one time pass "
                                "code. ");
        fake_key key = temporary(now + what.duration.value_or(seconds(43200)));
        key.arn = caller.arn;
        key.user_id = caller.user_id;
        key.with_mfa = shown;
        keys_[key.access_key_id] = key;
        return key;
    }
    /// Temporary keys for somebody whom the user who asks vouches for.
    expected<fake_key> federate(const fake_key& caller, const std::string& name,
                                const fake_assumption& what, instant now) {
        if (!caller.session_token.empty())
            return fake_refusal(403, "AccessDenied",
                                "Cannot call GetFederationToken with session credentials");
        const std::string account(account_of(caller.arn));
        fake_key key = temporary(now + what.duration.value_or(seconds(43200)));
        key.arn = partition_of(caller.arn) + ":sts::" + account + ":federated-user/" + name;
        key.user_id = account + ":" + name;
        keys_[key.access_key_id] = key;
        return key;
    }

private:
    struct known_role {
        fake_role role{};
        std::string id{};
    };

    static error invalid(std::string message) {
        return fake_refusal(400, "ValidationError", std::move(message));
    }
    static error violates(std::string_view value, std::string_view member, std::string_view rule) {
        std::string message = "1 validation error detected: Value '";
        message.append(value).append("' at '").append(member);
        return invalid(message.append("' failed to satisfy constraint: Member must ").append(rule));
    }
    static error not_allowed(const fake_key& caller, const fake_assumption& what) {
        return fake_refusal(
            403, "AccessDenied",
            "User: " + caller.arn +
                " is not authorized to perform: sts:AssumeRole on resource: " + what.role_arn);
    }

    static expected<void> check_form(const fake_assumption& what) {
        const std::string& name = what.session_name;
        if (what.role_arn.size() < 20)
            return violates(what.role_arn, "roleArn", "have length greater than or equal to 20");
        if (!what.role_arn.starts_with("arn:") || what.role_arn.find(":role/") == std::string::npos)
            return invalid(what.role_arn + " is invalid");
        if (name.size() < 2)
            return violates(name, "roleSessionName", "have length greater than or equal to 2");
        if (name.size() > 64)
            return violates(name, "roleSessionName", "have length less than or equal to 64");
        const auto allowed = [](char c) {
            return text::is_alnum(c) || std::string_view("_+=,.@-").find(c) != std::string::npos;
        };
        if (!std::all_of(name.begin(), name.end(), allowed))
            return violates(name, "roleSessionName",
                            "satisfy regular expression pattern: [\\w+=,.@-]*");
        if (what.duration && *what.duration < seconds(900))
            return violates(std::to_string(what.duration->count()), "durationSeconds",
                            "have value greater than or equal to 900");
        return {};
    }

    /// "arn:aws" of an ARN.
    static std::string partition_of(const std::string& arn) {
        return arn.substr(0, arn.find(':', 4));
    }
    static bool trusts(const fake_role& role, const fake_key& caller) {
        const std::string account(account_of(caller.arn));
        const std::string root = partition_of(caller.arn) + ":iam::" + account + ":root";
        for (const std::string& trusted : role.trusts)
            if (trusted == "*" || trusted == caller.arn || trusted == caller.role ||
                trusted == account || trusted == root)
                return true;
        return false;
    }

    bool lets_in(const fake_role& role, const fake_key& caller, const fake_assumption& what) const {
        if (!trusts(role, caller)) return false;
        if (!role.external_id.empty() && role.external_id != what.external_id) return false;
        if (!caller.source_identity.empty() && !what.source_identity.empty() &&
            caller.source_identity != what.source_identity)
            return false;
        if (what.mfa_code.empty()) return !role.needs_mfa || caller.with_mfa;
        return shows_mfa(caller, what);
    }
    bool shows_mfa(const fake_key& caller, const fake_assumption& what) const {
        const auto user = users_.find(caller.arn);
        return user != users_.end() && !user->second.mfa_serial.empty() &&
               user->second.mfa_serial == what.mfa_serial && user->second.mfa_code == what.mfa_code;
    }

    static expected<seconds> check_duration(const fake_role& role, const fake_key& caller,
                                            const fake_assumption& what) {
        const seconds asked = what.duration.value_or(seconds(3600));
        if (asked > role.max_duration && what.duration)
            return invalid(
                "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        if (asked > seconds(3600) && !caller.role.empty())
            return invalid(
                "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed "
                "by role chaining");
        return asked;
    }

    fake_key begin_session(const known_role& of, const fake_assumption& what, instant end,
                           std::string source_identity) {
        const std::string& arn = of.role.arn;
        const std::string name = arn.substr(arn.rfind('/') + 1);  // without the role's path
        fake_key key = temporary(end);
        key.arn = partition_of(arn) + ":sts::" + std::string(account_of(arn)) + ":assumed-role/" +
                  name + "/" + what.session_name;
        key.user_id = of.id + ":" + what.session_name;
        key.role = arn;
        key.source_identity = std::move(source_identity);
        keys_[key.access_key_id] = key;
        return key;
    }

    fake_key temporary(instant end) {
        const std::string serial = id("");
        return {.access_key_id = "ASIA" + serial,
                .secret_access_key = "fake/secret+of+session/" + serial,
                .session_token = "FakeSessionToken//////////" + serial +
                                 "+abcdefghijklmnopqrstuvwxyz/ABCDEFGHIJKLMNOPQRSTUVWXYZ==",
                .expiration = end};
    }

    /// The prefix and sixteen characters, counted up.
    std::string id(std::string prefix) {
        std::string number = std::to_string(++count_);
        return prefix.append("FAKE").append(12 - std::min<std::size_t>(number.size(), 12), '0') +
               number;
    }

    std::map<std::string, fake_user> users_{};   // by ARN
    std::map<std::string, known_role> roles_{};  // by ARN
    std::map<std::string, fake_key> keys_{};     // by access key id
    std::vector<std::pair<secret, std::string>> tokens_{};
    std::uint64_t count_ = 0;
};

}  // namespace awsxx::inline AWSXX_ABI::testing
