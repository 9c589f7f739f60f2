// SPDX-License-Identifier: MIT
#include <awsxx/core/system_clock.hpp>
#include <awsxx/runtime/attempt_report.hpp>  // first: it must compile on its own

#include <awsxx/async.hpp>
#include <awsxx/services/sts.hpp>
#include <awsxx/testing/isolated_world.hpp>

#include <support/catch.hpp>
#include <support/http_server.hpp>
#include <support/providers.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace awsxx;
using namespace std::chrono_literals;

namespace {

struct scene {
    explicit scene(test::http_server::handler answers)
        : server(std::move(answers), {.tls = true, .identity = &identity}) {
        choices.endpoint_url = server.url();
        choices.ca_bundle = identity.ca_file();
        choices.outside = testing::isolated_world(std::make_shared<system_clock>());
        choices.observer = {.attempt = [this](const attempt_report& one) { seen.push_back(one); }};
    }
    awsxx::session session() const { return awsxx::session(test::keys("AKID"), choices); }

    test::tls_identity identity{};
    test::http_server server;
    settings choices{.region = "eu-west-1", .max_attempts = 1};
    std::vector<attempt_report> seen{};  // whose texts are gone
};

const std::string who =
    "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>a</Arn>"
    "</GetCallerIdentityResult></GetCallerIdentityResponse>";

}  // namespace

TEST_CASE("attempt report: a connection is new once, with the times it took, then used again") {
    scene s([](const test::received&) { return test::answer(200, who); });
    const auto home = s.session();
    SECTION("blocking") {
        for (int i = 0; i < 2; ++i) REQUIRE(home.try_call(sts::get_caller_identity{}));
    }
    SECTION("on a loop") {
        event_loop loop;
        for (int i = 0; i < 2; ++i) {
            home.async_call(loop, sts::get_caller_identity{}, [](const auto&) {});
            loop.run();
        }
    }
    REQUIRE(s.seen.size() == 2);
    const http::connection_facts& first = s.seen[0].connection;
    CHECK_FALSE(first.reused);
    CHECK(first.address == "127.0.0.1");
    CHECK(first.connected > 0us);
    CHECK(first.secured > first.connected);
    CHECK(first.ready >= first.secured);
    CHECK(first.first_byte >= first.ready);
    CHECK(first.total >= first.first_byte);
    CHECK(first.bytes_sent > 300);
    CHECK(first.bytes_received > who.size());
    const http::connection_facts& second = s.seen[1].connection;
    CHECK(second.reused);
    CHECK(second.secured == 0us);
    CHECK(second.address == "127.0.0.1");
    CHECK(second.total > 0us);
}

TEST_CASE("attempt report: an attempt that was too late is told with the address it waited for") {
    scene s([](const test::received&) { return test::reply{"", test::reply::then::hold}; });
    s.choices.limits.total = 200ms;
    REQUIRE_FALSE(s.session().try_call(sts::get_caller_identity{}));
    REQUIRE(s.seen.size() == 1);
    CHECK(s.seen[0].status == 0);
    CHECK(s.seen[0].connection.address == "127.0.0.1");
    CHECK(s.seen[0].connection.bytes_received == 0);
}

TEST_CASE("attempt report: of a call that a loop gives up the attempt is told once") {
    scene s([](const test::received&) { return test::reply{"", test::reply::then::hold}; });
    const auto home = s.session();
    event_loop loop;
    std::stop_source stop;
    home.async_call(loop, sts::get_caller_identity{}, [](const auto&) {},
                    {.stop = stop.get_token()});
    while (s.server.requests().empty()) loop.poll(10ms);
    stop.request_stop();
    loop.run();
    REQUIRE(s.seen.size() == 1);
    CHECK(s.seen[0].status == 0);
}
