// SPDX-License-Identifier: MIT
// Sessions of EchoStream's users: logged in through Cognito, with AWS keys that its API hands out.
#pragma once

#include <awsxx/appsync/client.hpp>
#include <awsxx/appsync/echostream_answer.hpp>
#include <awsxx/appsync/echostream_options.hpp>
#include <awsxx/auth/provider.hpp>
#include <awsxx/cognito/user.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/fork.hpp>
#include <awsxx/core/guarded.hpp>
#include <awsxx/core/system_clock.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/shared_renewal.hpp>
#include <awsxx/credentials/staged_renewal.hpp>
#include <awsxx/runtime/configuration.hpp>
#include <awsxx/runtime/region_source.hpp>
#include <awsxx/runtime/settings.hpp>
#include <awsxx/session.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI::appsync {

/// Asks EchoStream's API for the keys of a tenant or of an app.
///
/// Keeps none: a session that is made with this provider does. Knows the tenant's region and table
/// as soon as it was asked once. Any number of threads may use it.
class echostream_credentials final : public credentials_provider,
                                     public std::enable_shared_from_this<echostream_credentials> {
public:
    echostream_credentials(client api, echostream_query what, std::shared_ptr<clock> time)
        : api_(std::move(api)), what_(std::move(what)), time_(std::move(time)) {}

    resolution resolve(instant) override {
        auto fresh = std::exchange(memory_.lock()->unused, nullptr);
        if (fresh && (!fresh->expiration || *fresh->expiration > time_->now())) return fresh;
        return std::make_shared<fetch>(shared_from_this(), false);
    }
    void explain(credentials_report& into) const override { into.source = what_.called(); }

    /// Of the tenant; empty before the first keys.
    std::string region() const { return memory_.lock()->region; }
    std::string table() const { return memory_.lock()->table; }

    /// Gets keys for the region's sake. They are what `resolve` answers next.
    std::shared_ptr<renewal> search() { return std::make_shared<fetch>(shared_from_this(), true); }

private:
    struct memory {
        std::string region{};
        std::string table{};
        credentials_snapshot unused{};
    };

    class fetch final : public staged_renewal {
    public:
        fetch(std::shared_ptr<echostream_credentials> of, bool for_region)
            : of_(std::move(of)), for_region_(for_region) {}

    private:
        void begin() override {
            then_work([this] { finish(of_->ask(for_region_)); });
        }
        std::shared_ptr<echostream_credentials> of_;
        bool for_region_;
    };

    expected<credentials_snapshot> ask(bool for_region) {
        auto got = answered();
        if (!got)
            return caused_by({.kind = got.error().kind,
                              .retryable = got.error().retryable,
                              .code = "NoEchoStreamCredentials",
                              .message = what_.called()},
                             got.error());
        const auto keys = std::make_shared<const credentials>(std::move(got->keys));
        const auto held = memory_.lock();
        if (!got->region.empty()) held->region = std::move(got->region);
        if (!got->table.empty()) held->table = std::move(got->table);
        if (!for_region) return keys;
        held->unused = keys;
        if (!held->region.empty()) return keys;
        return error{.kind = error_kind::malformed_answer,
                     .code = "NoTenantRegion",
                     .message = what_.called() + ": the answer does not tell the region"};
    }
    expected<echostream_answer> answered() const {
        auto answer = api_.try_execute(what_.request());
        if (!answer) return std::move(answer).error();
        return read_echostream(*answer, what_);
    }

    client api_;
    echostream_query what_;
    std::shared_ptr<clock> time_;
    guarded<memory> memory_{};
};

namespace detail::echostream {

/// Asks for the region once, however many threads want it.
class tenant_region final : public region_source {
public:
    explicit tenant_region(std::shared_ptr<echostream_credentials> of) : of_(std::move(of)) {}

