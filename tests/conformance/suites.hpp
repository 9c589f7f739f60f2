// SPDX-License-Identifier: MIT
// The conformance suites that the driver knows, a function each.
#pragma once

#include <awsxx/core/error.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <utility>

namespace conformance {

using json = nlohmann::json;

/// One answer: exactly one of the members "output", "error" and "unsupported".
struct answer {
    static json output(json value) { return {{"output", std::move(value)}}; }
    static json unsupported(const std::string& why) { return {{"unsupported", why}}; }
    static json failure(const awsxx::error& e) {
        return {{"error", {{"kind", std::string(to_string(e.kind))}, {"message", to_string(e)}}}};
    }
};

/// A member that is text; empty where it is absent or null.
inline std::string text_of(const json& input, const char* name) {
    const auto at = input.find(name);
    return at == input.end() || at->is_null() ? std::string() : at->get<std::string>();
}

// A suite gets the case's mode and its input and gives an answer without the id.
json sign(const std::string& mode, const json& input);
json srp(const std::string& mode, const json& input);
json retry(const std::string& mode, const json& input);
json timestamp(const std::string& mode, const json& input);
json json_parsing(const std::string& mode, const json& input);
json checksum(const std::string& mode, const json& input);
json jmespath(const std::string& mode, const json& input);
json event_stream(const std::string& mode, const json& input);
json cbor_decoding(const std::string& mode, const json& input);
json profile(const std::string& mode, const json& input);
json trace(const std::string& mode, const json& input);
json credentials(const std::string& mode, const json& input);
json endpoint(const std::string& mode, const json& input);
/// The suites protocol and generate; maps in the input keep their order.
json protocol(const std::string& mode, const nlohmann::ordered_json& input);

/// The mode role-chain of the suite credentials.
json role_chain(const json& input);

}  // namespace conformance
