// SPDX-License-Identifier: MIT
#include <awsxx/runtime/call.hpp>

#include <awsxx/core/date.hpp>
#include <awsxx/testing/fake_clock.hpp>

#include <support/catch.hpp>
#include <support/fake_environment.hpp>
#include <support/fake_files.hpp>
#include <support/fixed_random.hpp>
#include <support/providers.hpp>

#include <memory>
#include <string>
#include <utility>

using namespace awsxx;
using namespace std::chrono_literals;
using step = runtime::call::step;

namespace {

// An operation whose input is the body sent, and whose output the body received.
expected<void> encode(const model::operation&, const void* in, http::request& draft,
                      const std::string& token) {
    draft.method = "POST";
    if (!token.empty()) draft.headers.set("X-Token", token);
    draft.body = *static_cast<const http::body*>(in);
    return {};
}
expected<std::string> decode(const model::operation&, http::response& answer, void* out) {
    if (answer.body == "nonsense") return error{.code = "BadText"};
    if (answer.body == "hidden") return error{.http_status = 500, .code = "InternalError"};
    const bool partly = answer.body == "partly";
    *static_cast<std::string*>(out) = std::move(answer.body);
    return std::string(partly ? "at Pong: expected a number" : "");
}
error decode_error(const model::operation&, const http::response& answer) {
    return {.http_status = answer.status, .code = answer.body};
}
constexpr model::protocol protocol{
    .name = "test", .encode = &encode, .decode = &decode, .decode_error = &decode_error};
constexpr model::service service{
    .id = "Test", .endpoint_prefix = "test", .version = "2026-01-01", .protocol = &protocol};
constexpr model::operation operation{.name = "Echo", .service = &service};
constexpr model::operation open_operation{
    .name = "Hello", .service = &service, .auth = model::auth::none};

/// A session's insides with made-up surroundings.
struct scene {
    scene() {
        choices.region = "eu-west-1";
        choices.outside = {time, std::make_shared<test::fixed_random>(),
                           std::make_shared<test::fake_environment>(),
                           std::make_shared<test::fake_files>()};
    }
    runtime::call begin(const model::operation& what = operation) {
        const auto from = std::make_shared<const runtime::configuration>(choices);
        who = std::make_shared<const runtime::identity>(from, provider);
        return {who, {what, &in, &out}};
    }
    /// Goes on until there is something to send.
    static void identify(runtime::call& c, const std::string& id = "AKID") {
        REQUIRE(c.next() == step::need_credentials);
        c.identified(std::make_shared<const credentials>(test::keys(id)));
        REQUIRE(c.next() == step::send);
    }
    http::response answer(int status, std::string body) const {
        http::response made{.status = status, .body = std::move(body)};
        made.headers.add("Date", format_date(time->now(), date_format::http_date));
        return made;
    }

    std::shared_ptr<testing::fake_clock> time = std::make_shared<testing::fake_clock>();
    std::shared_ptr<credentials_provider> provider = test::answering(test::keys("AKID"));
    settings choices{};
    std::shared_ptr<const runtime::identity> who{};
    http::body in{"ping"};
    std::string out{};
};

}  // namespace

TEST_CASE("call: asks for credentials, sends a signed request, decodes the answer") {
    scene s;
    auto c = s.begin();
    scene::identify(c);
    CHECK(c.request().target.host == "test.eu-west-1.amazonaws.com");
    CHECK(c.request().body.bytes() == "ping");
    CHECK(c.request()
              .headers.find("Authorization")
              ->starts_with("AWS4-HMAC-SHA256 Credential=AKID/"));
    CHECK(c.request().headers.find("amz-sdk-request") == "attempt=1; max=3");
    CHECK(c.request().headers.find("User-Agent")->starts_with("awsxx/"));

    c.answered(s.answer(200, "pong"));

    CHECK(c.next() == step::done);
    CHECK_FALSE(c.failure());
    CHECK(s.out == "pong");
}

TEST_CASE("call: a part of the answer that cannot be read is no failure, and is told") {
    scene s;
    std::string lines;
    s.choices.observer = {.note = [&](channel, std::string_view line) { lines += line; },
                          .listens_to = channel::wire};
    auto c = s.begin();
    scene::identify(c);
    c.answered(s.answer(200, "partly"));

    CHECK(c.next() == step::done);
    CHECK_FALSE(c.failure());
    CHECK(s.out == "partly");
    CHECK(lines.find("a part of the answer cannot be read: at Pong: expected a number") !=
          std::string::npos);
}

