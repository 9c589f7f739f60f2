// SPDX-License-Identifier: MIT
// Credentials of a role for whoever holds a certificate: IAM Roles Anywhere.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/auth/signing.hpp>
#include <awsxx/auth/x509.hpp>
#include <awsxx/core/arn.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/pem_source.hpp>
#include <awsxx/credentials/repeated_request.hpp>
#include <awsxx/credentials/role_session_name.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/host.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/runtime/call_failures.hpp>
#include <awsxx/runtime/configuration.hpp>
#include <awsxx/runtime/endpoint.hpp>
#include <awsxx/runtime/renewal_limits.hpp>
#include <awsxx/runtime/secret_files.hpp>
#include <awsxx/runtime/user_agent.hpp>
#include <awsxx/services/rolesanywhere.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// Which role, through which profile and trust anchor, and as whom.
struct roles_anywhere_options {
    std::string trust_anchor_arn{};  ///< Its region is the one that is asked.
    std::string profile_arn{};       ///< Of the same region.
    std::string role_arn{};
    std::optional<int> duration_seconds{};           ///< From 900 to 43200; absent: an hour.
    std::optional<std::string> role_session_name{};  ///< For profiles that accept one.
    /// The certificate that the trust anchor vouches for, those between behind it, and its key.
    pem_source holder{};
};

namespace detail::roles_anywhere {

AWSXX_COLD inline error refused(const char* code, std::string message) {
    return {.kind = error_kind::configuration, .code = code, .message = std::move(message)};
}

inline bool is_arn_of(std::string_view text, std::string_view service, std::string_view kind) {
    const auto parts = parse_arn(text);
    if (!parts || parts->service != service || parts->account.empty()) return false;
    if (!parts->resource.starts_with(kind) || parts->resource.size() == kind.size()) return false;
    return service == "iam" ? parts->region.empty() : http::valid_host_label(parts->region);
}

inline std::string_view region_of(std::string_view text) {
    const auto parts = parse_arn(text);
    return parts ? parts->region : std::string_view();
}

inline expected<void> check_arns(const roles_anywhere_options& what) {
    const auto unlike = [](const std::string& text, const char* example) {
        return "'" + text.substr(0, 200) + "' is not like " + example;
    };
    if (!is_arn_of(what.trust_anchor_arn, "rolesanywhere", "trust-anchor/"))
        return refused("InvalidTrustAnchorArn",
                       unlike(what.trust_anchor_arn,
                              "arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/id"));
    if (!is_arn_of(what.profile_arn, "rolesanywhere", "profile/"))
        return refused(
            "InvalidProfileArn",
            unlike(what.profile_arn, "arn:aws:rolesanywhere:eu-west-1:111122223333:profile/id"));
    if (!is_arn_of(what.role_arn, "iam", "role/"))
        return refused("InvalidRoleArn",
                       unlike(what.role_arn, "arn:aws:iam::111122223333:role/name"));
    const std::string anchored(region_of(what.trust_anchor_arn));
    const std::string profiled(region_of(what.profile_arn));
    if (anchored != profiled)
        return refused("RegionMismatch",
                       "the trust anchor is in " + anchored + " and the profile in " + profiled);
    return {};
}

inline expected<void> check(const roles_anywhere_options& what) {
    if (what.trust_anchor_arn.empty() && what.profile_arn.empty() && what.role_arn.empty())
        return error{.kind = error_kind::not_configured,
                     .code = "NotConfigured",
                     .message = "no trust anchor of IAM Roles Anywhere is set up"};
    if (auto good = check_arns(what); !good) return good;
    const int duration = what.duration_seconds.value_or(3600);
    if (duration < 900 || duration > 43200)
        return refused("InvalidDuration",
                       "duration_seconds is " + std::to_string(duration) + ", not 900 to 43200");
    if (what.role_session_name && !is_role_session_name(*what.role_session_name))
        return refused("InvalidRoleSessionName",
                       "role_session_name '" + what.role_session_name->substr(0, 80) +
                           "' is not 2 to 64 letters, digits and _+=,.@-");
    return {};
}

/// What a provider and its fetches share.
struct state {
    roles_anywhere_options what;
    made_of_pem<auth::x509_identity> holder;
    std::shared_ptr<const runtime::configuration> from;
};

using session = rolesanywhere::create_session;

/// One fetch.
class fetch final : public repeated_request {
public:
    explicit fetch(std::shared_ptr<const state> of)
        : repeated_request(of->from, session::wire<void>::operation), of_(std::move(of)) {}

private:
    using identity = std::shared_ptr<const auth::x509_identity>;

    void begin() override {
        then_work([this] { prepare(); });
    }
    void prepare() {
        auto own = of_->holder.get(runtime::secret_files(from()), &make_identity);
        if (!own) return failed(std::move(own).error());
        holder_ = *std::move(own);
        if (auto ready = encode(); !ready) return failed(std::move(ready).error());
        send({.limits = runtime::renewal_limits(from().choices().limits)});
    }
    static expected<identity> make_identity(const pem_texts& texts,
                                            const crypto::passphrase_source& passphrase) {
        auto certificate = crypto::certificate::from_pem(texts.certificate.expose());
        if (!certificate) return std::move(certificate).error();
        auto key = crypto::private_key::from_pem(texts.key.expose(), passphrase);
        if (!key) return std::move(key).error();
        auto both = auth::x509_identity::make(*std::move(certificate), *std::move(key));
        if (!both) return std::move(both).error();
        return std::make_shared<const auth::x509_identity>(*std::move(both));
    }

