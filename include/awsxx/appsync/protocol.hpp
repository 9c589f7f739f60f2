// SPDX-License-Identifier: MIT
// A GraphQL request as an operation, whose refusals are read as AppSync writes them.
#pragma once

#include <awsxx/appsync/graphql.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/protocols/error_answer.hpp>
#include <awsxx/protocols/json_error.hpp>
#include <awsxx/protocols/raw.hpp>

#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI::appsync {

namespace detail::protocol {

/// AppSync refuses with a list of errors, the gateway in front of it with a message.
inline error decode_error(const model::operation& what, const http::response& answer) {
    protocols::error_answer told = protocols::read_json_error(answer);
    const auto parsed = document::parse(answer.body.begin(), answer.body.end(), nullptr, false);
    if (parsed.is_object()) {
        const auto all = graphql::errors(parsed);
        if (!all.empty()) {
            if (!all.front().type.empty()) told.code = all.front().type;
            told.message = all.front().message;
        }
    } else if (told.message.empty() && !answer.body.empty()) {
        told.message = "the answer is " + graphql::described(answer.body);
    }
    return protocols::to_error(what, answer, std::move(told));
}

inline constexpr model::protocol graphql_over_http{.name = "graphql",
                                                   .encode = raw::protocol.encode,
                                                   .decode = raw::protocol.decode,
                                                   .decode_error = &decode_error};

}  // namespace detail::protocol

/// The operation of one call. It has to live as long as that.
class graphql_operation {
public:
    /// Unsigned unless `how` says otherwise. `region`: empty for the session's.
    graphql_operation(std::string region, model::auth how) : region_(std::move(region)) {
        service_.id = "AppSync";
        service_.endpoint_prefix = "appsync";
        service_.protocol = &detail::protocol::graphql_over_http;
        service_.region = region_;
        operation_.name = "GraphQL";
        operation_.service = &service_;
        operation_.auth = how;
    }
    graphql_operation(const graphql_operation&) = delete;
    graphql_operation& operator=(const graphql_operation&) = delete;
    ~graphql_operation() = default;

    const model::operation& get() const noexcept { return operation_; }

private:
    std::string region_;
    model::service service_{};
    model::operation operation_{};
};

}  // namespace awsxx::inline AWSXX_ABI::appsync
