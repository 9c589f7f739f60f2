// SPDX-License-Identifier: MIT
#include <awsxx/appsync/echostream.hpp>

#include <support/catch.hpp>
#include <support/echostream_scene.hpp>

#include <string>
#include <utility>
#include <vector>

namespace {

namespace appsync = awsxx::appsync;
using namespace std::chrono_literals;
using test::bad;
using test::echostream_scene;
using test::good;

auto api_session(const echostream_scene& in, const appsync::echostream_options& with) {
    return good(appsync::try_api_session(with, in.settings(), in.network));
}

}  // namespace

TEST_CASE("echostream: a session has a tenant's keys and region, and asks once for both") {
    const echostream_scene here;
    const auto session = api_session(here, here.options());
    CHECK(here.network->requests().empty());

    CHECK(good(session.try_whoami()).arn == "arn:echo");

    CHECK(here.hosts == std::vector<std::string>{"sts.eu-central-1.amazonaws.com"});
    CHECK(here.signers == std::vector<std::string>{"ASIA1"});
    REQUIRE(here.asked.size() == 1);
    CHECK(here.asked[0].at("variables") ==
          test::echostream_scene::json{{"tenant", "acme"}, {"duration", 3600}});
    CHECK(here.asked[0].at("query").get<std::string>().find("GetTenant(tenant: $tenant)") !=
          std::string::npos);
    CHECK_FALSE(here.asked[0].contains("operationName"));
    good(session.try_whoami());
    CHECK(here.asked.size() == 1);
}

TEST_CASE("echostream: a region that was chosen goes before the tenant's") {
    const echostream_scene here;
    auto choices = here.settings();
    choices.region = "us-west-2";
    const auto session = good(appsync::try_api_session(here.options(), choices, here.network));
    good(session.try_whoami());
    CHECK(here.hosts.at(0) == "sts.us-west-2.amazonaws.com");
}

TEST_CASE("echostream: an app's keys are asked for by the app's query") {
    for (const char* type : {"CrossAccountApp", "ExternalApp", "ManagedApp"}) {
        echostream_scene here;
        here.app_type = type;
        auto with = here.options();
        with.app = "mine";
        with.duration = 900;
        const auto session = good(appsync::try_app_session(with, here.settings(), here.network));
        good(session.try_whoami());
        const std::string query = here.asked.at(0).at("query");
        CHECK(here.asked[0].at("variables").at("app") == "mine");
        CHECK(here.asked[0].at("variables").at("duration") == 900);
        CHECK(query.find(std::string("... on ") + type) != std::string::npos);
        CHECK(here.hosts.at(0) == "sts.eu-central-1.amazonaws.com");
    }
}

TEST_CASE("echostream: an app's user who may not see the tenant has keys, but no region") {
    echostream_scene here;
    here.tenant_is_visible = false;
    auto with = here.options();
    with.app = "mine";
    const auto lost = good(appsync::try_app_session(with, here.settings(), here.network));
    const auto why = bad(lost.try_whoami());
    CHECK(to_string(why).find("NoTenantRegion") != std::string::npos);
    CHECK(here.hosts.empty());
    auto choices = here.settings();
    choices.region = "us-east-2";
    good(good(appsync::try_app_session(with, choices, here.network)).try_whoami());
}

TEST_CASE("echostream: tenants and apps that are not there, and apps without keys, are told") {
    echostream_scene here;
    auto with = here.options();
    with.tenant = "nobody";
    auto why = bad(api_session(here, with).try_fetch_credentials());
    CHECK(why.code == "NoEchoStreamCredentials");
    CHECK(why.cause->code == "TenantNotFound");
    with.app = "mine";
    auto app = good(appsync::try_app_session(with, here.settings(), here.network));
    CHECK(bad(app.try_fetch_credentials()).cause->code == "AppNotFound");
    with.tenant = "acme";
    here.app_type = "InternalApp";
    app = good(appsync::try_app_session(with, here.settings(), here.network));
    why = bad(app.try_fetch_credentials());
    CHECK(why.cause->code == "NoAwsCredentials");
    CHECK(why.cause->message ==
          "EchoStream app mine of tenant acme has no AWS credentials: it is a InternalApp");
}

