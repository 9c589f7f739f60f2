// SPDX-License-Identifier: MIT
#include "code_writer.hpp"
#include "expressions.hpp"
#include "rules.hpp"

#include <awsxx/core/text.hpp>

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>

namespace tools::rules {

namespace code = awsxx::model::rule_code;
using code::op;

namespace {

constexpr std::size_t most_code = 0xffff;
constexpr std::size_t most_conditions = 255;

/// Without what is for people; equal parts become equal texts.
json without_documentation(const json& from) {
    json to = from;
    if (to.is_object()) to.erase("documentation");
    if (to.is_structured())
        for (json& one : to) one = without_documentation(one);
    return to;
}

code::builtin builtin_named(const std::string& name) {
    using code::builtin;
    static const std::map<std::string, builtin> all{
        {"AWS::Region", builtin::region},
        {"AWS::UseFIPS", builtin::use_fips},
        {"AWS::UseDualStack", builtin::use_dual_stack},
        {"SDK::Endpoint", builtin::endpoint},
        {"AWS::Auth::AccountId", builtin::account_id},
        {"AWS::Auth::AccountIdEndpointMode", builtin::account_id_mode},
        {"AWS::Auth::CredentialScope", builtin::credential_scope},
        {"AWS::S3::ForcePathStyle", builtin::s3_force_path_style},
        {"AWS::S3::Accelerate", builtin::s3_accelerate},
        {"AWS::S3::UseGlobalEndpoint", builtin::s3_use_global_endpoint},
        {"AWS::S3::UseArnRegion", builtin::s3_use_arn_region},
        {"AWS::S3::DisableMultiRegionAccessPoints", builtin::s3_disable_multi_region_access_points},
        {"AWS::S3::DisableS3ExpressSessionAuth", builtin::s3_disable_express_session_auth},
        {"AWS::S3Control::UseArnRegion", builtin::s3_control_use_arn_region},
        {"AWS::STS::UseGlobalEndpoint", builtin::sts_use_global_endpoint}};
    const auto found = all.find(name);
    return found == all.end() ? builtin::none : found->second;
}

/// What stands at the beginning of the first host that the rules name: "ec2" of
/// "https://ec2-fips.{Region}.{...}".
std::string find_prefix(const json& within) {
    if (within.is_structured()) {
        for (const json& one : within)
            if (std::string found = find_prefix(one); !found.empty()) return found;
        return {};
    }
    if (!within.is_string()) return {};
    constexpr std::string_view scheme = "https://";
    std::string_view text = within.get_ref<const std::string&>();
    if (!text.starts_with(scheme)) return {};
    text.remove_prefix(scheme.size());
    text = text.substr(0, text.find_first_of("{/"));
    if (!text.ends_with('.')) return {};
    text = text.substr(0, text.find("-fips."));
    if (text.ends_with('.')) text.remove_suffix(1);
    if (const auto end = text.find(".us-"); end != std::string_view::npos)
        text = text.substr(0, end);
    return std::string(text);
}

class compilation {
public:
    explicit compilation(const json& source)
        : source_(without_documentation(source)),
          prefix_(source_.is_object() ? prefix() : std::string()),
          values_(out_, prefix_) {}

    compiled run() {
        const place top;
        const std::string version = top.text(top.member(source_, "version"));
        if (!version.starts_with("1.")) top.refuse("version " + version + " is not known");
        const bool is_tree = source_.contains("rules");
        out_.byte(static_cast<unsigned>(is_tree ? code::form::tree : code::form::diagram));
        parameters(top.member(source_, "parameters"), top / "parameters");
        const std::size_t start = out_.here();
        out_.place(0);
        if (is_tree)
            tree(start, top);
        else
            diagram(start, top);
        if (out_.here() > most_code) top.refuse("the rules are too large");
        return {out_.code(), prefix_};
    }

private:
    std::string prefix() const {
        for (const char* where : {"rules", "results"})
            if (const auto found = source_.find(where); found != source_.end())
                return find_prefix(*found);
        return {};
    }

    void parameters(const json& all, const place& at) {
        if (!all.is_object()) at.refuse("not an object");
        if (all.size() > 60) at.refuse("too many parameters");
        out_.number(all.size());
        for (const auto& [name, one] : all.items()) {
            values_.declare(name, at / name);
            out_.name(name);
            parameter(one, at / name);
        }
    }

    static unsigned type_of(const json& one, const place& at) {
        const std::string& type = at.text(at.member(one, "type"));
        using awsxx::text::equal_ignoring_case;
        if (equal_ignoring_case(type, "string"))
            return static_cast<unsigned>(code::parameter::text);
        if (equal_ignoring_case(type, "boolean"))
            return static_cast<unsigned>(code::parameter::flag);
        if (equal_ignoring_case(type, "stringArray"))
            return static_cast<unsigned>(code::parameter::list);
        at.refuse("no type " + type);
    }

