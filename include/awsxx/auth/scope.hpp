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

/// Null, or what is wrong with region, service or time.
inline const char* scope_problem(const signing& what) noexcept {
    constexpr std::chrono::sys_days first = std::chrono::year(1) / 1 / 1;
    constexpr std::chrono::sys_days last = std::chrono::year(9999) / 12 / 31;
    if (what.region.empty()) return "no region is given";
    if (what.service.empty()) return "no service is given";
    if (!http::valid_host_label(what.region))
        return "the region is not made of letters, digits and hyphens";
    if (!http::valid_host_label(what.service))
        return "the service is not made of letters, digits and hyphens";
    if (day_of(what.when) < first || day_of(what.when) > last)
        return "the time is not within the years 1 to 9999";
    return nullptr;
}

/// As in `20150830/us-east-1/iam/aws4_request`, for what has no problem.
inline std::string scope_text(const signing& what) {
    const std::chrono::year_month_day date(day_of(what.when));
    unsigned digits = static_cast<unsigned>(int(date.year())) * 10000 +
                      unsigned(date.month()) * 100 + unsigned(date.day());
    std::string text(8, '0');
    for (std::size_t at = 8; at-- > 0; digits /= 10)
        text[at] = static_cast<char>('0' + digits % 10);
    text.append("/").append(what.region).append("/").append(what.service).append("/aws4_request");
    return text;
}

}  // namespace awsxx::inline AWSXX_ABI::auth
