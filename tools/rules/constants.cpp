// SPDX-License-Identifier: MIT
#include "rules.hpp"

#include <awsxx/model/standard_rules.hpp>

#include <cstddef>
#include <string_view>
#include <utility>

namespace tools::rules {

namespace {

/// The name that the library has for rules with this code; empty: none.
std::string_view standard_name(std::string_view code) {
    namespace library = awsxx::model::standard_rules;
    static constexpr std::pair<std::string_view, std::string_view> all[] = {
        {"regional", library::regional},
        {"regional_diagram", library::regional_diagram},
        {"regional_nested", library::regional_nested},
        {"gov_validated", library::gov_validated},
        {"gov_validated_diagram", library::gov_validated_diagram},
        {"gov_regions_validated", library::gov_regions_validated},
        {"gov_regions_validated_diagram", library::gov_regions_validated_diagram},
        {"one_region", library::one_region},
    };
    for (const auto& [name, known] : all)
        if (known == code) return name;
    return {};
}

bool is_octal(char c) { return c >= '0' && c <= '7'; }

/// A byte as it stands between quotes; `next` is the one after it.
std::string escaped(char c, char next) {
    if (c == '"' || c == '\\') return {'\\', c};
    if (c >= ' ' && c < 0x7f) return {c};
    const auto value = static_cast<unsigned char>(c);
    std::string digits;
    for (int shift = 6; shift >= 0; shift -= 3) {
        const char digit = static_cast<char>('0' + (value >> shift & 7));
        if (digit == '0' && digits.empty() && shift != 0 && !is_octal(next)) continue;
        digits += digit;
    }
    return "\\" + digits;
}

/// Quoted lines of at most a hundred columns.
std::string quoted_lines(std::string_view bytes) {
    constexpr std::size_t widest = 94;
    std::string text;
    std::string line;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const std::string one = escaped(bytes[i], i + 1 < bytes.size() ? bytes[i + 1] : ' ');
        if (line.size() + one.size() > widest) {
            text += "    \"" + line + "\"\n";
            line.clear();
        }
        line += one;
    }
    return text + "    \"" + line + "\"";
}

}  // namespace

std::string cpp_literal(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i)
        out += escaped(text[i], i + 1 < text.size() ? text[i + 1] : ' ');
    return "\"" + out + "\"";
}

std::string definition(const std::string& name, const std::string& code) {
    return "inline constexpr std::string_view " + name + "(\n" + quoted_lines(code) + ",\n    " +
           std::to_string(code.size()) + ");\n";
}

constant service_rules(const json& traits, const std::string& name) {
    const compiled rules = compile_service(traits);
    if (rules.code.empty()) return {};
    const std::string_view known = standard_name(rules.code);
    constant made;
    std::string value = name;
    if (known.empty()) {
        made.definitions = definition(name, rules.code);
    } else {
        made.includes.emplace_back("awsxx/model/standard_rules.hpp");
        value = "model::standard_rules::" + std::string(known);
    }
    made.value = "{" + value + (rules.prefix.empty() ? "" : ", " + cpp_literal(rules.prefix)) + "}";
    return made;
}

}  // namespace tools::rules