    std::optional<std::string> known() const override {
        auto found = of_->region();
        if (found.empty()) return {};
        return found;
    }
    std::shared_ptr<renewal> search(
        const std::shared_ptr<const runtime::configuration>& from) override {
        const auto held = memory_.lock();
        if (auto running = held->search.lock()) {
            if (held->begun_in == fork_generation()) return running;
            leave_to_parent(std::move(running));
        }
        auto begun =
            std::make_shared<shared_renewal>(std::make_shared<asker>(of_), from->outside().time);
        held->search = begun;
        held->begun_in = fork_generation();
        return begun;
    }

private:
    struct memory {
        std::weak_ptr<shared_renewal> search{};
        unsigned begun_in{};
    };
    class asker final : public credentials_provider {
    public:
        explicit asker(std::shared_ptr<echostream_credentials> of) : of_(std::move(of)) {}
        resolution resolve(instant) override {
            if (of_->region().empty()) return of_->search();
            return std::make_shared<const credentials>();
        }

    private:
        std::shared_ptr<echostream_credentials> of_;
    };

    std::shared_ptr<echostream_credentials> of_;
    guarded<memory> memory_{};
};

template <class Transport>
expected<basic_session<Transport>> session(const echostream_options& given, settings choices,
                                           std::shared_ptr<Transport> transport, bool of_app) {
    auto all = complete_echostream(given, choices, of_app);
    if (!all) return std::move(all).error();
    if (!choices.outside.time) choices.outside.time = std::make_shared<system_clock>();
    cognito::user who =
        all->user ? *std::move(all->user)
                  : cognito::user(cognito::user_pool(
                                      {.user_pool_id = all->pool_id, .client_id = all->client_id},
                                      choices, transport),
                                  {.user_name = all->user_name, .password = all->password});
    client api(all->endpoint, user_pool_token{std::move(who)}, choices, transport);
    auto keys = std::make_shared<echostream_credentials>(std::move(api), std::move(all->query),
                                                         choices.outside.time);
    if (!choices.region_source) choices.region_source = std::make_shared<tenant_region>(keys);
    return basic_session<Transport>(keys, std::move(choices), std::move(transport));
}

}  // namespace detail::echostream

/// A session with the keys of a tenant, for its API users. Makes no call yet.
///
///     auto tenant = awsxx::appsync::api_session({.tenant = "acme", .user_name = "robot"});
///     tenant.call(awsxx::sts::get_caller_identity{});
///
/// What `given` leaves out is taken from the environment. The session's region is the tenant's
/// unless code, environment or profile say another one. Fails with `configuration`,
/// "IncompleteEchoStreamOptions", naming all that is missing, and with `invalid_argument` for a
/// duration that EchoStream does not allow.
template <class Transport = http::curl_transport>
expected<basic_session<Transport>> try_api_session(const echostream_options& given = {},
                                                   settings choices = {},
                                                   std::shared_ptr<Transport> transport = {}) {
    return detail::echostream::session(given, std::move(choices), std::move(transport), false);
}
/// The same with the keys of an app, for its users.
template <class Transport = http::curl_transport>
expected<basic_session<Transport>> try_app_session(const echostream_options& given = {},
                                                   settings choices = {},
                                                   std::shared_ptr<Transport> transport = {}) {
    return detail::echostream::session(given, std::move(choices), std::move(transport), true);
}

#if defined(__cpp_exceptions)
template <class Transport = http::curl_transport>
basic_session<Transport> api_session(const echostream_options& given = {}, settings choices = {},
                                     std::shared_ptr<Transport> transport = {}) {
    return value_or_raise(try_api_session(given, std::move(choices), std::move(transport)));
}
template <class Transport = http::curl_transport>
basic_session<Transport> app_session(const echostream_options& given = {}, settings choices = {},
                                     std::shared_ptr<Transport> transport = {}) {
    return value_or_raise(try_app_session(given, std::move(choices), std::move(transport)));
}
#endif

}  // namespace awsxx::inline AWSXX_ABI::appsync
