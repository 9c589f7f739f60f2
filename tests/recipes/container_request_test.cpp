// SPDX-License-Identifier: MIT
#include <awsxx/recipes/container_request.hpp>

#include <support/catch.hpp>

#include <string>

using namespace awsxx;

namespace {

int judged(const std::string& line, const std::string& headers = "Authorization: right\r\n") {
    return recipes::judge_container_request(line + "\r\nHost: 127.0.0.1\r\n" + headers + "\r\n",
                                            {.path = "/credentials", .token = "right"});
}

}  // namespace

TEST_CASE("container request: with the token it gets the credentials") {
    CHECK(judged("GET /credentials HTTP/1.1") == 200);
    CHECK(judged("GET /credentials HTTP/1.0") == 200);
    CHECK(judged("GET /credentials HTTP/1.1", "aUTHORIZATION:right \r\n") == 200);
    CHECK(judged("GET /credentials HTTP/1.1", "Authorization: right\r\nContent-Length: 0\r\n") ==
          200);
}

TEST_CASE("container request: without the right token it is forbidden") {
    for (const char* headers :
         {"", "Authorization: \r\n", "Authorization: wrong\r\n", "Authorization: righ\r\n",
          "Authorization: right1\r\n", "Authorization: Bearer right\r\n", "X-Auth: right\r\n"})
        CHECK(judged("GET /credentials HTTP/1.1", headers) == 403);
}

TEST_CASE("container request: a door without a token lets nobody in") {
    CHECK(recipes::judge_container_request("GET / HTTP/1.1\r\nAuthorization:\r\n\r\n",
                                           {.path = "/"}) == 403);
}

TEST_CASE("container request: there is one path, and nothing to be done there but to read") {
    CHECK(judged("GET / HTTP/1.1") == 404);
    CHECK(judged("GET /credentials/ HTTP/1.1") == 404);
    CHECK(judged("GET /credentials?x HTTP/1.1") == 404);
    CHECK(judged("GET http://127.0.0.1/credentials HTTP/1.1") == 404);
    CHECK(judged("POST /credentials HTTP/1.1") == 405);
    CHECK(judged("HEAD /credentials HTTP/1.1") == 405);
}

TEST_CASE("container request: what is not plain HTTP is refused") {
    CHECK(judged("GET /credentials") == 400);
    CHECK(judged("GET /credentials HTTP/2") == 400);
    CHECK(judged("GET /credentials x HTTP/1.1") == 400);
    CHECK(judged("") == 400);
    for (const char* headers :
         {"Authorization: right\r\nAuthorization: right\r\n", "Authorization : right\r\n",
          " folded\r\nAuthorization: right\r\n", "no colon\r\n", ": no name\r\n",
          "Authorization: right\r\nContent-Length: 1\r\n",
          "Authorization: right\r\nTransfer-Encoding: chunked\r\n"})
        CHECK(judged("GET /credentials HTTP/1.1", headers) == 400);
}
