// SPDX-License-Identifier: MIT
// Reads conformance cases as JSON lines from standard input, lets the suites answer them, and
// writes one line per case. Ends with status 0 whatever the cases are.
#include "definitions.hpp"
#include "generated_models.hpp"
#include "suites.hpp"

#include <iostream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#if defined(__cpp_exceptions)
#include <exception>
#endif

namespace {

using conformance::answer;
using conformance::json;

using suite = json (*)(const std::string& mode, const json& input);

suite find_suite(const std::string& name) {
    static const std::map<std::string, suite> suites{
        {"sign", &conformance::sign},          {"srp", &conformance::srp},
        {"retry", &conformance::retry},        {"timestamp", &conformance::timestamp},
        {"json", &conformance::json_parsing},  {"checksum", &conformance::checksum},
        {"jmespath", &conformance::jmespath},  {"eventstream", &conformance::event_stream},
        {"cbor", &conformance::cbor_decoding}, {"profile", &conformance::profile},
        {"trace", &conformance::trace},        {"credentials", &conformance::credentials},
        {"endpoint", &conformance::endpoint}};
    const auto found = suites.find(name);
    return found == suites.end() ? nullptr : found->second;
}

std::string text_member(const json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool is_generated(const std::string& name) { return name == "protocol" || name == "generate"; }

json answer_to(const json& line, const std::string& text) {
    const std::string name = text_member(line, "suite");
    if (is_generated(name))
        return conformance::protocol(
            text_member(line, "mode"),
            nlohmann::ordered_json::parse(text).value("input", nlohmann::ordered_json::object()));
    const suite asked = find_suite(name);
    if (asked == nullptr) return answer::unsupported("no suite " + name);
    const auto input = line.find("input");
    if (input == line.end() || !input->is_object()) return answer::unsupported("no input");
    return asked(text_member(line, "mode"), *input);
}

void take(const std::string& text) {
    const json line = json::parse(text, nullptr, false);
    if (!line.is_object()) {
        std::cerr << "not a JSON object: " << text.substr(0, 200) << '\n';
        return;
    }
    if (line.contains("define")) return;
    json reply = answer_to(line, text);
    reply["id"] = line.value("id", json());
    std::cout << reply.dump(-1, ' ', false, json::error_handler_t::replace) << '\n';
}

/// Definitions are taken before the cases, and what cases ask for is noted: what is generated for
/// them is compiled once.
void prepare(const std::string& text) {
    const json line = json::parse(text, nullptr, false);
    if (!line.is_object()) return;
    if (line.contains("define")) {
        conformance::define(line);
        conformance::define_model(text);
        return;
    }
    const std::string name = text_member(line, "suite");
    const auto input = line.find("input");
    if (is_generated(name) && input != line.end() && input->contains("operation"))
        conformance::note_operation(text_member(*input, "model"), text_member(*input, "operation"));
}

void take_safely(const std::string& text) {
#if defined(__cpp_exceptions)
    try {
        take(text);
    } catch (const std::exception& problem) {
        std::cerr << "a suite failed: " << problem.what() << '\n';
    }
#else
    take(text);
#endif
}

}  // namespace

int main() {
    std::ios::sync_with_stdio(false);
    std::vector<std::string> lines;
    for (std::string line; std::getline(std::cin, line);)
        if (!line.empty()) lines.push_back(std::move(line));
    for (const auto& line : lines) prepare(line);
    for (const auto& line : lines) take_safely(line);
    std::cout.flush();
    return 0;
}
