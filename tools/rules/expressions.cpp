// SPDX-License-Identifier: MIT
#include "expressions.hpp"

#include <awsxx/core/number.hpp>
#include <awsxx/core/text.hpp>

#include <optional>
#include <utility>
#include <vector>

namespace tools::rules {

namespace code = awsxx::model::rule_code;
using code::op;

namespace {

constexpr unsigned see = static_cast<unsigned>(op::see);
constexpr std::size_t most_pieces = 16;

struct function {
    std::string_view name;
    op what;
    std::size_t arguments;
};

const function* find_function(std::string_view name) {
    static constexpr function all[] = {
        {"isSet", op::is_set, 1},
        {"not", op::negated, 1},
        {"getAttr", op::attribute, 2},
        {"stringEquals", op::string_equals, 2},
        {"booleanEquals", op::boolean_equals, 2},
        {"isValidHostLabel", op::valid_host_label, 2},
        {"uriEncode", op::uri_encode, 1},
        {"parseURL", op::parse_url, 1},
        {"substring", op::substring, 4},
        {"aws.partition", op::partition, 1},
        {"aws.parseArn", op::parse_arn, 1},
        {"aws.isVirtualHostableS3Bucket", op::virtual_hostable, 2},
        {"split", op::split, 3},
        {"coalesce", op::coalesce, 0},
        {"ite", op::if_else, 3},
    };
    for (const function& one : all)
        if (one.name == name) return &one;
    return nullptr;
}

std::optional<code::field> find_field(std::string_view name) {
    using code::field;
    static constexpr std::pair<std::string_view, field> all[] = {
        {"name", field::name},
        {"dnsSuffix", field::dns_suffix},
        {"dualStackDnsSuffix", field::dual_stack_suffix},
        {"supportsFIPS", field::supports_fips},
        {"supportsDualStack", field::supports_dual_stack},
        {"implicitGlobalRegion", field::global_region},
        {"partition", field::partition},
        {"service", field::service},
        {"region", field::region},
        {"accountId", field::account},
        {"resourceId", field::resource},
        {"scheme", field::scheme},
        {"authority", field::authority},
        {"path", field::path},
        {"normalizedPath", field::normalized_path},
        {"isIp", field::is_ip},
    };
    for (const auto& [known, what] : all)
        if (known == name) return what;
    return {};
}

/// A text with references, cut at them: what is inside braces has the mark.
struct fragment {
    bool is_reference{};
    std::string text{};
};

/// The text inside the braces that `at` has just opened; moves behind them.
std::string inside_braces(const std::string& pattern, std::size_t& at, const place& where) {
    const std::size_t end = pattern.find('}', at);
    if (end == std::string::npos) where.refuse("a { without a }");
    std::string inside = pattern.substr(at, end - at);
    at = end + 1;
    return inside;
}

std::vector<fragment> cut(const std::string& pattern, const place& where) {
    std::vector<fragment> found;
    const auto add = [&](char c) {
        if (found.empty() || found.back().is_reference) found.emplace_back();
        found.back().text += c;
    };
    for (std::size_t at = 0; at < pattern.size();) {
        const char c = pattern[at++];
        const bool doubled = at < pattern.size() && pattern[at] == c;
        if (c != '{' && c != '}') {
            add(c);
        } else if (doubled) {
            add(c);
            ++at;
        } else if (c == '}') {
            where.refuse("a } without a {");
        } else {
            found.push_back({true, inside_braces(pattern, at, where)});
        }
    }
    return found;
}

}  // namespace

void place::refuse(const std::string& why) const {
    throw malformed((path_.empty() ? "rule set" : path_) + ": " + why);
}

const json& place::member(const json& of, const std::string& name) const {
    if (!of.is_object()) refuse("not an object");
    const auto found = of.find(name);
    if (found == of.end()) refuse("no member " + name);
    return *found;
}

const std::string& place::text(const json& value) const {
    if (!value.is_string()) refuse("not a string");
    return value.get_ref<const std::string&>();
}

void expressions::declare(const std::string& name, const place& at) {
    if (name.empty()) at.refuse("a variable without a name");
    if (!seen_.insert(name).second && !sees_all_) at.refuse("a second variable " + name);
    numbers_.emplace(name, static_cast<unsigned>(numbers_.size()));
    if (numbers_.size() > static_cast<unsigned>(op::no)) at.refuse("too many variables");
}

void expressions::value(const json& what, const place& at) {
    if (at.depth() > deepest) at.refuse("nested too deep");
    if (what.is_object() && what.contains("ref")) return variable(at.text(what["ref"]), at / "ref");
    if (what.is_object()) return to_.once("v" + what.dump(), see, [&] { call(what, at); });
    if (what.is_string()) return text(what.get<std::string>(), at);
    document(what, at);
}

void expressions::condition(const json& what, const place& at) {
    if (!what.is_object()) at.refuse("not an object");
    const auto assigned = what.find("assign");
    if (assigned == what.end()) return value(what, at);
    const std::string& name = at.text(*assigned);
    json bare = what;
    bare.erase("assign");
    declare(name, at / "assign");
    if (!sees_all_) forget(name);  // not yet seen in what it is made from
    to_.once("c" + what.dump(), see, [&] {
        to_.op(op::assign);
        to_.byte(numbers_.at(name));
        value(bare, at);
    });
    seen_.insert(name);
}

void expressions::variable(const std::string& name, const place& at) {
    if (!is_seen(name)) at.refuse("no variable " + name);
    to_.byte(numbers_.at(name));
}

void expressions::call(const json& what, const place& at) {
    const std::string& name = at.text(at.member(what, "fn"));
    const function* const known = find_function(name);
    if (known == nullptr) at.refuse("no function " + name);
    const json& given = at.member(what, "argv");
    if (!given.is_array()) at.refuse("argv is not an array");
    if (known->what == op::coalesce ? given.size() < 2 : given.size() != known->arguments)
        at.refuse(name + " has another number of arguments");
    to_.op(known->what);
    if (known->what == op::attribute) return attribute(given, at / "argv");
    if (known->what == op::coalesce) to_.number(given.size());
    arguments(given, at / "argv");
}

void expressions::arguments(const json& what, const place& at) {
    for (std::size_t i = 0; i < what.size(); ++i) value(what[i], at / i);
}

void expressions::attribute(const json& what, const place& at) {
    value(what[0], at / std::size_t{0});
    path(at.text(what[1]), at / std::size_t{1});
}

void expressions::path(std::string_view steps, const place& at) {
    std::vector<std::string> all;
    while (!steps.empty()) {
        const std::string_view dotted = awsxx::text::take_until(steps, '.');
        std::string_view rest = dotted;
        const std::size_t bracket = rest.find('[');
        if (bracket != 0) all.emplace_back(rest.substr(0, bracket));
        rest.remove_prefix(bracket == std::string_view::npos ? rest.size() : bracket);
        while (!rest.empty()) {
            if (rest.front() != '[' || rest.find(']') == std::string_view::npos)
                at.refuse("not a path: " + std::string(dotted));
            all.emplace_back(awsxx::text::take_until(rest, ']'));
        }
    }
    if (all.empty()) at.refuse("an empty path");
    to_.number(all.size());
    for (const std::string& one : all) path_step(one, at);
}

void expressions::path_step(std::string_view step, const place& at) {
    if (!step.starts_with('[')) {
        const auto known = find_field(step);
        if (!known) at.refuse("no attribute " + std::string(step));
        return to_.byte(static_cast<unsigned>(*known));
    }
    const auto index = awsxx::text::parse_number<int>(step.substr(1));
    constexpr int most = code::first_from_end - code::first_index;
    if (!index || *index >= most || *index <= -most)
        at.refuse("not an index: " + std::string(step));
    if (*index < 0) return to_.byte(static_cast<unsigned>(code::first_from_end - *index));
    to_.byte(static_cast<unsigned>(code::first_index + *index));
}

void expressions::text(const std::string& pattern, const place& at) {
    const std::vector<fragment> all = cut(pattern, at);
    if (all.empty()) return to_.text("");
    to_.once("t" + pattern, see, [&] {
        // A literal becomes up to two pieces more where it has the prefix in it.
        const bool has_prefix = !prefix_.empty() && pattern.starts_with("https://" + prefix_);
        const std::size_t count = all.size() + (has_prefix ? 2 : 0);
        if (count > most_pieces) at.refuse("too many references in one text");
        if (count > 1) to_.op(op::pieces), to_.number(count);
        for (std::size_t i = 0; i < all.size(); ++i) {
            std::string_view rest = all[i].text;
            if (all[i].is_reference) {
                piece(all[i].text, at);
                continue;
            }
            if (i == 0 && has_prefix) {
                literal("https://");
                to_.op(op::prefix);
                rest.remove_prefix(8 + prefix_.size());
            }
            literal(std::string(rest));
        }
    });
}

void expressions::piece(const std::string& inside, const place& at) {
    const std::size_t mark = inside.find('#');
    const std::string name = inside.substr(0, mark);
    if (mark == std::string::npos) return variable(name, at);
    to_.once("p" + inside, see, [&] {
        to_.op(op::attribute);
        variable(name, at);
        path(std::string_view(inside).substr(mark + 1), at);
    });
}

void expressions::literal(const std::string& text) {
    to_.once("l" + text, see, [&] { to_.text(text); });
}

void expressions::document(const json& what, const place& at) {
    if (at.depth() > deepest) at.refuse("nested too deep");
    if (what.is_string()) return text(what.get<std::string>(), at);
    if (what.is_boolean()) return to_.op(what.get<bool>() ? op::yes : op::no);
    if (what.is_number_unsigned()) {
        to_.op(op::number);
        return to_.number(what.get<std::size_t>());
    }
    if (!what.is_array() && !what.is_object()) at.refuse("not a value of rules");
    to_.once("d" + what.dump(), see, [&] {
        to_.op(what.is_array() ? op::list : op::record);
        to_.number(what.size());
        std::size_t index = 0;
        for (const auto& [name, one] : what.items()) {
            if (what.is_object()) literal(name);
            document(one, what.is_object() ? at / name : at / index++);
        }
    });
}

}  // namespace tools::rules
