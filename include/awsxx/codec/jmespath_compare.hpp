// SPDX-License-Identifier: MIT
// When two values of JMESPath are equal, and which comes first.
#pragma once

#include <awsxx/codec/jmespath_value.hpp>
#include <awsxx/core/version.hpp>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace awsxx::inline AWSXX_ABI::codec::jmespath {

/// How much work an evaluation may still do: an expression can make its values grow without end.
class effort {
public:
    static constexpr std::size_t most = 2'000'000;

    /// False: it was too much.
    bool spend(std::size_t work) noexcept {
        if (work > left_) work = left_ = 0;
        left_ -= work;
        return left_ > 0;
    }
    bool is_over() const noexcept { return left_ == 0; }
    std::size_t left() const noexcept { return left_; }

private:
    std::size_t left_ = most;
};

inline bool equal(const value& a, const value& b, effort& left);

namespace detail::jmespath_compare {

inline bool equal_lists(const value& a, const value& b, effort& left) {
    const std::size_t count = size(a);
    if (count != size(b)) return false;
    for (std::size_t i = 0; i < count; ++i)
        if (!equal(element(a, i), element(b, i), left)) return false;
    return true;
}

inline bool equal_objects(const value& a, const value& b, effort& left) {
    std::vector<member> ours = members(a);
    std::vector<member> theirs = members(b);
    if (ours.size() != theirs.size() || !left.spend(ours.size())) return false;
    const auto by_name = [](const member& x, const member& y) { return x.name < y.name; };
    std::sort(ours.begin(), ours.end(), by_name);
    std::sort(theirs.begin(), theirs.end(), by_name);
    for (std::size_t i = 0; i < ours.size(); ++i)
        if (ours[i].name != theirs[i].name || !equal(ours[i].value, theirs[i].value, left))
            return false;
    return true;
}

}  // namespace detail::jmespath_compare

/// Values of the same kind and content, however deep; expressions equal nothing.
inline bool equal(const value& a, const value& b, effort& left) {
    if (a.kind != b.kind || !left.spend(1)) return false;
    switch (a.kind) {
        case kind::null: return true;
        case kind::boolean: return a.truth == b.truth;
        case kind::number: return a.number == b.number;
        case kind::text: return a.text == b.text;
        case kind::list: return detail::jmespath_compare::equal_lists(a, b, left);
        case kind::object: return detail::jmespath_compare::equal_objects(a, b, left);
        case kind::expression: break;
    }
    return false;
}

/// Whether `a` comes before `b`; both are numbers, or both texts.
inline bool is_before(const value& a, const value& b) noexcept {
    return a.kind == kind::number ? a.number < b.number : a.text < b.text;
}

}  // namespace awsxx::inline AWSXX_ABI::codec::jmespath
