// SPDX-License-Identifier: MIT
// How strong the words of JMESPath bind what stands beside them.
#pragma once

#include <awsxx/codec/jmespath_expression.hpp>
#include <awsxx/codec/jmespath_lexer.hpp>
#include <awsxx/core/version.hpp>

namespace awsxx::inline AWSXX_ABI::codec::jmespath {

/// What binds weaker ends a projection.
inline constexpr int end_of_projection = 10;

/// How strong a word binds that stands between two expressions or behind one.
constexpr int strength(word of) noexcept {
    switch (of) {
        case word::bar: return 1;
        case word::either: return 2;
        case word::both: return 3;
        case word::equal:
        case word::unequal:
        case word::less:
        case word::less_or_equal:
        case word::greater:
        case word::greater_or_equal: return 5;
        case word::flatten: return 9;
        case word::star: return 20;
        case word::open_filter: return 21;
        case word::dot: return 40;
        case word::negation: return 45;
        case word::open_bracket: return 55;
        default: return 0;
    }
}

constexpr operation comparison(word of) noexcept {
    switch (of) {
        case word::equal: return operation::equal;
        case word::unequal: return operation::unequal;
        case word::less: return operation::less;
        case word::less_or_equal: return operation::less_or_equal;
        case word::greater: return operation::greater;
        default: return operation::greater_or_equal;
    }
}

}  // namespace awsxx::inline AWSXX_ABI::codec::jmespath
