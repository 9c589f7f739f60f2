// SPDX-License-Identifier: MIT
#include <awsxx/runtime/call_notes.hpp>

#include <support/catch.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

using namespace awsxx;

namespace {

constexpr model::service service{.id = "STS", .endpoint_prefix = "sts"};
constexpr model::operation operation{.name = "AssumeRole", .service = &service};

/// Keeps the lines of one channel.
struct listener {
    explicit listener(channel which)
        : to{.note =
                 [this](channel on, std::string_view line) {
                     lines.push_back(std::string(to_string(on)) + ": " + std::string(line));
                 },
             .listens_to = which} {}
    listener(const listener&) = delete;
    listener& operator=(const listener&) = delete;

    runtime::call_notes notes() const { return {to, operation}; }

    std::vector<std::string> lines{};
    observer to;
};

}  // namespace

TEST_CASE("call notes: a signature is told by key and scope, not by secret") {
    listener hears(channel::signing);
    hears.notes().signed_by({.access_key_id = "AKID",
                             .secret_access_key = "planted-secret",
                             .session_token = "planted-token",
                             .source = "environment"},
                            {.signing_region = "eu-west-1", .signing_name = "sts"});
    CHECK(hears.lines == std::vector<std::string>{"signing: STS AssumeRole: AKID (environment) "
                                                  "signs for eu-west-1/sts"});
}

TEST_CASE("call notes: a request is told without its query and its body") {
    listener hears(channel::wire);
    http::request what{.method = "POST",
                       .target = {.host = "h", .port = 8080, .path = "/p", .query = "planted=1"},
                       .body = http::body("planted-secret")};
    what.headers.add("Authorization", "planted-signature");
    hears.notes().sends(what);
    CHECK(hears.lines == std::vector<std::string>{"wire: STS AssumeRole: > POST "
                                                  "https://h:8080/p?..., body of 14 bytes"});
}

TEST_CASE("call notes: an answer is told by status and harmless headers") {
    listener hears(channel::wire);
    http::response answer{.status = 403, .body = "planted-secret"};
    answer.headers.add("X-Amzn-RequestId", "7f");
    answer.headers.add("Set-Cookie", "planted-cookie");
    hears.notes().hears(answer);
    CHECK(hears.lines ==
          std::vector<std::string>{"wire: STS AssumeRole: < 403, x-amzn-requestid: 7f"});
}

TEST_CASE("call notes: an attempt is told with its connection, its times and its bytes") {
    using std::chrono::milliseconds;
    listener hears(channel::connection);
    attempt_report fresh{.waited_for_credentials = milliseconds(200),
                         .waited_for_turn = milliseconds(30),
                         .connection = {.address = "192.0.2.1",
                                        .name_found = milliseconds(1),
                                        .connected = milliseconds(12),
                                        .secured = milliseconds(40),
                                        .first_byte = milliseconds(90),
                                        .total = milliseconds(95),
                                        .bytes_sent = 700,
                                        .bytes_received = 2000}};
    hears.notes().attempted(fresh);
    attempt_report again{.connection = {.reused = true,
                                        .address = "192.0.2.1",
                                        .first_byte = milliseconds(4),
                                        .total = milliseconds(5)}};
    hears.notes().attempted(again);
    attempt_report none;
    hears.notes().attempted(none);
    REQUIRE(hears.lines.size() == 3);
    CHECK(hears.lines[0] ==
          "connection: STS AssumeRole: new connection to 192.0.2.1: name 1 ms, TCP 12 ms, TLS 40 "
          "ms, first byte 90 ms and end 95 ms after the start, 700 bytes sent, 2000 received, "
          "waited 200 ms for credentials, waited 30 ms for its turn");
    CHECK(hears.lines[1] ==
          "connection: STS AssumeRole: connection to 192.0.2.1 used again: first byte 4 ms and end "
          "5 ms after the start, 0 bytes sent, 0 received");
    CHECK(hears.lines[2].find("connection to nowhere") != std::string::npos);
}

TEST_CASE("call notes: who wants figures gets those of each attempt, without a line") {
    std::string seen;
    const observer to{.attempt = [&](const attempt_report& what) {
        seen = std::string(what.service) + " " + std::string(what.operation);
    }};
    attempt_report one;
    runtime::call_notes(to, operation).attempted(one);
    CHECK(seen == "STS AssumeRole");
}

TEST_CASE("call notes: a failed attempt is told with its number and what follows") {
    listener hears(channel::retry);
    hears.notes().failed(2, {.code = "Throttling"}, "another follows");
    CHECK(hears.lines == std::vector<std::string>{"retry: STS AssumeRole: attempt 2 failed: "
                                                  "Throttling; another follows"});
}

TEST_CASE("call notes: other channels are not heard") {
    listener hears(channel::configuration);
    hears.notes().signed_by({}, {});
    hears.notes().sends({});
    hears.notes().hears({});
    attempt_report none;
    hears.notes().attempted(none);
    hears.notes().failed(1, {}, "");
    CHECK(hears.lines.empty());
}