TEST_CASE("call: half-read credentials are none") {
    static constexpr model::service issuer{
        .id = "Test", .endpoint_prefix = "test", .protocol = &protocol, .issues_credentials = true};
    static constexpr model::operation issue{.name = "Issue", .service = &issuer};
    scene s;
    auto c = s.begin(issue);
    scene::identify(c);
    c.answered(s.answer(200, "partly"));

    REQUIRE(c.failure());
    CHECK(c.failure()->kind == error_kind::malformed_answer);
}

TEST_CASE("call: an error that came as a success is retried") {
    scene s;
    auto c = s.begin();
    scene::identify(c);
    c.answered(s.answer(200, "hidden"));
    REQUIRE(c.next() == step::wait);
    c.waited();
    scene::identify(c);
    c.answered(s.answer(200, "pong"));

    CHECK_FALSE(c.failure());
    CHECK(s.out == "pong");
}

TEST_CASE("call: the pause that the service asks for holds for errors that came as a success") {
    for (const int status : {500, 200}) {
        CAPTURE(status);
        scene s;
        auto c = s.begin();
        scene::identify(c);
        auto answer = s.answer(status, status == 200 ? "hidden" : "Oops");
        answer.headers.add("x-amz-retry-after", "700");

        c.answered(std::move(answer));

        REQUIRE(c.next() == step::wait);
        CHECK(c.pause() == 700ms);
        c.waited();
        scene::identify(c);
        c.answered(s.answer(500, "Oops"));
        CHECK(c.pause() == 0ms);
    }
}

TEST_CASE("call: a token is made up once, and is the same in each attempt") {
    static constexpr model::field fields[] = {
        {"Token", &model::optional_text, 0, model::idempotency_token}};
    static constexpr model::type input = model::structure(fields);
    static constexpr model::operation create{
        .name = "Create", .service = &service, .input = &input};
    scene s;
    auto c = s.begin(create);
    scene::identify(c);
    const std::string first(c.request().headers.find("X-Token").value_or(""));
    CHECK(first.size() == 36);
    c.answered(s.answer(500, "Oops"));
    c.waited();
    scene::identify(c);

    CHECK(c.request().headers.find("X-Token") == first);
}

TEST_CASE("call: the user agent tells where the keys of this attempt come from") {
    scene s;
    auto c = s.begin();
    credentials keys = test::keys("AKID");
    keys.via = auth::feature::credentials_imds;
    c.identified(std::make_shared<const credentials>(keys));
    CHECK(c.request().headers.find("User-Agent")->find(" m/E,0 ") != std::string_view::npos);
    c.answered(s.answer(500, "Oops"));
    c.waited();
    keys.via = auth::feature::credentials_environment;
    c.identified(std::make_shared<const credentials>(keys));
    CHECK(c.request().headers.find("User-Agent")->find(" m/E,g ") != std::string_view::npos);

    auto open = s.begin(open_operation);
    CHECK(open.request().headers.find("User-Agent")->find(" m/E ") != std::string_view::npos);
}

TEST_CASE("call: an operation without authentication is sent without credentials") {
    scene s;
    auto c = s.begin(open_operation);

    CHECK(c.next() == step::send);
    CHECK_FALSE(c.request().headers.contains("Authorization"));
}

TEST_CASE("call: a missing region fails before anything is sent") {
    scene s;
    s.choices.region.reset();
    auto c = s.begin();

    REQUIRE(c.next() == step::done);
    CHECK(c.failure()->code == "MissingRegion");
    CHECK(c.failure()->details->operation == "Echo");
}

TEST_CASE("call: transient failures are tried again after a pause, with a new signature") {
    scene s;
    auto c = s.begin();
    scene::identify(c);
    const std::string first(*c.request().headers.find("amz-sdk-invocation-id"));

    c.answered(s.answer(500, "Oops"));
    REQUIRE(c.next() == step::wait);
    c.waited();
    scene::identify(c);

    CHECK(c.request().headers.find("amz-sdk-request") == "attempt=2; max=3");
    CHECK(c.request().headers.find("amz-sdk-invocation-id") == first);
    CHECK(c.exchange().fresh_connection);
    c.answered(s.answer(200, "pong"));
    CHECK(s.out == "pong");
}

