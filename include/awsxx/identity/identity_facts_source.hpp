// SPDX-License-Identifier: MIT
// How the facts about an identity are found: compiled in every file that has some, or once a program.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/auth/credentials_report.hpp>
#include <awsxx/auth/provider.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/guarded.hpp>
#include <awsxx/core/lazy.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/identity/caller_identity.hpp>
#include <awsxx/runtime/identity.hpp>
#include <awsxx/services/sts.hpp>
#include <awsxx/session_core.hpp>

#include <memory>
#include <optional>
#include <utility>

namespace awsxx::inline AWSXX_ABI::detail::identity_facts {

/// What STS said, and of which keys.
struct answer {
    credentials_snapshot keys{};
    caller_identity owner{};
};

/// One question to STS. Whoever comes while it is under way waits for its answer; a failure, too, is
/// shared by those who waited.
struct inquiry {
    lazy<expected<answer>> said{};

    /// Nobody has to ask again who has those keys, as far as can be told now.
    bool may_serve(const credentials& keys) const {
        const expected<answer>* const there = said.peek();
        return there == nullptr || (*there && are_same_keys(*(*there)->keys, keys));
    }
};

/// The last inquiry about a session's keys. Shared by all of its copies.
struct memory {
    guarded<std::shared_ptr<inquiry>> last{};
};

inline std::shared_ptr<memory> memory_of(const session_core& session) {
    return session.identity()->shared().get<memory>("identity facts",
                                                    [] { return std::make_shared<memory>(); });
}

inline std::shared_ptr<inquiry> inquiry_about(memory& all, const credentials& keys) {
    const auto last = all.last.lock();
    if (!*last || !(*last)->may_serve(keys)) *last = std::make_shared<inquiry>();
    return *last;
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

/// Asks STS. Its answer is about the keys that signed, which may have been renewed since `keys`.
inline expected<answer> ask(const session_core& session, const credentials_snapshot& keys) {
    const sts::get_caller_identity question;
    sts::get_caller_identity_response told;
    auto signed_with =
        session.perform_signed(sts::get_caller_identity::wire<void>::operation, &question, &told);
    if (!signed_with) return std::move(signed_with).error();
    answer found{.keys = *signed_with ? *std::move(signed_with) : keys};
    found.owner = {.access_key_id = found.keys->access_key_id,
                   .account_id = std::move(told.account),
                   .user_id = std::move(told.user_id),
                   .arn = std::move(told.arn)};
    return found;
}

/// The answer that is there, that somebody is waiting for, or that is asked for now; nothing where
/// that turns out to be about other keys, which are those of the session now.
inline expected<std::optional<caller_identity>> answer_about(const session_core& session,
                                                             const credentials_snapshot& keys) {
    bool asked = false;
    const auto about = inquiry_about(*memory_of(session), *keys);
    const auto said = about->said.get([&]() -> expected<expected<answer>> {
        asked = true;
        expected<expected<answer>> kept;
        *kept = ask(session, keys);
        return kept;
    });
    if (!said) return said.error();
    if (!**said) return (*said)->error();
    const answer& found = ***said;
    if (!asked && !are_same_keys(*found.keys, *keys)) return std::optional<caller_identity>();
    return std::optional<caller_identity>(found.owner);
}

AWSXX_COLD inline error renewed_meanwhile() {
    return {.kind = error_kind::credentials,
            .retryable = true,
            .code = "KeysRenewedMeanwhile",
            .message = "the keys were renewed each time while STS was asked for their owner"};
}

AWSXX_ONCE expected<caller_identity> find_all(const session_core& session) {
    constexpr int rounds = 3;
    for (int round = 0; round < rounds; ++round) {
        const auto keys = session.fetch_credentials();
        if (!keys) return keys.error();
        auto told = told_by(**keys);
        if (is_whole(told)) return told;
        auto owner = answer_about(session, *keys);
        if (!owner) return std::move(owner).error();
        if (*owner) return **std::move(owner);
    }
    return renewed_meanwhile();
}

AWSXX_ONCE caller_identity find_known(const session_core& session) {
    credentials_report last;
    session.identity()->provider().explain(last);
    caller_identity found{.access_key_id = last.access_key_id,
                          .account_id = last.account_id,
                          .user_id = last.role_session_id,
                          .arn = last.role_session_arn};
    const auto inquired = *memory_of(session)->last.lock();
    const expected<answer>* const said = inquired ? inquired->said.peek() : nullptr;
    if (said == nullptr || !*said || (*said)->owner.access_key_id != found.access_key_id)
        return found;
    return (*said)->owner;
}

}  // namespace awsxx::inline AWSXX_ABI::detail::identity_facts
