// SPDX-License-Identifier: MIT
// What went wrong, in the one type that every failure of awsxx is told with.
#pragma once

#include <awsxx/core/version.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#if AWSXX_STD_EXPECTED
#include <expected>
#endif

#if defined(__cpp_exceptions)
#include <exception>
#endif

namespace awsxx::inline AWSXX_ABI {

/// What a caller can do about an error. Branch on this, on `code` and on `retryable`.
enum class error_kind : unsigned char {
    unknown,
    invalid_argument,   ///< The request cannot be right; nothing was sent.
    configuration,      ///< Settings, environment or profiles are wrong or contradict each other.
    not_configured,     ///< Nothing is set up here; a chain goes on to its next source.
    action_needed,      ///< A person has to act: log in, enter a code, repair a profile.
    credentials,        ///< A configured source of credentials failed.
    denied,             ///< AWS knows who asks and says no.
    not_authenticated,  ///< AWS does not accept the keys, the token or the signature.
    not_found,          ///< What was asked for does not exist.
    throttled,          ///< Too many requests; later may work.
    client,             ///< AWS refuses the request for another reason (4xx).
    server,             ///< AWS failed (5xx).
    network,            ///< No connection, or it broke.
    timeout,            ///< A time limit was reached.
    cancelled,          ///< The caller gave up.
    malformed_answer,   ///< The answer cannot be understood.
    too_large,          ///< A size limit was reached.
};

/// The name of a kind, as its enumerator is spelled.
constexpr std::string_view to_string(error_kind kind) noexcept {
    constexpr std::string_view names[] = {
        "unknown",       "invalid_argument", "configuration", "not_configured",
        "action_needed", "credentials",      "denied",        "not_authenticated",
        "not_found",     "throttled",        "client",        "server",
        "network",       "timeout",          "cancelled",     "malformed_answer",
        "too_large"};
    return names[static_cast<unsigned char>(kind)];
}

/// Where an error of a service comes from. What AWS support asks for first.
struct error_details {
    std::string service{};       ///< As in "STS".
    std::string operation{};     ///< As in "AssumeRole".
    std::string request_id{};    ///< `x-amzn-requestid` or what takes its place.
    std::string extended_id{};   ///< `x-amz-id-2`, S3 only.
    std::string modeled_code{};  ///< The name of the error's shape where `code` is an older one.
    std::string region{};        ///< The region that the answer says would be right.
    int attempts{};              ///< How often the request was sent.
    bool attempts_exhausted{};   ///< Another would have followed if more were allowed.
    std::string reason{};        ///< What OAuth-like services add to the code: "TOKEN_EXPIRED".
    /// The answer itself, for `modeled<T>`; never shown.
    std::shared_ptr<const void> answer{};
};

/// A failure: what kind, which code, what happened, and why.
///
/// Codes are AWS's where AWS answered ("AccessDenied") and ours where it did not
/// ("ConnectionFailed"). Messages are for people and may change. No secret is ever in one.
struct error {
    error_kind kind{};
    bool retryable{};   ///< The same call may succeed later.
    int http_status{};  ///< 0 where there was no answer.
    std::string code{};
    std::string message{};
    std::shared_ptr<const error> cause{};
    std::shared_ptr<const error_details> details{};

#if AWSXX_STD_EXPECTED
    /// An error stands for a failed result of any type: `if (!keys) return keys.error();`
    template <class T>
    operator std::expected<T, error>() const& {
        return std::unexpected(*this);
    }
    template <class T>
    operator std::expected<T, error>() && {
        return std::unexpected(std::move(*this));
    }
#endif
};

/// `outer`, for the reason of `why`: "S3 GetObject: CredentialsUnavailable <- STS AssumeRole: ...".
AWSXX_COLD inline error caused_by(error outer, error why) {
    outer.cause = std::make_shared<const error>(std::move(why));
    return outer;
}

namespace detail::error_text {

inline void append_one(std::string& text, const error& e) {
    if (e.details && !e.details->service.empty())
        text.append(e.details->service).append(" ").append(e.details->operation).append(": ");
    if (e.code.empty())
        text += to_string(e.kind);
    else
        text += e.code;
    if (e.http_status != 0) text.append(" (").append(std::to_string(e.http_status)).append(")");
    if (!e.message.empty()) text.append(": ").append(e.message);
    if (e.details && !e.details->request_id.empty())
        text.append(" [request ").append(e.details->request_id).append("]");
}

}  // namespace detail::error_text

/// The error and its causes on one line, outermost first.
AWSXX_COLD inline std::string to_string(const error& e) {
    std::string text;
    for (const error* one = &e; one != nullptr; one = one->cause.get()) {
        if (one != &e) text += " <- ";
        detail::error_text::append_one(text, *one);
    }
    for (char& c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    return text;
}

/// Writes `to_string(e)` to anything that takes a `std::string` with `<<`.
template <class Stream>
    requires requires(Stream& out, const std::string& text) { out << text; }
Stream& operator<<(Stream& out, const error& e) {
    out << to_string(e);
    return out;
}

#if defined(__cpp_exceptions)
/// The one exception that awsxx throws. `what()` is `to_string(details())`.
class aws_error : public std::exception {
public:
    explicit aws_error(const error& why)
        : state_(std::make_shared<const state>(state{why, to_string(why)})) {}

    const char* what() const noexcept override { return state_->text.c_str(); }
    const error& details() const noexcept { return state_->why; }
    error_kind kind() const noexcept { return state_->why.kind; }
    const std::string& code() const noexcept { return state_->why.code; }

private:
    struct state {
        error why;
        std::string text;
    };
    std::shared_ptr<const state> state_;  // copying an exception must not throw
};
#endif

}  // namespace awsxx::inline AWSXX_ABI
