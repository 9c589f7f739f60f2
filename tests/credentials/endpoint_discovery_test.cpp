// SPDX-License-Identifier: MIT
#include <awsxx/credentials/endpoint_discovery.hpp>

#include <awsxx/async.hpp>
#include <awsxx/prepared_call.hpp>
#include <awsxx/services/dynamodb.hpp>
#include <awsxx/session.hpp>
#include <awsxx/testing/fake_clock.hpp>
#include <awsxx/testing/isolated_world.hpp>
#include <awsxx/testing/scripted_transport.hpp>

#include <support/catch.hpp>
#include <support/fixed_random.hpp>
#include <support/slow_provider.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace awsxx;
using namespace std::chrono_literals;

namespace {

/// ListTables, if DynamoDB were as strict about it as Timestream is.
struct list_tables : dynamodb::list_tables {
    template <class D>
    struct wire {
        static constexpr model::operation make() {
            model::operation made = dynamodb::list_tables::wire<D>::operation;
            made.discovery.required = true;
            return made;
        }
        static constexpr model::operation operation = make();
    };
};

/// A service whose operations are at cell1 for ten minutes, unless a test says otherwise.
struct scene {
    using session = basic_session<testing::scripted_transport>;

    session make(settings choices = {},
                 const std::shared_ptr<credentials_provider>& keys = nullptr) const {
        choices.region = "eu-west-1";
        choices.max_attempts = choices.max_attempts.value_or(2);
        choices.outside = testing::isolated_world(time, {.environment = variables});
        choices.outside.random = std::make_shared<test::fixed_random>();
        if (keys != nullptr) return session(keys, std::move(choices), network);
        return session(credentials{.access_key_id = "AKID", .secret_access_key = secret("own")},
                       std::move(choices), network);
    }
    expected<http::response> answer(const http::request& what) {
        const bool asks =
            what.headers.find("X-Amz-Target").value_or("") == "DynamoDB_20120810.DescribeEndpoints";
        hosts.push_back((asks ? "? " : "") + http::host_header(what.target));
        if (asks) {
            version = what.headers.find("x-amz-api-version").value_or("none");
            if (!places.empty()) return http::response{.status = 200, .body = places};
            return http::response{.status = 400, .body = R"({"__type":"AccessDeniedException"})"};
        }
        if (what.target.host == closed) return http::response{.status = closed_with, .body = body};
        return http::response{.status = 200, .body = R"({"TableNames":["planets"]})"};
    }

    std::shared_ptr<testing::fake_clock> time = std::make_shared<testing::fake_clock>();
    testing::made_up_environment::variables variables{};
    std::vector<std::string> hosts{};
    std::string version{};
    std::string places =
        R"({"Endpoints":[{"Address":"cell1.example.com","CachePeriodInMinutes":10}]})";
    std::string closed{};
    int closed_with = 421;
    std::string body{};
    std::shared_ptr<testing::scripted_transport> network =
        std::make_shared<testing::scripted_transport>(
            [this](const http::request& what, const http::exchange&) { return answer(what); });
};

using strings = std::vector<std::string>;
constexpr const char* ask = "? dynamodb.eu-west-1.amazonaws.com";
constexpr const char* usual = "dynamodb.eu-west-1.amazonaws.com";

}  // namespace

TEST_CASE("endpoint discovery: the service is asked once, as long as its answer is good") {
    scene s;
    const auto session = s.make();

    REQUIRE(session.try_call(list_tables{}));
    REQUIRE(session.try_call(list_tables{}));
    CHECK(s.hosts == strings{ask, "cell1.example.com", "cell1.example.com"});
    CHECK(s.version == "2012-08-10");

    s.time->advance(10min);
    s.places = R"({"Endpoints":[{"Address":"https://cell2.example.com:8443"}]})";
    s.hosts.clear();
    REQUIRE(session.try_call(list_tables{}));
    CHECK(s.hosts == strings{ask, "cell2.example.com:8443"});
}

TEST_CASE("endpoint discovery: on a loop calls wait for one question") {
    scene s;
    const auto session = s.make();
    event_loop loop({.time = s.time});
    int good = 0;

    for (int i = 0; i < 3; ++i)
        session.async_call(loop, list_tables{}, [&](const auto& got) { good += got ? 1 : 0; });
    loop.run();

    CHECK(good == 3);
    CHECK(s.hosts == strings{ask, "cell1.example.com", "cell1.example.com", "cell1.example.com"});
}

TEST_CASE("endpoint discovery: who does not require it is where the rules say") {
    scene s;
    REQUIRE(s.make().try_call(dynamodb::list_tables{}));
    CHECK(s.hosts == strings{usual});
}

TEST_CASE("endpoint discovery: may be wished for where it is not required") {
    scene s;
    const auto chosen = GENERATE(0, 1);
    if (chosen == 1) s.variables["AWS_ENABLE_ENDPOINT_DISCOVERY"] = "true";
    settings choices;
    if (chosen == 0) choices.endpoint_discovery = endpoint_discovery::enabled;
    const auto session = s.make(choices);

    REQUIRE(session.try_call(dynamodb::list_tables{}));
    CHECK(s.hosts == strings{ask, "cell1.example.com"});
    REQUIRE(session.try_call(dynamodb::describe_endpoints{}));  // is where it always is
    CHECK(s.hosts.back() == ask);
}