TEST_CASE("call: gives up with the last error when the attempts run out") {
    scene s;
    auto c = s.begin();
    for (int attempt = 1; attempt <= 3; ++attempt) {
        scene::identify(c);
        c.answered(s.answer(503, "Down"));
        if (attempt < 3) c.waited();
    }

    REQUIRE(c.next() == step::done);
    CHECK(c.failure()->code == "Down");
    CHECK(c.failure()->kind == error_kind::server);
    CHECK(c.failure()->retryable);
    CHECK(c.failure()->details->attempts == 3);
    CHECK(c.failure()->details->attempts_exhausted);
    CHECK(to_string(*c.failure()) == "Test Echo: Down (503)");
}

TEST_CASE("call: what the service refuses is not tried again") {
    scene s;
    auto c = s.begin();
    scene::identify(c);

    c.answered(s.answer(403, "AccessDenied"));

    REQUIRE(c.next() == step::done);
    CHECK(c.failure()->kind == error_kind::denied);
    CHECK_FALSE(c.failure()->retryable);
}

TEST_CASE("call: missing credentials end it and say why") {
    scene s;
    auto c = s.begin();

    c.identified(error{.kind = error_kind::denied, .code = "RoleNotAssumed", .message = "arn:x"});

    REQUIRE(c.next() == step::done);
    CHECK(to_string(*c.failure()) == "Test Echo: CredentialsUnavailable <- RoleNotAssumed: arn:x");
    CHECK(c.failure()->kind == error_kind::denied);
}

TEST_CASE("call: an expired token is renewed once, and only other keys are tried") {
    scene s;
    const auto source = std::make_shared<test::renewable_provider>();
    s.provider = source;
    auto c = s.begin();
    scene::identify(c, "OLD");
    c.answered(s.answer(403, "ExpiredToken"));
    REQUIRE(c.next() == step::wait);
    CHECK(source->rejected == "OLD");
    c.waited();

    SECTION("other keys: another attempt") {
        scene::identify(c, "NEW");
        c.answered(s.answer(200, "pong"));
        CHECK_FALSE(c.failure());
    }
    SECTION("the same keys: the refusal stands") {
        c.identified(std::make_shared<const credentials>(test::keys("OLD")));
        REQUIRE(c.next() == step::done);
        CHECK(c.failure()->code == "ExpiredToken");
    }
    SECTION("refused again: no third try") {
        scene::identify(c, "NEW");
        c.answered(s.answer(403, "ExpiredToken"));
        CHECK(c.next() == step::done);
    }
}

TEST_CASE("call: a retry that is not sent costs nothing") {
    scene s;
    s.provider = std::make_shared<test::renewable_provider>();
    static_cast<void>(s.begin());
    const bool found = GENERATE(false, true);
    INFO(found);
    for (int i = 0; i < 100; ++i) {  // a quota is good for 35 retries
        runtime::call c(s.who, {operation, &s.in, &s.out});
        scene::identify(c, "OLD");
        c.answered(s.answer(403, "ExpiredToken"));
        REQUIRE(c.next() == step::wait);
        c.waited();
        if (found)
            c.identified(std::make_shared<const credentials>(test::keys("OLD")));
        else
            c.identified(error{.kind = error_kind::credentials, .code = "Gone"});
        REQUIRE(c.next() == step::done);
    }
}

TEST_CASE("call: a retry that is under way when its call is given up has cost what it costs") {
    scene s;
    static_cast<void>(s.begin());
    int retried = 0;
    for (int i = 0; i < 100; ++i) {
        runtime::call c(s.who, {operation, &s.in, &s.out});
        scene::identify(c);
        c.answered(s.answer(500, "Oops"));
        if (c.next() != step::wait) continue;
        c.waited();
        scene::identify(c);
        c.end_early();
        ++retried;
    }
    CHECK(retried == 35);
}

TEST_CASE("call: a stream is sent from its begin, though another call has sent it before") {
    struct spent : http::body_source {
        expected<std::size_t> read(std::span<char>) override { return std::size_t{0}; }
        bool rewind() override { return at_begin = can_rewind; }
        bool can_rewind = true;
        bool at_begin = false;
    };
    scene s;
    const auto source = std::make_shared<spent>();
    source->can_rewind = GENERATE(true, false);
    s.in = http::body::stream(source, 0);

    const auto c = s.begin(open_operation);

    CHECK(c.next() == step::send);
    CHECK(source->at_begin == source->can_rewind);
}

TEST_CASE("call: a clock that is off is corrected for this call and the next") {
    scene s;
    auto c = s.begin();
    scene::identify(c);
    http::response refusal{.status = 403, .body = "RequestTimeTooSkewed"};
    refusal.headers.add("Date", format_date(s.time->now() + 1h, date_format::http_date));

    c.answered(refusal);
    REQUIRE(c.next() == step::wait);
    c.waited();
    scene::identify(c);

    CHECK(c.request().headers.find("x-amz-date") == "20260101T010000Z");
    CHECK(s.who->skew().current() == milliseconds(1h));
}

