// SPDX-License-Identifier: MIT
// The lines of an explanation: compiled in every file that has one, or once a program.
#pragma once

#include <awsxx/auth/credentials_report.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/explanation_data.hpp>

#include <optional>
#include <string>

namespace awsxx::inline AWSXX_ABI {

namespace detail::explanation_text {

inline void append_time(std::string& to, const char* what, const std::optional<instant>& when) {
    if (when && *when != (instant::max)())
        to.append("    ").append(what).append(" ").append(
            format_date(*when, date_format::date_time)) += '\n';
}

inline void append(std::string& to, const credentials_report& one) {
    to.append("  ").append(one.source.empty() ? "no credentials fetched yet" : one.source) += '\n';
    if (!one.access_key_id.empty()) {
        to.append("    access key ").append(one.access_key_id);
        to.append(one.temporary ? ", temporary" : ", long-lived");
        if (!one.account_id.empty()) to.append(", account ").append(one.account_id);
        to += '\n';
    } else if (!one.source.empty()) {
        to += "    not fetched yet\n";
    }
    append_time(to, "expires", one.expiration);
    append_time(to, "renewed from", one.next_refresh);
    append_time(to, "source left alone until", one.left_alone_until);
    if (!one.last_failure.empty()) to.append("    last failure: ").append(one.last_failure) += '\n';
    for (const auto& warning : one.warnings) to.append("    warning: ").append(warning) += '\n';
    for (const auto& other : one.others)
        to.append("    not from ").append(other.name).append(": ").append(other.reason) += '\n';
}

}  // namespace detail::explanation_text

AWSXX_ONCE std::string to_string(const explanation& what) {
    std::string text = "settings\n";
    for (const auto& one : what.settings)
        text.append("  ")
            .append(one.name)
            .append(" = ")
            .append(one.value.empty() ? "-" : one.value)
            .append("  (")
            .append(one.source.empty() ? "default" : one.source)
            .append(")\n");
    if (!what.problem.empty()) text.append("  problem: ").append(what.problem) += '\n';
    text += "credentials\n";
    for (const auto& one : what.identities) detail::explanation_text::append(text, one);
    for (const auto& one : what.warnings) text.append("warning: ").append(one) += '\n';
    return text;
}

}  // namespace awsxx::inline AWSXX_ABI
