// SPDX-License-Identifier: MIT
#include <awsxx/http/parse_uri.hpp>
#include <awsxx/runtime/proof.hpp>

#include <support/catch.hpp>

#include <string>

using namespace awsxx;

namespace {

error token_refused(const std::string& token) {
    const http::request draft{.target = {.scheme = "https", .host = "a.example.com"}};
    http::request out;
    const auto done =
        runtime::put_token(draft, {.session_token = secret(token), .source = "VAR"}, out);
    CHECK(out.headers.empty());
    return done ? error{} : done.error();
}

}  // namespace

TEST_CASE("proof: a bearer token goes over https or to this computer, and nowhere else") {
    for (const char* safe : {"https://bedrock.example.com/", "http://127.0.0.1:8000/",
                             "http://[::1]/", "http://localhost/", "https://10.0.0.1/"})
        CHECK(runtime::check_bearer_target(*http::parse_uri(safe)));
    for (const char* open : {"http://bedrock.example.com/", "http://10.0.0.1/",
                             "http://169.254.169.254/", "http://localhost.example.com/"}) {
        const auto refused = runtime::check_bearer_target(*http::parse_uri(open));
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == "InsecureEndpoint");
    }
}

TEST_CASE("proof: a bearer token takes the place of whatever proof the draft has") {
    http::request draft{.method = "POST", .target = {.scheme = "https", .host = "a.example.com"}};
    draft.headers.add("authorization", "old");
    http::request out;
    REQUIRE(runtime::put_token(draft, {.session_token = secret("t0k.en")}, out));
    CHECK(out.headers.size() == 1);
    CHECK(out.headers.find("Authorization") == "Bearer t0k.en");
    CHECK(out.method == "POST");
    CHECK(draft.headers.find("Authorization") == "old");
}

TEST_CASE("proof: what is not one word is no token, and is not told") {
    for (const char* odd : {"", "two words", "line\r\nX-Evil: 1", "nul\x01"}) {
        const auto refused = token_refused(odd);
        CHECK(refused.code == "InvalidToken");
        CHECK(refused.message == "the bearer token of VAR is not one word");
    }
}
