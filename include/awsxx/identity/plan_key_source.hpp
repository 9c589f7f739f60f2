// SPDX-License-Identifier: MIT
// How plans are spelled: compiled in every file that has a registry, or once a program.
#pragma once

#include <awsxx/auth/feature.hpp>
#include <awsxx/codec/sorted_json.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/lazy.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/digest.hpp>
#include <awsxx/crypto/random_token.hpp>
#include <awsxx/crypto/sha256.hpp>
#include <awsxx/http/parse_uri.hpp>
#include <awsxx/http/uri.hpp>
#include <awsxx/identity/session_plan.hpp>
#include <awsxx/runtime/configuration.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI {

namespace detail::plan_key {

/// What secrets are hashed with: random, and the same for as long as the process runs.
inline expected<const crypto::hmac_key*> process_key() {
    static const lazy<crypto::hmac_key> key;
    return key.get([]() -> expected<crypto::hmac_key> {
        const auto token = crypto::random_token();
        if (!token) return token.error();
        return crypto::hmac_key(token->expose());
    });
}

/// Appends values one after the other, so that no two lists of values give the same text.
class writer {
public:
    explicit writer(const crypto::hmac_key& key) : key_(&key) {}

    void put(std::string_view text) {
        out_.append(std::to_string(text.size())).append(":").append(text);
    }
    void put(const std::string& text) { put(std::string_view(text)); }
    void put(const secret& text) { put_hashed(text.expose()); }
    void put(milliseconds time) { put(time.count()); }
    void put(instant time) { put(time.time_since_epoch().count()); }
    void put(auth::features which) { put(which.bits()); }
    void put(const void* object) { put(reinterpret_cast<std::uintptr_t>(object)); }
    template <class T>
    void put(const std::shared_ptr<T>& object) {
        put(static_cast<const void*>(object.get()));
    }
    template <class T>
        requires(std::is_integral_v<T> || std::is_enum_v<T>)
    void put(T number) {
        if constexpr (std::is_enum_v<T>)
            put(static_cast<std::underlying_type_t<T>>(number));
        else
            out_.append(std::to_string(+number)).append(";");
    }
    template <class T>
    void put(const std::optional<T>& value) {
        out_ += value ? '+' : '-';
        if (value) put(*value);
    }
    /// What must not be readable in the key.
    void put_hashed(std::string_view text) {
        const auto digest = key_->sign(text);
        put(text.empty() ? text : crypto::as_text(digest));
    }

