// SPDX-License-Identifier: MIT
// The region that the URL of a queue tells.
#pragma once

#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/host.hpp>
#include <awsxx/http/parse_uri.hpp>
#include <awsxx/http/uri.hpp>
#include <awsxx/runtime/partitions.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::recipes::sqs {

namespace detail {

/// The labels of a host before its domain; no host of SQS has more than four.
struct host_labels {
    std::array<std::string_view, 4> at{};
    std::size_t count = 0;

    /// Nothing if there are too many.
    static std::optional<host_labels> of(std::string_view text) {
        host_labels found;
        while (!text.empty()) {
            if (found.count == found.at.size()) return {};
            found.at[found.count++] = text::take_until(text, '.');
        }
        return found;
    }
};

constexpr bool is_service(std::string_view label) noexcept {
    return label == "sqs" || label == "sqs-fips";
}

/// "us-east-1", "us-gov-west-1": two hyphens at least, and a number behind the last.
inline bool looks_like_region(std::string_view label) noexcept {
    const std::size_t first = label.find('-');
    const std::size_t last = label.rfind('-');
    if (first == last || last + 1 == label.size() || !http::valid_host_label(label)) return false;
    for (const char c : label.substr(last + 1))
        if (!text::is_digit(c)) return false;
    return true;
}

/// The label that has the region, in what stands before AWS's domain; empty where none has.
inline std::string_view region_label(const host_labels& host, bool dual_stack) noexcept {
    const auto& at = host.at;
    if (host.count == 2 && is_service(at[0])) return at[1];
    if (dual_stack) return {};
    if (host.count == 2 && at[1] == "queue") return at[0];
    const bool endpoint = host.count == 4 && at[0].starts_with("vpce-") && at[3] == "vpce";
    return endpoint && is_service(at[1]) ? at[2] : std::string_view();
}

/// What stands before that domain, or nothing.
inline std::optional<host_labels> before(std::string_view host, std::string_view domain) {
    if (host.size() == domain.size() || !http::is_in_domain(host, domain)) return {};
    return host_labels::of(host.substr(0, host.size() - domain.size() - 1));
}

/// The region in a host of this partition, or nothing.
inline std::optional<std::string> region_in(std::string_view host,
                                            const runtime::partition& where) {
    for (const bool dual_stack : {false, true}) {
        const auto labels = before(host, dual_stack ? where.dual_stack_suffix : where.dns_suffix);
        if (!labels) continue;
        const std::string_view found = region_label(*labels, dual_stack);
        if (looks_like_region(found) && &runtime::partition_of(found) == &where)
            return std::string(found);
    }
    return {};
}

}  // namespace detail

/// The region in the URL of a queue: in its current and its old form, FIPS, with IPv6, at a VPC
/// endpoint, in any partition. Nothing for other URLs, as those of an emulator, and for what is no
/// URL; a host that says nothing, `queue.amazonaws.com`, is the one of us-east-1.
///
///     const auto region = awsxx::recipes::sqs::get_region_from_url(
///         "https://sqs.eu-west-3.amazonaws.com/111122223333/orders");
inline std::optional<std::string> get_region_from_url(std::string_view queue_url) {
    const auto url = http::parse_uri(queue_url);
    if (!url) return {};
    if (url->host == "queue.amazonaws.com") return "us-east-1";
    for (const auto& where : runtime::partitions)
        if (auto found = detail::region_in(url->host, where)) return found;
    return {};
}

}  // namespace awsxx::inline AWSXX_ABI::recipes::sqs
