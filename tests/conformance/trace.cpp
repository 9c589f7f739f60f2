// SPDX-License-Identifier: MIT
// The suite trace: what a Lambda function passes on.
#include <awsxx/runtime/trace.hpp>

#include "suites.hpp"

#include <support/fake_environment.hpp>

namespace conformance {

json trace(const std::string& mode, const json& input) {
    if (mode != "lambda") return answer::unsupported("mode " + mode);
    test::fake_environment here;
    for (const auto& [name, value] : input.at("env").items()) here.set(name, value);
    awsxx::http::headers headers;
    for (const json& one : input.at("headers"))
        headers.add(one.at(0).get<std::string>(), one.at(1).get<std::string>());

    if (awsxx::runtime::runs_in_lambda(here)) awsxx::runtime::add_lambda_trace(headers, here);

    json sent = json::array();
    for (const auto& [name, value] : headers)
        sent.push_back({std::string(name), std::string(value)});
    return answer::output({{"headers", sent}});
}

}  // namespace conformance
