// SPDX-License-Identifier: MIT
// What services want that their models do not say.
#pragma once

#include "plan.hpp"

#include <string>
#include <vector>

namespace generator {

/// The traits of a table's entry, as in "last_segment". `in`: of an
/// operation's input.
std::vector<std::string> odd_traits(const plan& all, const shape_member& member, bool in);

/// True for text that goes in base64: EC2 says so in words only.
bool is_base64(const plan& all, const std::string& owner, const shape_member& member);

}  // namespace generator
