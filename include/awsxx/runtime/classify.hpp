// SPDX-License-Identifier: MIT
// Decides what kind of failure an answer tells of, whether it is worth another attempt, and whom it blames.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/operation.hpp>

#include <cstddef>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::runtime {

/// How a failure is retried: not at all, after a short pause, or after a long one.
enum class retry_class : unsigned char { never, transient, throttling };

/// A code without its suffix "Exception", which the same failure has in JSON but not in XML.
constexpr std::string_view without_suffix(std::string_view code) noexcept {
    constexpr std::string_view suffix = "Exception";
    if (code.ends_with(suffix)) code.remove_suffix(suffix.size());
    return code;
}

namespace detail::classify {

// All lists are without the suffix "Exception", which XML services leave off, except those of
// retries: there AWS's SDKs agreed on each spelling. "TooManyRequestsError" is sign-in's.
inline constexpr std::string_view throttling[] = {"Throttling",
                                                  "ThrottlingException",
                                                  "ThrottledException",
                                                  "RequestThrottledException",
                                                  "TooManyRequestsException",
                                                  "TooManyRequestsError",
                                                  "ProvisionedThroughputExceededException",
                                                  "TransactionInProgressException",
                                                  "RequestLimitExceeded",
                                                  "BandwidthLimitExceeded",
                                                  "LimitExceededException",
                                                  "RequestThrottled",
                                                  "SlowDown",
                                                  "PriorRequestNotComplete",
                                                  "EC2ThrottledException"};
inline constexpr std::string_view transient[] = {"RequestTimeout", "RequestTimeoutException",
                                                 "IDPCommunicationError"};
inline constexpr std::string_view denied[] = {
    "AccessDenied",    "AccessForbidden", "AllAccessDisabled",  "AuthorizationError",   "Forbidden",
    "KMSAccessDenied", "OptInRequired",   "UnauthorizedAccess", "UnauthorizedOperation"};
inline constexpr std::string_view not_authenticated[] = {
    "AuthFailure",           "AuthorizationHeaderMalformed",
    "ExpiredToken",          "ExpiredTokenId",
    "IncompleteSignature",   "InvalidAccessKeyId",
    "InvalidClientTokenId",  "InvalidIdentityToken",
    "InvalidSecurity",       "InvalidSignature",
    "InvalidToken",          "MissingAuthenticationToken",
    "MissingSecurityHeader", "NotAuthorized",
    "RequestExpired",        "RequestInTheFuture",
    "RequestTimeTooSkewed",  "SignatureDoesNotMatch",
    "TokenRefreshRequired",  "Unauthorized",
    "UnrecognizedClient"};

template <std::size_t N>
constexpr bool among(const std::string_view (&list)[N], std::string_view code) noexcept {
    for (const std::string_view one : list)
        if (one == code) return true;
    return false;
}

/// The answer had no code of its own, so that the decoder wrote the status instead.
constexpr bool is_bare(std::string_view code) noexcept {
    for (const char c : code)
        if (!text::is_digit(c)) return false;
    return true;
}

constexpr bool tells_absence(std::string_view code) noexcept {
    return code.starts_with("NoSuch") || code.ends_with("NotFound") ||
           code.ends_with("NotFoundFault") || code.ends_with("DoesNotExist") ||
           code.ends_with("NonExistentQueue");
}

/// Where there is no status to tell: an error in the midst of a stream, or of a success.
constexpr bool tells_fault_of_service(std::string_view code) noexcept {
    return code.starts_with("Internal") || code.find("Unavailable") != code.npos ||
           code == "Service";
}

inline error_kind kind_of_status(int status) noexcept {
    if (status == 401) return error_kind::not_authenticated;
    if (status == 403) return error_kind::denied;
    if (status == 404) return error_kind::not_found;
    if (status == 429) return error_kind::throttled;
    return status >= 300 && status < 500 ? error_kind::client : error_kind::server;
}

/// True if the list has the code, or the name of the shape where the code is an older one.
template <std::size_t N>
bool names(const std::string_view (&list)[N], const error& e) noexcept {
    return among(list, e.code) || (e.details && among(list, e.details->modeled_code));
}

/// The same for what a model says, codes divided by spaces.
inline bool names(std::string_view list, const error& e) noexcept {
    return text::lists_word(list, e.code) ||
           (e.details && text::lists_word(list, e.details->modeled_code));
}

AWSXX_COLD inline error_kind kind_of(const error& e, const model::retried_errors& own) noexcept {
    const std::string_view code = without_suffix(e.code);
    if (names(throttling, e) || names(own.throttling, e)) return error_kind::throttled;
    if (code == "RequestTimeout") return error_kind::timeout;
    if (e.http_status >= 500) return error_kind::server;
    if (among(denied, code)) return error_kind::denied;
    if (among(not_authenticated, code)) return error_kind::not_authenticated;
    if (tells_absence(code)) return error_kind::not_found;
    if (e.http_status < 300)
        return tells_fault_of_service(code) ? error_kind::server : error_kind::client;
    return kind_of_status(e.http_status);
}

}  // namespace detail::classify

/// Which retry a failure is worth. Without an answer (status 0) the transport has decided it by
/// `retryable`; with one, the code decides before the status, and first what the service's model
/// says of it.
AWSXX_COLD inline retry_class retry_class_of(const error& e,
                                             const model::retried_errors& own = {}) noexcept {
    namespace rules = detail::classify;
    if (e.http_status == 0) return e.retryable ? retry_class::transient : retry_class::never;
    if (rules::names(own.throttling, e)) return retry_class::throttling;
    if (rules::names(own.transient, e)) return retry_class::transient;
    if (rules::names(rules::throttling, e)) return retry_class::throttling;
    if (rules::names(rules::transient, e)) return retry_class::transient;
    switch (e.http_status) {
        case 429: return rules::is_bare(e.code) ? retry_class::throttling : retry_class::never;
        case 500:
        case 502:
        case 503:
        case 504: return retry_class::transient;
        default: return retry_class::never;
    }
}

/// Sets `kind` and `retryable` of a failure that AWS answered with. One that has a kind already,
/// or no status, stays as it is.
AWSXX_COLD inline void classify(error& e, const model::retried_errors& own = {}) noexcept {
    if (e.http_status == 0 || e.kind != error_kind::unknown) return;
    e.kind = detail::classify::kind_of(e, own);
    e.retryable = retry_class_of(e, own) != retry_class::never;
}

/// True if the service says that the credentials' time is over: whoever keeps them should get new
/// ones before their expiration.
inline bool blames_credentials(const error& e) noexcept {
    static constexpr std::string_view stale[] = {"ExpiredToken", "ExpiredTokenException",
                                                 "InvalidToken"};
    return detail::classify::names(stale, e);
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
