// SPDX-License-Identifier: MIT
// Passes the trace of a Lambda invocation on, so that AWS can stop functions that call themselves.
#pragma once

#include <awsxx/core/system.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/headers.hpp>
#include <awsxx/http/percent.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::runtime {

/// True in a Lambda function. Does not change in the life of a process.
inline bool runs_in_lambda(const environment& from) {
    return get_filled(from, "AWS_LAMBDA_FUNCTION_NAME").has_value();
}

/// The value of `X-Amzn-Trace-Id` for the invocation that runs now; another one each time.
inline std::optional<std::string> lambda_trace(const environment& from) {
    const auto id = get_filled(from, "_X_AMZN_TRACE_ID");
    if (!id) return {};
    constexpr std::string_view plain = "=;:+&[]{}\"',";
    std::string value;
    for (const char& c : *id) {
        if (plain.find(c) != std::string_view::npos)
            value += c;
        else
            http::append_encoded(value, {&c, 1});
    }
    return value;
}

/// Adds the header unless the caller has given one. It is never signed.
inline void add_lambda_trace(http::headers& to, const environment& from) {
    if (to.contains("X-Amzn-Trace-Id")) return;
    if (const auto value = lambda_trace(from)) to.add("X-Amzn-Trace-Id", *value);
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
