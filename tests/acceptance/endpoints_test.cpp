// SPDX-License-Identifier: MIT
// What other libraries made of endpoints that users chose.
#include <awsxx/services/sqs.hpp>
#include <awsxx/session.hpp>
#include <awsxx/testing/fake_clock.hpp>
#include <awsxx/testing/isolated_world.hpp>
#include <awsxx/testing/scripted_transport.hpp>

#include <support/catch.hpp>
#include <support/providers.hpp>

#include <map>
#include <memory>
#include <string>
#include <utility>

using namespace awsxx;
using testing::scripted_transport;

namespace {

/// Where a call to STS and one to SQS go, and the region they are signed for.
std::string targets(settings choices, testing::world_contents has = {}) {
    if (!choices.region) choices.region = "eu-west-1";
    has.environment.emplace("HOME", "/home");
    choices.outside =
        testing::isolated_world(std::make_shared<testing::fake_clock>(), std::move(has));
    const auto network = std::make_shared<scripted_transport>(
        [](const http::request&, const http::exchange&) -> scripted_transport::answer {
            return http::response{.status = 200, .body = "{}"};
        });
    const basic_session<scripted_transport> session(test::keys("AKID"), choices, network);
    (void)session.try_whoami();
    (void)session.try_call(sqs::delete_message{.queue_url = "q", .receipt_handle = "h"});
    std::string all;
    for (const auto& request : network->requests()) {
        const std::string scope(request.headers.find("authorization").value_or(""));
        const bool there = scope.find("/" + *choices.region + "/") != std::string::npos;
        all += http::to_string(request.target) + (there ? "" : " in another region") + "\n";
    }
    return all;
}

}  // namespace

TEST_CASE("acceptance 13: an endpoint without the region in its name is used as it is") {
    CHECK(targets({.endpoint_url = "http://localhost:4566"}) ==
          "http://localhost:4566/\nhttp://localhost:4566/\n");
    CHECK(targets({.endpoint_url = "https://aws.example.com/gate/"}) ==
          "https://aws.example.com/gate/\nhttps://aws.example.com/gate/\n");
    CHECK(targets({.endpoint_url = "http://[::1]:9324"}) ==
          "http://[::1]:9324/\nhttp://[::1]:9324/\n");
}

TEST_CASE("acceptance 13: so it is in every region, those that nobody knows included") {
    for (const auto* region : {"cn-north-1", "us-gov-west-1", "mx-central-1", "zz-moon-7"})
        CHECK(targets({.region = region, .endpoint_url = "http://localhost:4566"}) ==
              "http://localhost:4566/\nhttp://localhost:4566/\n");
}

TEST_CASE("acceptance 13: another region in its name changes neither it nor the signature") {
    CHECK(targets({.endpoint_url = "https://vpce-1.us-west-2.vpce.amazonaws.com"}) ==
          "https://vpce-1.us-west-2.vpce.amazonaws.com/\n"
          "https://vpce-1.us-west-2.vpce.amazonaws.com/\n");
}

TEST_CASE("acceptance 13: an endpoint for one service leaves the others at AWS") {
    CHECK(targets({.endpoint_urls = {{"SQS", "http://localhost:9324"}}}) ==
          "https://sts.eu-west-1.amazonaws.com/\nhttp://localhost:9324/\n");
}

TEST_CASE("acceptance 13: endpoints of the environment and of profiles are no different") {
    CHECK(targets({}, {.environment = {{"AWS_ENDPOINT_URL", "http://localhost:4566"}}}) ==
          "http://localhost:4566/\nhttp://localhost:4566/\n");
    CHECK(targets({}, {.environment = {{"AWS_ENDPOINT_URL_SQS", "http://localhost:9324"}}}) ==
          "https://sts.eu-west-1.amazonaws.com/\nhttp://localhost:9324/\n");
    CHECK(targets({}, {.files = {{"/home/.aws/config",
                                  "[default]\nservices = mine\nendpoint_url = http://emulator\n"
                                  "[services mine]\nsqs =\n  endpoint_url = http://queues\n"}}}) ==
          "http://emulator/\nhttp://queues/\n");
}

TEST_CASE("acceptance 13: one that cannot be used is an error and not AWS's own in its place") {
    CHECK(targets({.endpoint_url = "localhost:4566"}).empty());
    CHECK(targets({.endpoint_url = "http://user@localhost:4566"}).empty());
}
