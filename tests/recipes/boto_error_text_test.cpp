// SPDX-License-Identifier: MIT
#include <awsxx/recipes/boto_error_text.hpp>  // first: it must compile on its own

#include <awsxx/services/identitystore.hpp>

#include <support/api_scene.hpp>
#include <support/catch.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace awsxx;
using recipes::boto_error_text;
using recipes::boto_validation_text;

namespace {

constexpr auto list_groups = "aws_v2.identitystore.list_groups";

/// The error of a call that is answered so, over the wire.
error failure(std::vector<http::response> answers) {
    const test::api_scene scene(std::move(answers));
    return scene.home.try_call(identitystore::list_groups{.identity_store_id = "d-1"}).error();
}
http::response refused(int status, std::string body) {
    return {.status = status, .body = std::move(body)};
}

}  // namespace

TEST_CASE("boto error text: an error of a service") {
    const auto why = failure({refused(
        400, R"({"__type":"ResourceNotFoundException","message":"IDENTITYSTORE not found."})")});
    CHECK(boto_error_text(why, list_groups) ==
          "An error occurred in aws_v2.identitystore.list_groups: An error occurred "
          "(ResourceNotFoundException) when calling the ListGroups operation: "
          "IDENTITYSTORE not found.");
}

TEST_CASE("boto error text: retries that were used up are counted behind the operation") {
    const auto slow = refused(400, R"({"__type":"ThrottlingException","message":"Rate exceeded"})");
    CHECK(boto_error_text(failure({slow, slow, slow}), list_groups) ==
          "An error occurred in aws_v2.identitystore.list_groups: An error occurred "
          "(ThrottlingException) when calling the ListGroups operation (reached max retries: 2): "
          "Rate exceeded");
}

TEST_CASE("boto error text: an error behind a retry that was not the last is no exhaustion") {
    const auto slow = refused(400, R"({"__type":"ThrottlingException","message":"Rate exceeded"})");
    const auto why =
        failure({slow, refused(400, R"({"__type":"ValidationException","message":"no"})")});
    CHECK(why.details->attempts == 2);
    CHECK(boto_error_text(why, list_groups) ==
          "An error occurred in aws_v2.identitystore.list_groups: An error occurred "
          "(ValidationException) when calling the ListGroups operation: no");
}

TEST_CASE("boto error text: what the service does not tell is Unknown") {
    CHECK(boto_error_text(failure({refused(400, "{}")}), list_groups) ==
          "An error occurred in aws_v2.identitystore.list_groups: An error occurred (Unknown) when "
          "calling the ListGroups operation: Unknown");
    CHECK(boto_error_text(failure({refused(400, R"({"message":"odd"})")}), list_groups) ==
          "An error occurred in aws_v2.identitystore.list_groups: An error occurred (Unknown) when "
          "calling the ListGroups operation: odd");
    CHECK(boto_error_text(failure({refused(400, R"({"__type":"Odd"})")}), list_groups) ==
          "An error occurred in aws_v2.identitystore.list_groups: An error occurred (Odd) when "
          "calling the ListGroups operation: Unknown");
}

TEST_CASE("boto error text: an answer that says nothing at all is told by its status") {
    CHECK(boto_error_text(failure({refused(404, "")}), list_groups) ==
          "An error occurred in aws_v2.identitystore.list_groups: An error occurred (404) when "
          "calling the ListGroups operation: Not Found");
    const auto down = refused(503, " <html><b>503</b></html>");
    CHECK(boto_error_text(failure({down, down, down}), list_groups) ==
          "An error occurred in aws_v2.identitystore.list_groups: An error occurred (503) when "
          "calling the ListGroups operation (reached max retries: 2): Service Unavailable");
}

TEST_CASE("boto error text: code and message of an error that are empty are Unknown") {
    error why{.kind = error_kind::client, .http_status = 400};
    why.details = std::make_shared<const error_details>(
        error_details{.service = "SQS", .operation = "SendMessage"});
    CHECK(boto_error_text(why, "aws_v2.sqs.send_message") ==
          "An error occurred in aws_v2.sqs.send_message: An error occurred (Unknown) when calling "
          "the SendMessage operation: Unknown");
}

TEST_CASE("boto error text: any other error keeps its own text") {
    const error why{.kind = error_kind::network,
                    .code = "ConnectionFailed",
                    .message = "nobody listens at localhost:1"};
    CHECK(boto_error_text(why, "aws_v2.sqs.send_message") ==
          "An error occurred in aws_v2.sqs.send_message: ConnectionFailed: nobody listens at "
          "localhost:1");
    CHECK(boto_error_text(failure({refused(200, "no JSON")}), list_groups)
              .starts_with("An error occurred in aws_v2.identitystore.list_groups: identitystore "
                           "ListGroups: MalformedAnswer (200): "));
}

TEST_CASE("boto error text: keys that AWS does not know have a text of their own") {
    const auto why = failure({refused(
        400,
        R"({"__type":"UnrecognizedClientException","message":"The security token is invalid"})")});
    const std::string text =
        "AWS credentials are not configured or invalid. Please run 'aws configure' or set "
        "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY environment variables.";
    CHECK(boto_error_text(why, list_groups) == text);
    CHECK(boto_validation_text(why) == "AWS credentials validation failed: " + text);
    error similar = why;
    similar.code = "UnrecognizedClient";
    CHECK(boto_error_text(similar, list_groups) ==
          "An error occurred in aws_v2.identitystore.list_groups: An error occurred "
          "(UnrecognizedClient) when calling the ListGroups operation: The security token is "
          "invalid");
}

TEST_CASE("boto error text: failed validation stands before the text of the call") {
    const test::api_scene scene({{.status = 403,
                                  .body = "<ErrorResponse><Error><Code>InvalidClientTokenId</Code>"
                                          "<Message>The security token included in the request is "
                                          "invalid.</Message></Error></ErrorResponse>"}});
    CHECK(boto_validation_text(scene.home.try_whoami().error()) ==
          "AWS credentials validation failed: An error occurred in aws_v2.sts.get_caller_identity: "
          "An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: "
          "The security token included in the request is invalid.");
}

TEST_CASE("boto error text: a role that cannot be assumed is STS's error, as with boto") {
    const test::api_scene scene({{.status = 403,
                                  .body = "<ErrorResponse><Error><Code>AccessDenied</Code><Message>"
                                          "not you</Message></Error></ErrorResponse>"}});
    const auto role =
        scene.home.try_assume_role({.role_arn = "arn:aws:iam::111122223333:role/closed"});
    const auto why = role->try_call(identitystore::list_groups{}).error();
    CHECK(boto_error_text(why, list_groups) ==
          "An error occurred in aws_v2.identitystore.list_groups: An error occurred (AccessDenied) "
          "when calling the AssumeRole operation: not you");
}
