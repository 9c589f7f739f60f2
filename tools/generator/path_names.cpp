// SPDX-License-Identifier: MIT
#include "path_names.hpp"

#include "names.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace generator {

namespace {

/// Where an expression of a pair of input and output begins.
constexpr const char* pair = "input and output";

bool begins_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_name(char c) { return begins_name(c) || (c >= '0' && c <= '9'); }

}  // namespace

void path_names::refuse() const {
    throw model_error("the path " + text_ + " is not understood at " + std::to_string(position_));
}

void path_names::copy(std::size_t count) {
    if (position_ + count > text_.size()) refuse();
    result_.append(text_, position_, count);
    position_ += count;
}

/// Copies what is quoted with `end`, both quotes included.
void path_names::copy_until(char end) {
    copy(1);
    while (next() != end) copy(next() == '\\' ? 2 : 1);
    copy(1);
}

void path_names::skip_space() {
    while (next() == ' ' || next() == '\n' || next() == '\t') copy(1);
}

std::string path_names::word() {
    const std::size_t begin = position_;
    if (next() == '"') {
        const auto end = text_.find('"', begin + 1);
        if (end == std::string::npos) refuse();
        position_ = end + 1;
        return text_.substr(begin + 1, end - begin - 1);
    }
    while (is_name(next())) ++position_;
    return text_.substr(begin, position_ - begin);
}

std::string path_names::element(const std::string& at) const {
    if (at.empty() || at == pair) return {};
    const shape_kind kind = all_.model().kind(at);
    if (kind == shape_kind::list) return all_.model().part(at, "member").target;
    return kind == shape_kind::map ? all_.model().part(at, "value").target : std::string();
}

/// Appends a name as the tables have it; the shape that it leads to.
std::string path_names::field(const std::string& at, const std::string& name) {
    std::string called = name;
    std::string target;
    if (at == pair) {
        target = name == "input" ? input_ : output_;
    } else if (!at.empty() && all_.model().kind(at) == shape_kind::map) {
        target = element(at);
    } else if (!at.empty() && all_.model().is_aggregate(at)) {
        for (const auto& member : all_.members(at)) {
            if (member.name != name) continue;
            called = name_(at, member);
            target = member.target;
        }
    }
    const bool plain =
        begins_name(called.front()) && std::all_of(called.begin(), called.end(), is_name);
    result_ += plain ? called : '"' + called + '"';
    return target;
}

/// Arguments are asked of the same shape; the result is of none.
std::string path_names::function_call(const std::string& at) {
    copy(1);
    for (skip_space(); next() != ')'; skip_space()) {
        if (next() == '&' || next() == ',')
            copy(1);
        else
            expression(at);
    }
    copy(1);
    return {};
}

std::string path_names::bracket(const std::string& at) {
    copy(1);
    if (next() == '?') {
        copy(1);
        const std::string inner = element(at);
        while (next() != ']') expression(inner);
        copy(1);
        return inner;
    }
    const bool selects = !(next() == ']' || next() == '*' || next() == '-' || next() == ':' ||
                           (next() >= '0' && next() <= '9'));
    if (!selects) {
        while (next() != ']') copy(1);
        copy(1);
        return element(at).empty() ? at : element(at);
    }
    for (; next() != ']'; skip_space()) {
        if (next() == ',' || next() == ' ')
            copy(1);
        else
            expression(at);
    }
    copy(1);
    return {};
}

std::string path_names::object(const std::string& at) {
    copy(1);
    for (skip_space(); next() != '}'; skip_space()) {
        result_ += word();
        skip_space();
        copy(1);
        expression(at);
        if (next() == ',') copy(1);
    }
    copy(1);
    return {};
}

std::string path_names::operand(const std::string& at) {
    skip_space();
    switch (next()) {
        case '\'':
        case '`': copy_until(next()); return {};
        case '@': copy(1); return at;
        case '*': copy(1); return element(at);
        case '[': return bracket(at);
        case '{': return object(at);
        case '!': copy(1); return operand(at);
        case '(': {
            copy(1);
            std::string inner = expression(at);
            if (next() != ')') refuse();
            copy(1);
            return inner;
        }
        default: break;
    }
    if (next() != '"' && !begins_name(next())) refuse();
    const bool may_call = next() != '"';
    const std::string name = word();
    if (!may_call || next() != '(') return field(at, name);
    result_ += name;
    return function_call(at);
}

/// One expression, to where it ends: a comma, a closing bracket, the end.
std::string path_names::expression(std::string at) {
    constexpr std::array<std::string_view, 8> binary{"||", "&&", "==", "!=", "<=", ">=", "<", ">"};
    std::string here = operand(at);
    for (;;) {
        skip_space();
        const auto found = std::find_if(binary.begin(), binary.end(),
                                        [&](std::string_view one) { return sees(one); });
        if (found != binary.end()) {
            copy(found->size());
            here = operand(at);
        } else if (next() == '|') {
            copy(1);
            at = here;
            here = operand(at);
        } else if (next() == '.') {
            copy(1);
            here = operand(here);
        } else if (next() == '[') {
            here = bracket(here);
        } else {
            return here;
        }
    }
}

std::string path_names::rewritten(const std::string& expression_text, const std::string& root) {
    text_ = expression_text;
    position_ = 0;
    result_.clear();
    expression(root);
    if (!done()) refuse();
    return result_;
}

std::string path_names::rewritten_pair(const std::string& expression_text, const std::string& input,
                                       const std::string& output) {
    input_ = input;
    output_ = output;
    return rewritten(expression_text, pair);
}

}  // namespace generator
