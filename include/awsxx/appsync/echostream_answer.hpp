// SPDX-License-Identifier: MIT
// EchoStream's two queries for AWS keys, and what they answer.
#pragma once

#include <awsxx/appsync/graphql.hpp>
#include <awsxx/auth/credentials.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/host.hpp>

#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI::appsync {

/// Whose keys are asked for.
struct echostream_query {
    std::string tenant{};
    std::string app{};  ///< Empty: the tenant's own.
    int duration{};     ///< In seconds.

    std::string called() const {
        return app.empty() ? "EchoStream tenant " + tenant
                           : "EchoStream app " + app + " of tenant " + tenant;
    }
    graphql_request request() const {
        document variables{{"tenant", tenant}, {"duration", duration}};
        if (!app.empty()) variables["app"] = app;
        return {.query = app.empty() ? of_tenant : of_app, .variables = std::move(variables)};
    }

private:
    static constexpr const char* of_tenant =
        "query getAwsCredentials($tenant: String!, $duration: Int!) {"
        " GetTenant(tenant: $tenant) { region table"
        " GetAwsCredentials(duration: $duration) {"
        " accessKeyId secretAccessKey sessionToken expiration } } }";
    // An app's user may not be allowed to see the tenant: then that part is an error beside data.
    static constexpr const char* of_app =
        "query getAwsCredentials($app: String!, $tenant: String!, $duration: Int!) {"
        " GetApp(name: $app, tenant: $tenant) { __typename"
        " ... on CrossAccountApp { GetAwsCredentials(duration: $duration) {"
        " accessKeyId secretAccessKey sessionToken expiration } }"
        " ... on ExternalApp { GetAwsCredentials(duration: $duration) {"
        " accessKeyId secretAccessKey sessionToken expiration } }"
        " ... on ManagedApp { GetAwsCredentials(duration: $duration) {"
        " accessKeyId secretAccessKey sessionToken expiration } } }"
        " GetTenant(tenant: $tenant) { region table } }";
};

/// Keys, and where the tenant lives.
struct echostream_answer {
    credentials keys{};
    std::string region{};
    std::string table{};
};

namespace detail::echostream {

inline document object(const document& of, const char* name) {
    return of.is_object() ? graphql::member(of, name) : document();
}

inline expected<credentials> keys(const document& from) {
    const auto odd = [](const char* why) {
        return error{.kind = error_kind::malformed_answer,
                     .code = "MalformedAnswer",
                     .message = std::string("EchoStream answered ") + why};
    };
    credentials made{.access_key_id = model::text_member(from, "accessKeyId"),
                     .secret_access_key = secret(model::text_member(from, "secretAccessKey")),
                     .session_token = secret(model::text_member(from, "sessionToken"))};
    if (made.access_key_id.empty() || made.secret_access_key.empty() || made.session_token.empty())
        return odd("with only a part of the keys");
    const auto end = parse_date(model::text_member(from, "expiration"), date_format::date_time);
    if (!end) return odd("without a date that the keys expire at");
    made.expiration = end->to_instant();
    return made;
}

/// There are no keys in the answer: why.
inline error refusal(const graphql_answer& answer, const document& found,
                     const echostream_query& asked) {
    if (!answer.errors.empty()) return appsync::to_error(answer.errors);
    if (!found.is_object())
        return {.kind = error_kind::not_found,
                .code = asked.app.empty() ? "TenantNotFound" : "AppNotFound",
                .message = "there is no " + asked.called()};
    const std::string type = model::text_member(found, "__typename");
    return {.kind = error_kind::not_found,
            .code = "NoAwsCredentials",
            .message = asked.called() + " has no AWS credentials" +
                       (type.empty() ? "" : ": it is a " + type)};
}

}  // namespace detail::echostream

/// Reads what either query answers. Errors elsewhere in the answer are none where there are keys.
inline expected<echostream_answer> read_echostream(const graphql_answer& answer,
                                                   const echostream_query& asked) {
    using detail::echostream::object;
    const document found = object(answer.data, asked.app.empty() ? "GetTenant" : "GetApp");
    const document given = object(found, "GetAwsCredentials");
    if (!given.is_object()) return detail::echostream::refusal(answer, found, asked);
    auto keys = detail::echostream::keys(given);
    if (!keys) return std::move(keys).error();
    keys->source = asked.called();
    const document tenant = object(answer.data, "GetTenant");
    echostream_answer got{.keys = *std::move(keys)};
    if (!tenant.is_object()) return got;
    got.region = model::text_member(tenant, "region");
    got.table = model::text_member(tenant, "table");
    if (!http::valid_host_label(got.region)) got.region.clear();
    return got;
}

}  // namespace awsxx::inline AWSXX_ABI::appsync
