// SPDX-License-Identifier: MIT
// Asks a service where its operations are, as Timestream wants to be asked.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/guarded.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/shared_renewal.hpp>
#include <awsxx/credentials/shared_search.hpp>
#include <awsxx/credentials/staged_renewal.hpp>
#include <awsxx/http/parse_uri.hpp>
#include <awsxx/http/uri.hpp>
#include <awsxx/model/access.hpp>
#include <awsxx/model/field.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/runtime/call.hpp>
#include <awsxx/runtime/discovered_endpoint.hpp>
#include <awsxx/runtime/identity.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI {

namespace detail::endpoint_discovery {

/// What DescribeEndpoints answers, alike in all services that have it. It takes nothing.
struct place {
    std::string address{};
    std::int64_t minutes{};
    template <class>
    struct wire;
};

struct answer {
    std::vector<endpoint_discovery::place> places{};
    template <class>
    struct wire;
};

template <class D>
struct place::wire {
    static constexpr model::field fields[] = {
        {"Address", &model::text, offsetof(endpoint_discovery::place, address)},
        {"CachePeriodInMinutes", &model::long_integer,
         offsetof(endpoint_discovery::place, minutes)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct answer::wire {
    static constexpr model::field fields[] = {
        {"Endpoints", model::list_of<endpoint_discovery::place, D>,
         offsetof(endpoint_discovery::answer, places)},
    };
    static constexpr model::type type = model::structure(fields);
};

/// What was told, and until when that is good.
struct memory {
    std::optional<http::uri> address{};
    steady_instant until{};
    shared_search search{};
};
using shared_memory = std::shared_ptr<const guarded<memory>>;

/// After that time a service is asked again that could not say.
inline constexpr std::chrono::minutes soon{1};

/// One question.
class fetch final : public staged_renewal {
public:
    /// `required`: without an answer there is nowhere to go.
    fetch(std::shared_ptr<const runtime::identity> caller, const model::operation& what,
          bool required, shared_memory to)
        : caller_(std::move(caller)), what_(what), required_(required), to_(std::move(to)) {}

private:
    void begin() override {
        call_.emplace(caller_, what_, nullptr, &out_);
        then_call(*call_, [this] { take(); });
    }
    void take() {
        if (const auto& why = call_->failure()) return fail(*why);
        for (const endpoint_discovery::place& one : out_.places) {
            const bool whole = one.address.find("://") != std::string::npos;
            auto address = http::parse_uri(whole ? one.address : "https://" + one.address);
            if (!address) continue;
            constexpr std::int64_t longest = 365 * 24 * 60;
            const std::int64_t minutes = std::clamp<std::int64_t>(one.minutes, 1, longest);
            return learn(*std::move(address), std::chrono::minutes(minutes));
        }
        fail({.kind = error_kind::malformed_answer,
              .code = "MalformedAnswer",
              .message = "the service answered without the address of an endpoint"});
    }
    void learn(http::uri address, std::chrono::minutes lifetime) {
        const auto held = to_->lock();
        held->address = std::move(address);
        keep(*held, lifetime);
    }
    /// What was known before may still be right.
    void fail(const error& why) {
        const auto held = to_->lock();
        if (!held->address && !required_) held->address = http::uri();
        if (held->address) return keep(*held, soon);
        held->search.ended();
        finish(caused_by({.kind = why.kind,
                          .retryable = why.retryable,
                          .code = "NoDiscoveredEndpoint",
                          .message = std::string(what_.name) + " of " +
                                     std::string(what_.service->id) + " does not tell where to go"},
                         why));
    }
    void keep(memory& held, std::chrono::minutes lifetime) {
        held.until = caller_->time().steady_now() + lifetime;
        held.search.ended();
        finish(std::make_shared<const credentials>());
    }

    std::shared_ptr<const runtime::identity> caller_;
    const model::operation& what_;
    bool required_;
    shared_memory to_;
    endpoint_discovery::answer out_{};
    std::optional<runtime::call> call_{};
};

/// Asks with the keys of `caller`.
class source final : public credentials_provider {
public:
    source(std::shared_ptr<const runtime::identity> caller, const model::operation& of,
           shared_memory to)
        : caller_(std::move(caller)),
          at_(as_described(*of.service)),
          what_{.name = of.discovery.operation,
                .service = &at_,
                .input = &model::empty_structure,
                .output = &answer::wire<void>::type,
                .tells_endpoints = true},
          required_(of.discovery.required),
          to_(std::move(to)) {}
    source(const source&) = delete;
    source& operator=(const source&) = delete;

    resolution resolve(instant) override {
        return std::make_shared<fetch>(caller_, what_, required_, to_);
    }

private:
    /// A copy may encode one operation only, and end before this.
    static model::service as_described(const model::service& of) noexcept {
        model::service made = of.copy_of != nullptr ? *of.copy_of : of;
        made.region = of.region;
        return made;
    }

    std::shared_ptr<const runtime::identity> caller_;
    model::service at_;
    model::operation what_;
    bool required_;
    shared_memory to_;
};

}  // namespace detail::endpoint_discovery

/// Keeps what the service says as long as it says so. One that cannot be asked again is believed
/// for another minute; where nothing was known, a call whose operation requires it fails with
/// `NoDiscoveredEndpoint`, which has the reason as its cause, and others go to the usual endpoint
/// for a minute.
class endpoint_discovery_cache final : public runtime::discovered_endpoint {
public:
    endpoint_discovery_cache(const std::shared_ptr<const runtime::identity>& caller,
                             const model::operation& of)
        : time_(caller->configuration()->outside().time),
          source_(std::make_shared<detail::endpoint_discovery::source>(caller, of, memory_)) {}

    std::optional<http::uri> known() const override {
        const auto held = memory_->lock();
        return time_->steady_now() < held->until ? held->address : std::nullopt;
    }
    std::shared_ptr<renewal> search() override {
        return memory_->lock()->search.get(
            [this] { return std::make_shared<shared_renewal>(source_, time_); });
    }
    void forget(std::string_view host) override {
        const auto held = memory_->lock();
        if (held->address && held->address->host == host) held->address.reset();
    }

private:
    std::shared_ptr<clock> time_;
    detail::endpoint_discovery::shared_memory memory_ =
        std::make_shared<const guarded<detail::endpoint_discovery::memory>>();
    std::shared_ptr<credentials_provider> source_;
};

}  // namespace awsxx::inline AWSXX_ABI
