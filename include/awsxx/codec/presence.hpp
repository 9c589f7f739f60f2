// SPDX-License-Identifier: MIT
// Tells which members of a structure are sent, and what they hold.
#pragma once

#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/field.hpp>

#include <cstddef>
#include <string>

namespace awsxx::inline AWSXX_ABI::codec {

/// How deep structures may lie in each other, written or read. Real ones stay below 40.
inline constexpr std::size_t deepest = 256;

/// A value that is not optional any more, or nothing.
struct present {
    const model::type* shape{};
    const void* value{};
    explicit operator bool() const noexcept { return value != nullptr; }
};

/// What an optional holds; anything else is there as it is.
inline present unwrapped(const model::type& shape, const void* value) noexcept {
    const model::type* inner = &shape;
    while (value != nullptr && inner->kind == model::kind::optional) {
        value = inner->access->peek(value);
        inner = inner->element;
    }
    return {inner, value};
}

/// True for empty text, bytes, lists and maps: what stands for "absent" where it is not required.
inline bool is_empty(const model::type& shape, const void* value) noexcept {
    switch (shape.kind) {
        case model::kind::text:
        case model::kind::blob: return static_cast<const std::string*>(value)->empty();
        case model::kind::sensitive: return static_cast<const secret*>(value)->empty();
        case model::kind::list:
        case model::kind::map: return shape.access->size(value) == 0;
        default: return false;
    }
}

/// What a member holds if it is to be sent, else nothing.
inline present sent_member(const void* structure, const model::field& which) noexcept {
    const void* value = model::member(structure, which);
    const bool may_be_left_out = (which.traits & model::required) == 0;
    if (may_be_left_out && is_empty(*which.shape, value)) return {};
    return unwrapped(*which.shape, value);
}

}  // namespace awsxx::inline AWSXX_ABI::codec
