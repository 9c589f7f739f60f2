#include <awsxx/http/curl_setup.hpp>  // first: it must compile on its own

#include <http/requests.hpp>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include <unistd.h>

namespace http = awsxx::http;
using awsxx::error_kind;

namespace {

/// A variable that is set as long as this lives.
class environment_variable {
public:
    environment_variable(const char* name, const std::string& value) : name_(name) {
        if (const char* old = std::getenv(name)) {
            had_ = true;
            old_ = old;
        }
        ::setenv(name, value.c_str(), 1);
    }
    ~environment_variable() {
        if (had_)
            ::setenv(name_, old_.c_str(), 1);
        else
            ::unsetenv(name_);
    }

private:
    const char* name_;
    bool had_ = false;
    std::string old_{};
};

/// A proxy that lets requests through TLS tunnels and answers them itself.
test::http_server::handler proxy(int connect_status) {
    return [connect_status](const test::received& got) {
        if (!got.head.starts_with("CONNECT ")) return test::answer(200, "through", "X-Far: 1\r\n");
        test::reply reply{"HTTP/1.1 " + std::to_string(connect_status) +
                          " Connect\r\nX-Proxy: 1\r\nContent-Length: 0\r\n\r\n"};
        if (connect_status == 200) reply = {"HTTP/1.1 200 Connected\r\nX-Proxy: 1\r\n\r\n"};
        if (connect_status == 200) reply.next = test::reply::then::start_tls;
        return reply;
    };
}

}  // namespace

TEST_CASE("setup: TLS works with our authority, and the session is resumed") {
    const test::tls_identity identity;
    test::http_server server(test::always("safe"), {.tls = true, .identity = &identity});
    http::curl_transport transport({.ca_file = identity.ca_file()});
    CHECK(test::answer_of(transport, test::get(server.url())).body == "safe");
    CHECK(test::answer_of(transport, test::get(server.url())).body == "safe");
    CHECK(server.connections() == 1);
    test::answer_of(transport, test::get(server.url()), {.fresh_connection = true});
    CHECK(server.connections() == 2);
    CHECK(server.resumed() == 1);
}

TEST_CASE("setup: certificates are read for the first connection and not for every one") {
    const test::tls_identity identity;
    test::http_server server(test::always("ok"), {.tls = true, .identity = &identity});
    http::curl_transport transport({.ca_file = identity.ca_file()});
    test::answer_of(transport, test::get(server.url()));
    std::remove(identity.ca_file().c_str());
    test::answer_of(transport, test::get(server.url()), {.fresh_connection = true});
    CHECK(server.connections() == 2);
}

TEST_CASE("setup: a server that speaks no HTTP/2 is spoken to in HTTP/1.1") {
    const test::tls_identity identity;
    test::http_server server(test::always("ok"), {.tls = true, .identity = &identity});
    http::curl_transport transport({.ca_file = identity.ca_file(), .http2 = true});
    CHECK(test::answer_of(transport, test::get(server.url())).body == "ok");
    CHECK(server.last().line().ends_with("HTTP/1.1"));
}

