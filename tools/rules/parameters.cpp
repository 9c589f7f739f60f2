// SPDX-License-Identifier: MIT
#include "rules.hpp"

#include <awsxx/core/text.hpp>
#include <awsxx/http/percent.hpp>

#include <cstddef>
#include <map>
#include <string_view>
#include <utility>

namespace tools::rules {

namespace {

const json& shape(const json& model, const std::string& id, const std::string& place) {
    const auto shapes = model.find("shapes");
    if (shapes == model.end() || !shapes->is_object()) throw malformed("model: it has no shapes");
    const auto found = shapes->find(id);
    if (found == shapes->end()) throw malformed(place + ": no shape " + id);
    return *found;
}

/// The target that a member of `of` has, or the whole of it; empty: none.
std::string target(const json& of, const char* member) {
    const auto found = of.find(member);
    if (found == of.end() || !found->is_object()) return {};
    return found->value("target", std::string());
}

const json& members(const json& structure) {
    static const json none = json::object();
    const auto found = structure.find("members");
    return found == structure.end() ? none : *found;
}

const json& traits(const json& of) {
    static const json none = json::object();
    const auto found = of.find("traits");
    return found == of.end() ? none : *found;
}

/// A value as it stands after the "=".
std::string static_value(const json& value, const std::string& place) {
    if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
    if (value.is_string()) return awsxx::http::encoded(value.get<std::string>());
    if (!value.is_array()) throw malformed(place + ": neither a text, nor a flag, nor a list");
    std::string all;
    for (const json& one : value) {
        if (!one.is_string()) throw malformed(place + ": a list of something else than texts");
        if (&one != &value.front()) all += ',';
        all += awsxx::http::encoded(one.get<std::string>());
    }
    return all;
}

/// Reads a JMESPath over the input, and writes it with the members' indexes.
class path_compiler {
public:
    path_compiler(const json& model, const member_index& index, std::string place)
        : model_(model), index_(index), place_(std::move(place)) {}

    std::string compile(std::string_view path, const std::string& input) {
        rest_ = path;
        const step_result all = expression(input);
        if (!skip_space().empty()) refuse("cannot be read from \"" + std::string(rest_) + "\" on");
        return all.steps;
    }

private:
    struct step_result {
        std::string steps{};
        std::string at{};  ///< The shape that it leads to; empty: texts.
    };

    [[noreturn]] void refuse(const std::string& why) const { throw malformed(place_ + ": " + why); }

    std::string_view skip_space() {
        while (!rest_.empty() && awsxx::text::is_space(rest_.front())) rest_.remove_prefix(1);
        return rest_;
    }
    bool take(std::string_view what) {
        if (!skip_space().starts_with(what)) return false;
        rest_.remove_prefix(what.size());
        return true;
    }
    std::string identifier() {
        skip_space();
        const bool is_quoted = take("\"");
        std::size_t size = 0;
        while (size < rest_.size() &&
               (is_quoted ? rest_[size] != '"'
                          : awsxx::text::is_alnum(rest_[size]) || rest_[size] == '_'))
            ++size;
        std::string name(rest_.substr(0, size));
        rest_.remove_prefix(size);
        if (is_quoted && !take("\"")) refuse("a quote is not closed");
        if (name.empty()) refuse("a name is missing");
        return name;
    }

    static void add(step_result& to, const std::string& step) {
        if (!to.steps.empty() && !step.empty()) to.steps += '.';
        to.steps += step;
    }

    step_result expression(const std::string& from) {
        if (++depth_ > 16) refuse("nested too deep");
        step_result found{{}, from};
        first(found);
        while (postfix(found)) {}
        --depth_;
        return found;
    }

    void first(step_result& to) {
        if (take("@")) return;
        if (skip_space().starts_with("[")) return select_if_there(to);
        if (take("*")) return values(to);
        const std::string_view before = rest_;
        const std::string name = identifier();
        if (name == "keys" && take("(")) return keys(to);
        rest_ = before;
        member(to);
    }

    bool postfix(step_result& to) {
        if (take(".")) {
            if (skip_space().starts_with("[")) {
                select_if_there(to);
            } else if (take("*")) {
                values(to);
            } else {
                member(to);
            }
            return true;
        }
        if (!skip_space().starts_with("[")) return false;
        rest_.remove_prefix(1);
        brackets(to);
        return true;
    }

