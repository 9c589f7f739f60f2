// SPDX-License-Identifier: MIT
// What the runtime has to know of an operation beside its shapes.
#pragma once

#include "plan.hpp"
#include "shapes.hpp"
#include "wire_format.hpp"

#include <string>
#include <vector>

namespace generator {

/// The designators of `model::operation` from `.auth` on, with commas between; empty: none.
std::string operation_traits(plan& all, const wire_format& format, const operation_plan& one,
                             const std::vector<written_member>& input);

}  // namespace generator
