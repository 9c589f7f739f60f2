// SPDX-License-Identifier: MIT
// No rule set makes compiler or evaluator crash, and no text the functions that rules may call.
#include <awsxx/runtime/rule_functions.hpp>
#include <awsxx/runtime/rules.hpp>

#include <rules/rules.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace runtime = awsxx::runtime;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

bool is_part(std::string_view part, std::string_view of) {
    return part.empty() ||
           (part.data() >= of.data() && part.data() + part.size() <= of.data() + of.size());
}

void call_functions(std::string_view text) {
    if (const auto url = runtime::parse_rule_url(text))
        require(is_part(url->authority, text) && is_part(url->path, text));
    const bool one = runtime::is_rule_host_label(text, false);
    require(!one || runtime::is_rule_host_label(text, true));
    require(!runtime::is_virtual_hostable(text, false) || runtime::is_virtual_hostable(text, true));
    if (const auto part = runtime::rule_substring(text, 2, 5, true)) require(part->size() == 3);
    for (std::size_t i = 0; i < 4; ++i) {
        if (const auto part = runtime::split_piece(text, "--", 3, i)) require(is_part(*part, text));
        if (const auto part = runtime::divided_piece(text, ":/", i)) require(is_part(*part, text));
    }
    require(!runtime::split_piece(text, "--", 3, 3));
}

void evaluate(const tools::rules::compiled& rules) {
    const awsxx::model::rule_set set{rules.code, rules.prefix};
    for (const char* bucket : {"photos", "arn:aws:s3:eu-west-1:111122223333:accesspoint/a", ""}) {
        runtime::rule_evaluation reading(set);
        reading.set("Region", "eu-west-1");
        reading.set("Bucket", bucket);
        if (!reading.run()) continue;
        std::size_t count = reading.url().size();
        reading.each_header([&](std::string_view name, std::string_view value) {
            count += name.size() + value.size();
        });
        reading.properties().each([&](std::string_view name, const runtime::rule_node& node) {
            count += name.size() + node.text().size();
        });
        require(count < std::size_t{1} << 30);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    call_functions(text);
#if defined(__cpp_exceptions)
    const auto rules = nlohmann::json::parse(text, nullptr, false);
    try {
        evaluate(tools::rules::compile(rules));
    } catch (const tools::rules::malformed&) {
        return 0;  // refused, with the place
    }
#endif
    return 0;
}
