// SPDX-License-Identifier: MIT
// Gives the same session for plans that mean the same, for as long as somebody uses it.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/guarded.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/identity/plan_key.hpp>
#include <awsxx/identity/session_plan.hpp>
#include <awsxx/runtime/mfa_prompt.hpp>
#include <awsxx/runtime/observer.hpp>
#include <awsxx/session.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI {

/// What all sessions of a registry have in common, as it cannot be compared.
struct registry_options {
    awsxx::observer observer{};
    mfa_prompt mfa{};
};

/// Sessions by what they are made of.
///
///     awsxx::registry sessions;
///     const auto audit = sessions.get({.settings = {.region = "eu-west-1"},
///                                      .keys = {},
///                                      .provider = {},
///                                      .roles = {{.role_arn = role}}});
///
/// The same session is one whose keys, connections and routes are the same, too: whoever asks for a
/// role that somebody uses already assumes nothing. `plan_keys` tells which plans mean the same;
/// they are compared letter by letter, never by a hash alone. The sessions before each role are
/// shared just so. A registry keeps no session alive: one that nobody has any more is made anew.
/// Asks nobody. Safe to use from any thread: who asks at the same time gets the same. Owned by
/// whoever made it; its sessions outlive it.
template <class Transport>
class basic_registry {
public:
    using session_type = basic_session<Transport>;

    /// Null: each session that begins a chain has a transport of its own.
    explicit basic_registry(registry_options common = {}, std::shared_ptr<Transport> transport = {})
        : common_(std::move(common)), transport_(std::move(transport)) {}

    /// Fails as `plan_keys` does, and as sessions do of which a role is asked that cannot be right.
    expected<session_type> try_get(const session_plan& plan) {
        const auto keys = plan_keys(plan);
        if (!keys) return keys.error();
        std::optional<session_type> found;  // let go of after the lock
        const auto held = sessions_.lock();
        std::size_t at = keys->size();
        while (at > 0 && !found) found = find(*held, (*keys)[--at]);
        if (!found) {
            found = first(plan);
            keep(*held, (*keys)[at], *found);
        }
        for (; at < plan.roles.size(); ++at) {
            auto next = found->try_assume_role(plan.roles[at]);
            if (!next) return std::move(next).error();
            found = *std::move(next);
            keep(*held, (*keys)[at + 1], *found);
        }
        return *found;
    }
#if defined(__cpp_exceptions)
    session_type get(const session_plan& plan) { return value_or_raise(try_get(plan)); }
#endif

    /// How many different sessions are in use.
    std::size_t size() const {
        const auto held = sessions_.lock();
        drop_unused(*held);
        return held->by_key.size();
    }
    /// Forgets all; who asks from now on gets new ones. Those in use go on.
    void clear() {
        sessions gone;
        std::swap(gone, *sessions_.lock());
    }

private:
    struct sessions {
        std::map<std::string, session_core::weak> by_key{};
        std::size_t tidy_at = 16;
    };

    session_type first(const session_plan& plan) const {
        settings chosen = plan.settings;
        chosen.observer = common_.observer;
        chosen.mfa = common_.mfa;
        if (plan.keys) return session_type(*plan.keys, std::move(chosen), transport_);
        if (plan.provider) return session_type(plan.provider, std::move(chosen), transport_);
        return session_type(std::move(chosen), transport_);
    }
    static std::optional<session_type> find(const sessions& in, const std::string& key) {
        const auto known = in.by_key.find(key);
        if (known == in.by_key.end()) return {};
        auto core = known->second.lock();
        if (!core) return {};
        return session_type(*std::move(core));
    }
    static void keep(sessions& in, const std::string& key, const session_type& one) {
        if (in.by_key.size() >= in.tidy_at) drop_unused(in);
        in.by_key.insert_or_assign(key, session_core::weak(one.core()));
    }
    static void drop_unused(sessions& in) {
        std::erase_if(in.by_key, [](const auto& one) { return !one.second.lock(); });
        in.tidy_at = std::max<std::size_t>(16, 2 * in.by_key.size());
    }

    const registry_options common_;
    const std::shared_ptr<Transport> transport_;
    guarded<sessions> sessions_{};
};

/// The registry that programs use.
using registry = basic_registry<http::curl_transport>;

}  // namespace awsxx::inline AWSXX_ABI