TEST_CASE(
    "endpoint discovery: a service that cannot be asked is not required to be, for a minute") {
    scene s;
    s.places.clear();
    const auto session = s.make({.endpoint_discovery = endpoint_discovery::enabled});

    REQUIRE(session.try_call(dynamodb::list_tables{}));
    REQUIRE(session.try_call(dynamodb::list_tables{}));
    CHECK(s.hosts == strings{ask, usual, usual});
    s.time->advance(1min);
    REQUIRE(session.try_call(dynamodb::list_tables{}));
    CHECK(s.hosts == strings{ask, usual, usual, ask, usual});
}

TEST_CASE("endpoint discovery: a call that requires it fails where the service cannot be asked") {
    scene s;
    const auto wrong = GENERATE(as<std::string>{}, "", R"({"Endpoints":[]})",
                                R"({"Endpoints":[{"Address":"a b"}]})");
    s.places = wrong;
    const auto session = s.make();

    const auto failed = session.try_call(list_tables{});

    REQUIRE_FALSE(failed);
    CHECK(failed.error().code == "NoDiscoveredEndpoint");
    CHECK(failed.error().kind ==
          (wrong.empty() ? error_kind::denied : error_kind::malformed_answer));
    CHECK(to_string(failed.error()).find("DescribeEndpoints of DynamoDB") != std::string::npos);
    CHECK(s.hosts == strings{ask});
    s.places = scene().places;
    CHECK(session.try_call(list_tables{}));
}

TEST_CASE(
    "endpoint discovery: an address is believed a minute longer where nobody tells a new one") {
    scene s;
    const auto session = s.make();
    REQUIRE(session.try_call(list_tables{}));
    s.time->advance(10min);
    s.places.clear();
    s.hosts.clear();

    REQUIRE(session.try_call(list_tables{}));
    REQUIRE(session.try_call(list_tables{}));
    CHECK(s.hosts == strings{ask, "cell1.example.com", "cell1.example.com"});
}

TEST_CASE("endpoint discovery: an address that refuses is asked for again, once a call") {
    scene s;
    const auto session = s.make({.max_attempts = 3});
    REQUIRE(session.try_call(list_tables{}));
    s.closed = "cell1.example.com";
    s.closed_with = GENERATE(421, 400);
    s.body = R"({"__type":"InvalidEndpointException","Message":"moved"})";
    s.hosts.clear();

    const auto failed = session.try_call(list_tables{});
    REQUIRE_FALSE(failed);
    CHECK(failed.error().code == "InvalidEndpointException");
    CHECK(s.hosts == strings{"cell1.example.com", ask, "cell1.example.com"});

    s.places = R"({"Endpoints":[{"Address":"cell2.example.com","CachePeriodInMinutes":10}]})";
    s.hosts.clear();
    REQUIRE(session.try_call(list_tables{}));
    CHECK(s.hosts == strings{"cell1.example.com", ask, "cell2.example.com"});
}

TEST_CASE("endpoint discovery: nobody is asked at an endpoint of one's own") {
    scene s;
    REQUIRE(s.make({.endpoint_url = "http://localhost:8000"}).try_call(list_tables{}));
    CHECK(s.hosts == strings{"localhost:8000"});
}

TEST_CASE("endpoint discovery: where it is forbidden a call that requires it is refused") {
    scene s;
    s.variables["AWS_ENABLE_ENDPOINT_DISCOVERY"] = "false";
    const auto failed = s.make().try_call(list_tables{});
    REQUIRE_FALSE(failed);
    CHECK(failed.error().code == "EndpointDiscoveryDisabled");
    CHECK(s.hosts.empty());
}

TEST_CASE("endpoint discovery: a prepared call goes where the service says each time") {
    scene s;
    const auto session = s.make();
    const auto prepared = session.prepare(list_tables{});
    REQUIRE(prepared.try_call());
    s.time->advance(10min);
    s.places = R"({"Endpoints":[{"Address":"cell2.example.com","CachePeriodInMinutes":10}]})";
    REQUIRE(prepared.try_call());
    CHECK(s.hosts == strings{ask, "cell1.example.com", ask, "cell2.example.com"});
}

TEST_CASE("endpoint discovery: what is known when an attempt begins is good for that attempt") {
    scene s;
    s.places = R"({"Endpoints":[{"Address":"cell1.example.com","CachePeriodInMinutes":70}]})";
    const auto session = s.make({}, std::make_shared<test::slow_provider>(s.time, 10min));
    REQUIRE(session.try_call(list_tables{}));
    s.time->advance(65min);
    s.hosts.clear();

    REQUIRE(session.try_call(list_tables{}));  // its keys come when the address is too old

    CHECK(s.hosts == strings{"cell1.example.com"});
}

TEST_CASE("endpoint discovery: who does not require an address spoils nothing for those who do") {
    scene s;
    s.places.clear();
    const auto session = s.make({.endpoint_discovery = endpoint_discovery::enabled});
    REQUIRE(session.try_call(dynamodb::list_tables{}));

    CHECK(session.try_call(list_tables{}).error().code == "NoDiscoveredEndpoint");
}
