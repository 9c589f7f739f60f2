// SPDX-License-Identifier: MIT
// What other libraries sent for members that were unset, and made of answers to calls that worked.
#include <awsxx/recipes/ses.hpp>
#include <awsxx/recipes/sqs.hpp>
#include <awsxx/recipes/sso_admin.hpp>
#include <awsxx/services/scheduler.hpp>
#include <awsxx/services/sns.hpp>

#include <support/api_scene.hpp>
#include <support/catch.hpp>

#include <string>

using namespace awsxx;
using recipes::sso_admin::try_create_account_assignment;
using test::api_scene;

namespace {

/// What goes over the wire for an operation: path, query and body.
template <class Op>
std::string wire_of(const Op& op) {
    const auto scene = api_scene::of({"{}"});
    (void)scene.home.try_call(op);
    const auto target = scene.network->requests().at(0).target;
    return target.path + "?" + target.query + " " + scene.sent();
}

}  // namespace

TEST_CASE("acceptance 21: what is unset is not in JSON") {
    CHECK(wire_of(sqs::receive_message{.queue_url = "q"}) == R"(/? {"QueueUrl":"q"})");
    CHECK(wire_of(sso_admin::list_instances{}) == "/? {}");
}

TEST_CASE("acceptance 21: what is unset is not in forms") {
    CHECK(wire_of(sts::assume_role{.role_arn = "r", .role_session_name = "me"}) ==
          "/? Action=AssumeRole&Version=2011-06-15&RoleArn=r&RoleSessionName=me");
    CHECK(wire_of(sns::publish{.message = "m"}) ==
          "/? Action=Publish&Version=2010-03-31&Message=m");
}

TEST_CASE("acceptance 21: what is unset is in neither path, query nor body") {
    CHECK(wire_of(scheduler::list_schedules{}) == "/schedules? ");
    CHECK(wire_of(scheduler::get_schedule{.name = "n"}) == "/schedules/n? ");
    CHECK(wire_of(scheduler::create_schedule_group{.name = "n", .client_token = "t"}) ==
          R"(/schedule-groups/n? {"ClientToken":"t"})");
}

TEST_CASE("acceptance 21: what is set to nothing is sent as nothing, in an optional") {
    CHECK(wire_of(scheduler::list_schedules{.name_prefix = ""}) == "/schedules?NamePrefix= ");
    CHECK(wire_of(sqs::receive_message{.queue_url = "q", .max_number_of_messages = 0}) ==
          R"(/? {"QueueUrl":"q","MaxNumberOfMessages":0})");
}

TEST_CASE("acceptance 22: a change is a success whose answer has other members than expected") {
    const auto scene =
        api_scene::of({R"({"AccountAssignmentDeletionStatus":{"Status":"IN_PROGRESS"}})"});
    const auto begun = try_create_account_assignment({}, scene.home);
    REQUIRE(begun);
    CHECK_FALSE(begun->account_assignment_creation_status);
    CHECK(begun->note == "the answer has no AccountAssignmentCreationStatus that can be read");
    CHECK(scene.calls() == 1);
}

TEST_CASE("acceptance 22: a change is a success whatever its answer is made of") {
    for (const auto* body : {"", "{}", "[]", "null", "7", R"("done")", "done", "<done/>",
                             R"({"AccountAssignmentCreationStatus":7})",
                             R"({"AccountAssignmentCreationStatus":["IN_PROGRESS"]})",
                             R"({"AccountAssignmentCreationStatus":{"Status":)"}) {
        CAPTURE(body);
        const auto scene = api_scene::of({body});
        const auto begun = try_create_account_assignment({}, scene.home);
        REQUIRE(begun);
        CHECK_FALSE(begun->note.empty());
        CHECK(scene.calls() == 1);
    }
}

TEST_CASE("acceptance 22: what of an answer can be read is read, and the rest is noted") {
    const auto scene = api_scene::of(
        {R"({"AccountAssignmentCreationStatus":{"Status":5,"RequestId":"r-1"},"New":true})"});
    const auto begun = try_create_account_assignment({}, scene.home);
    REQUIRE(begun);
    CHECK(begun->account_assignment_creation_status->request_id == "r-1");
    CHECK(begun->account_assignment_creation_status->status.empty());
    CHECK(scene.notes->find("SSO Admin CreateAccountAssignment: a part of the answer cannot be "
                            "read: at AccountAssignmentCreationStatus.Status") !=
          std::string::npos);
}

TEST_CASE(
    "acceptance 22: in each protocol, calls with odd members in their answers are successes") {
    CHECK(api_scene::of({R"({"MessageId":{}})"}).home.try_call(sqs::send_message{}));
    CHECK(api_scene::of({"<PublishResponse><PublishResult><MessageId><b/></MessageId>"
                         "</PublishResult></PublishResponse>"})
              .home.try_call(sns::publish{}));
    const auto other = api_scene::of({"<Other/>"});
    CHECK_FALSE(recipes::ses::try_send_email({}, other.home)->note.empty());
    CHECK(api_scene::of({R"({"ScheduleGroupArn":[1]})"})
              .home.try_call(scheduler::create_schedule_group{.name = "g"}));
}
