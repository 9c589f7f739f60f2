// SPDX-License-Identifier: MIT
// The credentials that a profile of the shared config files leads to, by whatever way.
#pragma once

#include <awsxx/auth/feature.hpp>
#include <awsxx/auth/provider.hpp>
#include <awsxx/config/resolved.hpp>
#include <awsxx/config/sources.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/lazy.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/assume_role.hpp>
#include <awsxx/credentials/marked.hpp>
#include <awsxx/credentials/profile_plan.hpp>
#include <awsxx/credentials/profile_source.hpp>
#include <awsxx/credentials/required.hpp>
#include <awsxx/credentials/session_cache.hpp>
#include <awsxx/runtime/configuration.hpp>
#include <awsxx/runtime/identity.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

namespace detail::profile {

inline expected<std::optional<int>> duration_in(const named_profile& in) {
    const auto* at = in.find("duration_seconds");
    if (at == nullptr) return std::optional<int>();
    return config::number_in<int>({at->text, at->source()}, 900);
}

inline std::optional<std::string> optional_in(const named_profile& in, std::string_view key) {
    const auto* at = in.find(key);
    if (at == nullptr) return {};
    return at->text;
}

inline expected<assume_role_options> role_in(const named_profile& in) {
    auto duration = duration_in(in);
    if (!duration) return std::move(duration).error();
    return assume_role_options{.role_arn = in.text("role_arn"),
                               .role_session_name = in.text("role_session_name"),
                               .external_id = optional_in(in, "external_id"),
                               .duration_seconds = *duration,
                               .serial_number = optional_in(in, "mfa_serial")};
}

/// An error in a profile, with the place where it stands.
inline error at_place(const named_profile& in, std::string_view key, error why) {
    const error_kind kind =
        why.kind == error_kind::invalid_argument ? error_kind::configuration : why.kind;
    return caused_by(
        {.kind = kind, .code = "InvalidProfile", .message = detail::profile_plan::place(in, key)},
        std::move(why));
}

/// What AWS counts a profile's way to its credentials as.
inline auth::features way_of(const awsxx::profile_plan& plan) {
    using auth::feature;
    using source = awsxx::profile_source;
    auth::features way;
    for (const named_profile& role : plan.roles) {
        if (role.find("source_profile")) way |= feature::credentials_source_profile;
        if (role.find("credential_source")) way |= feature::credentials_named;
    }
    switch (plan.source) {
        case source::web_identity: return way | feature::credentials_profile_web_identity;
        case source::login: return way | feature::credentials_profile_login;
        case source::process: return way | feature::credentials_profile_process;
        case source::sso:
            return way | (plan.from.find("sso_session") ? feature::credentials_profile_sso
                                                        : feature::credentials_profile_sso_legacy);
        default: return way;
    }
}

/// The provider at the end of a plan; nothing is asked for yet.
inline expected<std::shared_ptr<credentials_provider>> follow(
    const awsxx::profile_plan& plan, const std::shared_ptr<const runtime::configuration>& from,
    const config::resolved& all) {
    auto source = profile_source_credentials(plan, from, all);
    if (!source) return std::move(source).error();
    const auto time = std::make_shared<runtime::corrected_clock>(from);
    std::shared_ptr<credentials_provider> provider = std::make_shared<required_credentials>(
        *std::move(source), time, profile_plan::place(plan.from, "credential_source"));
    if (const auto way = way_of(plan); !way.empty())
        provider = std::make_shared<marked_credentials>(provider, time, way);
    if (plan.roles.empty()) return provider;
    auto caller = std::make_shared<const runtime::identity>(from, cached(provider, from));
    for (const named_profile& one : plan.roles) {
        auto role = role_in(one);
        if (!role) return at_place(one, "duration_seconds", std::move(role).error());
        const std::string place = profile_plan::place(one, "role_arn");
        auto next = assume_role_from(caller, *role, place);
        if (!next) return at_place(one, "role_arn", std::move(next).error());
        provider = role_credentials(caller, *std::move(role), place);
        caller = *std::move(next);
    }
    return provider;
}

}  // namespace detail::profile

/// Follows a profile: its keys, or those of the source that it names, and the roles on top.
///
/// A profile without credentials is not configured, and so is one that does not exist; one that
/// cannot be right is an error with its file and line. The files are read once. Keeps none of the
/// credentials it gives, but those of the roles on the way to them.
class profile_credentials final : public credentials_provider {
public:
    /// `profile`: its name; empty: the one that is selected in code or environment.
    explicit profile_credentials(std::shared_ptr<const runtime::configuration> from,
                                 std::string profile = {})
        : from_(std::move(from)), profile_(std::move(profile)) {}

    resolution resolve(instant now) override {
        auto known = followed_.get([this] { return follow(); });
        if (!known) return std::move(known).error();
        return (**known)->resolve(now);
    }
    bool invalidate(const credentials& rejected, instant now) override {
        const auto* known = followed_.peek();
        return known == nullptr || (*known)->invalidate(rejected, now);
    }
    void explain(credentials_report& into) const override {
        if (const auto* known = followed_.peek()) (*known)->explain(into);
    }
    refresh_style style() const noexcept override {
        const auto* known = followed_.peek();
        return known ? (*known)->style() : refresh_style::strict;
    }
    bool is_final(const error& why) const noexcept override {
        const auto* known = followed_.peek();
        return known != nullptr && (*known)->is_final(why);
    }

private:
    expected<std::shared_ptr<credentials_provider>> follow() const {
        const auto known = from_->resolved();
        if (!known) return known.error();
        const config::resolved& all = **known;
        const auto plan =
            plan_profile(all.files.profiles, profile_.empty() ? all.profile_name.value : profile_);
        if (!plan) return plan.error();
        return detail::profile::follow(*plan, from_, all);
    }

    std::shared_ptr<const runtime::configuration> from_;
    std::string profile_;
    lazy<std::shared_ptr<credentials_provider>> followed_{};
};

}  // namespace awsxx::inline AWSXX_ABI
