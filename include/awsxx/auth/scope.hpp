// SPDX-License-Identifier: MIT
// The day, region and service that a signature is good for, as it spells them.
#pragma once

#include <awsxx/auth/signing.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/host.hpp>

#include <chrono>
#include <cstddef>
#include <string>

namespace awsxx::inline AWSXX_ABI::auth {

inline std::chrono::sys_days day_of(instant when) noexcept {
    return std::chrono::floor<std::chrono::days>(when);
}

/// Null, or what is wrong with service or time.
inline const char* regionless_scope_problem(const signing& what) noexcept {
    constexpr std::chrono::sys_days first = std::chrono::year(1) / 1 / 1;
    constexpr std::chrono::sys_days last = std::chrono::year(9999) / 12 / 31;
    if (what.service.empty()) return "no service is given";
    if (!http::valid_host_label(what.service))
        return "the service is not made of letters, digits and hyphens";
    if (day_of(what.when) < first || day_of(what.when) > last)
        return "the time is not within the years 1 to 9999";
    return nullptr;
}

/// Null, or what is wrong with region, service or time.
inline const char* scope_problem(const signing& what) noexcept {
    if (what.region.empty()) return "no region is given";
    if (!http::valid_host_label(what.region))
        return "the region is not made of letters, digits and hyphens";
    return regionless_scope_problem(what);
}

/// As in `20150830`.
inline std::string scope_date(const signing& what) {
    const std::chrono::year_month_day date(day_of(what.when));
    unsigned digits = static_cast<unsigned>(int(date.year())) * 10000 +
                      unsigned(date.month()) * 100 + unsigned(date.day());
    std::string text(8, '0');
    for (std::size_t at = 8; at-- > 0; digits /= 10)
        text[at] = static_cast<char>('0' + digits % 10);
    return text;
}

/// As in `20150830/us-east-1/iam/aws4_request`, for what has no problem.
inline std::string scope_text(const signing& what) {
    std::string text = scope_date(what);
    text.append("/").append(what.region).append("/").append(what.service).append("/aws4_request");
    return text;
}

/// As in `20150830/iam/aws4_request`: a scope for more than one region.
inline std::string regionless_scope_text(const signing& what) {
    std::string text = scope_date(what);
    text.append("/").append(what.service).append("/aws4_request");
    return text;
}

}  // namespace awsxx::inline AWSXX_ABI::auth
