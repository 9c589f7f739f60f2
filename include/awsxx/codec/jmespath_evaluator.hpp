// SPDX-License-Identifier: MIT
// What an expression of JMESPath finds in a value.
#pragma once

#include <awsxx/codec/jmespath_compare.hpp>
#include <awsxx/codec/jmespath_expression.hpp>
#include <awsxx/codec/jmespath_functions.hpp>
#include <awsxx/codec/jmespath_run.hpp>
#include <awsxx/codec/jmespath_value.hpp>
#include <awsxx/core/version.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::codec::jmespath {

/// Evaluates one expression. What it makes is held in `room`.
class evaluator final : public evaluation {
public:
    evaluator(const expression& what, memory& room) noexcept : evaluation(room), what_(what) {}

    /// The value of a node; null, too, once something failed.
    value run(std::size_t at, const value& current) override {
        if (!spend(1)) return {};
        const node& one = what_.nodes[at];
        switch (one.what) {
            case operation::current: return current;
            case operation::field:
                return current.kind == kind::object ? find(current, one.name) : value();
            case operation::literal: return one.constant;
            case operation::index: return index(one, run(one.left, current));
            case operation::slice: return slice(one, run(one.left, current));
            case operation::chain: return run(one.right, run(one.left, current));
            case operation::projection:
            case operation::filter_projection: return project(one, run(one.left, current));
            case operation::value_projection: return project_values(one, run(one.left, current));
            case operation::flatten: return flatten(run(one.left, current));
            case operation::either:
            case operation::both:
            case operation::negation: return logic(one, current);
            case operation::list: return make_list(one, current);
            case operation::object: return make_object(one, current);
            case operation::member: return run(one.left, current);
            case operation::call: return call(one, current);
            case operation::reference: return reference(one);
            default: return compare(one, current);
        }
    }

private:
    /// An index that counts from the end as one that counts from the beginning.
    static std::int64_t from_begin(std::int64_t index, std::int64_t count) noexcept {
        return index < 0 ? index + count : index;
    }

    static value index(const node& one, const value& in) {
        if (in.kind != kind::list) return {};
        const auto count = static_cast<std::int64_t>(size(in));
        const std::int64_t at = from_begin(*one.first, count);
        return at >= 0 && at < count ? element(in, static_cast<std::size_t>(at)) : value();
    }

    value slice(const node& one, const value& in) {
        if (in.kind != kind::list) return {};
        const auto count = static_cast<std::int64_t>(size(in));
        const bool up = one.step.value_or(1) > 0;
        // Where it may begin and end: one before the first element, going down.
        const std::int64_t least = up ? 0 : -1;
        const std::int64_t most = up ? count : count - 1;
        const auto bound = [&](const auto& given, std::int64_t otherwise) {
            return given ? std::clamp(from_begin(*given, count), least, most) : otherwise;
        };
        const std::int64_t last = bound(one.last, up ? most : least);
        const std::int64_t step = std::clamp(one.step.value_or(1), -count - 1, count + 1);
        std::vector<value> found;
        for (std::int64_t at = bound(one.first, up ? least : most); up ? at < last : at > last;
             at += step)
            found.push_back(element(in, static_cast<std::size_t>(at)));
        return keep(std::move(found));
    }

    value flatten(const value& in) {
        if (in.kind != kind::list) return {};
        std::vector<value> flat;
        for (std::size_t i = 0; i < size(in) && spend(1); ++i) {
            const value one = element(in, i);
            if (one.kind != kind::list) {
                flat.push_back(one);
                continue;
            }
            if (!spend(size(one))) return {};
            for (std::size_t inner = 0; inner < size(one); ++inner)
                flat.push_back(element(one, inner));
        }
        return keep(std::move(flat));
    }

    value project(const node& one, const value& list) {
        if (list.kind != kind::list) return {};
        std::vector<value> found;
        for (std::size_t i = 0; i < size(list) && !failed(); ++i) {
            const value each = element(list, i);
            if (one.condition == node::none || is_true(run(one.condition, each)))
                add(found, run(one.right, each));
        }
        return keep(std::move(found));
    }
    value project_values(const node& one, const value& object) {
        if (object.kind != kind::object) return {};
        std::vector<value> found;
        for (const member& each : members(object)) add(found, run(one.right, each.value));
        return keep(std::move(found));
    }
    /// Projections leave nulls out.
    static void add(std::vector<value>& found, const value& one) {
        if (one.kind != kind::null) found.push_back(one);
    }

    value logic(const node& one, const value& current) {
        const value left = run(one.left, current);
        if (one.what == operation::negation) return value::of(!is_true(left));
        const bool decided = is_true(left) == (one.what == operation::either);
        return decided ? left : run(one.right, current);
    }

    value compare(const node& one, const value& current) {
        const value a = run(one.left, current);
        const value b = run(one.right, current);
        if (one.what == operation::equal || one.what == operation::unequal) {
            const bool same = equal(a, b, work());
            return spend(1) ? value::of(same == (one.what == operation::equal)) : value();
        }
        if (a.kind != kind::number || b.kind != kind::number) return {};
        switch (one.what) {
            case operation::less: return value::of(a.number < b.number);
            case operation::less_or_equal: return value::of(a.number <= b.number);
            case operation::greater: return value::of(a.number > b.number);
            default: return value::of(a.number >= b.number);
        }
    }

    value make_list(const node& one, const value& current) {
        if (current.kind == kind::null) return {};
        std::vector<value> made;
        for (std::size_t at = one.parts; at != node::none; at = what_.nodes[at].next)
            made.push_back(run(at, current));
        return keep(std::move(made));
    }
    value make_object(const node& one, const value& current) {
        if (current.kind == kind::null) return {};
        std::vector<member> made;
        for (std::size_t at = one.parts; at != node::none; at = what_.nodes[at].next)
            set(made, what_.nodes[at].name, run(at, current));
        return room().keep(std::move(made));
    }

    value call(const node& one, const value& current) {
        std::vector<value> arguments;
        for (std::size_t at = one.parts; at != node::none; at = what_.nodes[at].next)
            arguments.push_back(run(at, current));
        if (failed()) return {};
        return call_function(one.name, arguments, *this);
    }

    static value reference(const node& one) {
        value made{.kind = kind::expression};
        made.node = one.left;
        return made;
    }

    const expression& what_;
};

}  // namespace awsxx::inline AWSXX_ABI::codec::jmespath
