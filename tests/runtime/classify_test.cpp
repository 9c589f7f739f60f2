// SPDX-License-Identifier: MIT
#include <awsxx/runtime/classify.hpp>

#include <support/catch.hpp>

#include <memory>
#include <string>
#include <utility>

using awsxx::error;
using awsxx::error_kind;
using awsxx::runtime::retry_class;
using awsxx::runtime::retry_class_of;

namespace {

error answered(int status, std::string code) {
    error e{.http_status = status, .code = std::move(code)};
    awsxx::runtime::classify(e);
    return e;
}

/// With a name of the time before its service spoke JSON.
awsxx::error renamed(std::string code, std::string now) {
    return {.http_status = 400,
            .code = std::move(code),
            .details = std::make_shared<const awsxx::error_details>(
                awsxx::error_details{.modeled_code = std::move(now)})};
}

}  // namespace

TEST_CASE("classify: what the model says is worth another attempt is, before anything else") {
    const awsxx::model::retried_errors own{"ModelNotReadyException OldCode", "BusyException"};
    CHECK(retry_class_of({.http_status = 429, .code = "ModelNotReadyException"}, own) ==
          retry_class::transient);
    CHECK(retry_class_of({.http_status = 429, .code = "ModelNotReadyException"}) ==
          retry_class::never);
    CHECK(retry_class_of({.http_status = 400, .code = "BusyException"}, own) ==
          retry_class::throttling);
    CHECK(retry_class_of({.http_status = 400, .code = "Busy"}, own) == retry_class::never);
    awsxx::error busy{.http_status = 400, .code = "BusyException"};
    awsxx::runtime::classify(busy, own);
    CHECK(busy.kind == awsxx::error_kind::throttled);
    CHECK(busy.retryable);
}

TEST_CASE("classify: each failure gets the kind that says what to do") {
    CHECK(answered(403, "AccessDenied").kind == error_kind::denied);
    CHECK(answered(400, "AccessDeniedException").kind == error_kind::denied);
    CHECK(answered(403, "UnauthorizedOperation").kind == error_kind::denied);
    CHECK(answered(403, "").kind == error_kind::denied);
    CHECK(answered(403, "ExpiredToken").kind == error_kind::not_authenticated);
    CHECK(answered(400, "ExpiredTokenException").kind == error_kind::not_authenticated);
    CHECK(answered(403, "InvalidClientTokenId").kind == error_kind::not_authenticated);
    CHECK(answered(403, "SignatureDoesNotMatch").kind == error_kind::not_authenticated);
    CHECK(answered(400, "UnrecognizedClientException").kind == error_kind::not_authenticated);
    CHECK(answered(401, "401").kind == error_kind::not_authenticated);
    CHECK(answered(404, "NoSuchKey").kind == error_kind::not_found);
    CHECK(answered(400, "ResourceNotFoundException").kind == error_kind::not_found);
    CHECK(answered(400, "InvalidInstanceID.NotFound").kind == error_kind::not_found);
    CHECK(answered(404, "404").kind == error_kind::not_found);
    CHECK(answered(400, "Throttling").kind == error_kind::throttled);
    CHECK(answered(503, "SlowDown").kind == error_kind::throttled);
    CHECK(answered(429, "").kind == error_kind::throttled);
    CHECK(answered(429, "TooManyRequestsError").kind == error_kind::throttled);
    CHECK(answered(400, "RequestTimeout").kind == error_kind::timeout);
    CHECK(answered(400, "ValidationError").kind == error_kind::client);
    CHECK(answered(301, "PermanentRedirect").kind == error_kind::client);
    CHECK(answered(500, "InternalFailure").kind == error_kind::server);
    CHECK(answered(503, "AccessDenied").kind == error_kind::server);
    CHECK(answered(200, "InternalError").kind == error_kind::server);
}

TEST_CASE("classify: says whether the same call may succeed later") {
    CHECK(answered(500, "InternalFailure").retryable);
    CHECK(answered(400, "ThrottlingException").retryable);
    CHECK_FALSE(answered(403, "AccessDenied").retryable);
    CHECK_FALSE(answered(501, "NotImplemented").retryable);
}

TEST_CASE("classify: leaves what the transport or a decoder has said") {
    error broken{.kind = error_kind::network, .retryable = true, .code = "ConnectionFailed"};
    error odd{.kind = error_kind::malformed_answer, .http_status = 200, .code = "MalformedXml"};

    awsxx::runtime::classify(broken);
    awsxx::runtime::classify(odd);

    CHECK(broken.kind == error_kind::network);
    CHECK(broken.retryable);
    CHECK(odd.kind == error_kind::malformed_answer);
    CHECK_FALSE(odd.retryable);
}

