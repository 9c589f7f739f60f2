// SPDX-License-Identifier: MIT
#include <awsxx/appsync/client.hpp>
#include <awsxx/credentials/static.hpp>

#include <support/catch.hpp>
#include <support/cognito_scene.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace {

namespace appsync = awsxx::appsync;
using appsync::graphql_request;
using test::bad;
using test::good;
using json = nlohmann::json;

constexpr const char* url = "https://abc.appsync-api.eu-central-1.amazonaws.com/graphql";

/// An API that answers these, one after the other.
struct scene : test::cognito_scene {
    std::vector<awsxx::http::response> answers{};
    std::vector<awsxx::http::request> sent{};
    std::vector<std::string> bodies{};

    scene() {
        elsewhere = [this](const awsxx::http::request& to,
                           const awsxx::http::exchange&) -> transport::answer {
            sent.push_back(to);
            bodies.emplace_back(to.body.bytes());
            return answers.at(sent.size() - 1);
        };
    }
    void answer(int status, std::string body) {
        answers.push_back({.status = status, .body = std::move(body)});
    }
    appsync::client api(appsync::authorization how) const {
        return appsync::client(url, std::move(how), settings(), network);
    }
    std::string header(std::size_t request, const char* name) const {
        return std::string(sent.at(request).headers.find(name).value_or(""));
    }
};

struct thing {
    std::string name{};
    int size{};
};
void from_json(const json& from, thing& to) {
    from.at("getThing").at("name").get_to(to.name);
    from.at("getThing").at("size").get_to(to.size);
}

}  // namespace

TEST_CASE("appsync: a query is posted as JSON, with the API's key") {
    scene here;
    here.answer(200, R"({"data":{"getThing":{"name":"a","size":3}}})");
    const auto api = here.api(appsync::x_api_key{"da2-key"});

    const auto data = good(api.try_query({.query = "query q($n: Int) { getThing }",
                                          .variables = {{"n", 1}},
                                          .operation_name = "q"}));

    CHECK(data.at("getThing").at("size") == 3);
    CHECK(here.sent.at(0).method == "POST");
    CHECK(here.sent.at(0).target.host == "abc.appsync-api.eu-central-1.amazonaws.com");
    CHECK(here.sent.at(0).target.path == "/graphql");
    CHECK(here.header(0, "x-api-key") == "da2-key");
    CHECK(here.header(0, "Content-Type") == "application/json");
    CHECK(here.header(0, "Authorization").empty());
    CHECK(json::parse(here.bodies.at(0)) == json{{"query", "query q($n: Int) { getThing }"},
                                                 {"variables", {{"n", 1}}},
                                                 {"operationName", "q"}});
    CHECK(here.notes->find("da2-key") == std::string::npos);
}

TEST_CASE("appsync: answers can be read into types of the program's") {
    scene here;
    here.answer(200, R"({"data":{"getThing":{"name":"a","size":3}}})");
    here.answer(200, R"({"data":{"getThing":null}})");
    const auto api = here.api(appsync::x_api_key{"k"});
    CHECK(good(api.try_query_as<thing>({.query = "{ getThing }"})).size == 3);
#if defined(__cpp_exceptions)
    CHECK(bad(api.try_query_as<thing>({.query = "{ getThing }"})).code == "UnexpectedData");
#endif
}

TEST_CASE("appsync: IAM signs for the API's region") {
    scene here;
    here.answer(200, R"({"data":{}})");
    const auto keys = std::make_shared<awsxx::static_credentials>(
        awsxx::credentials{.access_key_id = "AKID", .secret_access_key = "secret"});
    good(here.api(appsync::iam{keys}).try_query({.query = "{ a }"}));
    CHECK(here.header(0, "Authorization").find("/eu-central-1/appsync/aws4_request") !=
          std::string::npos);
}

TEST_CASE("appsync: a session's own credentials sign as well") {
    scene here;
    here.answer(200, R"({"data":{}})");
    auto choices = here.settings();
    choices.region = "us-west-2";
    const awsxx::basic_session<test::cognito_scene::transport> session(
        awsxx::credentials{.access_key_id = "AKSESSION", .secret_access_key = "secret"}, choices,
        here.network);
    good(appsync::client("https://api.example.com/graphql", session).try_query({.query = "{ a }"}));
    CHECK(here.header(0, "Authorization").find("AKSESSION/20260101/us-west-2/appsync/") !=
          std::string::npos);
}

TEST_CASE("appsync: tokens are sent as they are, and a refused one is renewed once") {
    scene here;
    const awsxx::cognito::user who(here.pool(), {.user_name = "alice", .password = "Passw0rd!"});
    const auto api = here.api(appsync::user_pool_token{who});
    here.answer(200, R"({"data":{"a":1}})");
    here.answer(401, R"({"errors":[{"errorType":"UnauthorizedException","message":"expired"}]})");
    here.answer(200, R"({"data":{"a":2}})");
    good(api.try_query({.query = "{ a }"}));
    CHECK(good(api.try_query({.query = "{ a }"})).at("a") == 2);
    CHECK(here.header(0, "Authorization") == here.header(1, "Authorization"));
    CHECK(here.header(1, "Authorization") != here.header(2, "Authorization"));
    CHECK(here.header(2, "Authorization") == good(who.try_tokens())->access.expose());
    CHECK(here.count("GetTokensFromRefreshToken") == 1);

    here.answer(401, R"({"errors":[{"errorType":"UnauthorizedException","message":"no"}]})");
    here.answer(401, R"({"errors":[{"errorType":"UnauthorizedException","message":"no"}]})");
    const auto why = bad(api.try_query({.query = "{ a }"}));
    CHECK(why.kind == awsxx::error_kind::not_authenticated);
    CHECK(why.code == "UnauthorizedException");
    CHECK(why.message == "no");
    CHECK(here.sent.size() == 5);
}