    /// All of the request but its signature.
    expected<void> encode() {
        const roles_anywhere_options& what = of_->what;
        const auto& service = rolesanywhere::service_traits;
        const session in{.profile_arn = what.profile_arn,
                         .role_arn = what.role_arn,
                         .trust_anchor_arn = what.trust_anchor_arn,
                         .duration_seconds = what.duration_seconds.value_or(3600),
                         .role_session_name = what.role_session_name};
        auto where = from().endpoint_of(service, std::string(region_of(what.trust_anchor_arn)));
        if (!where) return std::move(where).error();
        auto all = from().resolved();
        if (!all) return std::move(all).error();
        endpoint_ = *std::move(where);
        unsigned_.target = endpoint_.base;
        runtime::user_agent((*all)->app_id.value, (*all)->execution_environment.value)
            .text(service, runtime::feature::retry_standard)
            .set_in(unsigned_.headers);
        return service.protocol->encode(session::wire<void>::operation, &in, unsigned_, {});
    }
    expected<http::request> draft() override {
        http::request out;
        const auth::signing how{.region = endpoint_.signing_region,
                                .service = endpoint_.signing_name,
                                .when = now(),
                                .rules = endpoint_.signing};
        if (auto done = auth::sign_x509(unsigned_, *holder_, how, out); !done)
            return std::move(done).error();
        return out;
    }

    void succeeded(http::response answer) override {
        session::output out;
        const auto read = rolesanywhere::service_traits.protocol->decode(
            session::wire<void>::operation, answer, &out);
        wipe(answer.body);
        if (!read) return failed(read.error());
        if (!read->empty()) return failed(runtime::unreadable(*read));
        const bool there = !out.credential_set.empty() && out.credential_set.front().credentials;
        if (!there) return failed(incomplete("credentials"));
        take(*out.credential_set.front().credentials);
    }
    void take(rolesanywhere::credentials& got) {
        if (got.access_key_id.empty()) return failed(incomplete("accessKeyId"));
        if (got.secret_access_key.empty()) return failed(incomplete("secretAccessKey"));
        if (got.session_token.empty()) return failed(incomplete("sessionToken"));
        if (!got.expiration) return failed(incomplete("expiration"));
        finish(std::make_shared<const credentials>(
            credentials{.access_key_id = std::move(got.access_key_id),
                        .secret_access_key = std::move(got.secret_access_key),
                        .session_token = std::move(got.session_token),
                        .expiration = got.expiration->to_instant(),
                        .account_id = std::string(parse_arn(of_->what.role_arn)->account),
                        .source = "IAM Roles Anywhere " + of_->what.role_arn}));
    }
    static error incomplete(const char* what) {
        return {.kind = error_kind::malformed_answer,
                .code = "MalformedAnswer",
                .message = std::string("IAM Roles Anywhere answered without ") + what};
    }
    void failed(error why) override {
        finish(caused_by({.kind = why.kind,
                          .retryable = why.retryable,
                          .code = "NoRolesAnywhereCredentials",
                          .message = of_->what.role_arn + " through " + of_->what.trust_anchor_arn},
                         why));
    }

    std::shared_ptr<const state> of_;
    identity holder_{};
    runtime::resolved_endpoint endpoint_{};
    http::request unsigned_{};
};

}  // namespace detail::roles_anywhere

/// Trades a certificate for credentials of a role.
///
///     awsxx::roles_anywhere_credentials here(
///         {.trust_anchor_arn = anchor, .profile_arn = profile, .role_arn = role,
///          .holder = {.certificate_file = "/etc/host.pem", .key_file = "/etc/host.key"}},
///         configuration);
///
/// The key never leaves the process; RSA and EC keys will do. Files are read before each fetch, so
/// that a renewed certificate is used. Keeps no credentials: `cached_credentials` does.
/// https://docs.aws.amazon.com/rolesanywhere/latest/userguide/introduction.html
class roles_anywhere_credentials final : public credentials_provider {
public:
    roles_anywhere_credentials(roles_anywhere_options what,
                               std::shared_ptr<const runtime::configuration> from)
        : state_(make_state(std::move(what), std::move(from))) {}

    resolution resolve(instant) override {
        if (auto good = detail::roles_anywhere::check(state_->what); !good)
            return std::move(good).error();
        return std::make_shared<detail::roles_anywhere::fetch>(state_);
    }
    bool invalidate(const credentials&, instant) override { return true; }

private:
    static std::shared_ptr<const detail::roles_anywhere::state> make_state(
        roles_anywhere_options what, std::shared_ptr<const runtime::configuration> from) {
        pem_source holder = what.holder;
        return std::shared_ptr<const detail::roles_anywhere::state>(
            new detail::roles_anywhere::state{std::move(what),
                                              made_of_pem<auth::x509_identity>(std::move(holder)),
                                              std::move(from)});
    }

    std::shared_ptr<const detail::roles_anywhere::state> state_;
};

}  // namespace awsxx::inline AWSXX_ABI
