// SPDX-License-Identifier: MIT
// Where a member's value goes that is read, made where there was none.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/model/field.hpp>

namespace awsxx::inline AWSXX_ABI::protocols {

/// What lies behind the optionals, if there are any.
struct room {
    const model::type* shape;
    void* value;
};

/// Makes a value in optionals that hold none, and keeps one that is there.
inline room make_room(const model::type& shape, void* value) {
    room found{&shape, value};
    while (found.shape->kind == model::kind::optional) {
        const void* held = found.shape->access->held(found.value);
        found.value =
            held != nullptr ? const_cast<void*>(held) : found.shape->access->emplace(found.value);
        found.shape = found.shape->element;
    }
    return found;
}
/// The same for a member.
inline room make_room(const model::field& field, void* structure) {
    return make_room(*field.shape, model::member(structure, field));
}

}  // namespace awsxx::inline AWSXX_ABI::protocols
