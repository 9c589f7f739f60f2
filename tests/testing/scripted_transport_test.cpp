// SPDX-License-Identifier: MIT
#include <awsxx/testing/scripted_transport.hpp>

#include <awsxx/http/transport.hpp>

#include <support/catch.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <thread>
#include <vector>

using namespace awsxx;
using testing::scripted_transport;

static_assert(http::transport<scripted_transport>);

namespace {

/// Hands out a text in pieces of three bytes.
class slow_source final : public http::body_source {
public:
    explicit slow_source(std::string text) : text_(std::move(text)) {}
    expected<std::size_t> read(std::span<char> room) override {
        const std::size_t count = std::min({room.size(), std::size_t{3}, text_.size() - at_});
        std::copy_n(text_.begin() + static_cast<std::ptrdiff_t>(at_), count, room.begin());
        at_ += count;
        return count;
    }
    bool rewind() override {
        at_ = 0;
        return true;
    }

private:
    std::string text_;
    std::size_t at_ = 0;
};

http::request post(http::body body) { return {.method = "POST", .body = std::move(body)}; }

}  // namespace

TEST_CASE("scripted transport: answers come in order, then there are none") {
    scripted_transport network({http::response{.status = 503}, http::response{.status = 200}});
    network.then(error{.kind = error_kind::timeout, .code = "Late"});

    CHECK(network.send(post("a"), {})->status == 503);
    CHECK(network.send(post("b"), {})->status == 200);
    CHECK(network.left() == 1);
    CHECK(network.send(post("c"), {}).error().code == "Late");
    CHECK(network.send(post("d"), {}).error().code == "ScriptEnded");
    CHECK(network.requests().size() == 4);
}

TEST_CASE("scripted transport: a function answers what nobody prepared") {
    scripted_transport network([](const http::request& sent, const http::exchange&) {
        return http::response{.status = 200, .body = std::string(sent.body.bytes()) + "!"};
    });
    network.then(http::response{.status = 404});

    CHECK(network.send(post("a"), {})->status == 404);
    CHECK(network.send(post("b"), {})->body == "b!");
}

TEST_CASE("scripted transport: requests are kept with bodies of their own") {
    scripted_transport network({http::response{.status = 200}, http::response{.status = 200}});
    {
        const std::string text = "a text that goes away, long enough to lie on the heap";
        CHECK(network.send(post(http::body::view(text)), {}));
    }
    CHECK(network.send(post(http::body::stream(std::make_shared<slow_source>("streamed"), 8)), {}));

    CHECK(network.requests().at(0).body.bytes() ==
          "a text that goes away, long enough to lie on the heap");
    CHECK(network.requests().at(1).body.bytes() == "streamed");
}

TEST_CASE("scripted transport: a stream that ends early fails the exchange") {
    scripted_transport network({http::response{.status = 200}});
    const auto sent =
        network.send(post(http::body::stream(std::make_shared<slow_source>("short"), 8)), {});

    CHECK(sent.error().code == "BodyTooShort");
    CHECK(network.requests().empty());
}

TEST_CASE("scripted transport: sinks and limits work as they do with a real one") {
    scripted_transport network({http::response{.status = 200, .body = "12345"},
                                http::response{.status = 404, .body = "12345"},
                                http::response{.status = 200, .body = "12345"}});
    char room[8];
    http::span_sink sink(room);

    CHECK(network.send(post(""), {.sink = &sink})->body.empty());
    CHECK(sink.written() == "12345");
    CHECK(network.send(post(""), {.sink = &sink})->body == "12345");
    CHECK(network.send(post(""), {.limits = {.answer_bytes = 4}}).error().kind ==
          error_kind::too_large);
}

TEST_CASE("scripted transport: many threads may send at once") {
    scripted_transport network(
        [](const http::request&, const http::exchange&) { return http::response{.status = 200}; });
    std::vector<std::thread> threads;
    threads.reserve(8);
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&] {
            for (int n = 0; n < 50; ++n) static_cast<void>(network.send(post("x"), {}));
        });
    for (auto& thread : threads) thread.join();

    CHECK(network.requests().size() == 400);
}
