// SPDX-License-Identifier: MIT
#include <awsxx/runtime/event_sink.hpp>

#include <support/catch.hpp>
#include <support/event_scene.hpp>

#include <string>
#include <string_view>

using namespace awsxx;

namespace {

/// A sink whose events are written down; the callable wants as many as it is told.
struct scene {
    explicit scene(int most = 100) : wanted(most) {}
    scene(const scene&) = delete;

    expected<void> feed(const std::string& bytes) { return sink.write(bytes); }

    int wanted;
    std::string heard{};
    test::watch_response out{};
    struct listener {
        scene* self;
        bool operator()(const test::clock_events& one) const {
            self->heard += one.tick ? one.tick->text : one.end ? "end" : one.unknown_member;
            self->heard += ';';
            return --self->wanted > 0;
        }
    };
    listener callable{this};
    runtime::typed_listener<test::clock_events, listener> to{callable};
    std::string noted{};
    observer ear{.note = [this](channel, std::string_view line) { noted += line; },
                 .listens_to = channel::wire};
    runtime::event_sink sink{{ear, test::watch::wire<void>::operation},
                             test::watch::wire<void>::operation,
                             to.get(),
                             &out};
};

}  // namespace

TEST_CASE("event sink: events are handed out as they come, in whatever pieces") {
    scene s;
    for (const char c : test::tick_event("a") + test::event("News", "{}") + test::event("End", ""))
        REQUIRE(s.feed(std::string(1, c)));

    CHECK(s.heard == "a;News;end;");
    CHECK(s.sink.finish());
}

TEST_CASE("event sink: a stream that is over before its last event is a failure") {
    scene s;
    REQUIRE(s.feed(test::tick_event("a")));

    const auto done = s.sink.finish();

    REQUIRE_FALSE(done);
    CHECK(done.error().code == "EventStreamUnfinished");
    CHECK_FALSE(s.sink.restart());  // what was handed out cannot be taken back
}

TEST_CASE("event sink: a stream that is cut in a message is a failure") {
    scene s;
    REQUIRE(s.feed(test::event("End", "{}") + test::tick_event("a").substr(0, 20)));
    const auto done = s.sink.finish();
    REQUIRE_FALSE(done);
    CHECK(done.error().code == "MalformedEventStream");
}

TEST_CASE("event sink: another attempt forgets the output of the one before") {
    scene s;
    REQUIRE(s.feed(test::event("initial-response", R"({"Place":"Rome"})")));
    CHECK(s.out.place == "Rome");

    CHECK(s.sink.restart());
    CHECK(s.out.place.empty());
    REQUIRE(s.feed(test::event("End", "")));
    CHECK(s.sink.finish());
}

TEST_CASE("event sink: an initial response that comes late is an event that nobody knows") {
    scene s;
    REQUIRE(s.feed(test::tick_event("a") + test::event("initial-response", "{}")));
    CHECK(s.heard == "a;initial-response;");
}

TEST_CASE("event sink: a listener that wants no more stops the stream") {
    scene s(2);
    const auto done = s.feed(test::tick_event("a") + test::tick_event("b") + test::tick_event("c"));

    REQUIRE_FALSE(done);
    CHECK(done.error().kind == error_kind::cancelled);
    CHECK(s.sink.stopped());
    CHECK(s.heard == "a;b;");
}

TEST_CASE("event sink: what the service ends the stream with is its own error") {
    scene s;
    const auto done =
        s.feed(test::tick_event("a") +
               test::message("exception", "throttlingException", R"({"message":"slower"})"));

    REQUIRE_FALSE(done);
    CHECK(done.error().code == "ThrottlingException");
    CHECK(done.error().kind == error_kind::throttled);
    CHECK(done.error().message == "slower");
    CHECK_FALSE(s.sink.stopped());
}

TEST_CASE("event sink: what cannot be read of an event is told, and the rest arrives") {
    scene s;
    REQUIRE(s.feed(test::event("Tick", R"({"Text":7})") + test::event("End", "")));
    CHECK(s.heard == ";end;");
    CHECK(s.noted ==
          "Clock Watch: a part of the answer cannot be read: at Text, byte 8: expected a string");
}
