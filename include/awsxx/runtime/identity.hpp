// SPDX-License-Identifier: MIT
// What the calls of one session have in common: settings, credentials, routes and the clock's error.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/config/bearer_variable.hpp>
#include <awsxx/config/preference.hpp>
#include <awsxx/config/retry_mode.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/runtime/call_failures.hpp>
#include <awsxx/runtime/clock_skew.hpp>
#include <awsxx/runtime/configuration.hpp>
#include <awsxx/runtime/discovered_endpoint.hpp>
#include <awsxx/runtime/proof.hpp>
#include <awsxx/runtime/rate_budget.hpp>
#include <awsxx/runtime/route.hpp>
#include <awsxx/runtime/shared_parts.hpp>
#include <awsxx/runtime/trace.hpp>
#include <awsxx/runtime/user_agent.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// The roles that were assumed to get to an identity.
struct role_path {
    int count{};
    std::string key{};  ///< What tells this path from others; empty where there are no roles.
    std::shared_ptr<credentials_provider> root{};  ///< Whoever assumed the first; null: nobody.
    bool signs{};  ///< By signature even where the environment has a token that would do.
};

/// Shared by a session's copies and by the calls in flight. Any number of threads may use it.
class identity {
public:
    /// `region`: instead of the configuration's. The provider may be null where no call is signed.
    identity(std::shared_ptr<const runtime::configuration> from,
             std::shared_ptr<credentials_provider> provider, std::optional<std::string> region = {},
             role_path roles = {})
        : configuration_(std::move(from)),
          provider_(std::move(provider)),
          region_(std::move(region)),
          roles_(std::move(roles)) {}

    /// The same credentials, and what is shared beside them, in another region.
    identity(const identity& from, std::string region)
        : configuration_(from.configuration_),
          provider_(from.provider_),
          region_(std::move(region)),
          roles_(from.roles_),
          shared_(from.shared_) {}

    const std::shared_ptr<const runtime::configuration>& configuration() const noexcept {
        return configuration_;
    }
    credentials_provider& provider() const noexcept { return *provider_; }
    const std::shared_ptr<credentials_provider>& shared_provider() const noexcept {
        return provider_;
    }
    clock& time() const noexcept { return *configuration_->outside().time; }
    random_source& random() const noexcept { return *configuration_->outside().random; }
    clock_skew& skew() const noexcept { return configuration_->skew(); }
    /// The time as AWS's servers have it.
    instant now() const noexcept { return time().now() + skew().current(); }
    const std::optional<std::string>& own_region() const noexcept { return region_; }
    int roles() const noexcept { return roles_.count; }
    const runtime::role_path& role_path() const noexcept { return roles_; }
    /// Whose credentials everything began with.
    const std::shared_ptr<credentials_provider>& root() const noexcept {
        return roles_.root ? roles_.root : provider_;
    }

    /// What all that use this identity share beside it. It must not hold the identity.
    shared_parts& shared() const noexcept { return *shared_; }

    /// Who gives what calls of an operation are proved with: keys, or tokens for its service.
    /// Lives as long as this; null where nobody is to be asked. Fails where a token is wanted and
    /// there is none, or would not be safe on its way to `target`.
    expected<credentials_provider*> source_for(const model::operation& what, model::auth how,
                                               const http::uri& target) const {
        if (how != model::auth::bearer) return provider_.get();
        if (auto safe = check_bearer_target(target); !safe) return std::move(safe).error();
        const std::string name = signing_name(*what.service);
        if (auto* const source = token_source(name)) return source;
        return credentials_unavailable(
            {.kind = error_kind::not_configured,
             .code = "NoBearerToken",
             .message = "the session was given credentials, which are no token for " + name +
                        ", and its settings have no bearer_tokens"});
    }

