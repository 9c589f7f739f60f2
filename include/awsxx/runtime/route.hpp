// SPDX-License-Identifier: MIT
// How the calls of one session reach one service: found once, then only read.
#pragma once

#include <awsxx/config/body_rules.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/runtime/clock_skew.hpp>
#include <awsxx/runtime/endpoint.hpp>
#include <awsxx/runtime/hedge_budget.hpp>
#include <awsxx/runtime/known_endpoints.hpp>
#include <awsxx/runtime/retry.hpp>
#include <awsxx/runtime/retry_quota.hpp>
#include <awsxx/runtime/user_agent.hpp>

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

class rate_budget;

/// What every call to a service needs and none has to find again.
struct route {
    resolved_endpoint endpoint{};    ///< Of calls that tell the rules nothing.
    std::optional<error> refusal{};  ///< Why there is none for them, if there is none.
    endpoint_inputs inputs{};
    bool by_account{};  ///< The rules want to know the caller's account.
    user_agent_text user_agent{};
    retry_policy policy{};
    std::shared_ptr<rate_budget> pace{};  ///< Of the adaptive retry mode; null in the other.
    http::limits limits{};                ///< Of each attempt.
    const config::body_rules* bodies{};   ///< As the configuration has them.
    bool corrects_skew = true;  ///< Sign by the service's clock where this computer's is off.
    bool traced{};              ///< In a Lambda function: pass its trace on.
    bool by_token{};            ///< A bearer token goes before a signature.
};

/// The routes of a session by service, signing name and, where it is not the session's, region.
///
/// Thread-safe; finding one that is there takes no lock. Routes and quotas live as long as this.
class route_table {
public:
    struct entry {
        std::string service{};
        std::string signing_name{};
        runtime::route route{};
        std::string region{};
        mutable retry_quota quota{};
        mutable hedge_budget hedges{};
        mutable clock_skew skew{};
        mutable known_endpoints endpoints{};  ///< Of calls that tell the rules something.
        mutable bucket_regions regions{};
        entry* older{};
    };

    route_table() = default;
    route_table(const route_table&) = delete;
    route_table& operator=(const route_table&) = delete;
    ~route_table() {
        for (entry* one = newest_.load(std::memory_order_acquire); one != nullptr;) {
            const std::unique_ptr<entry> gone(one);
            one = gone->older;
        }
    }

    /// The route to `service`, made by `make() -> expected<route>` unless it is there.
    template <class Make>
    expected<const entry*> get(const model::service& service, Make make) {
        entry* newest = newest_.load(std::memory_order_acquire);
        if (const entry* known = find(newest, service)) return known;
        expected<route> made = make();
        if (!made) return std::move(made).error();
        auto added = std::make_unique<entry>();
        added->service = service.id;
        added->signing_name = service.signing_name;
        added->region = service.region;
        added->route = *std::move(made);
        for (;;) {
            added->older = newest;
            if (newest_.compare_exchange_weak(newest, added.get(), std::memory_order_acq_rel,
                                              std::memory_order_acquire))
                return static_cast<const entry*>(added.release());
            if (const entry* known = find(newest, service)) return known;
        }
    }

private:
    static const entry* find(const entry* newest, const model::service& service) noexcept {
        for (const entry* one = newest; one != nullptr; one = one->older)
            if (one->service == service.id && one->signing_name == service.signing_name &&
                one->region == service.region)
                return one;
        return nullptr;
    }

    std::atomic<entry*> newest_{nullptr};
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
