// SPDX-License-Identifier: MIT
#include <awsxx/prepared_call.hpp>  // first: it must compile on its own

#include <awsxx/services/dynamodb.hpp>
#include <awsxx/services/identitystore.hpp>
#include <awsxx/services/s3.hpp>

#include <support/allocations.hpp>
#include <support/api_scene.hpp>
#include <support/catch.hpp>
#include <support/sanitized.hpp>
#include <support/sts_answers.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace awsxx;

namespace {

http::response ok() { return {.status = 200, .body = "{}"}; }

/// Answers at once and keeps nothing.
struct quick_transport {
    expected<http::response> send(const http::request& what, const http::exchange&) {
        bytes += what.body.size();
        return http::response{.status = 200, .body = "{}"};
    }
    std::atomic<std::uint64_t> bytes{0};
};

/// With random numbers that are some.
template <class Transport>
basic_session<Transport> session_over(std::shared_ptr<Transport> network) {
    settings choices{.region = "eu-west-1"};
    choices.outside = testing::isolated_world(std::make_shared<testing::fake_clock>());
    return basic_session<Transport>(test::keys("AKID"), choices, std::move(network));
}
std::shared_ptr<testing::scripted_transport> script(std::size_t answers) {
    return std::make_shared<testing::scripted_transport>(
        std::vector<testing::scripted_transport::answer>(answers, ok()));
}

dynamodb::get_item long_key() {
    dynamodb::get_item made{.table_name = "orders"};
    for (int i = 0; i < 20; ++i)
        made.key["attribute-with-a-long-name-" + std::to_string(i)] = {
            .s = "and with a value that is no short one, too " + std::to_string(i)};
    return made;
}

std::string header(const http::request& of, std::string_view name) {
    return std::string(of.headers.find(name).value_or(""));
}

}  // namespace

TEST_CASE("prepared calls: they send the same, each with an id and a signature of its own") {
    const auto network = script(3);
    const auto session = session_over(network);
    const auto op = long_key();
    REQUIRE(session.try_call(op));
    const auto prepared = session.prepare(op);
    CHECK_FALSE(prepared.is_ready());
    REQUIRE(prepared.try_call());
    CHECK(prepared.is_ready());
    REQUIRE(prepared.try_call());

    const auto sent = network->requests();
    for (const auto& one : sent) {
        CHECK(one.body.bytes() == sent[0].body.bytes());
        CHECK(http::to_string(one.target) == http::to_string(sent[0].target));
        CHECK(one.method == sent[0].method);
        CHECK(one.headers.size() == sent[0].headers.size());
        CHECK(header(one, "X-Amz-Target") == header(sent[0], "X-Amz-Target"));
        CHECK(header(one, "User-Agent") == header(sent[0], "User-Agent"));
    }
    CHECK(header(sent[1], "amz-sdk-invocation-id") != header(sent[2], "amz-sdk-invocation-id"));
    CHECK(header(sent[1], "Authorization") != header(sent[2], "Authorization"));
}

TEST_CASE("prepared calls: paths, queries and hosts that the input decides are kept, too") {
    test::api_scene s({ok(), ok(), ok()});
    const s3::head_object op{.bucket = "orders", .key = "a b/c", .version_id = "7"};
    REQUIRE(s.home.try_call(op));
    const auto prepared = s.home.prepare(op);
    REQUIRE(prepared.try_call());
    REQUIRE(prepared.try_call());
    const auto sent = s.network->requests();
    CHECK(http::to_string(sent[1].target) == http::to_string(sent[0].target));
    CHECK(http::to_string(sent[2].target) == http::to_string(sent[0].target));
    CHECK(sent[2].target.host == "orders.s3.eu-west-1.amazonaws.com");
}

TEST_CASE("prepared calls: retries and failures are those of the session's calls") {
    test::api_scene s({{.status = 500}, ok(), {.status = 400, .body = R"({"__type":"Odd"})"}});
    const auto prepared = s.home.prepare(long_key());
    REQUIRE(prepared.try_call());
    CHECK(s.sent(0) == s.sent(1));
    const auto failed = prepared.try_call().error();
    CHECK(failed.code == "Odd");
    CHECK(failed.details->operation == "GetItem");
}

TEST_CASE("prepared calls: an idempotency token is another one in each call") {
    const auto network = script(2);
    const auto prepared = session_over(network).prepare(dynamodb::execute_transaction{
        .transact_statements = {{.statement = "SELECT * FROM orders"}}});
    REQUIRE(prepared.try_call());
    REQUIRE(prepared.try_call());
    CHECK_FALSE(prepared.is_ready());
    CHECK(network->requests()[0].body.bytes() != network->requests()[1].body.bytes());
}

TEST_CASE("prepared calls: copies and threads have the encoded request in common") {
    const auto network = std::make_shared<quick_transport>();
    const auto session = session_over(network);
    const auto prepared = session.prepare(long_key());
    std::atomic<int> good{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&good, copy = prepared] {
            for (int n = 0; n < 50; ++n) good += copy.try_call().has_value();
        });
    for (std::thread& one : threads) one.join();
    CHECK(good == 400);
    CHECK(network->bytes % 400 == 0);
}

TEST_CASE("prepared calls: sending one again allocates less than encoding it") {
    const auto network = std::make_shared<quick_transport>();
    const auto session = session_over(network);
    const auto op = long_key();
    const auto prepared = session.prepare(op);
    const auto spent_on = [](auto call) {
        for (int i = 0; i < 3; ++i) REQUIRE(call());  // what a thread does only the first time
        const auto before = test::allocations_so_far();
        const bool good = call().has_value();
        const auto after = test::allocations_so_far();
        CHECK(good);
        return after - before;
    };
    const auto usual = spent_on([&] { return session.try_call(op); });
    const auto again = spent_on([&] { return prepared.try_call(); });
    INFO("usual " << usual.count << " / " << usual.bytes << ", again " << again.count << " / "
                  << again.bytes);
#if defined(__GLIBC__) && !AWSXX_TEST_SANITIZED
    CHECK(again.count < usual.count);
    CHECK(again.bytes + 1000 < usual.bytes);
#endif
}
