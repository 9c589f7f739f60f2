// SPDX-License-Identifier: MIT
// The long-lived or temporary keys that stand in a profile of the shared config files.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/auth/feature.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/profile_plan.hpp>

#include <string>

namespace awsxx::inline AWSXX_ABI {

/// The keys of a profile that has some. A part of them is an error that names the missing part.
inline expected<credentials> keys_in_profile(const named_profile& in) {
    const auto* id = in.find("aws_access_key_id");
    const auto* key = in.find("aws_secret_access_key");
    const auto* token = in.find("aws_session_token");
    if (token == nullptr) token = in.find("aws_security_token");
    if (id == nullptr || key == nullptr) {
        const auto* there = id != nullptr ? id : key != nullptr ? key : token;
        return error{.kind = error_kind::configuration,
                     .code = "PartialCredentials",
                     .message = "profile " + in.name +
                                (there ? " (" + there->source() + ")" : std::string()) +
                                " has no " + (id ? "aws_secret_access_key" : "aws_access_key_id")};
    }
    credentials found{.access_key_id = id->text,
                      .secret_access_key = key->text,
                      .account_id = in.text("aws_account_id"),
                      .source = "profile " + in.name + " (" + id->source() + ")",
                      .via = auth::feature::credentials_profile};
    if (token != nullptr) found.session_token = token->text;
    return found;
}

}  // namespace awsxx::inline AWSXX_ABI
