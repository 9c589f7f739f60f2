// SPDX-License-Identifier: MIT
// Typed structures as values of JMESPath, seen through their tables.
#pragma once

#include <awsxx/codec/jmespath_value.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/field.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace awsxx::inline AWSXX_ABI::codec::jmespath {

inline value value_of(const model::type& shape, const void* in);

namespace detail::jmespath_model {

inline const model::type& shape_of(const value& one) noexcept {
    return *static_cast<const model::type*>(one.as);
}

inline std::size_t list_size(const value& list) { return shape_of(list).access->size(list.at); }
inline value list_element(const value& list, std::size_t index) {
    const model::type& shape = shape_of(list);
    return value_of(*shape.element, shape.access->at(list.at, index));
}

/// Members that are absent are not there.
inline void structure_each(const value& object, std::vector<member>& into) {
    const model::type& shape = shape_of(object);
    for (std::size_t i = 0; i < shape.field_count; ++i) {
        const model::field& one = shape.fields[i];
        const value held = value_of(*one.shape, model::member(object.at, one));
        if (held.kind != kind::null) into.push_back({one.name, held});
    }
}
inline std::size_t structure_size(const value& object) {
    std::vector<member> all;
    structure_each(object, all);
    return all.size();
}
inline value structure_find(const value& object, std::string_view name) {
    const model::type& shape = shape_of(object);
    for (std::size_t i = 0; i < shape.field_count; ++i) {
        const model::field& one = shape.fields[i];
        if (one.name == name) return value_of(*one.shape, model::member(object.at, one));
    }
    return {};
}

/// What a visit to the entries of a map is for.
struct visit {
    const model::type* element{};
    std::vector<member>* into{};
};
inline void map_each(const value& object, std::vector<member>& into) {
    const model::type& shape = shape_of(object);
    visit what{shape.element, &into};
    shape.access->each(object.at, &what,
                       [](void* context, const std::string& key, const void* element) {
                           const visit& one = *static_cast<const visit*>(context);
                           one.into->push_back({key, value_of(*one.element, element)});
                       });
}
inline std::size_t map_size(const value& object) {
    return shape_of(object).access->size(object.at);
}
inline value map_find(const value& object, std::string_view name) {
    std::vector<member> all;
    map_each(object, all);
    for (const member& one : all)
        if (one.name == name) return one.value;
    return {};
}

inline constexpr view list_view{.size = &list_size, .element = &list_element};
inline constexpr view map_view{.size = &map_size, .find = &map_find, .each = &map_each};
inline constexpr view structure_view{
    .size = &structure_size, .find = &structure_find, .each = &structure_each};

inline value seen(kind as, const model::type& shape, const void* in, const view& how) noexcept {
    value made{.kind = as};
    made.at = in;
    made.as = &shape;
    made.how = &how;
    return made;
}

inline value hidden(const void* in) noexcept {
    value made = value::of(static_cast<const secret*>(in)->expose());
    made.hidden = true;
    return made;
}

inline value number_of(std::int64_t number) noexcept {
    return value::of(static_cast<double>(number));
}

}  // namespace detail::jmespath_model

/// What lies at `in`, which has to outlive the value and is not copied.
///
/// Members have the names of their tables. Lists and maps are always there, if empty; dates are
/// seconds since 1970, bytes are texts, secrets are hidden ones. Documents and streams are null.
inline value value_of(const model::type& shape, const void* in) {
    namespace here = detail::jmespath_model;
    switch (shape.kind) {
        case model::kind::boolean: return value::of(*static_cast<const bool*>(in));
        case model::kind::integer: return here::number_of(*static_cast<const int*>(in));
        case model::kind::long_: return here::number_of(*static_cast<const std::int64_t*>(in));
        case model::kind::float_: return value::of(double{*static_cast<const float*>(in)});
        case model::kind::double_: return value::of(*static_cast<const double*>(in));
        case model::kind::text:
        case model::kind::blob:
            return value::of(std::string_view(*static_cast<const std::string*>(in)));
        case model::kind::sensitive:
        case model::kind::sensitive_blob: return here::hidden(in);
        case model::kind::timestamp: {
            const timestamp& when = *static_cast<const timestamp*>(in);
            return value::of(static_cast<double>(when.seconds) + when.nanoseconds * 1e-9);
        }
        case model::kind::optional: {
            const void* held = shape.access->held(in);
            return held != nullptr ? value_of(*shape.element, held) : value();
        }
        case model::kind::list: return here::seen(kind::list, shape, in, here::list_view);
        case model::kind::map: return here::seen(kind::object, shape, in, here::map_view);
        case model::kind::structure:
            return here::seen(kind::object, shape, in, here::structure_view);
        case model::kind::document:
        case model::kind::stream: break;
    }
    return {};
}

}  // namespace awsxx::inline AWSXX_ABI::codec::jmespath
