// SPDX-License-Identifier: MIT
#include <awsxx/auth/post_policy.hpp>  // first: it must compile on its own

#include <awsxx/crypto/encode.hpp>

#include <support/catch.hpp>
#include <support/signing_samples.hpp>

#include <string>
#include <utility>

using namespace awsxx;
using auth::post_condition;

namespace {

const credentials& example_keys() {
    static const credentials keys{.access_key_id = "AKIAIOSFODNN7EXAMPLE",
                                  .secret_access_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"};
    return keys;
}

/// At 20151229T000000Z.
auth::signing to_s3() {
    return {.region = "us-east-1", .service = "s3", .when = instant(seconds(1451347200))};
}

std::string policy_of(const auth::post_form& form) {
    return crypto::from_base64(form.find("policy")).value_or("not base64");
}

}  // namespace

TEST_CASE("post policy: the document of the S3 manual has the signature of the S3 manual") {
    const std::string document =
        "{ \"expiration\": \"2015-12-30T12:00:00.000Z\",\r\n"
        "  \"conditions\": [\r\n"
        "    {\"bucket\": \"sigv4examplebucket\"},\r\n"
        "    [\"starts-with\", \"$key\", \"user/user1/\"],\r\n"
        "    {\"acl\": \"public-read\"},\r\n"
        "    {\"success_action_redirect\": "
        "\"http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html\"},\r\n"
        "    [\"starts-with\", \"$Content-Type\", \"image/\"],\r\n"
        "    {\"x-amz-meta-uuid\": \"14365123651274\"},\r\n"
        "    {\"x-amz-server-side-encryption\": \"AES256\"},\r\n"
        "    [\"starts-with\", \"$x-amz-meta-tag\", \"\"],\r\n"
        "\r\n"
        "    {\"x-amz-credential\": "
        "\"AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request\"},\r\n"
        "    {\"x-amz-algorithm\": \"AWS4-HMAC-SHA256\"},\r\n"
        "    {\"x-amz-date\": \"20151229T000000Z\" }\r\n"
        "  ]\r\n"
        "}";
    const auto signature =
        auth::policy_signature(crypto::to_base64(document), example_keys(), to_s3());
    REQUIRE(signature);
    CHECK(*signature == "8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e");
}

TEST_CASE("post policy: the form has the fields, who signs, and a signature of the policy") {
    const auto form = auth::sign_post_policy({.bucket = "photos",
                                              .key = "user/${filename}",
                                              .fields = {{"acl", "private"}},
                                              .conditions = {post_condition::size_between(1, 9)},
                                              .valid = seconds(60)},
                                             example_keys(), to_s3());
    REQUIRE(form);
    CHECK(policy_of(*form) ==
          R"({"expiration":"2015-12-29T00:01:00Z","conditions":[["content-length-range",1,9],)"
          R"({"acl":"private"},{"bucket":"photos"},["starts-with","$key","user/"],)"
          R"({"x-amz-algorithm":"AWS4-HMAC-SHA256"},)"
          R"({"x-amz-credential":"AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"},)"
          R"({"x-amz-date":"20151229T000000Z"}]})");
    std::string names;
    for (const auto& one : form->fields()) names += one.name + " ";
    CHECK(names == "acl key x-amz-algorithm x-amz-credential x-amz-date policy x-amz-signature ");
    CHECK(form->find("key") == "user/${filename}");
    CHECK(form->find("X-Amz-Signature") ==
          *auth::policy_signature(form->find("policy"), example_keys(), to_s3()));
    CHECK(form->find("file").empty());
}

TEST_CASE("post policy: a condition of the caller's takes the place of the one that follows") {
    const auto form = auth::sign_post_policy(
        {.bucket = "photos",
         .key = "a",
         .fields = {{"Content-Type", "image/png"}},
         .conditions = {post_condition::begins_with("content-type", "image/"),
                        post_condition::begins_with("key", "")}},
        example_keys(), to_s3());
    REQUIRE(form);
    CHECK(policy_of(*form).find(R"("conditions":[["starts-with","$content-type","image/"],)"
                                R"(["starts-with","$key",""],{"bucket":"photos"},{"x-amz-alg)") !=
          std::string::npos);
}

TEST_CASE("post policy: a session's token is a field and a condition") {
    auto keys = example_keys();
    keys.session_token = "token/+=";
    auto how = to_s3();
    const auto form = auth::sign_post_policy({.bucket = "b", .key = "k"}, keys, how);
    REQUIRE(form);
    CHECK(form->find("x-amz-security-token") == "token/+=");
    CHECK(policy_of(*form).ends_with(R"({"x-amz-security-token":"token/+="}]})"));
    how.rules.s3_session = true;
    const auto express = auth::sign_post_policy({.bucket = "b", .key = "k"}, keys, how);
    REQUIRE(express);
    CHECK(express->find("x-amz-s3session-token") == "token/+=");
    CHECK(express->find("x-amz-security-token").empty());
}

TEST_CASE("post policy: what S3 would refuse is refused") {
    const auto refused = [](auth::post_policy what, const credentials& keys, const char* region) {
        auto how = to_s3();
        how.region = region;
        const auto form = auth::sign_post_policy(what, keys, how);
        if (form) return std::string("nothing");
        CHECK(form.error().kind == error_kind::invalid_argument);
        return form.error().message;
    };
    const auto& keys = example_keys();
    CHECK(refused({.bucket = "b", .key = "k"}, keys, "us-east-1") == "nothing");
    CHECK(refused({.key = "k"}, keys, "us-east-1") == "the policy names no bucket");
    CHECK(refused({.bucket = "b"}, keys, "us-east-1") == "the policy names no key");
    for (const long long valid : {0ll, 604801ll})
        CHECK(refused({.bucket = "b", .key = "k", .valid = seconds(valid)}, keys, "us-east-1") ==
              "a policy is good for 1 to 604800 seconds");
    CHECK(refused({.bucket = "b", .key = "k", .fields = {{"a b", ""}}}, keys, "us-east-1") ==
          "a field has no name, or one that cannot be in a form");
    CHECK(refused({.bucket = "b", .key = "k"}, {}, "us-east-1") == "the access key id is empty");
    CHECK(refused({.bucket = "b", .key = "k"}, keys, "") == "no region is given");
    CHECK(refused({.bucket = "b", .key = "k"}, {.access_key_id = "a"}, "us-east-1") ==
          "the secret key is empty");
}
