// SPDX-License-Identifier: MIT
// How the facts about an identity are found: compiled in every file that has some, or once a program.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/auth/credentials_report.hpp>
#include <awsxx/auth/provider.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/guarded.hpp>
#include <awsxx/core/lazy.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/identity/caller_identity.hpp>
#include <awsxx/runtime/identity.hpp>
#include <awsxx/services/sts.hpp>
#include <awsxx/session_core.hpp>

#include <memory>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI::detail::identity_facts {

/// What STS said of some keys, or will have said when the one who asks is done.
struct inquiry {
    credentials_snapshot keys{};
    lazy<expected<caller_identity>> answer{};  ///< A failure, too: those who waited share it.
};

/// The last inquiry about a session's keys. Shared by all of its copies.
struct memory {
    guarded<std::shared_ptr<inquiry>> last{};
};

inline std::shared_ptr<memory> memory_of(const session_core& session) {
    return session.identity()->shared().get<memory>("identity facts",
                                                    [] { return std::make_shared<memory>(); });
}

inline std::shared_ptr<inquiry> inquiry_about(memory& all, const credentials_snapshot& keys) {
    const auto last = all.last.lock();
    if (!*last || !are_same_keys(*(*last)->keys, *keys)) {
        auto made = std::make_shared<inquiry>();
        made->keys = keys;
        *last = std::move(made);
    }
    return *last;
}

inline void forget(memory& all, const std::shared_ptr<inquiry>& failed) {
    const auto last = all.last.lock();
    if (*last == failed) last->reset();
}

/// What came with the keys: of a role, everything.
inline caller_identity told_by(const credentials& keys) {
    return {.access_key_id = keys.access_key_id,
            .account_id = keys.account_id,
            .user_id = keys.role_session_id,
            .arn = keys.role_session_arn};
}

inline bool is_whole(const caller_identity& one) noexcept {
    return !one.account_id.empty() && !one.user_id.empty() && !one.arn.empty();
}

constexpr const char* renewed_meanwhile = "KeysRenewedMeanwhile";

/// Asks STS who `keys` belong to; fails where the session signed with others by then.
inline expected<caller_identity> ask(const session_core& session, const credentials& keys) {
    const sts::get_caller_identity question;
    sts::get_caller_identity_response answer;
    const auto signed_with =
        session.perform_signed(sts::get_caller_identity::wire<void>::operation, &question, &answer);
    if (!signed_with) return signed_with.error();
    if (!*signed_with || !are_same_keys(**signed_with, keys))
        return error{.kind = error_kind::credentials,
                     .retryable = true,
                     .code = renewed_meanwhile,
                     .message =
                         "the keys were renewed each time while STS was asked for their "
                         "owner"};
    return caller_identity{.access_key_id = keys.access_key_id,
                           .account_id = std::move(answer.account),
                           .user_id = std::move(answer.user_id),
                           .arn = std::move(answer.arn)};
}

/// The answer that is there, that somebody is waiting for, or that is asked for now.
inline expected<caller_identity> answer_about(const session_core& session,
                                              const credentials_snapshot& keys) {
    const auto all = memory_of(session);
    const auto about = inquiry_about(*all, keys);
    const auto said = about->answer.get([&]() -> expected<expected<caller_identity>> {
        expected<expected<caller_identity>> kept;
        *kept = ask(session, *keys);
        return kept;
    });
    if (!said) return said.error();
    if (!**said) forget(*all, about);
    return **said;
}

AWSXX_ONCE expected<caller_identity> find_all(const session_core& session) {
    constexpr int rounds = 3;
    for (int round = 1;; ++round) {
        const auto keys = session.fetch_credentials();
        if (!keys) return keys.error();
        auto told = told_by(**keys);
        if (is_whole(told)) return told;
        auto answer = answer_about(session, *keys);
        if (answer || answer.error().code != renewed_meanwhile || round == rounds) return answer;
    }
}

AWSXX_ONCE caller_identity find_known(const session_core& session) {
    credentials_report last;
    session.identity()->provider().explain(last);
    caller_identity found{.access_key_id = last.access_key_id,
                          .account_id = last.account_id,
                          .user_id = {},
                          .arn = {}};
    const auto asked = *memory_of(session)->last.lock();
    if (!asked || asked->keys->access_key_id != found.access_key_id) return found;
    const auto* const answer = asked->answer.peek();
    return answer != nullptr && *answer ? **answer : found;
}

}  // namespace awsxx::inline AWSXX_ABI::detail::identity_facts
