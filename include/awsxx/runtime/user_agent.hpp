// SPDX-License-Identifier: MIT
// What requests say about the program that sends them.
#pragma once

#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/operation.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::runtime {

/// What a call makes use of, as AWS counts it.
enum class feature : unsigned char {
    waiter,
    paginator,
    retry_standard,
    retry_adaptive,
    gzip_request,
    rpc_v2_cbor,
    endpoint_override,
    account_id_endpoint,
    sigv4a,
    account_id_resolved,
    credentials_code,
    credentials_environment,
    credentials_environment_web_identity,
    credentials_assume_role,
    credentials_web_identity,
    credentials_profile,
    credentials_source_profile,
    credentials_named,
    credentials_profile_web_identity,
    credentials_profile_sso,
    credentials_sso,
    credentials_profile_sso_legacy,
    credentials_sso_legacy,
    credentials_profile_process,
    credentials_process,
    credentials_http,
    credentials_imds,
};

/// A set of features. Cheap to copy.
class features {
public:
    constexpr features() = default;
    constexpr features(feature one) noexcept : bits_(std::uint64_t{1} << static_cast<int>(one)) {}

    constexpr features& operator|=(features more) noexcept {
        bits_ |= more.bits_;
        return *this;
    }
    friend constexpr features operator|(features a, features b) noexcept { return a |= b; }
    constexpr std::uint64_t bits() const noexcept { return bits_; }

private:
    std::uint64_t bits_ = 0;
};

constexpr features operator|(feature a, feature b) noexcept { return features(a) | features(b); }

namespace detail::user_agent {

/// AWS's ids, in the order of `feature`.
inline constexpr std::string_view ids[] = {"B", "C", "E", "F", "L", "M", "N", "O", "S",
                                           "T", "e", "g", "h", "i", "k", "n", "o", "p",
                                           "q", "r", "s", "t", "u", "v", "w", "z", "0"};
static_assert(std::size(ids) == static_cast<std::size_t>(feature::credentials_imds) + 1);

constexpr bool is_allowed(char c) noexcept {
    return text::is_alnum(c) ||
           std::string_view("!$%&'*+-.^_`|~,").find(c) != std::string_view::npos;
}

/// Appends a word with '-' for whatever must not be in one.
inline void append_word(std::string& to, std::string_view word, bool lower = false) {
    for (const char c : word) to += !is_allowed(c) ? '-' : lower ? text::lower(c) : c;
}

inline void append_service(std::string& to, const model::service& service) {
    to += " api/";
    for (const char c : service.id) append_word(to, {c == ' ' ? "_" : &c, 1}, true);
    if (service.version.empty()) return;
    to += '#';
    append_word(to, service.version);
}

/// At most 54 characters of the 1024 that AWS allows.
inline void append_features(std::string& to, features used) {
    const char* before = " m/";
    for (std::uint64_t left = used.bits(); left != 0; left &= left - 1) {
        to.append(before).append(ids[std::countr_zero(left)]);
        before = ",";
    }
}

constexpr std::string_view system() noexcept {
#if defined(__ANDROID__)
    return "android";
#elif defined(__linux__)
    return "linux";
#elif defined(__APPLE__)
    return "macos";
#elif defined(_WIN32)
    return "windows";
#else
    return "other";
#endif
}

constexpr std::string_view processor() noexcept {
#if defined(__x86_64__) || defined(_M_X64)
    return "x86_64";
#elif defined(__aarch64__) || defined(_M_ARM64)
    return "aarch64";
#else
    return {};
#endif
}

}  // namespace detail::user_agent

/// The header `User-Agent`. What does not depend on the call is put together once.
/// Constant, so safe to share between threads.
class user_agent {
public:
    /// `application`: the user's name for the program; `execution_environment`: the value of
    /// `AWS_EXECUTION_ENV`. Either may be empty.
    explicit user_agent(std::string_view application = {},
                        std::string_view execution_environment = {}) {
        namespace rules = detail::user_agent;
        middle_.append(" os/").append(rules::system()).append(" lang/c++#");
        middle_ += std::to_string(__cplusplus / 100 % 100);
        if (!rules::processor().empty()) middle_.append(" md/arch#").append(rules::processor());
        if (!execution_environment.empty())
            rules::append_word(middle_ += " exec-env/", execution_environment);
        end_ = " cfg/retry-mode#standard";
        if (application.empty()) return;
        end_ += " app/";
        for (const char& c : application)
            c == '#' ? void(end_ += c) : rules::append_word(end_, {&c, 1});
    }

    /// The header's value for a call of `service`.
    std::string text(const model::service& service, features used) const {
        std::string all;
        all.reserve(start.size() + middle_.size() + end_.size() + 64);
        all += start;
        detail::user_agent::append_service(all, service);
        all += middle_;
        detail::user_agent::append_features(all, used);
        return all += end_;
    }

private:
    static constexpr std::string_view start = "awsxx/" AWSXX_VERSION_STRING " ua/2.1";

    std::string middle_{};
    std::string end_{};
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