TEST_CASE("appsync: ID tokens are renewed likewise") {
    scene here;
    const awsxx::cognito::user who(here.pool(), {.user_name = "alice", .password = "Passw0rd!"});
    here.answer(401, "");
    here.answer(200, R"({"data":{}})");
    good(here.api(appsync::user_pool_token{who, true}).try_query({.query = "{ a }"}));
    CHECK(here.header(1, "Authorization") == good(who.try_tokens())->id.expose());
}

TEST_CASE("appsync: a token of the program's that stays the same is not sent twice") {
    scene here;
    here.answer(401, R"({"message":"Unauthorized"})");
    const auto api = here.api(
        appsync::token{.get = []() -> awsxx::expected<awsxx::secret> { return "lambda token"; }});
    const auto why = bad(api.try_query({.query = "{ a }"}));
    CHECK(why.http_status == 401);
    CHECK(why.message == "Unauthorized");
    CHECK(here.header(0, "Authorization") == "lambda token");
    CHECK(to_string(why).find("lambda token") == std::string::npos);
}

TEST_CASE("appsync: errors in a success are errors, with the first one's type") {
    scene here;
    const auto api = here.api(appsync::x_api_key{"k"});
    here.answer(200, R"({"data":{"a":null},"errors":[
        {"message":"Not yours","errorType":"Unauthorized","path":["a",0,"b"],"errorInfo":{"x":1}},
        {"message":"Neither"}]})");
    const auto why = bad(api.try_query({.query = "{ a }"}));
    CHECK(why.kind == awsxx::error_kind::denied);
    CHECK(why.code == "Unauthorized");
    CHECK(why.message == "Not yours (at a.0.b) and 1 more");

    here.answer(200, here.answers.at(0).body);
    const auto both = good(api.try_execute({.query = "{ a }"}));
    REQUIRE(both.errors.size() == 2);
    CHECK(both.errors.at(0).info.at("x") == 1);
    CHECK(both.errors.at(1).type.empty());
    here.answer(200, R"({"errors":[{"message":"odd"}]})");
    CHECK(bad(api.try_query({.query = "{ a }"})).code == "GraphqlError");
    here.answer(200, R"({"data":null,"errors":[17]})");
    CHECK(bad(api.try_query({.query = "{ a }"})).code == "MalformedAnswer");
    for (const char* odd : {R"(["it broke"])", R"("it broke")", R"({"message":"it broke"})"}) {
        here.answer(200, std::string(R"({"data":{"a":1},"errors":)") + odd + "}");
        CHECK(bad(api.try_query({.query = "{ a }"})).message == "it broke");
    }
    for (const char* odd : {"17", "[null]", "[[]]"}) {
        here.answer(200, std::string(R"({"data":{"a":1},"errors":)") + odd + "}");
        CHECK(bad(api.try_query({.query = "{ a }"})).kind == awsxx::error_kind::malformed_answer);
    }
    for (const char* none : {"null", "[]"}) {
        here.answer(200, std::string(R"({"data":{"a":1},"errors":)") + none + "}");
        CHECK(good(api.try_query({.query = "{ a }"})).at("a") == 1);
    }
}

TEST_CASE("appsync: what is not JSON is told as what it is") {
    scene here;
    const auto api = here.api(appsync::x_api_key{"k"});
    for (const char* odd : {"<!DOCTYPE html><html>", "", "{\"data\":", "[1]", "{\"a\":1}"}) {
        here.answer(200, odd);
        const auto why = bad(api.try_query({.query = "{ a }"}));
        CHECK(why.kind == awsxx::error_kind::malformed_answer);
        CHECK_FALSE(why.message.empty());
    }
    here.answer(403, "<html>blocked</html>");
    const auto why = bad(api.try_query({.query = "{ a }"}));
    CHECK(why.kind == awsxx::error_kind::denied);
    CHECK(why.message.find("HTML") != std::string::npos);
    here.answer(400,
                R"({"errors":[{"errorType":"MalformedHttpRequestException","message":"bad"}]})");
    CHECK(bad(api.try_query({.query = "{ a }"})).code == "MalformedHttpRequestException");
}

TEST_CASE("appsync: requests that cannot be right are not sent") {
    scene here;
    const auto api = here.api(appsync::x_api_key{"k"});
    CHECK(bad(api.try_query({})).code == "InvalidGraphqlRequest");
    CHECK(bad(api.try_query({.query = "{ a }", .variables = {1, 2}})).code ==
          "InvalidGraphqlRequest");
    for (const char* odd : {"", "abc", "http://abc.example.com/graphql", "ftp://x"}) {
        const appsync::client to(odd, appsync::x_api_key{"k"}, here.settings(), here.network);
        CHECK(bad(to.try_query({.query = "{ a }"})).code == "InvalidAppSyncEndpoint");
    }
    CHECK(here.sent.empty());
}

TEST_CASE("appsync: regions are found in hosts that tell them") {
    CHECK(appsync::region_of_host("a.appsync-api.eu-west-1.amazonaws.com") == "eu-west-1");
    CHECK(appsync::region_of_host("a.appsync-api.cn-north-1.amazonaws.com.cn") == "cn-north-1");
    CHECK(appsync::region_of_host("api.example.com").empty());
    CHECK(appsync::region_of_host("a.appsync-api.evil.example.com").empty());
}
