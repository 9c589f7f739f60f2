// SPDX-License-Identifier: MIT
// EchoStream's API in memory, with a user pool whose tokens it checks, and an STS that knows its keys.
#pragma once

#include <awsxx/appsync/echostream.hpp>
#include <awsxx/core/date.hpp>

#include <support/cognito_scene.hpp>

#include <chrono>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace test {

struct echostream_scene : cognito_scene {
    using json = nlohmann::json;

    std::string tenant_region = "eu-central-1";
    std::string app_type = "ExternalApp";
    bool tenant_is_visible = true;
    std::chrono::seconds key_lifetime{3600};
    std::vector<json> asked{};                     ///< Bodies of queries that were let in.
    int refused = 0;                               ///< Queries without a live token.
    std::vector<std::string> hosts{};              ///< Of calls to AWS.
    std::vector<std::string> signers{};            ///< Their access keys.
    std::vector<awsxx::http::response> instead{};  ///< Of answers, from the back.

    echostream_scene() {
        elsewhere = [this](const awsxx::http::request& to, const awsxx::http::exchange& how) {
            return to.target.host == "api.echo.example" ? graphql(to, how) : aws(to);
        };
    }

    awsxx::appsync::echostream_options options() const {
        return {.appsync_endpoint = "https://api.echo.example/graphql",
                .client_id = "client",
                .password = "Passw0rd!",
                .tenant = "acme",
                .user_pool_id = "eu-west-1_Pool1",
                .user_name = "alice"};
    }

private:
    transport::answer graphql(const awsxx::http::request& to, const awsxx::http::exchange&) {
        if (!instead.empty()) {
            auto odd = std::move(instead.back());
            instead.pop_back();
            return odd;
        }
        if (!service.is_live(std::string(to.headers.find("Authorization").value_or("")))) {
            ++refused;
            return awsxx::http::response{
                .status = 401,
                .body =
                    R"({"errors":[{"errorType":"UnauthorizedException","message":"expired"}]})"};
        }
        asked.push_back(json::parse(std::string(to.body.bytes())));
        return awsxx::http::response{.status = 200, .body = data(asked.back()).dump()};
    }
    json data(const json& query) const {
        const json& with = query.at("variables");
        json tenant{{"region", tenant_region}, {"table", "table-of-acme"}};
        if (with.at("tenant") != "acme")
            return {{"data", {{"GetTenant", nullptr}, {"GetApp", nullptr}}}};
        if (!with.contains("app")) {
            tenant["GetAwsCredentials"] = keys();
            return {{"data", {{"GetTenant", tenant}}}};
        }
        json app{{"__typename", app_type}};
        if (app_type != "InternalApp") app["GetAwsCredentials"] = keys();
        json whole{{"data", {{"GetApp", app}, {"GetTenant", tenant}}}};
        if (tenant_is_visible) return whole;
        whole["data"]["GetTenant"] = nullptr;
        whole["errors"] = {
            {{"errorType", "Unauthorized"}, {"path", {"GetTenant"}}, {"message", "no"}}};
        return whole;
    }
    json keys() const {
        return {{"accessKeyId", "ASIA" + std::to_string(asked.size())},
                {"secretAccessKey", "echo secret"},
                {"sessionToken", "echo token"},
                {"expiration", awsxx::format_date(service.time->now() + key_lifetime,
                                                  awsxx::date_format::date_time)}};
    }
    transport::answer aws(const awsxx::http::request& to) {
        const std::string proof(to.headers.find("Authorization").value_or(""));
        const auto begin = proof.find("Credential=") + 11;
        signers.push_back(proof.substr(begin, proof.find('/') - begin));
        hosts.push_back(to.target.host);
        return awsxx::http::response{
            .status = 200,
            .body =
                "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:echo</Arn>"
                "</GetCallerIdentityResult></GetCallerIdentityResponse>"};
    }
};

}  // namespace test