TEST_CASE("classify: the code decides on retries before the status") {
    CHECK(retry_class_of({.http_status = 503, .code = "SlowDown"}) == retry_class::throttling);
    CHECK(retry_class_of({.http_status = 400, .code = "PriorRequestNotComplete"}) ==
          retry_class::throttling);
    CHECK(retry_class_of({.http_status = 400, .code = "RequestTimeoutException"}) ==
          retry_class::transient);
    CHECK(retry_class_of({.http_status = 400, .code = "IDPCommunicationError"}) ==
          retry_class::transient);
    CHECK(retry_class_of({.http_status = 503, .code = "503"}) == retry_class::transient);
    CHECK(retry_class_of({.http_status = 505}) == retry_class::never);
    CHECK(retry_class_of({.http_status = 409, .code = "LimitExceeded"}) == retry_class::never);
}

TEST_CASE("classify: each code that AWS's SDKs agreed on is throttling, whatever the status") {
    for (const char* code :
         {"Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException",
          "TooManyRequestsException", "ProvisionedThroughputExceededException",
          "TransactionInProgressException", "RequestLimitExceeded", "BandwidthLimitExceeded",
          "LimitExceededException", "RequestThrottled", "SlowDown", "PriorRequestNotComplete",
          "EC2ThrottledException", "TooManyRequestsError"}) {
        CAPTURE(code);
        CHECK(retry_class_of({.http_status = 400, .code = code}) == retry_class::throttling);
        CHECK(retry_class_of({.http_status = 429, .code = code}) == retry_class::throttling);
    }
}

TEST_CASE("classify: the suffix of a code is left off once, and only at its end") {
    CHECK(awsxx::runtime::without_suffix("AccessDeniedException") == "AccessDenied");
    CHECK(awsxx::runtime::without_suffix("AccessDenied") == "AccessDenied");
    CHECK(awsxx::runtime::without_suffix("ExceptionOfRule") == "ExceptionOfRule");
    CHECK(awsxx::runtime::without_suffix("").empty());
}

TEST_CASE("classify: status 429 is throttling unless the service gives another reason") {
    CHECK(retry_class_of({.http_status = 429}) == retry_class::throttling);
    CHECK(retry_class_of({.http_status = 429, .code = "429"}) == retry_class::throttling);
    CHECK(retry_class_of({.http_status = 429, .code = "QuotaUsedUp"}) == retry_class::never);
}

TEST_CASE("classify: without an answer the transport has decided on retries") {
    CHECK(retry_class_of({.kind = error_kind::network, .retryable = true}) ==
          retry_class::transient);
    CHECK(retry_class_of({.kind = error_kind::network}) == retry_class::never);
    CHECK(retry_class_of({.kind = error_kind::cancelled}) == retry_class::never);
}

TEST_CASE(
    "classify: an error in the midst of a success is the request's unless it says otherwise") {
    CHECK(answered(200, "ValidationException").kind == error_kind::client);
    CHECK(answered(200, "InvalidPart").kind == error_kind::client);
    CHECK(answered(200, "AccessDeniedException").kind == error_kind::denied);
    CHECK(answered(200, "ThrottlingException").kind == error_kind::throttled);
    CHECK(answered(200, "InternalServerException").kind == error_kind::server);
    CHECK(answered(200, "InternalFailure").kind == error_kind::server);
    CHECK(answered(200, "ServiceUnavailableException").kind == error_kind::server);
    CHECK(answered(200, "ServiceException").kind == error_kind::server);
}

TEST_CASE("classify: only expired or unknown tokens blame the credentials") {
    CHECK(awsxx::runtime::blames_credentials({.code = "ExpiredToken"}));
    CHECK(awsxx::runtime::blames_credentials({.code = "ExpiredTokenException"}));
    CHECK(awsxx::runtime::blames_credentials({.code = "InvalidToken"}));
    CHECK(awsxx::runtime::blames_credentials(renamed("Client.Token", "ExpiredTokenException")));
    CHECK_FALSE(awsxx::runtime::blames_credentials({.code = "AuthFailure"}));
    CHECK_FALSE(awsxx::runtime::blames_credentials({.code = "AccessDenied"}));
}
