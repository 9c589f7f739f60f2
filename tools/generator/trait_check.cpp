// SPDX-License-Identifier: MIT
#include "trait_check.hpp"

#include <cstdint>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace generator {

namespace {

enum class form { text, object, array, number, truth };

bool has_form(const json& value, form wanted) {
    switch (wanted) {
        case form::text: return value.is_string();
        case form::object: return value.is_object();
        case form::array: return value.is_array();
        case form::number: return value.is_number_integer();
        case form::truth: return value.is_boolean();
    }
    return false;
}

std::string name_of(form wanted) {
    switch (wanted) {
        case form::text: return "no text";
        case form::object: return "no object";
        case form::array: return "no list";
        case form::number: return "no whole number";
        case form::truth: return "neither true nor false";
    }
    return {};
}

/// A trait's form and, if it is an object, those of its parts; `must`: the ones that have to be there.
struct rule {
    form whole{};
    std::map<std::string, form> parts{};
    std::set<std::string> must{};
};

const std::map<std::string, rule, std::less<>>& rules() {
    using enum form;
    static const std::map<std::string, rule, std::less<>> all{
        {"aws.api#clientDiscoveredEndpoint", {object, {{"required", truth}}, {}}},
        {"aws.api#clientEndpointDiscovery", {object, {{"operation", text}}, {"operation"}}},
        {"aws.api#service",
         {object, {{"sdkId", text}, {"endpointPrefix", text}, {"arnNamespace", text}}, {}}},
        {"aws.auth#sigv4", {object, {{"name", text}}, {}}},
        {"aws.protocols#awsQueryError", {object, {{"code", text}}, {"code"}}},
        {"aws.protocols#ec2QueryName", {text, {}, {}}},
        {"aws.protocols#httpChecksum",
         {object,
          {{"requestAlgorithmMember", text},
           {"requestValidationModeMember", text},
           {"requestChecksumRequired", truth},
           {"responseAlgorithms", array}},
          {}}},
        {"aws.protocols#restXml", {object, {{"noErrorWrapping", truth}}, {}}},
        {"smithy.api#auth", {array, {}, {}}},
        {"smithy.api#endpoint", {object, {{"hostPrefix", text}}, {"hostPrefix"}}},
        {"smithy.api#enum", {array, {}, {}}},
        {"smithy.api#http",
         {object, {{"method", text}, {"uri", text}, {"code", number}}, {"method", "uri"}}},
        {"smithy.api#httpHeader", {text, {}, {}}},
        {"smithy.api#httpPrefixHeaders", {text, {}, {}}},
        {"smithy.api#httpQuery", {text, {}, {}}},
        {"smithy.api#jsonName", {text, {}, {}}},
        {"smithy.api#mediaType", {text, {}, {}}},
        {"smithy.api#paginated",
         {object,
          {{"inputToken", text}, {"outputToken", text}, {"items", text}, {"pageSize", text}},
          {}}},
        {"smithy.api#retryable", {object, {{"throttling", truth}}, {}}},
        {"smithy.api#timestampFormat", {text, {}, {}}},
        {"smithy.api#xmlName", {text, {}, {}}},
        {"smithy.api#xmlNamespace", {object, {{"uri", text}, {"prefix", text}}, {"uri"}}},
        {"smithy.waiters#waitable", {object, {}, {}}}};
    return all;
}

/// Something that is looked at: whose it is and what errors call it.
struct place {
    const std::string& id;
    std::string what;