    void keys(step_result& to) {
        const step_result inside = expression(to.at);
        if (!take(")")) refuse("a ) is missing");
        add(to, inside.steps);
        const json& map = shape(model_, inside.at, place_);
        if (map.value("type", "") != "map") refuse("keys of something else than a map");
        add(to, "keys");
        to.at.clear();
    }

    void member(step_result& to) {
        const std::string name = identifier();
        const json& from = shape(model_, to.at, place_);
        const std::string next = target(members(from), name.c_str());
        if (next.empty()) refuse("no member " + name + " in " + to.at);
        const int index = index_(to.at, name);
        if (index < 0) refuse("the table of " + to.at + " has no " + name);
        add(to, std::to_string(index));
        to.at = next;
    }

    /// What is in a list or in a map.
    void values(step_result& to) {
        const json& from = shape(model_, to.at, place_);
        std::string next = target(from, "member");
        if (next.empty()) next = target(from, "value");
        if (next.empty()) refuse("neither a list nor a map: " + to.at);
        add(to, "*");
        to.at = next;
    }

    void brackets(step_result& to) {
        if (take("*")) {
            values(to);
        } else if (skip_space().starts_with("]")) {
            // Flattens; the texts end up in one list in any case.
            if (!to.at.empty() && !target(shape(model_, to.at, place_), "member").empty())
                values(to);
        } else {
            std::size_t size = 0;
            while (size < rest_.size() && awsxx::text::is_digit(rest_[size])) ++size;
            if (size == 0) refuse("not an index");
            const std::string index(rest_.substr(0, size));
            rest_.remove_prefix(size);
            values(to);
            to.steps.back() = '#';
            to.steps += index;
        }
        if (!take("]")) refuse("a ] is missing");
    }

    void select_if_there(step_result& to) {
        rest_.remove_prefix(1);
        std::string all;
        do {
            const step_result one = expression(to.at);
            all += (all.empty() ? "" : ",") + one.steps;
        } while (take(","));
        if (!take("]")) refuse("a ] is missing");
        add(to, "[" + all + "]");
        to.at.clear();
    }

    const json& model_;
    const member_index& index_;
    std::string place_;
    std::string_view rest_{};
    int depth_ = 0;
};

}  // namespace

std::string endpoint_parameters(const json& model, const std::string& operation,
                                const member_index& index) {
    const json& what = shape(model, operation, operation);
    std::map<std::string, std::string> all;
    const json constants = traits(what).value("smithy.rules#staticContextParams", json::object());
    for (const auto& [name, one] : constants.items())
        all[name] = static_value(one.value("value", json()), operation + ": " + name);
    const std::string input = target(what, "input");
    const json paths_of = traits(what).value("smithy.rules#operationContextParams", json::object());
    for (const auto& [name, one] : paths_of.items()) {
        path_compiler paths(model, index, operation + ": " + name);
        all[name] = "@" + paths.compile(one.value("path", std::string()), input);
    }
    if (!input.empty() && input != "smithy.api#Unit")
        for (const auto& [name, member] : members(shape(model, input, operation)).items()) {
            const auto given = traits(member).find("smithy.rules#contextParam");
            if (given == traits(member).end()) continue;
            const int at = index(input, name);
            if (at < 0) throw malformed(input + ": its table has no " + name);
            all[given->value("name", name)] = "@" + std::to_string(at);
        }
    std::string text;
    for (const auto& [name, value] : all) text += (text.empty() ? "" : " ") + name + "=" + value;
    return text.empty() ? text : cpp_literal(text);
}

std::string request_uri(const json& model, const std::string& operation) {
    const json& what = shape(model, operation, operation);
    const auto http = traits(what).find("smithy.api#http");
    if (http == traits(what).end()) return {};
    std::string uri = http->value("uri", std::string());
    if (uri.empty()) throw malformed(operation + ": its HTTP binding has no URI");
    constexpr std::string_view bucket = "/{Bucket}";
    const std::string input = target(what, "input");
    if (!uri.starts_with(bucket) || input.empty()) return uri;
    const json& all = members(shape(model, input, operation));
    const auto member = all.find("Bucket");
    if (member == all.end() || !traits(*member).contains("smithy.rules#contextParam")) return uri;
    uri.erase(0, bucket.size());
    return uri.starts_with('/') ? uri : "/" + uri;
}

}  // namespace tools::rules
