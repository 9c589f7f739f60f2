// SPDX-License-Identifier: MIT
#include <awsxx/runtime/checksum_wishes.hpp>

#include <awsxx/services/s3.hpp>
#include <awsxx/session.hpp>
#include <awsxx/testing/isolated_world.hpp>
#include <awsxx/testing/scripted_transport.hpp>

#include <support/catch.hpp>

#include <memory>
#include <utility>

using namespace awsxx;

namespace {

checksum_wishes wishes_of(settings choices) {
    choices.region = "eu-west-1";
    choices.outside = testing::isolated_world(nullptr);
    const basic_session<testing::scripted_transport> by(
        credentials{.access_key_id = "AKID", .secret_access_key = "secret"}, std::move(choices),
        std::make_shared<testing::scripted_transport>());
    const auto found = by.try_checksum_wishes(s3::get_object{.bucket = "bucket", .key = "key"});
    REQUIRE(found);
    return *found;
}

}  // namespace

TEST_CASE("checksum wishes: AWS gets them, somebody's own endpoint only where they are chosen") {
    CHECK(wishes_of({}).requests);
    CHECK(wishes_of({}).answers);
    const auto own = wishes_of({.endpoint_url = "http://store.example"});
    CHECK_FALSE(own.requests);
    CHECK_FALSE(own.answers);
    const auto chosen =
        wishes_of({.endpoint_url = "http://store.example",
                   .bodies = {.request_checksums = config::checksum_use::when_supported}});
    CHECK(chosen.requests);
    CHECK_FALSE(chosen.answers);
    CHECK_FALSE(
        wishes_of({.bodies = {.answer_checksums = config::checksum_use::when_required}}).answers);
}

TEST_CASE("checksum wishes: a call that has no endpoint has none") {
    const basic_session<testing::scripted_transport> by(
        credentials{.access_key_id = "AKID", .secret_access_key = "secret"},
        {.region = "eu-west-1", .outside = testing::isolated_world(nullptr)},
        std::make_shared<testing::scripted_transport>());
    const auto none = by.try_checksum_wishes(s3::get_object{.bucket = "", .key = "key"});
    REQUIRE_FALSE(none);
    CHECK(none.error().kind == error_kind::invalid_argument);
}
