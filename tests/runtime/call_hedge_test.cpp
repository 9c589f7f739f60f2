// SPDX-License-Identifier: MIT
#include <awsxx/runtime/call_hedge.hpp>

#include <support/catch.hpp>

#include <chrono>
#include <memory>

using namespace awsxx;
using namespace std::chrono_literals;
using runtime::call_hedge;
using runtime::hedge_budget;

namespace {

constexpr model::service store{.id = "Store"};
constexpr model::operation reading{.name = "GetItem", .service = &store};

constexpr model::operation named(std::string_view name, std::string_view method = "") {
    model::operation made{.name = name, .service = &store};
    made.http.method = method;
    return made;
}

class silent_sink final : public http::body_sink {
public:
    expected<void> write(std::string_view) override { return {}; }
    bool restart() override { return true; }
};

}  // namespace

TEST_CASE("call hedge: what only reads is told by method and name") {
    for (const char* name : {"GetItem", "ListTables", "DescribeTable", "BatchGetItem", "Query",
                             "Scan", "SearchAll", "LookupEvents"})
        CHECK(runtime::only_reads(named(name)));
    for (const char* name : {"PutItem", "DeleteItem", "UpdateItem", "Getaway", "Listen", "Target",
                             "SendMessage", "BatchWriteItem", "QueryAndDelete2"})
        CHECK(runtime::only_reads(named(name)) == (std::string_view(name) == "QueryAndDelete2"));
    CHECK(runtime::only_reads(named("Anything", "GET")));
    CHECK(runtime::only_reads(named("HeadObject", "HEAD")));
    CHECK(runtime::only_reads(named("GetThing", "POST")));
    CHECK_FALSE(runtime::only_reads(named("GetThing", "PUT")));
    CHECK_FALSE(runtime::only_reads(named("CreateThing", "POST")));
}

TEST_CASE(
    "call hedge: long polls, streams of events and issuers of credentials are not asked twice") {
    model::operation polling = reading;
    polling.long_poll = true;
    CHECK_FALSE(runtime::only_reads(polling));
    model::operation streaming = reading;
    streaming.events = true;
    CHECK_FALSE(runtime::only_reads(streaming));
    constexpr model::service issuer{.id = "STS", .issues_credentials = true};
    CHECK_FALSE(runtime::only_reads({.name = "GetSessionToken", .service = &issuer}));
}

TEST_CASE("call hedge: one that is wanted is sent after its time, once") {
    hedge_budget budget;
    call_hedge hedge;
    hedge.begin(reading, {.after = 30ms}, budget, false);
    const http::request what;
    http::exchange how;
    how.limits.total = 100ms;
    CHECK(hedge.pause(what, how) == 30ms);
    const auto second = hedge.take(how);
    REQUIRE(second);
    CHECK(second->limits.total == 70ms);
    CHECK_FALSE(hedge.pause(what, how));
    CHECK_FALSE(hedge.take(how));
}

TEST_CASE("call hedge: nothing is sent twice that nobody wants to be") {
    hedge_budget budget;
    const http::request what;
    const auto wanted = [&](const model::operation& op, const hedging& how, bool held_up) {
        call_hedge hedge;
        hedge.begin(op, how, budget, held_up);
        return hedge.pause(what, {}).has_value();
    };
    CHECK(wanted(reading, {.after = 1ms}, false));
    CHECK_FALSE(wanted(reading, {}, false));
    CHECK_FALSE(wanted(reading, {.after = -1ms}, false));
    CHECK_FALSE(wanted(reading, {.after = 1ms}, true));
    CHECK_FALSE(wanted(named("PutItem"), {.after = 1ms}, false));

    call_hedge hedge;
    hedge.begin(reading, {.after = 1ms}, budget, false);
    silent_sink sink;
    http::exchange streamed;
    streamed.sink = &sink;
    CHECK_FALSE(hedge.pause(what, streamed));
}

TEST_CASE("call hedge: no more than their share are sent twice") {
    hedge_budget budget;
    int sent = 0;
    for (int i = 0; i < 1000; ++i) {
        call_hedge hedge;
        hedge.begin(reading, {.after = 1ms, .share = 0.01}, budget, false);
        sent += hedge.take({}).has_value();
    }
    CHECK(sent >= 10);
    CHECK(sent <= 11);
}
