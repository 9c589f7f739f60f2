// SPDX-License-Identifier: MIT
// Tells which members of a structure are sent, and what they hold.
#pragma once

#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/body.hpp>
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
        value = inner->access->held(value);
        inner = inner->element;
    }
    return {inner, value};
}

/// True for empty text, bytes, lists and maps: what stands for "absent" where it is not required.
inline bool is_empty(const model::type& shape, const void* value) noexcept {
    switch (shape.kind) {
        case model::kind::text:
        case model::kind::blob: return static_cast<const std::string*>(value)->empty();
        case model::kind::sensitive:
        case model::kind::sensitive_blob: return static_cast<const secret*>(value)->empty();
        case model::kind::stream: return static_cast<const http::body*>(value)->empty();
        case model::kind::list:
        case model::kind::map: return shape.access->size(value) == 0;
        default: return false;
    }
}

/// What a member holds if it is to be sent, else nothing.
inline present sent_member(const void* structure, const model::field& which) noexcept {
    if ((which.traits & model::answers_only) != 0) return {};
    const void* value = model::member(structure, which);
    if (which.shape->kind == model::kind::optional) return unwrapped(*which.shape, value);
    const bool may_be_left_out = (which.traits & model::required) == 0;
    if (may_be_left_out && is_empty(*which.shape, value)) return {};
    return {which.shape, value};
}

/// True for an optional member that is not there, which is what most members of most structures
/// are: looked at before anything else.
[[gnu::always_inline]] inline bool is_absent(const void* structure,
                                             const model::field& which) noexcept {
    const model::type& shape = *which.shape;
    return shape.kind == model::kind::optional &&
           shape.access->held(model::member(structure, which)) == nullptr;
}

/// What is special about the outermost structure of a message.
struct message_rules {
    bool body_only{};            ///< Members that HTTP has in other places are left out.
    const std::string* token{};  ///< For an idempotency token that is absent; null: none.

    bool any() const noexcept { return body_only || token != nullptr; }
};

/// The same for a member of the outermost structure.
inline present sent_member(const void* structure, const model::field& which,
                           const message_rules& rules) noexcept {
    if (rules.body_only && which.place != model::place::body) return {};
    const present held = sent_member(structure, which);
    if ((which.traits & model::idempotency_token) == 0 || rules.token == nullptr) return held;
    const bool absent =
        !held || (which.shape->kind != model::kind::optional && is_empty(*held.shape, held.value));
    return absent ? present{&model::text, rules.token} : held;
}

/// The member that a union has, and what is wrong if it does not have one and no other.
struct chosen {
    const model::field* field{};
    present held{};
    const char* problem{};
};

/// Looks for the only member of a union that is to be sent.
inline chosen choice_of(const model::type& shape, const void* in) noexcept {
    chosen found{.problem = "a union without a member"};
    for (std::size_t i = 0; i < shape.field_count; ++i) {
        if (is_absent(in, shape.fields[i])) continue;
        const present held = sent_member(in, shape.fields[i]);
        if (!held) continue;
        if (found.held) return {.problem = "a union with more than one member"};
        found = {&shape.fields[i], held, nullptr};
    }
    return found;
}

}  // namespace awsxx::inline AWSXX_ABI::codec
