// SPDX-License-Identifier: MIT
#include <awsxx/services/s3.hpp>

#include <support/api_scene.hpp>
#include <support/catch.hpp>

#include <string>
#include <utility>

using namespace awsxx;
using test::api_scene;

namespace {

/// The body of a CreateBucket in that region.
std::string created(const s3::create_bucket& what, settings with) {
    const api_scene scene({{.status = 200}}, std::move(with));
    REQUIRE(scene.home.try_call(what));
    return scene.sent();
}

}  // namespace

TEST_CASE("s3: a bucket is created in the session's region, unless that is not to be named") {
    const s3::create_bucket what{.bucket = "photos"};
    CHECK(created(what, {.region = "eu-west-1"}) ==
          "<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
          "<LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>");
    CHECK(created(what, {.region = "us-east-1"}).empty());
    CHECK(created(what, {.region = "eu-west-1", .endpoint_url = "http://127.0.0.1:9000"}).empty());
    CHECK(created({.bucket = "photos--usw2-az1--x-s3"}, {.region = "us-west-2"}).empty());
}

TEST_CASE("s3: a bucket is created where the program says") {
    const std::string sent =
        created({.bucket = "photos",
                 .create_bucket_configuration =
                     s3::create_bucket_configuration{.location_constraint = "eu-north-1"}},
                {.region = "eu-west-1"});
    CHECK(sent.find("eu-north-1") != std::string::npos);
    CHECK(sent.find("eu-west-1") == std::string::npos);
}

TEST_CASE("s3: where two schemes are offered, the preferred one signs, for the regions wanted") {
    const auto proof = [](settings with) {
        with.region = "us-west-2";
        const api_scene scene({{.status = 200}}, std::move(with));
        REQUIRE(scene.home.try_call(s3::get_object{
            .bucket = "arn:aws:s3-outposts:us-west-2:123456789012:outpost:op-1:accesspoint:mine",
            .key = "a"}));
        const auto request = scene.network->requests().at(0);
        return std::string(request.headers.find("Authorization").value_or("")).substr(0, 26) + " " +
               std::string(request.headers.find("X-Amz-Region-Set").value_or("-"));
    };
    CHECK(proof({}) == "AWS4-ECDSA-P256-SHA256 Cre *");
    CHECK(proof({.sigv4a_regions = "us-west-2, us-east-1"}) ==
          "AWS4-ECDSA-P256-SHA256 Cre us-west-2,us-east-1");
    CHECK(proof({.auth_schemes = "sigv4"}) == "AWS4-HMAC-SHA256 Credentia -");
}

TEST_CASE("s3: the object to be copied is named as it is called") {
    const api_scene scene({{.status = 200, .body = "<CopyObjectResult></CopyObjectResult>"}});
    REQUIRE(scene.home.try_call(
        s3::copy_object{.bucket = "photos", .copy_source = "old/the first", .key = "a"}));
    CHECK(scene.network->requests().at(0).headers.find("x-amz-copy-source") == "old/the%20first");
}

TEST_CASE("s3: metadata that no header can carry is refused before anything is sent") {
    const api_scene scene({{.status = 200}}, {.region = "eu-west-1"});
    const auto refused = scene.home.try_call(
        s3::put_object{.bucket = "b", .key = "k", .metadata = {{"author", "Jos\u00e9"}}});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "InvalidInput");
    CHECK(refused.error().message.find("x-amz-meta-author is not ASCII") != std::string::npos);
    CHECK(scene.network->requests().empty());
    CHECK(scene.home.try_call(s3::put_object{
        .bucket = "b", .key = "k", .metadata = {{"author", "=?utf-8?q?Jos=C3=A9?="}}}));
}
