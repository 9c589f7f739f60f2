// SPDX-License-Identifier: MIT
// Makes trees of JMESPath expressions.
#pragma once

#include <awsxx/codec/jmespath_expression.hpp>
#include <awsxx/codec/jmespath_lexer.hpp>
#include <awsxx/codec/jmespath_strength.hpp>
#include <awsxx/codec/jmespath_value.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::codec::jmespath {

inline constexpr std::size_t longest_expression = 65'536;
inline constexpr std::size_t highest_expression = 400;

/// Parses by the strength with which words bind: what binds stronger than what stands before
/// takes what lies between. https://jmespath.org/specification.html
class parser {
public:
    explicit parser(std::string_view text) noexcept
        : lexer_(text, out_.constants), ahead_(lexer_.next()) {
        shift();
    }

    expected<expression> parse() {
        const std::size_t root = read(0);
        if (!failed() && word_.word != word::end) fail("expected the end");
        if (failed())
            return error{.kind = error_kind::invalid_argument,
                         .code = "BadExpression",
                         .message = "character " + std::to_string(where_) + ": " + problem_};
        out_.root = root;
        return std::move(out_);
    }

private:
    bool failed() const noexcept { return problem_ != nullptr; }
    std::size_t fail(const char* problem) noexcept {
        if (!failed()) {
            problem_ = problem;
            where_ = word_.offset;
        }
        return 0;
    }

    void shift() {
        word_ = ahead_;
        ahead_ = lexer_.next();
    }
    bool take(word wanted) {
        if (word_.word != wanted) return false;
        shift();
        return true;
    }
    void demand(word wanted, const char* problem) {
        if (!take(wanted)) fail(problem);
    }

    std::size_t height(std::size_t of) const noexcept {
        return of == node::none ? 0 : out_.nodes[of].height;
    }
    std::size_t add(node one) {
        if (failed()) return 0;
        for (const std::size_t below : {one.left, one.right, one.condition})
            one.height = (std::max)(one.height, height(below) + 1);
        for (std::size_t part = one.parts; part != node::none; part = out_.nodes[part].next)
            one.height = (std::max)(one.height, height(part) + 1);
        if (one.height > highest_expression) return fail("nested too deep");
        out_.nodes.push_back(one);
        return out_.nodes.size() - 1;
    }
    std::size_t add(operation what, std::size_t left, std::size_t right = node::none) {
        return add({.what = what, .left = left, .right = right});
    }
    std::size_t current() { return add({.what = operation::current}); }

    /// An expression up to a word that does not bind stronger than `before`; it begins with what
    /// `first` reads.
    template <class First>
    std::size_t read(int before, First first) {
        if (++depth_ > deepest) return fail("nested too deep");
        std::size_t whole = first();
        while (!failed() && before < strength(word_.word)) whole = read_behind(whole);
        --depth_;
        return whole;
    }
    std::size_t read(int before) {
        return read(before, [this] { return read_first(); });
    }

    std::size_t read_first() {
        const token first = word_;
        shift();
        switch (first.word) {
            case word::name: return read_name(first);
            case word::quoted_name: return read_quoted_name(first);
            case word::literal: return add({.what = operation::literal, .constant = first.value});
            case word::current: return current();
            case word::star: return read_star(current());
            case word::flatten: return read_flatten(current());
            case word::open_filter: return read_filter(current());
            case word::open_bracket: return read_bracket();
            case word::open_brace: return read_object();
            case word::negation: return add(operation::negation, read(strength(word::negation)));
            case word::open_parenthesis: {
                const std::size_t inner = read(0);
                demand(word::close_parenthesis, "expected )");
                return inner;
            }
            default: break;
        }
        fail("expected an expression");
        where_ = first.offset;
        return 0;
    }

    std::size_t read_behind(std::size_t left) {
        const word found = word_.word;
        shift();
        switch (found) {
            case word::dot:
                if (take(word::star)) return read_star(left);
                return add(operation::chain, left, read_behind_dot(strength(word::dot)));
            case word::bar: return add(operation::chain, left, read(strength(found)));
            case word::either: return add(operation::either, left, read(strength(found)));
            case word::both: return add(operation::both, left, read(strength(found)));
            case word::flatten: return read_flatten(left);
            case word::open_filter: return read_filter(left);
            case word::open_bracket: return read_index(left);
            default:
                if (strength(found) != strength(word::equal)) return fail("expected an operator");
                return add(comparison(found), left, read(strength(found)));
        }
    }

    std::size_t read_name(const token& name) {
        if (take(word::open_parenthesis)) return read_call(name);
        return add({.what = operation::field,
                    .offset = name.offset,
                    .length = name.length,
                    .name = out_.constants.keep(std::string(name.name))});
    }
    std::size_t read_quoted_name(const token& name) {
        if (word_.word == word::open_parenthesis) return fail("a function's name has no quotes");
        return add({.what = operation::field,
                    .offset = name.offset,
                    .length = name.length,
                    .name = name.name});
    }

