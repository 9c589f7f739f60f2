// SPDX-License-Identifier: MIT
// How codecs reach into optionals, lists and maps without knowing their C++ types.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/model/value.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace awsxx::inline AWSXX_ABI::model {

/// The functions for one C++ type. Those that make no sense for it are null.
struct access {
    /// Where in an optional a bool lies that tells whether it holds a value, which then is at its
    /// beginning. Spares codecs a call for each member that is absent. 0: `peek` tells.
    std::size_t flag{};
    const void* (*peek)(const void* optional){};  ///< Null where there is a flag.
    void* (*emplace)(void* optional){};           ///< Makes an optional hold a new value.
    std::size_t (*size)(const void* container){};
    const void* (*at)(const void* list, std::size_t index){};
    void* (*append)(void* list){};                    ///< A new last element.
    void* (*insert)(void* map, std::string&& key){};  ///< The key's element, made new.
    /// Calls `visit` for each element of a map, in the order of the keys.
    void (*each)(const void* map, void* context,
                 void (*visit)(void* context, const std::string& key, const void* element)){};
    void (*clear)(void* value){};
    bool (*parse)(std::string_view json, void* document){};  ///< False: no JSON.
    /// Appends JSON. False: cannot be written, as text that is not UTF-8.
    bool (*print)(const void* document, std::string& json){};

    /// What an optional holds, or null.
    [[gnu::always_inline]] const void* held(const void* optional) const noexcept {
        if (flag == 0) return peek(optional);
        return static_cast<const unsigned char*>(optional)[flag] != 0 ? optional : nullptr;
    }
};

namespace detail::access {

template <class Optional>
void* emplace(void* holder) {
    return &static_cast<Optional*>(holder)->emplace();
}
template <class Optional>
inline constexpr std::size_t flag = 0;
template <class T>
inline constexpr std::size_t flag<maybe<T>> = sizeof(T);
#if defined(__GLIBCXX__) || defined(_LIBCPP_VERSION)
template <class T>
inline constexpr std::size_t flag<std::optional<T>> = sizeof(T);  // a test looks whether it is so
#endif
template <class Optional>
const void* peek(const void* holder) {
    const auto& value = *static_cast<const Optional*>(holder);
    return value ? &*value : nullptr;
}
template <class Optional>
void reset(void* holder) {
    static_cast<Optional*>(holder)->reset();
}
template <class List>
std::size_t size(const void* list) {
    return static_cast<const List*>(list)->size();
}
template <class List>
const void* at(const void* list, std::size_t index) {
    return &(*static_cast<const List*>(list))[index];
}
template <class List>
void* append(void* list) {
    return &static_cast<List*>(list)->emplace_back();
}
template <class Container>
void clear(void* container) {
    static_cast<Container*>(container)->clear();
}
template <class Map>
void* insert(void* map, std::string&& key) {
    // Keys in order need no search so, and the compiler takes less time than for `try_emplace`.
    auto& all = *static_cast<Map*>(map);
    const std::size_t before = all.size();
    const auto at =
        all.emplace_hint(all.end(), std::piecewise_construct, std::forward_as_tuple(std::move(key)),
                         std::forward_as_tuple());
    if (all.size() == before) make_anew(at->second);
    return &at->second;
}
template <class Map>
void each(const void* map, void* context,
          void (*visit)(void*, const std::string& key, const void* element)) {
    for (const auto& [key, element] : *static_cast<const Map*>(map)) visit(context, key, &element);
}

}  // namespace detail::access

template <class Optional>
inline constexpr access optional_access{
    .flag = detail::access::flag<Optional>,
    .peek = detail::access::flag<Optional> == 0 ? &detail::access::peek<Optional> : nullptr,
    .emplace = &detail::access::emplace<Optional>,
    .clear = &detail::access::reset<Optional>};
template <class List>
inline constexpr access list_access{.size = &detail::access::size<List>,
                                    .at = &detail::access::at<List>,
                                    .append = &detail::access::append<List>,
                                    .clear = &detail::access::clear<List>};
template <class Map>
inline constexpr access map_access{.size = &detail::access::size<Map>,
                                   .insert = &detail::access::insert<Map>,
                                   .each = &detail::access::each<Map>,
                                   .clear = &detail::access::clear<Map>};

}  // namespace awsxx::inline AWSXX_ABI::model
