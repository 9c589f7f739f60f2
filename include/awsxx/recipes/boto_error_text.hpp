// SPDX-License-Identifier: MIT
// Errors in the words of boto3 and a wrapper of it, for logs that are searched for them.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/protocols/error_answer.hpp>

#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::recipes {

namespace detail::boto_error_text {

inline bool is_of_service(const error& e) noexcept {
    return e.http_status != 0 && e.kind != error_kind::malformed_answer && e.details &&
           !e.details->operation.empty();
}

/// What the service said. Where no credentials were to be had it is STS or its like, and boto
/// raises that error as it is. Null: no service said anything.
inline const error* told_by_service(const error& e) noexcept {
    if (is_of_service(e)) return &e;
    if (e.code != "CredentialsUnavailable") return nullptr;
    for (const error* one = e.cause.get(); one != nullptr; one = one->cause.get())
        if (is_of_service(*one)) return one;
    return nullptr;
}

inline std::string or_unknown(std::string_view text) {
    return std::string(text.empty() ? "Unknown" : text);
}

/// The answer had nothing to say, as one to HEAD, or what a load balancer says: boto makes do with
/// the status.
inline bool is_generic(const error& e) noexcept {
    const auto* const kept = static_cast<const protocols::kept_answer*>(e.details->answer.get());
    if (kept == nullptr) return false;
    const std::string_view body = text::trimmed(kept->answer.body);
    return body.empty() || (e.http_status >= 500 && body.starts_with("<html>"));
}

/// As `str()` of botocore's ClientError.
inline std::string client_error(const error& e) {
    // Where the answer has no code, the status has taken its place.
    const bool bare = e.code == std::to_string(e.http_status) && !is_generic(e);
    const bool mute = bare && e.message == protocols::reason_phrase(e.http_status);
    std::string text = "An error occurred (" + or_unknown(bare ? "" : e.code) +
                       ") when calling the " + e.details->operation + " operation";
    if (e.details->attempts_exhausted)
        text += " (reached max retries: " + std::to_string(e.details->attempts - 1) + ")";
    return text + ": " + or_unknown(mute ? "" : e.message);
}

}  // namespace detail::boto_error_text

/// The text of the wrapper's `AwsError` for an error, to the letter.
///
///     const awsxx::error why{.code = "ConnectionFailed"};
///     const std::string text = awsxx::recipes::boto_error_text(why, "aws_v2.ses.send_email");
///     // An error occurred in aws_v2.ses.send_email: ConnectionFailed
///
/// `function` is the name of the Python function with its module. What the service says is repeated
/// as it is, line breaks included; `to_string` is the better text where nobody needs this one.
AWSXX_COLD inline std::string boto_error_text(const error& why, std::string_view function) {
    namespace own = detail::boto_error_text;
    const error* const told = own::told_by_service(why);
    if (told != nullptr && told->code == "UnrecognizedClientException")
        return "AWS credentials are not configured or invalid. Please run 'aws configure' or set "
               "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY environment variables.";
    const std::string text = told != nullptr ? own::client_error(*told) : to_string(why);
    return "An error occurred in " + std::string(function) + ": " + text;
}

/// The text of a failed `validate_credentials`, which asks STS who the caller is.
AWSXX_COLD inline std::string boto_validation_text(
    const error& why, std::string_view function = "aws_v2.sts.get_caller_identity") {
    return "AWS credentials validation failed: " + boto_error_text(why, function);
}

}  // namespace awsxx::inline AWSXX_ABI::recipes
