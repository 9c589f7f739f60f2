// SPDX-License-Identifier: MIT
// What a profile says about credentials: where the first ones come from, and which roles follow.
#pragma once

#include <awsxx/config/profile_file.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI {

/// A profile by name. Seen, not owned.
struct named_profile {
    std::string name{};
    const config::properties* values{};

    /// The value of a property, or null if there is none.
    const config::file_value* find(std::string_view key) const {
        return config::find_filled(*values, key);
    }
    std::string text(std::string_view key) const {
        const config::file_value* found = find(key);
        return found ? found->text : std::string();
    }
};

/// The kinds of sources that need no other credentials.
enum class profile_source : unsigned char {
    keys,          ///< The profile has them.
    environment,   ///< `credential_source = Environment`
    container,     ///< `credential_source = EcsContainer`
    imds,          ///< `credential_source = Ec2InstanceMetadata`
    web_identity,  ///< `web_identity_token_file` and `role_arn`
    sso,
    login,
    process,
};

/// The steps that lead to a profile's credentials.
struct profile_plan {
    profile_source source{};
    named_profile from{};                ///< The profile that `source` stands in.
    std::vector<named_profile> roles{};  ///< Assumed one after the other.
};

namespace detail::profile_plan {

AWSXX_COLD inline error wrong(const char* code, std::string message) {
    return {.kind = error_kind::configuration, .code = code, .message = std::move(message)};
}

inline bool has_any(const named_profile& in, std::initializer_list<std::string_view> keys) {
    return std::any_of(keys.begin(), keys.end(),
                       [&](std::string_view key) { return in.find(key) != nullptr; });
}

inline bool has_keys(const named_profile& in) {
    return has_any(in, {"aws_access_key_id", "aws_secret_access_key"});
}

/// "profile dev (/home/me/.aws/config:3)": where `key` stands.
inline std::string place(const named_profile& in, std::string_view key) {
    const config::file_value* at = in.find(key);
    return "profile " + in.name + (at ? " (" + at->source() + ")" : std::string());
}

inline expected<profile_source> named_source(const named_profile& in) {
    const std::string name = in.text("credential_source");
    if (name == "Environment") return profile_source::environment;
    if (name == "EcsContainer") return profile_source::container;
    if (name == "Ec2InstanceMetadata") return profile_source::imds;
    return wrong("InvalidCredentialSource",
                 place(in, "credential_source") + ": credential_source \"" + name +
                     "\" is none of Environment, EcsContainer and Ec2InstanceMetadata");
}

/// Where a profile's own credentials come from, its role and its source profile left aside.
inline expected<profile_source> source_in(const named_profile& in) {
    if (in.find("credential_source")) return named_source(in);
    if (in.find("web_identity_token_file")) {
        if (in.find("role_arn")) return profile_source::web_identity;
        return wrong("MissingRoleArn", place(in, "web_identity_token_file") +
                                           ": web_identity_token_file needs a role_arn");
    }
    if (has_any(in, {"sso_session", "sso_account_id", "sso_role_name", "sso_start_url"}))
        return profile_source::sso;
    if (in.find("login_session")) return profile_source::login;
    if (in.find("credential_process")) return profile_source::process;
    if (has_any(in, {"aws_access_key_id", "aws_secret_access_key", "aws_session_token",
                     "aws_security_token"}))
        return profile_source::keys;
    return error{.kind = error_kind::not_configured,
                 .code = "NoProfileCredentials",
                 .message = "profile " + in.name + " has no credentials in it"};
}

/// Follows `source_profile` from one profile to the next.
class walk {
public:
    explicit walk(const config::sections& all) : all_(all) {}

    expected<awsxx::profile_plan> from(const std::string& selected) {
        named_profile at{selected, find(selected)};
        if (at.values == nullptr)
            return error{.kind = error_kind::not_configured,
                         .code = "NoProfileCredentials",
                         .message = "there is no profile " + selected};
        for (;;) {
            if (auto seen = visit(at); !seen) return seen.error();
            const bool sourced = visited_.size() > 1;
            if (sourced && has_keys(at)) return end(profile_source::keys, at);
            if (!at.find("role_arn") || at.find("web_identity_token_file")) return end_at(at);
            plan_.roles.push_back(at);
            auto next = next_of(at);
            if (!next) return std::move(next).error();
            if (next->name.empty() || next->name == at.name) return end_at(at);
            at = *std::move(next);
        }
    }

private:
    const config::properties* find(const std::string& name) const {
        const auto found = all_.find(name);
        return found == all_.end() ? nullptr : &found->second;
    }

    expected<void> visit(const named_profile& at) {
        if (std::find(visited_.begin(), visited_.end(), at.name) == visited_.end()) {
            visited_.push_back(at.name);
            return {};
        }
        std::string path;
        for (const std::string& name : visited_) path += name + " -> ";
        return wrong("ProfileCycle", "source_profile goes in a circle: " + path + at.name);
    }

    /// The profile that a role's credentials come from; without a name, a source in `at` itself.
    expected<named_profile> next_of(const named_profile& at) const {
        const bool named = at.find("credential_source") != nullptr;
        const config::file_value* source = at.find("source_profile");
        if (named && source)
            return wrong("TwoCredentialSources",
                         place(at, "role_arn") +
                             ": source_profile and credential_source exclude each other");
        if (named) return named_profile{};
        if (!source)
            return wrong(
                "NoCredentialSource",
                place(at, "role_arn") + ": role_arn needs a source_profile or a credential_source");
        named_profile next{source->text, find(source->text)};
        if (next.values == nullptr)
            return wrong("SourceProfileNotFound",
                         "profile " + source->text +
                             " does not exist; it is the source_profile of " +
                             place(at, "source_profile"));
        return next;
    }

    expected<awsxx::profile_plan> end_at(const named_profile& at) {
        auto source = source_in(at);
        if (source) return end(*source, at);
        if (source.error().kind != error_kind::not_configured) return std::move(source).error();
        if (visited_.size() > 1)
            return wrong("SourceProfileEmpty", "profile " + at.name +
                                                   " has no credentials in it; it is the "
                                                   "source_profile of profile " +
                                                   visited_[visited_.size() - 2]);
        if (!plan_.roles.empty())
            return wrong("SourceProfileEmpty",
                         place(at, "source_profile") + " is its own source and has no keys");
        return std::move(source).error();
    }

    expected<awsxx::profile_plan> end(profile_source source, const named_profile& at) {
        plan_.source = source;
        plan_.from = at;
        std::reverse(plan_.roles.begin(), plan_.roles.end());
        return std::move(plan_);
    }

    const config::sections& all_;
    std::vector<std::string> visited_{};
    awsxx::profile_plan plan_{};
};

}  // namespace detail::profile_plan

/// Finds the steps to a profile's credentials. `not_configured`: it has none, or there is no such
/// profile. `configuration`: it, or a profile that it refers to, cannot be right; the message names
/// the profiles and where they stand. `profiles` has to live as long as the plan.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html
inline expected<profile_plan> plan_profile(const config::sections& profiles,
                                           const std::string& selected) {
    return detail::profile_plan::walk(profiles).from(selected);
}

}  // namespace awsxx::inline AWSXX_ABI
