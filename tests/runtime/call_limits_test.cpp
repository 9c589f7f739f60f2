// SPDX-License-Identifier: MIT
#include <awsxx/runtime/call_limits.hpp>

#include <awsxx/runtime/configuration.hpp>
#include <awsxx/services/s3.hpp>
#include <awsxx/services/sts.hpp>
#include <awsxx/testing/fake_clock.hpp>
#include <awsxx/testing/isolated_world.hpp>

#include <support/catch.hpp>
#include <support/providers.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

using namespace awsxx;
using namespace std::chrono_literals;

namespace {

/// The limits of a call of a session with such a one.
struct scene {
    explicit scene(milliseconds call_timeout = {}) {
        settings choices{.region = "eu-west-1", .call_timeout = call_timeout};
        choices.outside = testing::isolated_world(std::make_shared<testing::fake_clock>());
        who = std::make_shared<const runtime::identity>(
            std::make_shared<const runtime::configuration>(std::move(choices)),
            test::answering(test::keys("AKID")));
        limits.emplace(*who);
    }
    std::shared_ptr<const runtime::identity> who{};
    std::optional<runtime::call_limits> limits{};
};

/// What an attempt may take without progress.
template <class Op>
milliseconds silence(milliseconds chosen = http::limits{}.no_progress) {
    http::limits found;
    CHECK(
        scene().limits->bound(found, {.no_progress = chosen}, Op::template wire<void>::operation));
    return found.no_progress;
}

}  // namespace

TEST_CASE("call limits: S3 may be silent in the middle of what it answers while it is at work") {
    CHECK(silence<s3::complete_multipart_upload>() == 0ms);
    CHECK(silence<s3::copy_object>() == 0ms);
    CHECK(silence<s3::upload_part_copy>() == 0ms);
    CHECK(silence<s3::select_object_content>() == 0ms);
}

TEST_CASE("call limits: a body that stops moving is none of that") {
    CHECK(silence<s3::put_object>() == 20s);
    CHECK(silence<s3::upload_part>() == 20s);
    CHECK(silence<s3::get_object>() == 20s);
    CHECK(silence<s3::list_objects_v2>() == 20s);
    CHECK(silence<sts::get_caller_identity>() == 20s);
}

TEST_CASE("call limits: a limit of the program's own holds for all") {
    CHECK(silence<s3::copy_object>(5s) == 5s);
    CHECK(silence<s3::select_object_content>(5s) == 5s);
}

TEST_CASE("call limits: a renewal has not the time of a call, but its own") {
    scene s(300ms);
    CHECK(s.limits->left() == 300ms);

    s.limits->hurry();

    CHECK_FALSE(s.limits->left());
    http::limits found;
    CHECK(s.limits->bound(found, {}, sts::assume_role::wire<void>::operation));
    CHECK(found.total == 6200ms);
}
