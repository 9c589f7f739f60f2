#include <awsxx/http/curl_failure.hpp>  // first: it must compile on its own

#include <http/requests.hpp>

#include <string>

namespace http = awsxx::http;
using awsxx::error_kind;

TEST_CASE("failure: nobody listens") {
    http::curl_transport transport;
    const auto why = test::failure_of(transport, test::get("http://127.0.0.1:1/"));
    CHECK(why.kind == error_kind::network);
    CHECK(why.code == "ConnectionFailed");
    CHECK(why.retryable);
    CHECK(why.message.find("127.0.0.1:1: ") == 0);
    CHECK(why.message.find("refused") != std::string::npos);
}

TEST_CASE("failure: a name that is none") {
    http::curl_transport transport;
    const auto why = test::failure_of(transport, test::get("http://nowhere.invalid:81/"));
    CHECK(why.kind == error_kind::network);
    CHECK(why.code == "NameNotResolved");
    CHECK(why.message.find("nowhere.invalid:81: ") == 0);
}

TEST_CASE("failure: a certificate that nobody we trust has signed") {
    const test::tls_identity identity;
    test::http_server server(test::always("never"), {.tls = true, .identity = &identity});
    http::curl_transport transport;
    const auto why = test::failure_of(transport, test::get(server.url()));
    CHECK(why.kind == error_kind::network);
    CHECK(why.code == "TlsFailed");
    CHECK_FALSE(why.retryable);
    CHECK(why.message.find("certificate") != std::string::npos);
    CHECK(server.requests().empty());
}

TEST_CASE("failure: a certificate for somebody else") {
    const test::tls_identity identity("DNS:elsewhere.example");
    test::http_server server(test::always("never"), {.tls = true, .identity = &identity});
    http::curl_transport transport({.ca_file = identity.ca_file()});
    const auto why = test::failure_of(transport, test::get(server.url()));
    CHECK(why.code == "TlsFailed");
    CHECK_FALSE(why.retryable);
    CHECK(server.requests().empty());
}

TEST_CASE("failure: a CA file that cannot be read") {
    const test::tls_identity identity;
    test::http_server server(test::always("never"), {.tls = true, .identity = &identity});
    http::curl_transport transport({.ca_file = "/nonexistent/ca.pem"});
    const auto why = test::failure_of(transport, test::get(server.url()));
    CHECK(why.kind == error_kind::configuration);
    CHECK(why.message.find("/nonexistent/ca.pem") != std::string::npos);
}

TEST_CASE("failure: TLS where there is none") {
    test::http_server server(test::bytes("no TLS here\r\n", test::reply::then::close));
    http::curl_transport transport;
    auto what = test::get(server.url());
    what.target.scheme = "https";
    // the server waits for a line that a handshake does not have; ended by the limit
    const auto why =
        test::failure_of(transport, what, {.limits = {.connect = awsxx::milliseconds(50)}});
    CHECK(why.kind == error_kind::timeout);
}

TEST_CASE("failure: no secret of the request is in an error") {
    for (const char* bytes : {"", "HTTP/1.1 200 OK\r\nX: y\r\n", "nonsense\r\n\r\n"}) {
        test::http_server server(test::bytes(bytes, test::reply::then::close));
        http::curl_transport transport;
        auto what = test::get(server.url("/?X-Amz-Signature=hunter2"));
        what.headers.add("authorization", "hunter2");
        CHECK(to_string(test::failure_of(transport, what)).find("hunter2") == std::string::npos);
    }
}