    /// Who gives the keys of sessions at a directory bucket. Lives as long as this.
    expected<credentials_provider*> session_at(const model::service& service,
                                               std::string_view bucket) const {
        const auto make = configuration_->makers().bucket_session;
        if (make == nullptr)
            return credentials_unavailable({.kind = error_kind::not_configured,
                                            .code = "NoBucketSession",
                                            .message = "nobody opens sessions at buckets"});
        const std::string name = "bucket " + std::string(bucket) + " " + region_.value_or("");
        const auto source = shared_->get<credentials_provider>(
            name, [&] { return make(alone(), service, bucket); });
        return source.get();
    }
    /// What the service of an operation tells of its address. Lives as long as this; null where
    /// nobody asks.
    discovered_endpoint* discovery_of(const model::operation& what) const {
        const auto make = configuration_->makers().discovery;
        if (make == nullptr) return nullptr;
        std::string name(what.discovery.required ? "required " : "");
        name.append(what.service->id)
            .append(" ")
            .append(what.service->region)
            .append(" ")
            .append(region_.value_or(""));
        return shared_->get<discovered_endpoint>(name, [&] { return make(alone(), what); }).get();
    }

    /// How to reach a service. The first time, files and environment may be read.
    expected<const route_table::entry*> route_to(const model::service& service) const {
        return routes_.get(service, [&] { return find_route(service); });
    }

private:
    /// The same, without what is shared beside it: that can hold this one.
    std::shared_ptr<const identity> alone() const {
        return std::make_shared<const identity>(configuration_, provider_, region_, roles_);
    }
    static std::string signing_name(const model::service& of) {
        return std::string(of.signing_name.empty() ? of.endpoint_prefix : of.signing_name);
    }
    credentials_provider* token_source(const std::string& name) const {
        const auto make = configuration_->makers().tokens;
        const auto source = shared_->get<credentials_provider>("bearer " + name, [&] {
            return make == nullptr ? nullptr : make(configuration_, name);
        });
        return source.get();
    }
    /// Tokens chosen in code go before keys; one in the environment does where nobody chose keys or
    /// a profile in code, or said what is preferred.
    bool prefers_token(const model::service& to, std::string_view schemes) const {
        if (!to.takes_tokens || roles_.count > 0 || roles_.signs) return false;
        const auto& chosen = configuration_->choices();
        const std::string name = signing_name(to);
        if (chosen.bearer_tokens == nullptr) {
            const std::size_t keys = config::place_in(schemes, "sigv4");
            const std::size_t tokens = config::place_in(schemes, "httpBearerAuth");
            if (keys < tokens || (keys == tokens && chosen.profile)) return false;
            const auto& environment = *configuration_->outside().environment;
            if (!get_filled(environment, config::bearer_token_variable(name))) return false;
        }
        return token_source(name) != nullptr;
    }

    expected<route> find_route(const model::service& service) const {
        auto known = configuration_->resolved();
        if (!known) return std::move(known).error();
        auto inputs = configuration_->endpoint_inputs_for(service, region_);
        if (!inputs) return std::move(inputs).error();
        const config::resolved& all = **known;
        const bool adapts = all.retry_mode.value == to_string(retry_mode::adaptive);
        features used = adapts ? feature::retry_adaptive : feature::retry_standard;
        if (!inputs->url.empty()) used |= feature::endpoint_override;
        if (service.protocol != nullptr && service.protocol->name == "rpcv2Cbor")
            used |= feature::rpc_v2_cbor;
        route found;
        const user_agent program(all.app_id.value, all.execution_environment.value);
        found.user_agent = program.text(service, used);
        if (adapts) found.pace = std::make_shared<rate_budget>(rate_plan{.adapts = true});
        found.policy = retry_policy_for(service.id, all.max_attempts);
        found.traced = runs_in_lambda(*configuration_->outside().environment);
        found.by_token = prefers_token(service, inputs->more.auth_schemes);
        found.limits = configuration_->limits(all);
        found.corrects_skew = all.correct_clock_skew.value;
        found.bodies = &all.bodies;
        found.inputs = *std::move(inputs);
        auto endpoint = find_endpoint(service, found.inputs);
        if (endpoint)
            found.endpoint = *std::move(endpoint);
        else
            found.refusal = std::move(endpoint).error();
        found.by_account = found.inputs.more.account_endpoints != account_endpoints::disabled &&
                           asks_for_account(service);
        return found;
    }

    const std::shared_ptr<const runtime::configuration> configuration_;
    const std::shared_ptr<credentials_provider> provider_;
    const std::optional<std::string> region_;
    const runtime::role_path roles_;
    mutable route_table routes_{};
    const std::shared_ptr<shared_parts> shared_ = std::make_shared<shared_parts>();
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
