#include <awsxx/http/curl_pool.hpp>  // first: it must compile on its own

#include <http/requests.hpp>

#include <atomic>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace http = awsxx::http;

namespace {

http::detail::curl_handle_ptr handle_for(const http::uri& origin) {
    auto made = http::detail::curl_handle::make({}, origin);
    REQUIRE(made);
    return *std::move(made);
}

}  // namespace

TEST_CASE("pool: a handle comes back for its own origin only") {
    http::detail::curl_pool pool;
    const http::uri origin{.scheme = "https", .host = "a.com", .path = "/one"};
    auto handle = handle_for(origin);
    const auto* same = handle.get();
    pool.give_back(std::move(handle));
    CHECK(pool.take({.scheme = "http", .host = "a.com"}) == nullptr);
    CHECK(pool.take({.scheme = "https", .host = "b.com"}) == nullptr);
    CHECK(pool.take({.scheme = "https", .host = "a.com", .port = 444}) == nullptr);
    auto again = pool.take({.scheme = "https", .host = "a.com", .port = 443, .path = "/two"});
    CHECK(again.get() == same);
    CHECK(pool.take(origin) == nullptr);
}

TEST_CASE("pool: it keeps a bounded number of handles") {
    http::detail::curl_pool pool;
    const http::uri origin{.host = "a.com"};
    for (int i = 0; i < 300; ++i) pool.give_back(handle_for(origin));
    std::set<const http::detail::curl_handle*> kept;
    std::vector<http::detail::curl_handle_ptr> taken;
    while (auto one = pool.take(origin)) {
        kept.insert(one.get());
        taken.push_back(std::move(one));
    }
    CHECK(kept.size() == 256);
}

TEST_CASE("pool: where it is full, a new origin still finds a place") {
    http::detail::curl_pool pool;
    for (int i = 0; i < 260; ++i)
        pool.give_back(handle_for({.host = "host" + std::to_string(i) + ".com"}));
    const http::uri last{.host = "host259.com"};
    CHECK(pool.take(last) != nullptr);
}

TEST_CASE("pool: sixteen threads share a transport, each with a connection") {
    test::http_server server([](const test::received& got) { return test::answer(200, got.body); });
    http::curl_transport transport;
    std::atomic<int> right{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 16; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 50; ++i) {
                const std::string body = std::to_string(t * 1000 + i);
                const auto answer = transport.send(test::with_body("POST", server.url(), body), {});
                if (answer && answer->status == 200 && answer->body == body) ++right;
            }
        });
    for (std::thread& one : threads) one.join();
    CHECK(right == 16 * 50);
    CHECK(server.connections() <= 16);
}

TEST_CASE("pool: threads that share a TLS server have a connection each") {
    const test::tls_identity identity;
    test::http_server server(test::always("ok"), {.tls = true, .identity = &identity});
    http::curl_transport transport({.ca_file = identity.ca_file()});
    std::atomic<int> right{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 10; ++i)
                right += transport.send(test::get(server.url()), {}) ? 1 : 0;
        });
    for (std::thread& one : threads) one.join();
    CHECK(right == 40);
    CHECK(server.connections() <= 4);
}

TEST_CASE("pool: a transport may end while another one with the same servers goes on") {
    test::http_server server(test::always("ok"));
    http::curl_transport stays;
    auto goes = std::make_unique<http::curl_transport>();
    test::answer_of(stays, test::get(server.url()));
    test::answer_of(*goes, test::get(server.url()));
    goes.reset();
    test::answer_of(stays, test::get(server.url()));
    CHECK(server.connections() == 2);
}
