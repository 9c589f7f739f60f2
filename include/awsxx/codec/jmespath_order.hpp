// SPDX-License-Identifier: MIT
// The functions of JMESPath that put values in order.
#pragma once

#include <awsxx/codec/jmespath_compare.hpp>
#include <awsxx/codec/jmespath_run.hpp>
#include <awsxx/codec/jmespath_value.hpp>
#include <awsxx/core/version.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::codec::jmespath::functions {

/// An element with what it is ordered by.
struct ranked {
    value key{};
    value one{};
    std::size_t place{};  ///< Before it was ordered.
};

/// What is not a number comes behind all that are.
inline bool comes_before(const ranked& a, const ranked& b) noexcept {
    const bool numbers = a.key.kind == kind::number;
    if (numbers && std::isnan(b.key.number)) return !std::isnan(a.key.number);
    return is_before(a.key, b.key);
}

/// Elements of a list that are their own keys.
inline std::vector<ranked> ranked_by_itself(const value& list) {
    std::vector<ranked> all;
    for (std::size_t i = 0; i < size(list); ++i) {
        const value one = element(list, i);
        all.push_back({one, one, i});
    }
    return all;
}

/// Elements with keys that an expression gives: all of them numbers, or all of them texts.
inline std::vector<ranked> ranked_by(std::string_view function, std::span<const value> given,
                                     evaluation& by) {
    std::vector<ranked> all;
    for (std::size_t i = 0; i < size(given[0]) && !by.failed(); ++i) {
        const value one = element(given[0], i);
        const value key = by.run(given[1].node, one);
        const bool fits = key.kind == kind::number || key.kind == kind::text;
        if (!fits || (!all.empty() && key.kind != all.front().key.kind))
            by.fail(function, "not all keys are numbers, or all of them texts");
        all.push_back({key, one, i});
    }
    if (by.failed()) all.clear();
    return all;
}

inline value sorted(std::vector<ranked> all, evaluation& by) {
    std::sort(all.begin(), all.end(), [](const ranked& a, const ranked& b) {
        return comes_before(a, b) || (!comes_before(b, a) && a.place < b.place);
    });
    std::vector<value> list;
    list.reserve(all.size());
    for (const ranked& each : all) list.push_back(each.one);
    return by.keep(std::move(list));
}
inline value greatest(const std::vector<ranked>& all) {
    const auto found = std::max_element(all.begin(), all.end(), comes_before);
    return found == all.end() ? value() : found->one;
}
inline value least(const std::vector<ranked>& all) {
    const auto found = std::min_element(all.begin(), all.end(), comes_before);
    return found == all.end() ? value() : found->one;
}

inline value sort(std::span<const value> given, evaluation& by) {
    return sorted(ranked_by_itself(given[0]), by);
}
inline value sort_by(std::span<const value> given, evaluation& by) {
    return sorted(ranked_by("sort_by", given, by), by);
}
inline value max_of(std::span<const value> given, evaluation&) {
    return greatest(ranked_by_itself(given[0]));
}
inline value max_by(std::span<const value> given, evaluation& by) {
    return greatest(ranked_by("max_by", given, by));
}
inline value min_of(std::span<const value> given, evaluation&) {
    return least(ranked_by_itself(given[0]));
}
inline value min_by(std::span<const value> given, evaluation& by) {
    return least(ranked_by("min_by", given, by));
}

}  // namespace awsxx::inline AWSXX_ABI::codec::jmespath::functions
