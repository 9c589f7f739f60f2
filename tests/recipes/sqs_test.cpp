// SPDX-License-Identifier: MIT
#include <awsxx/recipes/sqs.hpp>  // first: it must compile on its own

#include <support/api_scene.hpp>
#include <support/catch.hpp>

#include <string>

#if defined(__cpp_exceptions)

using namespace awsxx;
using test::api_scene;
namespace recipe = recipes::sqs;

namespace {

constexpr auto queue = "https://sqs.eu-west-1.amazonaws.com/1/q";

std::string received(const std::string& md5) {
    return R"({"Messages":[{"MessageId":"m-1","ReceiptHandle":"h","Body":"hello","MD5OfBody":")" +
           md5 +
           R"(","Attributes":{"SentTimestamp":"1"},"MessageAttributes":{"timestamp":)"
           R"({"StringValue":"1493147359900","DataType":"Number"}},)"
           R"("MD5OfMessageAttributes":"235c5c510d26fb653d073faed50ae77c"}]})";
}

}  // namespace

TEST_CASE("sqs: a message is sent") {
    const auto scene = api_scene::of({R"({"MessageId":"m-1"})"});
    CHECK(recipe::send_message({.queue_url = queue, .message_body = "hello"}, scene.home)
              .message_id == "m-1");
    CHECK(scene.sent() ==
          R"({"QueueUrl":"https://sqs.eu-west-1.amazonaws.com/1/q","MessageBody":"hello"})");
}

TEST_CASE("sqs: a message is received with all that belongs to it, and checked") {
    const auto scene = api_scene::of({received("5d41402abc4b2a76b9719d911017c592")});
    const auto got = recipe::receive_message({.queue_url = queue}, scene.home);
    REQUIRE(got.messages.size() == 1);
    CHECK(got.messages[0].attributes.at("SentTimestamp") == "1");
    CHECK(got.messages[0].message_attributes.at("timestamp").string_value == "1493147359900");
    CHECK(got.messages[0].md5_of_body == "5d41402abc4b2a76b9719d911017c592");
    CHECK(scene.sent().find(R"("MessageSystemAttributeNames":["All"])") != std::string::npos);
    CHECK(scene.sent().find(R"("MessageAttributeNames":["All"])") != std::string::npos);
}

TEST_CASE("sqs: only those attributes come that are named") {
    const auto scene = api_scene::of({"{}"});
    CHECK(recipe::receive_message({.queue_url = queue,
                                   .attribute_names = {"SenderId"},
                                   .message_attribute_names = {"city"}},
                                  scene.home)
              .messages.empty());
    CHECK(scene.sent() ==
          R"({"QueueUrl":"https://sqs.eu-west-1.amazonaws.com/1/q","AttributeNames":["SenderId"],)"
          R"("MessageAttributeNames":["city"]})");
}

TEST_CASE("sqs: a message that was damaged on the way is not handed out") {
    const auto scene = api_scene::of({received("00000000000000000000000000000000")});
    const auto why = recipe::try_receive_message({.queue_url = queue}, scene.home).error();
    CHECK(why.code == "ChecksumMismatch");
    CHECK(why.message.find("m-1") != std::string::npos);
}

TEST_CASE("sqs: a message is deleted; one that cannot be is an error") {
    const api_scene scene(
        {{.status = 200},
         {.status = 400,
          .body = R"({"__type":"com.amazonaws.sqs#ReceiptHandleIsInvalid","message":"no"})"}});
    CHECK(recipe::delete_message({.queue_url = queue, .receipt_handle = "h"}, scene.home)
              .note.empty());
    CHECK(recipe::try_delete_message({.queue_url = queue, .receipt_handle = "x"}, scene.home)
              .error()
              .code == "ReceiptHandleIsInvalid");
}

#endif
