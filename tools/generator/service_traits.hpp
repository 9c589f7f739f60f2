// SPDX-License-Identifier: MIT
// What the runtime has to know of a service.
#pragma once

#include "plan.hpp"
#include "wire_format.hpp"

#include <string>

namespace generator {

/// The definition of `service_traits`.
std::string service_traits(const plan& all, const wire_format& format);

/// What people call the service: "STS".
std::string service_title(const plan& all);

}  // namespace generator