    [[noreturn]] void refuse(const std::string& problem) const {
        throw model_error(id, what + " " + problem);
    }
    void require(const json& value, form wanted) const {
        if (!has_form(value, wanted)) refuse("is " + name_of(wanted));
    }
    place part(const std::string& name) const { return {id, "the " + name + " of " + what}; }
};

void check_parts(const place& at, const json& value, const rule& wanted) {
    at.require(value, wanted.whole);
    for (const auto& name : wanted.must)
        if (!value.contains(name)) at.refuse("has no " + name);
    for (const auto& [name, how] : wanted.parts)
        if (value.contains(name)) at.part(name).require(value.at(name), how);
}

void check_path_matcher(const place& at, const json& matcher) {
    static const std::set<std::string> known{"stringEquals", "booleanEquals", "allStringEquals",
                                             "anyStringEquals"};
    using enum form;
    check_parts(at, matcher,
                {object,
                 {{"path", text}, {"expected", text}, {"comparator", text}},
                 {"path", "expected", "comparator"}});
    const std::string comparator = matcher.at("comparator");
    if (!known.contains(comparator)) at.refuse("has the comparator " + comparator);
}

void check_acceptor(const place& at, const json& acceptor) {
    static const std::set<std::string> states{"success", "failure", "retry"};
    using enum form;
    check_parts(at, acceptor,
                {object, {{"state", text}, {"matcher", object}}, {"state", "matcher"}});
    const std::string state = acceptor.at("state");
    if (!states.contains(state)) at.refuse("has the state " + state);
    const json& matcher = acceptor.at("matcher");
    const place inside = at.part("matcher");
    if (matcher.size() != 1) inside.refuse("is not one of Smithy's");
    const auto& [kind, how] = *matcher.items().begin();
    if (kind == "success")
        inside.require(how, truth);
    else if (kind == "errorType")
        inside.require(how, text);
    else if (kind == "output" || kind == "inputOutput")
        check_path_matcher(inside, how);
    else
        inside.refuse("is not one of Smithy's");
}

void check_waiters(const place& at, const json& all) {
    using enum form;
    for (const auto& [name, waiter] : all.items()) {
        const place one{at.id, "its waiter " + name};
        check_parts(one, waiter,
                    {object,
                     {{"minDelay", number}, {"maxDelay", number}, {"acceptors", array}},
                     {"acceptors"}});
        if (waiter.at("acceptors").empty()) one.refuse("has no acceptors");
        for (const auto& acceptor : waiter.at("acceptors"))
            check_acceptor(one.part("acceptor"), acceptor);
    }
}

/// The lists among the traits, and texts of which only some are known.
void check_values(const place& at, const std::string& name, const json& value) {
    static const std::set<std::string> formats{"date-time", "http-date", "epoch-seconds"};
    if (name == "smithy.api#timestampFormat" && !formats.contains(value.get<std::string>()))
        at.refuse("is " + value.get<std::string>() + ", which is not known");
    if (name == "smithy.api#auth")
        for (const auto& scheme : value) at.part("scheme").require(scheme, form::text);
    if (name == "smithy.api#enum")
        for (const auto& constant : value)
            check_parts(at.part("constant"), constant,
                        {form::object, {{"name", form::text}, {"value", form::text}}, {"value"}});
    if (name == "smithy.waiters#waitable") check_waiters(at, value);
}

/// True if the number is a whole one from -2^(bits-1) on, below 2^(bits-1).
bool is_whole(const json& value, int bits) {
    if (!value.is_number_integer()) return false;
    const auto most = std::numeric_limits<std::int64_t>::max() >>
                      (std::numeric_limits<std::int64_t>::digits - (bits - 1));
    if (value.is_number_unsigned())
        return value.get<std::uint64_t>() <= static_cast<std::uint64_t>(most);
    const auto number = value.get<std::int64_t>();
    return number >= -most - 1 && number <= most;
}

bool may_be(const json& value, const std::string& type) {
    static const std::map<std::string, int> bits{{"byte", 8},     {"short", 16},
                                                 {"integer", 32}, {"intEnum", 32},
                                                 {"long", 64},    {"bigInteger", 64}};
    if (value.is_null() || type == "document") return true;
    if (const auto found = bits.find(type); found != bits.end())
        return is_whole(value, found->second);
    if (type == "boolean") return value.is_boolean();
    if (type == "float" || type == "double" || type == "bigDecimal") return value.is_number();
    if (type == "string" || type == "enum" || type == "blob") return value.is_string();
    if (type == "timestamp") return value.is_string() || value.is_number();
    if (type == "list" || type == "set") return value.is_array() && value.empty();
    return type == "map" && value.is_object() && value.empty();
}

/// The labels of a URI in their order, without the signs that they are greedy.
std::vector<std::string> labels_of(const place& at, const std::string& uri) {
    std::vector<std::string> labels;
    if (!uri.starts_with('/')) at.refuse("does not begin with a slash");
    const std::string path = uri.substr(0, uri.find('?'));
    if (uri.find_first_of("{}", path.size()) != std::string::npos)
        at.refuse("has a label in its query");
    for (std::size_t begin = path.find_first_of("{}"); begin != std::string::npos;) {
        const std::size_t end = path.find_first_of("{}", begin + 1);
        if (path[begin] != '{' || end == std::string::npos || path[end] != '}')
            at.refuse("has braces that do not belong together");
        labels.push_back(path.substr(begin + 1, end - begin - 1));
        if (labels.back().ends_with('+')) labels.back().pop_back();
        begin = path.find_first_of("{}", end + 1);
    }
    return labels;
}

}  // namespace

void check_traits(const std::string& id, const json& holder) {
    const auto traits = holder.find("traits");
    if (traits == holder.end()) return;
    if (!traits->is_object()) throw model_error(id, "its traits are no object");
    for (const auto& [name, value] : traits->items()) {
        const auto found = rules().find(name);
        if (found == rules().end()) continue;
        const place at{id, "its trait " + name};
        check_parts(at, value, found->second);
        check_values(at, name, value);
    }
}

void check_default(const std::string& id, const json& value, const std::string& type) {
    if (!may_be(value, type))
        throw model_error(id, "its default " + value.dump() + " is no value of its type, " + type);
}

void check_labels(const smithy_model& model, const std::string& operation,
                  const std::string& input) {
    const json* const http = trait(model.traits(operation), "smithy.api#http");
    if (http == nullptr) return;
    const std::string uri = http->at("uri");
    std::set<std::string> bound;
    for (const auto& member : model.members(input))
        if (trait(member.traits, "smithy.api#httpLabel") != nullptr) bound.insert(member.name);
    const place at{operation, "its URI " + uri};
    for (const auto& label : labels_of(at, uri))
        if (bound.erase(label) == 0)
            at.refuse("has the label " + label +
                      ", which is no member of its input, or has it twice");
    if (!bound.empty())
        throw model_error(input, "its member " + *bound.begin() + " is no label of the URI " + uri);
}

}  // namespace generator
