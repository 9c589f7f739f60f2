// SPDX-License-Identifier: MIT
// What requests say about the program that sends them.
#pragma once

#include <awsxx/auth/feature.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/text_buffer.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/headers.hpp>
#include <awsxx/model/operation.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

using auth::feature;
using auth::features;

namespace detail::user_agent {

/// AWS's ids, in the order of `feature`.
inline constexpr char ids[][3] = {"B",  "C", "E", "F",  "L",  "M", "N", "O", "S", "T", "e", "g",
                                  "h",  "i", "k", "n",  "o",  "p", "q", "r", "s", "t", "u", "v",
                                  "w",  "z", "0", "AC", "AD", "3", "U", "V", "W", "X", "Y", "AE",
                                  "AF", "Z", "a", "b",  "c",  "J", "P", "Q", "R"};
static_assert(std::size(ids) == static_cast<std::size_t>(feature::account_endpoints_required) + 1);

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

/// " m/C,i": far below the 1024 characters that AWS allows.
class feature_list {
public:
    explicit feature_list(features used) noexcept {
        for (std::uint64_t left = used.bits(); left != 0; left &= left - 1) {
            end_ = text::write(end_, end_ == text_ ? " m/" : ",");
            for (const char c : std::string_view(ids[std::countr_zero(left)])) *end_++ = c;
        }
    }
    std::string_view text() const noexcept {
        return {text_, static_cast<std::size_t>(end_ - text_)};
    }

private:
    char text_[3 + 3 * std::size(ids)];
    char* end_ = text_;
};

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

/// The header `User-Agent` for one service. Constant, so safe to share between threads.
class user_agent_text {
public:
    user_agent_text() = default;
    /// What stands before and behind the features, and those that every call uses.
    user_agent_text(std::string before, std::string behind, features always)
        : before_(std::move(before)), behind_(std::move(behind)), always_(always) {}

    /// Makes it the request's; `more` is what this call uses beside. Allocates nothing where the
    /// headers have room.
    void set_in(http::headers& of, features more = {}) const {
        const detail::user_agent::feature_list used(always_ | more);
        const std::size_t size = before_.size() + used.text().size() + behind_.size();
        of.remove("User-Agent");
        char* at = of.add_room("User-Agent", size);
        at = text::write(at, before_);
        at = text::write(at, used.text());
        text::write(at, behind_);
    }

private:
    std::string before_{};
    std::string behind_{};
    features always_{};
};

/// What requests of a program say, whatever the service. Constant, so safe to share.
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
        if (application.empty()) return;
        end_ = " app/";
        for (const char& c : application)
            c == '#' ? void(end_ += c) : rules::append_word(end_, {&c, 1});
    }

    /// The header for the calls of `service`, which all use `always`.
    user_agent_text text(const model::service& service, features always) const {
        std::string before(start);
        detail::user_agent::append_service(before, service);
        before += middle_;
        const bool adapts = (always.bits() & features(feature::retry_adaptive).bits()) != 0;
        std::string mode = adapts ? " cfg/retry-mode#adaptive" : " cfg/retry-mode#standard";
        return {std::move(before), std::move(mode) + end_, always};
    }

private:
    static constexpr std::string_view start = "awsxx/" AWSXX_VERSION_STRING " ua/2.1";

    std::string middle_{};
    std::string end_{};
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
