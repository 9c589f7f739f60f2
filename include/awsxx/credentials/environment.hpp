// SPDX-License-Identifier: MIT
// Credentials from the variables AWS_ACCESS_KEY_ID and its like.
#pragma once

#include <awsxx/auth/feature.hpp>
#include <awsxx/auth/provider.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/system.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// Reads the environment at each call. Without AWS_ACCESS_KEY_ID it is not configured; with it,
/// a missing AWS_SECRET_ACCESS_KEY is an error. White space around the values is dropped.
///
/// AWS_CREDENTIAL_EXPIRATION (a date as in 2026-01-02T03:04:05Z) makes the cache read them again
/// in time: for tools that keep the variables up to date.
class environment_credentials final : public credentials_provider {
public:
    explicit environment_credentials(std::shared_ptr<const environment> from)
        : from_(std::move(from)) {}

    resolution resolve(instant) override {
        auto read = look();
        if (!read) return std::move(read).error();
        return std::make_shared<const credentials>(*std::move(read));
    }

    /// True where somebody keeps the variables up to date.
    bool invalidate(const credentials&, instant) override {
        return get_filled(*from_, "AWS_CREDENTIAL_EXPIRATION").has_value();
    }

private:
    expected<credentials> look() const {
        credentials keys;
        keys.access_key_id = value("AWS_ACCESS_KEY_ID");
        if (keys.access_key_id.empty())
            return error{.kind = error_kind::not_configured,
                         .code = "NoEnvironmentCredentials",
                         .message = "AWS_ACCESS_KEY_ID is not set"};
        keys.secret_access_key = value("AWS_SECRET_ACCESS_KEY");
        if (keys.secret_access_key.empty())
            return error{.kind = error_kind::configuration,
                         .code = "PartialCredentials",
                         .message = "AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not"};
        keys.session_token = value("AWS_SESSION_TOKEN");
        if (keys.session_token.empty()) keys.session_token = value("AWS_SECURITY_TOKEN");
        keys.account_id = value("AWS_ACCOUNT_ID");
        keys.source = "environment";
        keys.via = auth::feature::credentials_environment;
        return with_expiration(std::move(keys));
    }

    expected<credentials> with_expiration(credentials keys) const {
        const std::string until = value("AWS_CREDENTIAL_EXPIRATION");
        if (until.empty()) return keys;
        const auto when = parse_date(until, date_format::date_time);
        if (!when)
            return caused_by({.kind = error_kind::configuration,
                              .code = "InvalidExpiration",
                              .message = "AWS_CREDENTIAL_EXPIRATION is not a date"},
                             when.error());
        keys.expiration = when->to_instant();
        return keys;
    }

    std::string value(std::string_view name) const {
        std::string found = from_->get(name).value_or(std::string());
        std::string kept(text::trimmed(found));
        wipe(found);
        return kept;
    }

    std::shared_ptr<const environment> from_;
};

}  // namespace awsxx::inline AWSXX_ABI
