// SPDX-License-Identifier: MIT
// How tables name a member that lies in a member, or several members at once.
#pragma once

#include <awsxx/core/version.hpp>

#include <type_traits>

namespace awsxx::inline AWSXX_ABI::model {

/// A member of a member: `path<&list_distributions_result::distribution_list, &list::items>{}`.
/// The structures on the way may be absent.
template <auto... Steps>
struct path {};

/// Several members at once, each a pointer to a member or a `path`: the tokens of a listing.
template <auto... Each>
struct members {};

namespace detail::path {

template <class T>
T* present(T& structure) noexcept {
    return &structure;
}
template <class Optional>
    requires requires(Optional& o) { o.has_value(), *o; }
auto present(Optional& holder) noexcept -> std::remove_reference_t<decltype(*holder)>* {
    return holder.has_value() ? &*holder : nullptr;
}

/// One step after the other; null from where a structure is absent.
template <class T, class Step, class... Rest>
auto follow(T& structure, Step step, Rest... rest) noexcept {
    auto* const here = present(structure);
    if constexpr (sizeof...(Rest) == 0) {
        using target = decltype(&(here->*step));
        return here != nullptr ? &(here->*step) : target(nullptr);
    } else {
        using target = decltype(follow(here->*step, rest...));
        return here != nullptr ? follow(here->*step, rest...) : target(nullptr);
    }
}

}  // namespace detail::path

/// The address of a member of `structure`; null where a structure on the way to it is absent.
template <class Structure, class Member>
auto reach(Structure& structure, Member member) noexcept {
    return &(structure.*member);
}
template <class Structure, auto... Steps>
auto reach(Structure& structure, path<Steps...>) noexcept {
    return detail::path::follow(structure, Steps...);
}

}  // namespace awsxx::inline AWSXX_ABI::model
