// SPDX-License-Identifier: MIT
// The values that JMESPath expressions work on, wherever they lie.
#pragma once

#include <awsxx/core/version.hpp>

#include <cstddef>
#include <forward_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::codec::jmespath {

enum class kind : unsigned char {
    null,
    boolean,
    number,
    text,
    list,
    object,
    expression,  ///< `&expression`: what some functions take.
};

struct view;

/// A value, or where one lies. Copied freely; texts, lists and objects have to outlive it.
struct value {
    jmespath::kind kind{};
    bool truth{};             ///< Of a boolean.
    bool hidden{};            ///< A text that no other text may be made of.
    double number{};          ///< Of a number.
    std::string_view text{};  ///< Of a text, in UTF-8.
    const void* at{};         ///< Of a list or an object: what its view knows it by.
    const void* as{};         ///< The same, where two are needed.
    const view* how{};        ///< Of a list or an object.
    std::size_t node{};       ///< Of an expression.

    static value of(bool truth) noexcept {
        value made{.kind = jmespath::kind::boolean};
        made.truth = truth;
        return made;
    }
    static value of(double number) noexcept {
        value made{.kind = jmespath::kind::number};
        made.number = number;
        return made;
    }
    static value of(std::string_view text) noexcept {
        value made{.kind = jmespath::kind::text};
        made.text = text;
        return made;
    }
};

/// A member of an object.
struct member {
    std::string_view name{};
    jmespath::value value{};
};

/// How to look into lists and objects of some origin.
struct view {
    std::size_t (*size)(const value& list_or_object){};
    value (*element)(const value& list, std::size_t index){};
    /// Null where there is none of that name.
    value (*find)(const value& object, std::string_view name){};
    /// All that are there, in an order that stays the same.
    void (*each)(const value& object, std::vector<member>& into){};
};

namespace detail::jmespath_value {

inline const std::vector<value>& elements(const value& list) noexcept {
    return *static_cast<const std::vector<value>*>(list.at);
}
inline const std::vector<member>& members(const value& object) noexcept {
    return *static_cast<const std::vector<member>*>(object.at);
}
inline std::size_t list_size(const value& list) { return elements(list).size(); }
inline value list_element(const value& list, std::size_t index) { return elements(list)[index]; }
inline std::size_t object_size(const value& object) { return members(object).size(); }
inline value object_find(const value& object, std::string_view name) {
    for (const member& one : members(object))
        if (one.name == name) return one.value;
    return {};
}
inline void object_each(const value& object, std::vector<member>& into) { into = members(object); }

inline constexpr view list_view{.size = &list_size, .element = &list_element};
inline constexpr view object_view{.size = &object_size, .find = &object_find, .each = &object_each};

}  // namespace detail::jmespath_value

/// Holds the texts, lists and objects of values. What was kept stays where it is until this goes,
/// also when this moves.
class memory {
public:
    std::string_view keep(std::string text) { return texts_.emplace_front(std::move(text)); }
    value keep(std::vector<value> elements) {
        value made{.kind = kind::list};
        made.at = &lists_.emplace_front(std::move(elements));
        made.how = &detail::jmespath_value::list_view;
        return made;
    }
    /// Names have to differ.
    value keep(std::vector<member> members) {
        value made{.kind = kind::object};
        made.at = &objects_.emplace_front(std::move(members));
        made.how = &detail::jmespath_value::object_view;
        return made;
    }

private:
    std::forward_list<std::string> texts_{};
    std::forward_list<std::vector<value>> lists_{};
    std::forward_list<std::vector<member>> objects_{};
};

/// Sets a member, in place of one of the same name.
inline void set(std::vector<member>& members, std::string_view name, const value& to) {
    for (member& one : members)
        if (one.name == name) {
            one.value = to;
            return;
        }
    members.push_back({name, to});
}

inline std::size_t size(const value& list_or_object) {
    return list_or_object.how->size(list_or_object);
}
inline value element(const value& list, std::size_t index) {
    return list.how->element(list, index);
}
/// Null where there is none of that name.
inline value find(const value& object, std::string_view name) {
    return object.how->find(object, name);
}
inline std::vector<member> members(const value& object) {
    std::vector<member> all;
    object.how->each(object, all);
    return all;
}

/// Null, false and what is empty count for false, everything else for true: 0, too.
inline bool is_true(const value& one) {
    switch (one.kind) {
        case kind::null: return false;
        case kind::boolean: return one.truth;
        case kind::text: return !one.text.empty();
        case kind::list:
        case kind::object: return size(one) > 0;
        default: return true;
    }
}

}  // namespace awsxx::inline AWSXX_ABI::codec::jmespath
