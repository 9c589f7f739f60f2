// SPDX-License-Identifier: MIT
#include <awsxx/core/error.hpp>

#include <support/catch.hpp>

#include <memory>
#include <sstream>
#include <string>
#include <utility>

using namespace awsxx;

namespace {

error denied() {
    return {.kind = error_kind::denied,
            .http_status = 403,
            .code = "AccessDenied",
            .message = "not authorized",
            .details = std::make_shared<const error_details>(
                error_details{.service = "STS", .operation = "AssumeRole", .request_id = "7f"})};
}

}  // namespace

TEST_CASE("error: its text is one line with service, operation, code, status and request") {
    CHECK(to_string(denied()) == "STS AssumeRole: AccessDenied (403): not authorized [request 7f]");
}

TEST_CASE("error: what is unknown is left out of the text") {
    CHECK(to_string(error{.kind = error_kind::network}) == "network");
    CHECK(to_string(error{.code = "X"}) == "X");
    CHECK(to_string(error{.code = "X", .message = "y"}) == "X: y");
    CHECK(to_string(error{.http_status = 500, .code = "X"}) == "X (500)");
}

TEST_CASE("error: causes follow, outermost first") {
    const error inner = caused_by({.code = "RoleNotAssumed", .message = "arn:r"}, denied());
    const error outer = caused_by({.code = "CredentialsUnavailable"}, inner);

    CHECK(to_string(outer) ==
          "CredentialsUnavailable <- RoleNotAssumed: arn:r <- "
          "STS AssumeRole: AccessDenied (403): not authorized [request 7f]");
    REQUIRE(outer.cause);
    REQUIRE(outer.cause->cause);
    CHECK(outer.cause->cause->code == "AccessDenied");
}

TEST_CASE("error: control characters do not get into the text") {
    CHECK(to_string(error{.code = "X", .message = "a\nb\x1b[31m\x7f\tc"}) == "X: a b [31m  c");
}

TEST_CASE("error: it is written to streams as its text") {
    std::ostringstream out;

    out << denied();

    CHECK(out.str() == to_string(denied()));
}

TEST_CASE("error: every kind has a name") {
    CHECK(to_string(error_kind::unknown) == "unknown");
    CHECK(to_string(error_kind::malformed_answer) == "malformed_answer");
    CHECK(to_string(error_kind::too_large) == "too_large");
}

#if defined(__cpp_exceptions)
TEST_CASE("aws_error: it tells what the error does, and copies keep telling it") {
    auto first = std::make_unique<aws_error>(denied());
    const aws_error copy = *first;
    first.reset();

    CHECK(copy.what() == to_string(denied()));
    CHECK(copy.kind() == error_kind::denied);
    CHECK(copy.code() == "AccessDenied");
    CHECK(copy.details().http_status == 403);
}
#endif
