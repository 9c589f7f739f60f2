// SPDX-License-Identifier: MIT
#include <awsxx/recipes/ses.hpp>  // first: it must compile on its own

#include <support/api_scene.hpp>
#include <support/catch.hpp>

#include <string>

using namespace awsxx;
using test::api_scene;

#if defined(__cpp_exceptions)
TEST_CASE("ses: a mail is sent; what is unset is not") {
    const auto scene = api_scene::of(
        {"<SendEmailResponse><SendEmailResult><MessageId>m-1</MessageId></SendEmailResult>"
         "</SendEmailResponse>"});
    const auto sent = recipes::ses::send_email(
        {.source = "a@example.com",
         .destination = {.to_addresses = {"b@example.com"}},
         .message = {.subject = {.data = "Hi"}, .body = {.text = {{.data = "there"}}}}},
        scene.home);
    CHECK(sent.message_id == "m-1");
    CHECK(scene.sent() ==
          "Action=SendEmail&Version=2010-12-01&Source=a%40example.com&"
          "Destination.ToAddresses.member.1=b%40example.com&Message.Subject.Data=Hi&"
          "Message.Body.Text.Data=there");
}
#endif

TEST_CASE("ses: a mail that was sent is not sent again because its answer is odd") {
    const auto scene = api_scene::of({"<SendRawEmailResponse/>"});
    const auto sent =
        recipes::ses::try_send_raw_email({.raw_message = {.data = "To: b"}}, scene.home);
    REQUIRE(sent);
    CHECK(sent->note == "the answer has no MessageId that can be read");
    CHECK(scene.sent().ends_with("RawMessage.Data=VG86IGI%3D"));
}

TEST_CASE("ses: a mail that SES refuses is an error") {
    const api_scene scene({{.status = 400,
                            .body = "<ErrorResponse><Error><Code>MessageRejected</Code><Message>"
                                    "Email address is not verified.</Message></Error>"
                                    "</ErrorResponse>"}});
    CHECK(recipes::ses::try_send_email({}, scene.home).error().code == "MessageRejected");
}