    const std::string& text() const noexcept { return out_; }
    const crypto::hmac_key& key() const noexcept { return *key_; }

private:
    const crypto::hmac_key* key_;
    std::string out_{};
};

template <class... T>
void put_all(writer& to, const T&... values) {
    (to.put(values), ...);
}

/// Elements in any order, each spelled by `spell(writer&, element)`.
template <class Element, class Spell>
void put_unordered(writer& to, const std::vector<Element>& all, Spell spell) {
    std::vector<std::string> texts;
    for (const Element& one : all) {
        writer alone(to.key());
        spell(alone, one);
        texts.push_back(alone.text());
    }
    std::sort(texts.begin(), texts.end());
    to.put(texts.size());
    for (const std::string& text : texts) to.put(text);
}

/// How many members the objects of a JSON text have.
inline std::ptrdiff_t count_members(std::string_view json) noexcept {
    std::ptrdiff_t count = 0;
    bool quoted = false;
    for (std::size_t at = 0; at < json.size(); ++at) {
        if (json[at] == '"') quoted = !quoted;
        if (json[at] == '\\' && quoted) ++at;
        if (json[at] == ':' && !quoted) ++count;
    }
    return count;
}

/// A document's one spelling. Where a name comes twice, nobody knows which AWS takes.
inline std::string spelled_policy(const std::string& policy) {
    auto sorted = codec::sorted_json(policy, codec::json_spacing::tight);
    if (!sorted || count_members(*sorted) != count_members(policy)) return policy;
    return *std::move(sorted);
}

inline void put_url(writer& to, const std::string& url) {
    auto parsed = http::parse_uri(url);
    if (!parsed) return to.put_hashed(url);  // there may be a password in it
    parsed->port = parsed->effective_port();
    to.put(to_string(*parsed));
}

/// Without what changes nothing: "./", "//", a slash at the end.
inline std::string spelled_path(std::string_view path) {
    std::string spelled = path.starts_with('/') ? "/" : "";
    while (!path.empty()) {
        const std::string_view step = text::take_until(path, '/');
        if (step.empty() || step == ".") continue;
        if (!spelled.empty() && !spelled.ends_with('/')) spelled += '/';
        spelled += step;
    }
    return spelled;
}

// Each of these names all members, so that a new one has to be thought of here.

inline void put_windows(writer& to, const refresh_windows& windows) {
    const auto& [advisory, mandatory] = windows;
    for (auto window : {advisory, mandatory}) {
        if (window) window = (std::max)(*window, milliseconds::zero());
        to.put(window);
    }
}

inline void put_files(writer& to, const credentials_files& files) {
    const auto& [mode, folder, least_left] = files;
    to.put(mode);
    if (mode == credentials_files::use::none) return;
    to.put(spelled_path(folder.empty() ? std::string_view("~/.aws/cli/cache") : folder));
    to.put(least_left);
}

inline void put_network(writer& to, const settings& from) {
    const auto& [connect, first_byte, no_progress, total, answer_bytes] = from.limits;
    put_all(to, connect, first_byte, no_progress, total, answer_bytes);
    to.put(from.proxies.has_value());
    if (from.proxies) {
        const auto& [http, https, none] = *from.proxies;
        for (const std::string* const one : {&http, &https, &none}) to.put_hashed(*one);
    }
    to.put(from.ca_bundle.has_value());
    if (from.ca_bundle) to.put(spelled_path(*from.ca_bundle));
}

inline void put_urls(writer& to, const settings& from) {
    to.put(from.endpoint_url.has_value());
    if (from.endpoint_url) put_url(to, *from.endpoint_url);
    to.put(from.endpoint_urls.size());
    for (const auto& [service, url] : from.endpoint_urls) {
        to.put(service);
        put_url(to, url);
    }
}

inline void put_settings(writer& to, const settings& from) {
    const auto& [region, region_order, profile, endpoint_url, endpoint_urls, fips, dual_stack,
                 account_hosts, discovery, no_host_prefix, s3, auth_schemes, sigv4a_regions,
                 max_attempts, retry_mode, corrects_skew, app_id, proxies, ca_bundle, insecure,
                 http2, bodies, limits, call_timeout, limiter, hedging, refresh, files, observer,
                 mfa, bearer_tokens, region_source, outside] = from;
    put_all(to, region, region_order, profile, fips, dual_stack);
    put_all(to, account_hosts, discovery, no_host_prefix);
    put_urls(to, from);
    const auto& [addressing, accelerate, arn_region, no_access_points, no_express, signs_payload] =
        s3;
    put_all(to, addressing, accelerate, arn_region, no_access_points, no_express, signs_payload);
    put_all(to, auth_schemes, sigv4a_regions, max_attempts, retry_mode, corrects_skew);
    put_all(to, app_id, insecure, http2, limiter.shared_state());
    const auto& [hedged_after, hedged_share] = hedging;
    put_all(to, hedged_after, std::bit_cast<std::uint64_t>(hedged_share));
    put_network(to, from);
    const auto& [request_checksums, answer_checksums, compression, compress_from] = bodies;
    put_all(to, request_checksums, answer_checksums, compression, compress_from);
    to.put((std::max)(call_timeout, milliseconds::zero()));
    put_windows(to, refresh);
    put_files(to, files);
    const auto& [time, random, environment, file_system, processes, names, devices] = outside;
    put_all(to, time, random, environment, file_system, processes, names, devices);
    put_all(to, bearer_tokens, region_source);
}

inline void put_keys(writer& to, const credentials& keys) {
    const auto& [id, key, token, expiration, account, source, via, role_id, role_arn] = keys;
    put_all(to, id, key, token, expiration, account, source, via, role_id, role_arn);
}

inline void put_role(writer& to, const assume_role_options& role,
                     const std::optional<std::string>& region) {
    const auto& [arn, name, own_region, external_id, duration, policy, policies, tags, transitive,
                 source_identity, serial_number, code, contexts, place] = role;
    static_cast<void>(place);  // it is told in errors, and changes nothing
    put_all(to, arn, name, region, external_id, duration.value_or(3600));
    to.put(policy.has_value());
    if (policy) to.put(spelled_policy(*policy));
    put_unordered(to, policies, [](writer& w, const auto& one) { w.put(one.arn); });
    put_unordered(to, tags, [](writer& w, const auto& one) { put_all(w, one.key, one.value); });
    put_unordered(to, transitive, [](writer& w, const std::string& key) { w.put(key); });
    put_all(to, source_identity, serial_number, code, contexts.size());
    for (const auto& one : contexts) {
        put_all(to, one.provider_arn, one.context_assertion.has_value());
        to.put_hashed(one.context_assertion.value_or(""));  // a signed token
    }
}

inline expected<void> check(const session_plan& plan) {
    if (plan.keys && plan.provider)
        return error{.kind = error_kind::invalid_argument,
                     .code = "KeysTwice",
                     .message = "the plan has keys and a provider of keys"};
    if (plan.settings.observer.note || plan.settings.mfa)
        return error{.kind = error_kind::invalid_argument,
                     .code = "NotComparable",
                     .message =
                         "functions cannot be compared: observer and mfa are given to the "
                         "registry, not to a plan"};
    return {};
}

}  // namespace detail::plan_key

AWSXX_ONCE expected<std::vector<std::string>> plan_keys(const session_plan& plan) {
    namespace own = detail::plan_key;
    if (auto sound = own::check(plan); !sound) return std::move(sound).error();
    const auto key = own::process_key();
    if (!key) return key.error();
    own::writer to(**key);
    own::put_settings(to, runtime::configuration::without_empty_choices(plan.settings));
    to.put(plan.keys.has_value());
    if (plan.keys) own::put_keys(to, *plan.keys);
    to.put(plan.provider);
    std::vector<std::string> keys{to.text()};
    std::optional<std::string> region = plan.settings.region;
    for (const assume_role_options& role : plan.roles) {
        if (role.region) region = role.region;
        own::put_role(to, role, region);
        keys.push_back(to.text());
    }
    return keys;
}

}  // namespace awsxx::inline AWSXX_ABI
