// SPDX-License-Identifier: MIT
// What the runtime has to know of a service.
#pragma once

#include "plan.hpp"
#include "wire_format.hpp"

#include <rules/rules.hpp>

#include <string>

namespace generator {

/// The service's endpoint rules.
tools::rules::constant service_rules(const plan& all);

/// The definition of `service_traits`, and of what it needs.
std::string service_traits(const plan& all, const wire_format& format,
                           const tools::rules::constant& rules);

/// What people call the service: "STS".
std::string service_title(const plan& all);

}  // namespace generator