    static bool fits(unsigned type, const json& given) {
        if (type == static_cast<unsigned>(code::parameter::text)) return given.is_string();
        if (type == static_cast<unsigned>(code::parameter::flag)) return given.is_boolean();
        if (!given.is_array()) return false;
        for (const json& one : given)
            if (!one.is_string()) return false;
        return true;
    }

    void parameter(const json& one, const place& at) {
        const unsigned type = type_of(one, at);
        unsigned flags = type;
        const json required = one.value("required", json(false));
        if (!required.is_boolean()) at.refuse("required is neither true nor false");
        if (required.get<bool>()) flags |= static_cast<unsigned>(code::parameter::required);
        const auto usual = one.find("default");
        if (usual != one.end()) flags |= static_cast<unsigned>(code::parameter::has_default);
        out_.byte(flags);
        const auto builtin = one.find("builtIn");
        out_.byte(builtin == one.end()
                      ? 0U
                      : static_cast<unsigned>(builtin_named((at / "builtIn").text(*builtin))));
        if (usual == one.end()) return;
        if (!fits(type, *usual)) (at / "default").refuse("not of the parameter's type");
        if (usual->is_boolean()) return out_.op(usual->get<bool>() ? op::yes : op::no);
        if (usual->is_string()) return out_.text(usual->get<std::string>());
        out_.op(op::list);
        out_.number(usual->size());
        for (const json& element : *usual) out_.text(element.get<std::string>());
    }

    void tree(std::size_t start, const place& top) {
        const json& rules = top.member(source_, "rules");
        // Its list comes first, so that what it has in common with others is found there.
        out_.set_place(start, out_.here());
        list(rules, top / "rules");
    }

    void list(const json& rules, const place& at) {
        if (!rules.is_array()) at.refuse("not an array");
        out_.number(rules.size());
        for (std::size_t i = 0; i < rules.size(); ++i) rule(rules[i], at / i);
    }

    void rule(const json& one, const place& at) {
        if (at.depth() > deepest) at.refuse("nested too deep");
        constexpr unsigned see = static_cast<unsigned>(code::rule::see) << 6;
        out_.once("r" + one.dump(), see, [&] { written_rule(one, at); });
    }

    static code::rule kind_of(const json& one, const place& at) {
        const std::string& type = at.text(at.member(one, "type"));
        if (type == "endpoint") return code::rule::endpoint;
        if (type == "error") return code::rule::error;
        if (type == "tree") return code::rule::tree;
        at.refuse("no type of rules is " + type);
    }

    void written_rule(const json& one, const place& at) {
        const code::rule kind = kind_of(one, at);
        const json conditions = one.value("conditions", json::array());
        const place there = at / "conditions";
        if (!conditions.is_array() || conditions.size() >= 0x40)
            there.refuse("not an array of conditions, or too long");
        out_.byte(static_cast<unsigned>(kind) << 6 | static_cast<unsigned>(conditions.size()));
        const std::size_t length = out_.here();
        out_.place(0);
        for (std::size_t i = 0; i < conditions.size(); ++i)
            values_.condition(conditions[i], there / i);
        body(kind, one, at);
        out_.set_place(length, out_.here() - length - 2);
        if (form_is_tree())
            for (const json& condition : conditions)
                if (condition.contains("assign")) values_.forget(condition["assign"]);
    }
    bool form_is_tree() const { return source_.contains("rules"); }

    void body(code::rule kind, const json& one, const place& at) {
        if (kind == code::rule::tree) return list(at.member(one, "rules"), at / "rules");
        if (kind == code::rule::error) return values_.value(at.member(one, "error"), at / "error");
        const place there = at / "endpoint";
        const json& endpoint = at.member(one, "endpoint");
        out_.op(op::endpoint);
        values_.value(there.member(endpoint, "url"), there / "url");
        headers(endpoint.value("headers", json::object()), there / "headers");
        const json properties = endpoint.value("properties", json::object());
        if (!properties.is_object()) (there / "properties").refuse("not an object");
        values_.document(properties, there / "properties");
    }

    void headers(const json& all, const place& at) {
        if (!all.is_object()) at.refuse("not an object");
        out_.number(all.size());
        for (const auto& [name, given] : all.items()) {
            if (!given.is_array()) (at / name).refuse("not an array");
            out_.name(name);
            out_.number(given.size());
            for (std::size_t i = 0; i < given.size(); ++i) values_.value(given[i], at / name / i);
        }
    }

