// SPDX-License-Identifier: MIT
// Tells which members are keys, passwords and tokens, that no log may have.
#pragma once

#include "plan.hpp"

#include <string>

namespace generator {

/// True for text and bytes that are a means of access: `secret` in C++. What a model calls
/// sensitive because it is personal, as names and addresses are, stays text.
bool is_secret(const plan& all, const std::string& owner, const shape_member& member);

}  // namespace generator
