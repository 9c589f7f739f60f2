// SPDX-License-Identifier: MIT
// Refuses traits of another form than Smithy gives them, so that nobody else has to ask.
#pragma once

#include "smithy_model.hpp"

#include <string>

namespace generator {

/// Looks at the traits of a shape or a member. `id`: what an error is about, as in "ns#Shape".
void check_traits(const std::string& id, const json& holder);

/// Refuses a default that values of the type ("integer") cannot have.
void check_default(const std::string& id, const json& value, const std::string& type);

/// Refuses an operation's URI whose labels are not the members of the input that go into it.
void check_labels(const smithy_model& model, const std::string& operation,
                  const std::string& input);

}  // namespace generator
