// SPDX-License-Identifier: MIT
#include <awsxx/recipes/changed.hpp>  // first: it must compile on its own

#include <support/catch.hpp>

#include <awsxx/services/sqs.hpp>

#include <string>
#include <utility>

using namespace awsxx;

namespace {

using output = sqs::send_message_result;

expected<recipes::changed<output>> outcome(expected<output> answer) {
    return recipes::carried_out(std::move(answer), "MessageId",
                                [](const output& out) { return !out.message_id.empty(); });
}

}  // namespace

TEST_CASE("changed: a whole answer has no note") {
    const auto done = outcome(output{.message_id = "m-1"});
    REQUIRE(done);
    CHECK(done->message_id == "m-1");
    CHECK(done->note.empty());
}

TEST_CASE("changed: an answer without what is needed is a success with a note") {
    const auto done = outcome(output{.sequence_number = "7"});
    REQUIRE(done);
    CHECK(done->sequence_number == "7");
    CHECK(done->note == "the answer has no MessageId that can be read");
}

TEST_CASE("changed: an answer that is none is a success with a note") {
    const auto done = outcome(
        error{.kind = error_kind::malformed_answer, .http_status = 200, .code = "MalformedAnswer"});
    REQUIRE(done);
    CHECK(done->message_id.empty());
    CHECK(done->note == "MalformedAnswer (200)");
}

TEST_CASE("changed: what was not carried out is an error") {
    CHECK_FALSE(outcome(error{.kind = error_kind::denied, .http_status = 403}));
    CHECK_FALSE(outcome(error{.kind = error_kind::malformed_answer, .http_status = 500}));
    CHECK_FALSE(outcome(error{.kind = error_kind::malformed_answer}));
    CHECK_FALSE(outcome(error{.kind = error_kind::client, .http_status = 200}));
}

TEST_CASE("changed: where the answer says nothing, nothing is missed") {
    const auto done = recipes::carried_out(
        expected<sqs::delete_message_response>(sqs::delete_message_response{}));
    REQUIRE(done);
    CHECK(done->note.empty());
}
