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

template <class Op>
bool may_pause(milliseconds chosen = http::limits{}.no_progress) {
    http::exchange how;
    CHECK(scene().limits->bound(how, {.no_progress = chosen}, Op::template wire<void>::operation));
    CHECK(how.limits.no_progress == chosen);
    return how.answer_may_pause;
}

}  // namespace

TEST_CASE("call limits: S3 may be silent in the middle of what it answers while it is at work") {
    CHECK(may_pause<s3::complete_multipart_upload>());
    CHECK(may_pause<s3::copy_object>());
    CHECK(may_pause<s3::upload_part_copy>());
    CHECK(may_pause<s3::select_object_content>());
}

TEST_CASE("call limits: all other answers that stop moving are broken") {
    CHECK_FALSE(may_pause<s3::put_object>());
    CHECK_FALSE(may_pause<s3::delete_objects>());
    CHECK_FALSE(may_pause<s3::get_object>());
    CHECK_FALSE(may_pause<s3::list_objects_v2>());
    CHECK_FALSE(may_pause<sts::get_caller_identity>());
}

TEST_CASE("call limits: a limit of the program's own holds for all") {
    CHECK_FALSE(may_pause<s3::copy_object>(5s));
    CHECK_FALSE(may_pause<s3::select_object_content>(5s));
}

TEST_CASE("call limits: a renewal has not the time of a call, but its own") {
    scene s(300ms);
    CHECK(s.limits->left() == 300ms);

    s.limits->hurry();

    CHECK_FALSE(s.limits->left());
    http::exchange how;
    CHECK(s.limits->bound(how, {}, sts::assume_role::wire<void>::operation));
    CHECK(how.limits.total == 6200ms);
}