TEST_CASE("call: an answer that cannot be decoded fails and is not repeated: it may be done") {
    scene s;
    auto c = s.begin();
    scene::identify(c);

    c.answered(s.answer(200, "nonsense"));

    REQUIRE(c.next() == step::done);
    CHECK(c.failure()->kind == error_kind::malformed_answer);
    CHECK(c.failure()->http_status == 200);
    CHECK(c.failure()->cause->code == "BadText");
    CHECK(s.out.empty());
}

TEST_CASE("call: the limit of the whole call ends retries and shortens attempts") {
    scene s;
    s.choices.call_timeout = 2s;
    auto c = s.begin();
    CHECK(c.exchange().limits.total == 2s);
    scene::identify(c);
    s.time->advance(1500ms);
    c.answered(s.answer(500, "Oops"));
    REQUIRE(c.next() == step::wait);
    c.waited();
    CHECK(c.exchange().limits.total == 500ms);
    scene::identify(c);
    s.time->advance(500ms);

    c.answered(s.answer(500, "Oops"));

    REQUIRE(c.next() == step::done);
    CHECK(c.failure()->code == "Oops");
    CHECK(c.failure()->details->attempts == 2);
}

TEST_CASE("call: the longest time there is does not overflow, retries and all") {
    scene s;
    s.choices.call_timeout = milliseconds::max();
    auto c = s.begin();
    scene::identify(c);
    CHECK(c.exchange().limits.total > 24h);

    c.answered(s.answer(500, "Oops"));

    REQUIRE(c.next() == step::wait);
    c.waited();
    scene::identify(c);
    CHECK(c.request().headers.find("amz-sdk-request") == "ttl=99991231T235959Z; attempt=2; max=3");
    c.answered(s.answer(200, "pong"));
    CHECK_FALSE(c.failure());
}

TEST_CASE("call: what credentials take is taken off the limit of the whole call") {
    scene s;
    s.choices.call_timeout = 2s;
    auto c = s.begin();
    s.time->advance(1500ms);
    scene::identify(c);
    CHECK(c.exchange().limits.total == 500ms);

    auto late = s.begin();
    s.time->advance(2s);
    late.identified(std::make_shared<const credentials>(test::keys("AKID")));

    REQUIRE(late.next() == step::done);
    CHECK(late.failure()->code == "CallTimeout");
    CHECK(late.failure()->details->attempts == 0);
    CHECK_FALSE(late.failure()->details->attempts_exhausted);
}

TEST_CASE("call: a sink that cannot begin again does no harm where it got nothing") {
    struct one_way : http::body_sink {
        expected<void> write(std::string_view) override { return {}; }
        bool restart() override { return false; }
    };
    scene s;
    one_way sink;
    auto refused = s.begin();
    refused.deliver_to(&sink);
    scene::identify(refused);
    refused.answered(s.answer(503, "Busy"));
    CHECK(refused.next() == step::wait);

    const error broken{.kind = error_kind::network, .retryable = true, .code = "ConnectionBroken"};
    auto unheard = s.begin();
    unheard.deliver_to(&sink);
    scene::identify(unheard);
    unheard.answered(broken);
    CHECK(unheard.next() == step::wait);

    auto cut = s.begin();
    cut.deliver_to(&sink);
    scene::identify(cut);
    REQUIRE(cut.exchange().sink->write("a part"));
    cut.answered(broken);
    CHECK(cut.next() == step::done);
}

TEST_CASE("call: what nobody signs goes to its sink at the first attempt") {
    struct counting : http::body_sink {
        expected<void> write(std::string_view) override { return ++writes, expected<void>(); }
        bool restart() override { return true; }
        int writes = 0;
    };
    scene s;
    counting sink;
    auto c = s.begin(open_operation);
    c.deliver_to(&sink);

    REQUIRE(c.next() == step::send);
    REQUIRE(c.exchange().sink != nullptr);
    REQUIRE(c.exchange().sink->write("x"));

    CHECK(sink.writes == 1);
}

