// SPDX-License-Identifier: MIT
// Finds the members of a structure by their names, fastest where they come in the table's order.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/model/field.hpp>

#include <cstddef>
#include <cstring>
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
        const std::size_t next = next_;
        if (next < structure_->field_count && is_at(next, name)) return next_++;
        return search(name);
    }
    /// The same for a name that a zero byte ends; its length is not asked for if it is the next,
    /// or the last once more, as flattened lists have it.
    std::size_t find(const char* name) noexcept {
        if (next_ < structure_->field_count && is_at(next_, name)) return next_++;
        if (next_ > 0 && is_at(next_ - 1, name)) return next_ - 1;
        return search(name);
    }

private:
    std::size_t search(std::string_view name) noexcept {
        const std::size_t count = structure_->field_count;
        std::size_t at = next_;
        for (std::size_t tries = 0; tries < count; ++tries, ++at) {
            if (at >= count) at = 0;
            if (!is_at(at, name)) continue;
            next_ = at + 1;
            return at;
        }
        return count;
    }

    bool is_at(std::size_t index, std::string_view name) const noexcept {
        const model::field& one = structure_->fields[index];
        return same(one.name, name) && is_wanted(one);
    }
    bool is_at(std::size_t index, const char* name) const noexcept {
        const model::field& one = structure_->fields[index];
        const std::size_t size = one.name.size();
        return std::strncmp(name, one.name.data(), size) == 0 && name[size] == '\0' &&
               is_wanted(one);
    }
    bool is_wanted(const model::field& one) const noexcept {
        return !body_only_ || one.place == model::place::body ||
               model::is_for_requests_only(one.place);
    }
    /// Most names differ in length or in their first letter.
    static bool same(std::string_view a, std::string_view b) noexcept {
        if (a.size() != b.size() || a.empty()) return a.size() == b.size();
        return a.front() == b.front() &&
               (a.size() == 1 || std::memcmp(a.data() + 1, b.data() + 1, a.size() - 1) == 0);
    }
    const model::type* structure_;
    std::size_t next_ = 0;
    bool body_only_;
};

}  // namespace awsxx::inline AWSXX_ABI::codec
