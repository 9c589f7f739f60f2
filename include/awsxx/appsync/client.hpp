// SPDX-License-Identifier: MIT
// Asks an AppSync API over HTTPS.
#pragma once

#include <awsxx/appsync/authorization.hpp>
#include <awsxx/appsync/endpoint.hpp>
#include <awsxx/appsync/graphql.hpp>
#include <awsxx/appsync/protocol.hpp>
#include <awsxx/auth/credentials.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/guarded_call.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/runtime/settings.hpp>
#include <awsxx/runtime/transport_choice.hpp>
#include <awsxx/session.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <variant>

namespace awsxx::inline AWSXX_ABI::appsync {

/// An AppSync API, and who asks it.
///
///     const awsxx::appsync::client api("https://abc.appsync-api.eu-west-1.amazonaws.com/graphql",
///                                      awsxx::appsync::x_api_key{"da2-..."});
///     const awsxx::document data = api.query({.query = "{ listThings { name } }"});
///
/// A value: cheap to copy, immutable, safe to share between threads. Making one does no I/O. A
/// token that is not accepted is renewed once, and the request sent again. AppSync answers within
/// 30 seconds or never: unless the settings say otherwise, it is given up after 35.
class client {
public:
    /// `choices` are those of a session. Their region is needed for `iam` where the host does not
    /// tell it, as a domain of one's own.
    template <class Transport = http::curl_transport>
    client(std::string url, authorization how, settings choices = {},
           std::shared_ptr<Transport> transport = {})
        : client(std::move(url), std::move(how), completed(std::move(choices)),
                 runtime::choose_transport(std::move(transport))) {}
    /// Signs with the session's credentials and sends as the session does.
    template <class Transport>
    client(std::string url, const basic_session<Transport>& by)
        : state_(std::make_shared<const state>(state{std::move(url), iam{}, {}, by.core()})) {}
    client(std::string url, const authorization& how, settings choices,
           runtime::transport_choice transport)
        : state_(std::make_shared<const state>(
              state{std::move(url), how, detail::authorization::token_of(how),
                    core_of(how, completed(std::move(choices)), std::move(transport))})) {}

    /// Data and errors, as they came. Fails where there was no GraphQL answer: for an answer of
    /// another status than 200, as `try_call` of a session does.
    expected<graphql_answer> try_execute(const graphql_request& what) const {
        auto body = write_graphql(what);
        if (!body) return std::move(body).error();
        auto target = parse_endpoint(state_->url);
        if (!target) return std::move(target).error();
        const http::request bare{.method = "POST", .target = *std::move(target)};
        auto answer = send(bare, *body);
        wipe(*body);
        if (!answer) return std::move(answer).error();
        auto read = read_graphql(answer->body);
        wipe(answer->body);
        return read;
    }
    /// The data. Fails with the first error where there is one: see `to_error`.
    expected<document> try_query(const graphql_request& what) const {
        auto answer = try_execute(what);
        if (!answer) return std::move(answer).error();
        if (!answer->errors.empty() || answer->data.is_null()) return to_error(answer->errors);
        return std::move(answer->data);
    }
    /// The data as a `T`, which is made of it by `from_json(const nlohmann::json&, T&)`. Where that
    /// throws, the data is not what was expected: `malformed_answer`.
    template <class T>
    expected<T> try_query_as(const graphql_request& what) const {
        const auto data = try_query(what);
        if (!data) return data.error();
#if defined(__cpp_exceptions)
        try {
            return data->template get<T>();
        } catch (const nlohmann::json::exception&) {
            return error{.kind = error_kind::malformed_answer,
                         .code = "UnexpectedData",
                         .message = "the data of the answer does not fit the type it is read into"};
        }
#else
        return data->template get<T>();
#endif
    }

#if defined(__cpp_exceptions)
    graphql_answer execute(const graphql_request& what) const {
        return value_or_raise(try_execute(what));
    }
    document query(const graphql_request& what) const { return value_or_raise(try_query(what)); }
    template <class T>
    T query_as(const graphql_request& what) const {
        return value_or_raise(try_query_as<T>(what));
    }
#endif

private:
    struct state {
        std::string url;
        authorization how;
        appsync::token token;
        session_core core;
    };

    static settings completed(settings choices) {
        constexpr auto patience = std::chrono::seconds(35);
        if (choices.limits.first_byte == milliseconds::zero()) choices.limits.first_byte = patience;
        return choices;
    }
    static session_core core_of(const authorization& how, settings choices,
                                runtime::transport_choice transport) {
        const auto* const by = std::get_if<iam>(&how);
        if (by == nullptr) {
            choices.region = "us-east-1";  // nothing is signed for it
            return session_core(credentials{}, std::move(choices), std::move(transport));
        }
        if (by->keys) return session_core(by->keys, std::move(choices), std::move(transport));
        return session_core(std::move(choices), std::move(transport));
    }

    expected<http::response> send(const http::request& bare, const std::string& body) const {
        if (!state_->token.get) return attempt(bare, body, nullptr);
        auto token = guarded_call("TokenSourceThrew", state_->token.get);
        if (!token) return std::move(token).error();
        auto answer = attempt(bare, body, &*token);
        if (answer || answer.error().http_status != 401) return answer;
        if (state_->token.reject) state_->token.reject(*token);
        auto other = guarded_call("TokenSourceThrew", state_->token.get);
        if (!other) return caused_by(std::move(other).error(), std::move(answer).error());
        if (*other == *token) return answer;
        return attempt(bare, body, &*other);
    }

    expected<http::response> attempt(http::request what, const std::string& body,
                                     const secret* token) const {
        what.headers.add("Content-Type", "application/json");
        what.headers.add("Accept", "application/json");
        what.body = http::body::view(body);
        if (token != nullptr) what.headers.add("Authorization", token->expose());
        if (const auto* by = std::get_if<x_api_key>(&state_->how))
            what.headers.add("x-api-key", by->key.expose());
        const bool is_signed = std::holds_alternative<iam>(state_->how);
        const graphql_operation op(is_signed ? region_of_host(what.target.host) : std::string(),
                                   is_signed ? model::auth::sigv4 : model::auth::none);
        http::response answer;
        auto done = state_->core.perform(op.get(), &what, &answer);
        if (!done) return std::move(done).error();
        return answer;
    }

    std::shared_ptr<const state> state_{};
};

}  // namespace awsxx::inline AWSXX_ABI::appsync
