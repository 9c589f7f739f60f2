// SPDX-License-Identifier: MIT
#include <awsxx/auth/post_policy_text.hpp>  // first: it must compile on its own

#include <support/catch.hpp>

using namespace awsxx;
using auth::post_condition;

TEST_CASE("post policy text: conditions are written one after the other") {
    auth::policy_text text(instant(seconds(1767225600)));
    text.add(post_condition::exactly("acl", "private"));
    text.add(post_condition::begins_with("key", "user/"));
    text.add(post_condition::size_between(1, 10485760));
    text.add_exactly("bucket", "photos");
    text.add_begins_with("Content-Type", "");
    CHECK(text.finish() ==
          R"({"expiration":"2026-01-01T00:00:00Z","conditions":[{"acl":"private"},)"
          R"(["starts-with","$key","user/"],["content-length-range",1,10485760],)"
          R"({"bucket":"photos"},["starts-with","$Content-Type",""]]})");
}

TEST_CASE("post policy text: no value breaks out of its quotes") {
    auth::policy_text text(instant{});
    text.add_exactly("key", "a\"b\\c\n\x01\x1f\xc3\xbc");
    CHECK(text.finish() ==
          "{\"expiration\":\"1970-01-01T00:00:00Z\",\"conditions\":["
          "{\"key\":\"a\\\"b\\\\c\\u000a\\u0001\\u001f\xc3\xbc\"}]}");
}

TEST_CASE("post policy text: names of fields are words") {
    for (const char* good : {"key", "Content-Type", "x-amz-meta-a_b", "success_action_redirect"})
        CHECK(auth::is_form_name(good));
    for (const char* bad : {"", "a b", "a\"", "$key", "a\r\n"})
        CHECK_FALSE(auth::is_form_name(bad));
}
