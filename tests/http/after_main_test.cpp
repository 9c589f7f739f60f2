#include <awsxx/crypto/openssl_end.hpp>  // first: it must compile on its own

#include <http/requests.hpp>

#include <cstdlib>
#include <string>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace http = awsxx::http;

namespace {

constexpr const char* hidden_test = "after main: the program that the next tests start";
constexpr int tls_was_gone = 64;

/// Sends once more when the objects with static storage go.
class last_word {
public:
    last_word(std::string url, const std::string& ca_file)
        : transport_({.ca_file = ca_file}), url_(std::move(url)) {}
    ~last_word() {
        const auto answer = transport_.send(test::get(url_ + "/after"), {});
        if (!answer) ::_exit(answer.error().code == "ProcessEnding" ? tls_was_gone : 65);
    }
    bool send() { return transport_.send(test::get(url_ + "/before"), {}).has_value(); }

private:
    http::curl_transport transport_;
    std::string url_;
};

/// Runs the hidden test in a process of its own against `server` and returns how it ended.
int run_alone(const test::http_server& server, const test::tls_identity& identity) {
    const char* const arguments[] = {"awsxx_tests", hidden_test, nullptr};
    ::setenv("AWSXX_TEST_URL", server.url("").c_str(), 1);
    ::setenv("AWSXX_TEST_CA", identity.ca_file().c_str(), 1);
    pid_t child = -1;
    if (::posix_spawn(&child, "/proc/self/exe", nullptr, nullptr,
                      const_cast<char* const*>(arguments), environ) != 0)
        return -1;
    ::unsetenv("AWSXX_TEST_URL");
    ::unsetenv("AWSXX_TEST_CA");
    int status = -1;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

}  // namespace

TEST_CASE(hidden_test, "[.]") {
    const char* const url = std::getenv("AWSXX_TEST_URL");
    if (url == nullptr) return;
    static last_word last(url, std::getenv("AWSXX_TEST_CA"));
    // somebody else was first: OpenSSL will be gone before the transport is
    if (std::getenv("AWSXX_TEST_OPENSSL") != nullptr)
        OPENSSL_init_crypto(OPENSSL_INIT_LOAD_CRYPTO_STRINGS, nullptr);
    CHECK(last.send());
}

TEST_CASE("after main: a transport with static storage speaks TLS in its destructor") {
    const test::tls_identity identity;
    test::http_server server(test::always("ok"), {.tls = true, .identity = &identity});
    CHECK(run_alone(server, identity) == 0);
    CHECK(server.last().line() == "GET /after HTTP/1.1");
}

TEST_CASE("after main: where OpenSSL is gone by then, that is an error and no crash") {
    const test::tls_identity identity;
    test::http_server server(test::always("ok"), {.tls = true, .identity = &identity});
    ::setenv("AWSXX_TEST_OPENSSL", "first", 1);
    CHECK(run_alone(server, identity) == tls_was_gone);
    ::unsetenv("AWSXX_TEST_OPENSSL");
    CHECK(server.last().line() == "GET /before HTTP/1.1");
}
