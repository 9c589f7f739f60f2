// SPDX-License-Identifier: MIT
// Reads conformance cases as JSON lines from standard input, lets the suites answer them, and
// writes one line per case. Ends with status 0 whatever the cases are.
#include "suites.hpp"

#include <iostream>
#include <map>
#include <string>

#if defined(__cpp_exceptions)
#include <exception>
#endif

namespace {

using conformance::answer;
using conformance::json;

using suite = json (*)(const std::string& mode, const json& input);

suite find_suite(const std::string& name) {
    static const std::map<std::string, suite> suites{
        {"sign", &conformance::sign},           {"retry", &conformance::retry},
        {"timestamp", &conformance::timestamp}, {"json", &conformance::json_parsing},
        {"cbor", &conformance::cbor_decoding},  {"profile", &conformance::profile},
        {"trace", &conformance::trace},         {"credentials", &conformance::credentials}};
    const auto found = suites.find(name);
    return found == suites.end() ? nullptr : found->second;
}

std::string text_member(const json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

json answer_to(const json& line) {
    const std::string name = text_member(line, "suite");
    const suite asked = find_suite(name);
    if (asked == nullptr) return answer::unsupported("no suite " + name);
    const auto input = line.find("input");
    if (input == line.end() || !input->is_object()) return answer::unsupported("no input");
    return asked(text_member(line, "mode"), *input);
}

/// Definitions are of no use to the suites there are; anything else is a case.
void take(const std::string& text) {
    const json line = json::parse(text, nullptr, false);
    if (!line.is_object()) {
        std::cerr << "not a JSON object: " << text.substr(0, 200) << '\n';
        return;
    }
    if (line.contains("define")) return;
    json reply = answer_to(line);
    reply["id"] = line.value("id", json());
    std::cout << reply.dump(-1, ' ', false, json::error_handler_t::replace) << '\n';
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
    for (std::string line; std::getline(std::cin, line);)
        if (!line.empty()) take_safely(line);
    std::cout.flush();
    return 0;
}