TEST_CASE("echostream: odd answers are errors, and hold no secret") {
    const auto failure = [](std::string body) {
        echostream_scene here;
        here.instead.push_back({.status = 200, .body = std::move(body)});
        const auto why = bad(api_session(here, here.options()).try_fetch_credentials());
        CHECK(to_string(why).find("s3cr3t") == std::string::npos);
        return why.cause->code;
    };
    const auto keys = [](const std::string& members) {
        return R"({"data":{"GetTenant":{"GetAwsCredentials":{)" + members + "}}}}";
    };
    CHECK(failure("<html>") == "MalformedAnswer");
    CHECK(failure(keys("")) == "MalformedAnswer");
    CHECK(failure(keys(R"("accessKeyId":"A","secretAccessKey":"s3cr3t")")) == "MalformedAnswer");
    CHECK(
        failure(keys(R"("accessKeyId":"A","secretAccessKey":"s3cr3t","sessionToken":"s3cr3t")")) ==
        "MalformedAnswer");
    CHECK(
        failure(keys(
            R"("accessKeyId":"A","secretAccessKey":"s3cr3t","sessionToken":"s3cr3t","expiration":"soon")")) ==
        "MalformedAnswer");
    CHECK(failure(R"({"errors":[{"errorType":"Unauthorized","message":"no"}]})") == "Unauthorized");
    CHECK(failure(R"({"data":{"GetTenant":[]}})") == "TenantNotFound");
}

TEST_CASE("echostream: options come from the environment, by either spelling, and code wins") {
    const echostream_scene here;
    const auto found = [&](std::map<std::string, std::string> environment,
                           const appsync::echostream_options& given = {}, bool app = false) {
        return appsync::complete_echostream(
            given, here.settings({.environment = std::move(environment)}), app);
    };
    const std::map<std::string, std::string> plain{
        {"APPSYNC_ENDPOINT", "https://e"}, {"CLIENT_ID", "c"}, {"PASSWORD", "p"}, {"TENANT", "t"},
        {"USER_POOL_ID", "eu-west-1_P"},   {"USER_NAME", "u"}, {"APP", "a"}};
    auto all = good(found(plain, {}, true));
    CHECK(all.endpoint == "https://e");
    CHECK(all.password.expose() == "p");
    CHECK(all.query.app == "a");
    CHECK(good(found(plain)).query.app.empty());
    CHECK(good(found(plain, {.tenant = "mine"})).query.tenant == "mine");
    auto both = plain;
    for (const auto& [name, value] : plain) both["ECHOSTREAM_" + name] = value + "2";
    CHECK(good(found(both)).user_name == "u2");
    both.erase("ECHOSTREAM_USER_NAME");
    both["ECHOSTREAM_USERNAME"] = "u3";
    CHECK(good(found(both)).user_name == "u3");
    CHECK(good(found(both)).query.tenant == "t2");
}

TEST_CASE("echostream: all that is missing is named at once") {
    const echostream_scene here;
    auto why = bad(appsync::try_app_session(
        {.tenant = "acme"}, here.settings({.environment = {{"PASSWORD", " "}}}), here.network));
    CHECK(why.kind == awsxx::error_kind::configuration);
    CHECK(why.message ==
          "neither in code nor in the environment: APPSYNC_ENDPOINT, APP, CLIENT_ID, "
          "USER_POOL_ID, USER_NAME, PASSWORD");
    const awsxx::cognito::user who(here.pool(), {.user_name = "alice", .password = "Passw0rd!"});
    why = bad(appsync::try_api_session({.user = who}, here.settings(), here.network));
    CHECK(why.message == "neither in code nor in the environment: APPSYNC_ENDPOINT, TENANT");
    for (const int odd : {0, 899, 43201, -1}) {
        auto with = here.options();
        with.duration = odd;
        CHECK(bad(appsync::try_api_session(with, here.settings(), here.network)).code ==
              "InvalidDuration");
    }
}

TEST_CASE("echostream: a user who logs in elsewhere is as good") {
    const echostream_scene here;
    const awsxx::cognito::user who(here.pool(), {.user_name = "alice", .password = "Passw0rd!"});
    good(who.try_tokens());
    appsync::echostream_options with{.appsync_endpoint = "https://api.echo.example/graphql",
                                     .tenant = "acme"};
    with.user = who;
    good(api_session(here, with).try_whoami());
    CHECK(here.count("InitiateAuth USER_SRP_AUTH") == 1);
}

TEST_CASE("echostream: tokens and keys end many times, and the session goes on") {
    echostream_scene here;
    here.service.token_seconds = 300;
    here.service.rotates = true;
    here.key_lifetime = 15min;
    const auto session = api_session(here, here.options());
    for (int i = 0; i < 12 * 15; ++i) {
        good(session.try_whoami());
        here.let_pass(1min);
    }
    CHECK(here.refused == 0);
    CHECK(here.asked.size() >= 12);
    CHECK(here.asked.size() <= 24);
    CHECK(here.signers.back() != here.signers.front());
    CHECK(here.count("InitiateAuth USER_SRP_AUTH") == 1);
    CHECK(here.notes->find("echo secret") == std::string::npos);
    CHECK(here.notes->find("echo token") == std::string::npos);
}
