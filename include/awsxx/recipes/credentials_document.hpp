// SPDX-License-Identifier: MIT
// Credentials as the JSON documents that AWS tools take them from.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/codec/json_writer.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::recipes {

/// How a document is to be written.
struct credentials_document_form {
    bool versioned{};                     ///< With "Version": 1.
    std::string_view token_name{};        ///< What the session token is called.
    std::optional<instant> expiration{};  ///< For credentials that do not tell theirs.
};

/// The document. What is not known is left out. Fails with `invalid_argument` where there is no
/// key or secret, or where one of the texts is not UTF-8.
inline expected<secret> credentials_document(const credentials& keys,
                                             const credentials_document_form& form) {
    const auto refused = [](const char* why) {
        return error{
            .kind = error_kind::invalid_argument, .code = "IncompleteCredentials", .message = why};
    };
    if (keys.access_key_id.empty() || keys.secret_access_key.empty())
        return refused("credentials without a key or a secret");
    const auto until = keys.expiration ? keys.expiration : form.expiration;
    std::string text;
    // As long as it can become, for a text that grows leaves copies behind.
    text.reserve(256 + 6 * (keys.access_key_id.size() + keys.secret_access_key.expose().size() +
                            keys.session_token.expose().size() + keys.account_id.size()));
    codec::json::writer out(text);
    bool good = true;
    const auto add = [&](std::string_view name, std::string_view value) {
        if (!value.empty()) good = good && out.member(name) && out.string(value);
    };
    out.open_object();
    if (form.versioned) {
        out.member("Version");
        out.raw("1");
    }
    add("AccessKeyId", keys.access_key_id);
    add("SecretAccessKey", keys.secret_access_key.expose());
    add(form.token_name, keys.session_token.expose());
    if (until)  // not all who read it know fractions of seconds
        add("Expiration",
            format_date(std::chrono::floor<std::chrono::seconds>(*until), date_format::date_time));
    add("AccountId", keys.account_id);
    out.close_object();
    secret document(std::move(text));
    if (!good) return refused("credentials that are not UTF-8");
    return document;
}

}  // namespace awsxx::inline AWSXX_ABI::recipes
