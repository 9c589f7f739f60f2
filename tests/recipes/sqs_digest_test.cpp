// SPDX-License-Identifier: MIT
#include <awsxx/recipes/sqs_digest.hpp>  // first: it must compile on its own

#include <support/catch.hpp>

#include <string>

using namespace awsxx;
using recipes::sqs::check_message;
using recipes::sqs::md5_of_attributes;

namespace {

const recipes::sqs::message_attributes mixed{
    {"n", {.string_value = "7", .data_type = "Number.int"}},
    {"city", {.string_value = "Any City", .data_type = "String"}},
    {"b", {.binary_value = std::string("\0\1\xff", 3), .data_type = "Binary"}}};
constexpr auto mixed_md5 = "ea36989bb084fdc037053b97549c342f";

sqs::message message() {
    return {.message_id = "m-1",
            .md5_of_body = "5d41402abc4b2a76b9719d911017c592",
            .body = "hello",
            .md5_of_message_attributes = mixed_md5,
            .message_attributes = mixed};
}

}  // namespace

TEST_CASE("sqs digest: attributes have the digest that SQS gives them") {
    CHECK(
        md5_of_attributes({{"timestamp", {.string_value = "1493147359900", .data_type = "Number"}}})
            .value_or("") == "235c5c510d26fb653d073faed50ae77c");
    CHECK(md5_of_attributes(mixed).value_or("") == mixed_md5);
}

TEST_CASE("sqs digest: a message that is as it was sent passes") {
    CHECK(check_message(message()));
    CHECK(check_message({.body = "without any digest"}));
}

TEST_CASE("sqs digest: a body or attributes that changed are found") {
    auto changed = message();
    changed.body = "hallo";
    CHECK(check_message(changed).error().code == "ChecksumMismatch");
    changed = message();
    changed.message_attributes["n"].string_value = "8";
    const auto why = check_message(changed).error();
    CHECK(why.kind == error_kind::malformed_answer);
    CHECK(why.message == "message m-1: its attributes are not those that were sent");
    changed.message_attributes.clear();
    CHECK_FALSE(check_message(changed));
}
