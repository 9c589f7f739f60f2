// SPDX-License-Identifier: MIT
// Finds the members of a structure by their names, fastest where they come in the table's order.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/model/field.hpp>

#include <cstddef>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::codec {

/// Finds members by name, one after the other, in one structure.
///
/// Services write members in an order of their own, mostly the same for every item of a list, so
/// that looking on from the last hit is a hit again or nearly so.
class member_lookup {
public:
    /// `body_only`: members that HTTP has in other places are not found.
    explicit member_lookup(const model::type& structure, bool body_only = false) noexcept
        : structure_(&structure), body_only_(body_only) {}

    /// The index of the member of that name, or `field_count`.
    std::size_t find(std::string_view name) noexcept {
        const std::size_t count = structure_->field_count;
        std::size_t at = next_;
        for (std::size_t tries = 0; tries < count; ++tries, ++at) {
            if (at >= count) at = 0;
            const model::field& one = structure_->fields[at];
            if (one.name != name || (body_only_ && !is_in_body(one.place))) continue;
            next_ = at + 1;
            return at;
        }
        return count;
    }

private:
    static bool is_in_body(model::place where) noexcept {
        return where == model::place::body || model::is_for_requests_only(where);
    }

    const model::type* structure_;
    std::size_t next_ = 0;
    bool body_only_;
};

}  // namespace awsxx::inline AWSXX_ABI::codec