TEST_CASE("call: the clock of somebody's own endpoint counts only there") {
    scene s;
    s.choices.endpoint_url = "https://store.example.com";
    auto c = s.begin();
    scene::identify(c);
    auto answer = s.answer(200, "pong");
    answer.headers.set("Date", format_date(s.time->now() + 1h, date_format::http_date));

    c.answered(std::move(answer));

    CHECK(s.who->skew().current() == 0ms);
    runtime::call next(s.who, {operation, &s.in, &s.out});
    CHECK(s.who->now() == s.time->now());  // by which credentials live
    scene::identify(next);
    CHECK(next.request().headers.find("X-Amz-Date") ==
          format_date(s.time->now() + 1h, date_format::basic));
}

TEST_CASE("call: the clock of whoever issues credentials counts everywhere: they expire by it") {
    static constexpr model::service issuer{.id = "Issuer",
                                           .endpoint_prefix = "issuer",
                                           .protocol = &protocol,
                                           .issues_credentials = true};
    static constexpr model::operation issue{
        .name = "Issue", .service = &issuer, .auth = model::auth::none};
    scene s;
    s.choices.endpoint_url = "https://issuer.example.com";
    auto c = s.begin(issue);
    auto answer = s.answer(200, "keys");
    answer.headers.set("Date", format_date(s.time->now() + 1h, date_format::http_date));

    c.answered(std::move(answer));

    CHECK(s.who->skew().current() == milliseconds(1h));
}

TEST_CASE("call: a connection that breaks is tried again, a wrong address is not") {
    scene s;
    auto c = s.begin();
    scene::identify(c);
    c.answered(error{.kind = error_kind::network, .retryable = true, .code = "ConnectionBroken"});
    CHECK(c.next() == step::wait);

    auto other = s.begin();
    scene::identify(other);
    other.answered(error{.kind = error_kind::invalid_argument, .code = "BodyTooShort"});
    CHECK(other.next() == step::done);
}

TEST_CASE("call: a body begins again once for each attempt, and not where there is none left") {
    struct counted : http::body_source {
        expected<std::size_t> read(std::span<char>) override { return std::size_t{0}; }
        bool rewind() override { return ++rewinds, true; }
        int rewinds = 0;
    };
    struct counted_sink : http::body_sink {
        expected<void> write(std::string_view) override { return {}; }
        bool restart() override { return ++restarts, true; }
        int restarts = 0;
    };
    const error broken{.kind = error_kind::network, .retryable = true, .code = "Broken"};
    scene s;
    s.choices.max_attempts = 2;
    const auto source = std::make_shared<counted>();
    s.in = http::body::stream(source, 0);
    counted_sink sink;
    auto c = s.begin(open_operation);  // a signature would read the body
    c.deliver_to(&sink);
    source->rewinds = 0;

    REQUIRE(c.exchange().sink->write("a part"));
    c.answered(broken);
    REQUIRE(c.next() == step::wait);
    CHECK(source->rewinds == 1);
    CHECK(sink.restarts == 1);
    c.waited();
    c.answered(broken);

    CHECK(c.next() == step::done);
    CHECK(source->rewinds == 1);
    CHECK(sink.restarts == 1);
}

TEST_CASE("call: what a sink says of the whole body fails the attempt") {
    struct choosy_sink : http::body_sink {
        expected<void> write(std::string_view) override { return {}; }
        expected<void> finish() override {
            return error{.kind = error_kind::network, .retryable = true, .code = "CutShort"};
        }
        bool restart() override { return again; }
        bool again = true;
    };
    scene s;
    choosy_sink sink;
    auto c = s.begin();
    c.deliver_to(&sink);
    scene::identify(c);
    c.answered(s.answer(200, ""));
    REQUIRE(c.next() == step::wait);
    c.waited();
    scene::identify(c);
    sink.again = false;
    REQUIRE(c.exchange().sink->write("x"));
    c.answered(s.answer(200, ""));

    REQUIRE(c.next() == step::done);
    CHECK(c.failure()->code == "CutShort");
    CHECK(c.failure()->details->operation == "Echo");
    CHECK(c.failure()->details->attempts == 2);
}

TEST_CASE("call: a stream that cannot begin again is sent once") {
    struct one_way : http::body_source {
        expected<std::size_t> read(std::span<char>) override { return std::size_t{0}; }
        bool rewind() override { return rewindable; }
        bool rewindable = true;  // for the signature
    };
    scene s;
    const auto source = std::make_shared<one_way>();
    s.in = http::body::stream(source, 0);
    auto c = s.begin();
    scene::identify(c);
    source->rewindable = false;

    c.answered(s.answer(500, "Oops"));

    CHECK(c.next() == step::done);
    CHECK(c.failure()->code == "Oops");
}
