// SPDX-License-Identifier: MIT
// JMESPath expressions as the trees that they are.
#pragma once

#include <awsxx/codec/jmespath_value.hpp>
#include <awsxx/core/version.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace awsxx::inline AWSXX_ABI::codec::jmespath {

/// What a node does with the current value. `left` and `right` are nodes.
enum class operation : unsigned char {
    current,            ///< `@`, and where nothing stands.
    field,              ///< `name`
    literal,            ///< Its value.
    index,              ///< Element `first` of `left`; negative from the end.
    slice,              ///< Elements of `left` from `first` to `last` by `step`.
    chain,              ///< `right` on what `left` gives: `.` and `|`
    projection,         ///< `right` on each element of the list that `left` gives.
    value_projection,   ///< `right` on each value of the object that `left` gives.
    filter_projection,  ///< The same on the elements of a list for which `condition` is true.
    flatten,            ///< `left`, and the elements of the lists in it in their places.
    either,             ///< `||`
    both,               ///< `&&`
    negation,           ///< `!left`
    equal,
    unequal,
    less,
    less_or_equal,
    greater,
    greater_or_equal,
    list,       ///< `[a, b]`: a value for each of `parts`.
    object,     ///< `{a: b}`: `parts` are members.
    member,     ///< `name: left`, in an object.
    call,       ///< The function `name` with `parts` as arguments.
    reference,  ///< `&left`
};

/// One node; where it has several parts, they are linked by `next`.
struct node {
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    operation what{};
    std::size_t left = none;
    std::size_t right = none;
    std::size_t condition = none;
    std::size_t parts = none;  ///< The first of them.
    std::size_t next = none;   ///< The next part of the same whole.
    std::size_t offset{};      ///< Where the name stands in the text, with its quotes.
    std::size_t length{};      ///< Of what stands there.
    std::string_view name{};
    value constant{};
    std::optional<std::int64_t> first{};
    std::optional<std::int64_t> last{};
    std::optional<std::int64_t> step{};
    std::size_t height = 1;  ///< How many nodes stand over each other from here on.
};

/// An expression that is known to be one. `parse` makes it. Moves only.
struct expression {
    std::vector<node> nodes{};
    std::size_t root{};
    memory constants{};  ///< What names and literals point into.
};

}  // namespace awsxx::inline AWSXX_ABI::codec::jmespath
