// SPDX-License-Identifier: MIT
// Finds the headers that a text needs.
#pragma once

#include <string>
#include <vector>

namespace generator {

/// The include directives for the body of a service header, in the order of the project.
std::string includes_of(const std::string& body, const std::string& protocol,
                        const std::vector<std::string>& more);

}  // namespace generator