    /// Behind a star that stands where a name could.
    std::size_t read_star(std::size_t left) {
        return add(operation::value_projection, left, read_projected(strength(word::star)));
    }
    std::size_t read_flatten(std::size_t left) {
        const std::size_t flat = add(operation::flatten, left);
        return add(operation::projection, flat, read_projected(strength(word::flatten)));
    }
    std::size_t read_filter(std::size_t left) {
        const std::size_t condition = read(0);
        demand(word::close_bracket, "expected ]");
        const std::size_t right = read_projected(strength(word::open_filter));
        return add({.what = operation::filter_projection,
                    .left = left,
                    .right = right,
                    .condition = condition});
    }

    bool is_index() const noexcept {
        return word_.word == word::number || word_.word == word::colon;
    }
    /// Behind a bracket with nothing before it.
    std::size_t read_bracket() {
        if (is_index() || (word_.word == word::star && ahead_.word == word::close_bracket))
            return read_index(current());
        return read_list();
    }
    /// Behind the bracket: a star, an index or a slice.
    std::size_t read_index(std::size_t left) {
        if (take(word::star)) {
            demand(word::close_bracket, "expected ]");
            return add(operation::projection, left, read_projected(strength(word::star)));
        }
        if (!is_index()) return fail("expected an index");
        node one{.what = operation::index, .left = left};
        const bool sliced = word_.word == word::colon || ahead_.word == word::colon;
        if (sliced) return read_slice(one);
        one.first = word_.number;
        shift();
        demand(word::close_bracket, "expected ]");
        return add(one);
    }
    std::size_t read_slice(node one) {
        one.what = operation::slice;
        one.first = read_number();
        demand(word::colon, "expected a colon");
        one.last = read_number();
        if (take(word::colon)) one.step = read_number();
        demand(word::close_bracket, "expected ]");
        if (one.step == 0) fail("a slice cannot have steps of 0");
        const std::size_t slice = add(one);
        return add(operation::projection, slice, read_projected(strength(word::star)));
    }
    std::optional<std::int64_t> read_number() {
        if (word_.word != word::number) return {};
        const std::int64_t number = word_.number;
        shift();
        return number;
    }

    /// What is done with each element of a projection.
    std::size_t read_projected(int before) {
        if (strength(word_.word) < end_of_projection) return current();
        if (word_.word == word::open_bracket || word_.word == word::open_filter)
            return read(before, [this] { return read_behind(current()); });
        if (take(word::dot)) return read_behind_dot(before);
        return fail("expected a dot or a bracket");
    }

    std::size_t read_behind_dot(int before) {
        switch (word_.word) {
            case word::name:
            case word::quoted_name:
            case word::star: return read(before);
            case word::open_bracket: shift(); return read_list();
            case word::open_brace: shift(); return read_object();
            default: return fail("expected a name, *, [ or {");
        }
    }

    std::size_t read_list() { return read_parts({.what = operation::list}, word::close_bracket); }
    std::size_t read_object() { return read_parts({.what = operation::object}, word::close_brace); }
    std::size_t read_call(const token& name) {
        node call{.what = operation::call,
                  .offset = name.offset,
                  .length = name.length,
                  .name = out_.constants.keep(std::string(name.name))};
        if (take(word::close_parenthesis)) return add(call);
        return read_parts(call, word::close_parenthesis);
    }

    std::size_t read_parts(node whole, word end) {
        std::size_t last = node::none;
        do {
            const std::size_t part = read_part(whole.what);
            if (failed()) return 0;
            (last == node::none ? whole.parts : out_.nodes[last].next) = part;
            last = part;
        } while (take(word::comma));
        demand(end, "expected a comma or the end of what was opened");
        return add(whole);
    }
    std::size_t read_part(operation of) {
        if (of == operation::call && take(word::ampersand))
            return add(operation::reference, read(0));
        if (of != operation::object) return read(0);
        const token name = word_;
        if (!take(word::name) && !take(word::quoted_name)) return fail("expected a name");
        demand(word::colon, "expected a colon");
        const std::size_t left = read(0);
        return add({.what = operation::member,
                    .left = left,
                    .name = out_.constants.keep(std::string(name.name))});
    }

    static constexpr std::size_t deepest = 128;

    expression out_{};
    lexer lexer_;
    token word_{};
    token ahead_;
    std::size_t depth_ = 0;
    const char* problem_ = nullptr;
    std::size_t where_ = 0;
};

/// The tree of an expression. Fails with `BadExpression` for what is none, and for one that is too
/// long or too deep.
inline expected<expression> parse(std::string_view text) {
    if (text.size() > longest_expression)
        return error{.kind = error_kind::invalid_argument,
                     .code = "BadExpression",
                     .message = "longer than 64 KiB"};
    return parser(text).parse();
}

}  // namespace awsxx::inline AWSXX_ABI::codec::jmespath
