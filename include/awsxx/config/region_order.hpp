// SPDX-License-Identifier: MIT
// Which variables tell the region.
#pragma once

#include <awsxx/core/version.hpp>

namespace awsxx::inline AWSXX_ABI::config {

/// boto3 and the first AWS CLI do not read `AWS_REGION`.
enum class region_order : unsigned char { aws, boto };


}  // namespace awsxx::inline AWSXX_ABI::config
