// SPDX-License-Identifier: MIT
// What services want that their models do not say.
#pragma once

#include "plan.hpp"

#include <string>
#include <vector>

namespace generator {

/// Adds members that requests need and that never go over the wire.
void complete(json& ast);

/// The header that all requests of the service have, as in `{"Accept", "application/json"}`, or
/// nothing.
std::string constant_header(const plan& all);

/// How an operation copies from another region, as in `{"PreSignedUrl"}`, or nothing.
std::string region_copy(const plan& all, const operation_plan& one);

/// Checksums of the body that no trait tells of, as in ".tree_hash = true", or nothing.
std::string odd_checksums(const plan& all, const operation_plan& one);

/// The member of the input that has the address to send the request to, or nothing.
std::string endpoint_member(const plan& all, const operation_plan& one);

/// True if the answer begins before the work is done, and stands still until then.
bool answers_early(const plan& all, const operation_plan& one);

/// The traits of a table's entry, as in "last_segment". `in`: of an
/// operation's input.
std::vector<std::string> odd_traits(const plan& all, const shape_member& member, bool in);

/// True for text that goes in base64: EC2 says so in words only.
bool is_base64(const plan& all, const std::string& owner, const shape_member& member);

}  // namespace generator
