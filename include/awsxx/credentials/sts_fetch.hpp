// SPDX-License-Identifier: MIT
// One fetch of credentials by an operation of STS.
#pragma once

#include <awsxx/auth/feature.hpp>
#include <awsxx/auth/provider.hpp>
#include <awsxx/core/arn.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/staged_renewal.hpp>
#include <awsxx/runtime/call.hpp>
#include <awsxx/runtime/classify.hpp>
#include <awsxx/runtime/identity.hpp>
#include <awsxx/services/sts.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// What such a fetch does, and how it speaks of it.
template <class Op>
struct sts_fetch_plan {
    std::shared_ptr<const runtime::identity> caller{};
    Op request{};
    std::string source{};   ///< Of the credentials, for people.
    auth::features via{};   ///< Of them, for AWS; that of the caller's is added.
    std::string failure{};  ///< The code of a failure, which has what STS says as its cause.
    std::string subject{};  ///< The message of a failure: the role or the token's file.
    /// Completes the request before each call; may block on a file or a person.
    std::function<expected<void>(Op&)> prepare{};
};

namespace detail::sts_fetch {

/// The account in "arn:aws:sts::111122223333:assumed-role/name/session".
inline std::string account_in(std::string_view text) {
    const auto parts = parse_arn(text);
    return parts ? std::string(parts->account) : std::string();
}

template <class Output>
std::string account_of(const Output& answer) {
    if constexpr (requires { answer.assumed_role_user; }) {
        if (answer.assumed_role_user) return account_in(answer.assumed_role_user->arn);
    } else if constexpr (requires { answer.federated_user; }) {
        if (answer.federated_user) return account_in(answer.federated_user->arn);
    }
    return {};
}

}  // namespace detail::sts_fetch

/// Carries a plan out, once.
template <class Op>
class sts_fetch final : public staged_renewal {
public:
    explicit sts_fetch(sts_fetch_plan<Op> plan) : plan_(std::move(plan)) {}

private:
    void begin() override {
        if (!plan_.prepare) return call();
        then_work([this] {
            if (auto ready = plan_.prepare(plan_.request); !ready) return fail(ready.error());
            call();
        });
    }
    void call() {
        call_.emplace(plan_.caller, Op::template wire<void>::operation, &plan_.request, &answer_);
        then_call(*call_, [this] { take(); });
    }
    void take() {
        if (const auto& why = call_->failure()) return fail(*why);
        if (!answer_.credentials)
            return fail({.kind = error_kind::malformed_answer,
                         .code = "MalformedAnswer",
                         .message = "STS answered without credentials"});
        sts::credentials& got = *answer_.credentials;
        if (got.session_token.empty() || !got.expiration)
            return fail({.kind = error_kind::malformed_answer,
                         .code = "MalformedAnswer",
                         .message = std::string("STS answered without ") +
                                    (got.expiration ? "a session token" : "an expiration")});
        if (got.access_key_id.empty() || got.secret_access_key.empty())
            return fail({.kind = error_kind::malformed_answer,
                         .code = "MalformedAnswer",
                         .message = "STS answered with only a part of the credentials"});
        credentials keys{.access_key_id = std::move(got.access_key_id),
                         .secret_access_key = std::move(got.secret_access_key),
                         .session_token = std::move(got.session_token),
                         .account_id = detail::sts_fetch::account_of(answer_),
                         .source = plan_.source,
                         .via = plan_.via};
        if (const auto& caller = call_->signed_with()) keys.via |= caller->via;
        keys.expiration = got.expiration->to_instant();
        finish(std::make_shared<const credentials>(std::move(keys)));
    }
    void fail(const error& why) {
        finish(caused_by({.kind = why.kind,
                          .retryable = why.retryable,
                          .code = plan_.failure,
                          .message = plan_.subject},
                         why));
    }

    sts_fetch_plan<Op> plan_;
    typename Op::output answer_{};
    std::optional<runtime::call> call_{};
};

/// True if waiting does not help against what STS said; `why` is the failure of a fetch.
/// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
inline bool is_final_for_sts(const error& why) noexcept {
    const std::string_view code = runtime::without_suffix(why.cause ? why.cause->code : why.code);
    for (const std::string_view final :
         {"AccessDenied", "MalformedPolicyDocument", "PackedPolicyTooLarge", "RegionDisabled",
          "IDPRejectedClaim", "InvalidIdentityToken"})
        if (code == final) return true;
    return false;
}

}  // namespace awsxx::inline AWSXX_ABI