TEST_CASE("setup: TLS 1.1 is not spoken") {
    const test::tls_identity identity;
    SSL_CTX_set_min_proto_version(identity.server(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(identity.server(), TLS1_1_VERSION);
    SSL_CTX_set_security_level(identity.server(), 0);
    test::http_server server(test::always("old"), {.tls = true, .identity = &identity});
    http::curl_transport transport({.ca_file = identity.ca_file()});
    CHECK(test::failure_of(transport, test::get(server.url())).code == "TlsFailed");
}

TEST_CASE("setup: verification is only left out by the option that says so") {
    const test::tls_identity identity("DNS:elsewhere.example");
    test::http_server server(test::always("whoever"), {.tls = true, .identity = &identity});
    http::curl_transport transport({.insecure_skip_tls_verification = true});
    CHECK(test::answer_of(transport, test::get(server.url())).body == "whoever");
}

TEST_CASE("setup: an http request goes through its proxy") {
    test::http_server server(proxy(200));
    http::curl_transport transport({.proxies = {.http = server.url()}});
    auto what = test::get("http://far.example/a/../b?c");
    what.headers.add("host", "far.example");
    CHECK(test::answer_of(transport, what).body == "through");
    CHECK(server.last().line() == "GET http://far.example/a/../b?c HTTP/1.1");
    CHECK(server.last().count("Host: far.example") == 1);
}

TEST_CASE("setup: an https request goes through a tunnel that sees none of its headers") {
    const test::tls_identity identity("DNS:far.example");
    test::http_server server(proxy(200), {.identity = &identity});
    const std::string proxy_url = "http://user:pass@127.0.0.1:" + std::to_string(server.port());
    http::curl_transport transport(
        {.proxies = {.https = proxy_url}, .ca_file = identity.ca_file()});
    auto what = test::get("https://far.example/x");
    what.headers.add("authorization", "AWS4-HMAC-SHA256 hunter2");
    const auto answer = test::answer_of(transport, what);
    CHECK(answer.body == "through");
    CHECK(answer.headers.contains("x-far"));
    CHECK_FALSE(answer.headers.contains("x-proxy"));
    const auto tunnel = server.requests().front();
    CHECK(tunnel.line() == "CONNECT far.example:443 HTTP/1.1");
    CHECK(tunnel.count("Proxy-Authorization: Basic dXNlcjpwYXNz") == 1);
    CHECK(tunnel.head.find("hunter2") == std::string::npos);
    CHECK_FALSE(server.last().has("proxy-authorization"));
    CHECK(server.last().line() == "GET /x HTTP/1.1");
}

TEST_CASE("setup: a proxy that refuses is a failure with its status and without its password") {
    test::http_server server(proxy(407));
    const std::string proxy_url = "http://user:hunter2@127.0.0.1:" + std::to_string(server.port());
    http::curl_transport transport({.proxies = {.https = proxy_url}});
    const auto why = test::failure_of(transport, test::get("https://far.example/"));
    CHECK(why.kind == error_kind::network);
    CHECK(why.code == "ProxyFailed");
    CHECK(why.message.find("407") != std::string::npos);
    CHECK(to_string(why).find("hunter2") == std::string::npos);
}

TEST_CASE("setup: a proxy that cannot be one is a failure without its password") {
    for (const char* url : {"gopher://user:hunter2@p:1", "http://user:hunter2@p:port",
                            "http://user:hunter2@127.0.0.1:1"}) {
        http::curl_transport transport({.proxies = {.https = url}});
        const auto why = test::failure_of(transport, test::get("https://far.example/"));
        CAPTURE(url, to_string(why));
        CHECK(to_string(why).find("hunter2") == std::string::npos);
    }
}

TEST_CASE("setup: exceptions are reached directly") {
    test::http_server far(test::always("proxied"));
    test::http_server near(test::always("direct"));
    http::curl_transport transport({.proxies = {.http = far.url()}});
    CHECK(test::answer_of(transport, test::get(near.url())).body == "direct");
    CHECK(far.connections() == 0);
}

TEST_CASE("setup: a direct exchange goes through no proxy, and shares no connection with others") {
    test::http_server trap(test::always("proxied"));
    test::http_server near(test::always("direct"));
    const auto what = test::get(test::by_foreign_address(near.url()));
    http::curl_transport transport({.proxies = {.http = trap.url()}});
    for (const bool direct : {false, true, false, true}) {
        const auto answer = transport.send(what, {.direct = direct});
        REQUIRE(answer);
        CHECK(answer->body == (direct ? "direct" : "proxied"));
    }
    CHECK(near.connections() == 1);
}

TEST_CASE("setup: the environment's proxies are not used") {
    test::http_server trap(test::always("trap"));
    const environment_variable http("http_proxy", trap.url());
    const environment_variable https("https_proxy", trap.url());
    const environment_variable all("ALL_PROXY", trap.url());
    http::curl_transport transport;
    CHECK_FALSE(transport.send(test::get("http://nowhere.invalid/"), {}));
    CHECK_FALSE(transport.send(test::get("https://nowhere.invalid/"), {}));
    CHECK(trap.connections() == 0);
}

TEST_CASE("setup: the environment's exceptions do not lead around our proxy") {
    test::http_server server(proxy(200));
    const environment_variable none("no_proxy", "*");
    const environment_variable none_too("NO_PROXY", "*");
    http::curl_transport transport({.proxies = {.http = server.url()}});
    CHECK(test::answer_of(transport, test::get("http://far.example/")).body == "through");
}

TEST_CASE("setup: passwords from .netrc are not sent") {
    char folder[] = "/tmp/awsxx-test-home-XXXXXX";
    REQUIRE(::mkdtemp(folder) != nullptr);
    const std::string netrc = std::string(folder) + "/.netrc";
    std::ofstream(netrc) << "machine 127.0.0.1 login user password hunter2\n";
    const environment_variable home("HOME", folder);
    test::http_server server(test::always("ok"));
    http::curl_transport transport;
    test::answer_of(transport, test::get(server.url()));
    CHECK_FALSE(server.last().has("authorization"));
    std::remove(netrc.c_str());
    ::rmdir(folder);
}

TEST_CASE("setup: cookies are not kept") {
    test::http_server server(
        [](const test::received&) { return test::answer(200, "", "Set-Cookie: a=b\r\n"); });
    http::curl_transport transport;
    test::answer_of(transport, test::get(server.url()));
    test::answer_of(transport, test::get(server.url()));
    CHECK_FALSE(server.last().has("cookie"));
}