    void diagram(std::size_t start, const place& top) {
        values_.see_all();
        const json& conditions = top.member(source_, "conditions");
        const json& results = top.member(source_, "results");
        if (!conditions.is_array() || conditions.size() > most_conditions)
            (top / "conditions").refuse("not an array, or too long");
        if (!results.is_array() || results.size() >= code::negated_bit)
            (top / "results").refuse("not an array, or too long");
        for (const json& one : conditions)
            if (const auto name = one.find("assign"); name != one.end())
                values_.declare(top.text(*name), top / "conditions");
        std::vector<std::size_t> places;
        for (std::size_t i = 0; i < conditions.size(); ++i) {
            places.push_back(out_.here());
            values_.condition(conditions[i], top / "conditions" / i);
        }
        for (std::size_t i = 0; i < results.size(); ++i) {
            places.push_back(out_.here());
            rule(results[i], top / "results" / i);
        }
        out_.set_place(start, out_.here());
        out_.byte(static_cast<unsigned>(conditions.size()));
        out_.place(results.size());
        for (const std::size_t one : places) out_.place(one);
        nodes(top);
    }

    void nodes(const place& top);
    unsigned reference(std::int64_t to, std::size_t nodes, const place& at) const;

    json source_;
    std::string prefix_;
    code_writer out_{};
    expressions values_;
};

std::optional<unsigned> base64_digit(char c) {
    constexpr std::string_view all =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const std::size_t at = all.find(c);
    if (at == std::string_view::npos) return {};
    return static_cast<unsigned>(at);
}

/// The numbers of four bytes each that a text in base64 holds.
std::vector<std::int32_t> packed_numbers(std::string_view text, const place& at) {
    std::vector<std::int32_t> found;
    std::uint32_t bits = 0;
    unsigned count = 0;
    std::uint32_t number = 0;
    unsigned bytes = 0;
    while (text.ends_with('=')) text.remove_suffix(1);
    for (const char c : text) {
        const auto digit = base64_digit(c);
        if (!digit) at.refuse("not base64");
        bits = bits << 6 | *digit;
        count += 6;
        if (count < 8) continue;
        count -= 8;
        number = number << 8 | (bits >> count & 0xff);
        if (++bytes % 4 == 0) found.push_back(static_cast<std::int32_t>(number));
    }
    return found;
}

/// In AWS's form a reference is 1 or -1 for the end, a result from 100,000,000, and else a node
/// counted from 1, negative for the opposite of what it says.
unsigned compilation::reference(std::int64_t to, std::size_t nodes, const place& at) const {
    constexpr std::int64_t first_result = 100'000'000;
    if (to == 1 || to == -1 || to == first_result) return code::result_bit;
    if (to > first_result) {
        const auto result = static_cast<std::size_t>(to - first_result);
        if (result > source_["results"].size()) at.refuse("no result " + std::to_string(to));
        return code::result_bit | static_cast<unsigned>(result);
    }
    const std::int64_t index = to < 0 ? -to : to;
    if (index < 2 || static_cast<std::size_t>(index) > nodes)
        at.refuse("no node " + std::to_string(to));
    return static_cast<unsigned>(index - 2) | (to < 0 ? code::negated_bit : 0U);
}

void compilation::nodes(const place& top) {
    const place at = top / "nodes";
    const auto all = packed_numbers(at.text(top.member(source_, "nodes")), at);
    const std::size_t count = all.size() / 3;
    if (all.size() % 3 != 0 || count >= code::negated_bit) at.refuse("not made of triples");
    const json& root = top.member(source_, "root");
    if (!root.is_number_integer()) (top / "root").refuse("not a number");
    out_.place(reference(root.get<std::int64_t>(), count, top / "root"));
    for (std::size_t i = 1; i < count; ++i) {  // the first is the end
        const std::int32_t condition = all[i * 3];
        if (condition < 0 || static_cast<std::size_t>(condition) >= source_["conditions"].size())
            (at / i).refuse("no condition " + std::to_string(condition));
        out_.byte(static_cast<unsigned>(condition));
        out_.place(reference(all[i * 3 + 1], count, at / i));
        out_.place(reference(all[i * 3 + 2], count, at / i));
    }
}

}  // namespace

compiled compile(const json& rule_set) {
    if (!rule_set.is_object()) place().refuse("not an object");
    return compilation(rule_set).run();
}

compiled compile_service(const json& traits) {
    // Small trees are shared and read once; large ones take long to read at each call.
    constexpr std::size_t large = 1800;
    const auto tree = traits.find("smithy.rules#endpointRuleSet");
    const auto diagram = traits.find("smithy.rules#endpointBdd");
    compiled found;
    if (tree != traits.end()) found = compile(*tree);
    if (diagram != traits.end() && (found.code.empty() || found.code.size() > large))
        found = compile(*diagram);
    return found;
}

}  // namespace tools::rules
