// SPDX-License-Identifier: MIT
// The name of the environment variable that has a bearer token for a service.
#pragma once

#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>

#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::config {

/// "AWS_BEARER_TOKEN_BEDROCK" for the service with the signing name "bedrock".
inline std::string bearer_token_variable(std::string_view signing_name) {
    std::string name = "AWS_BEARER_TOKEN_" + text::uppered(signing_name);
    for (char& c : name)
        if (c == ' ' || c == '-') c = '_';
    return name;
}

}  // namespace awsxx::inline AWSXX_ABI::config
