// SPDX-License-Identifier: MIT
// Which bodies get checksums or are compressed, as code, environment and profile say.
#pragma once

#include <awsxx/config/body_choices.hpp>
#include <awsxx/config/sources.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::config {

/// One of the two ways, and where it was chosen; an empty source: nowhere.
struct checksum_rule {
    checksum_use use{};
    std::string source{};

    /// Whether there is a checksum that nobody has to have. Stores of other makers may refuse it: at
    /// somebody's own endpoint there is one only if somebody has chosen so.
    bool adds_at(bool custom_endpoint) const noexcept {
        return use == checksum_use::when_supported && (!custom_endpoint || !source.empty());
    }
};

/// What holds for the bodies of a session.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-dataintegrity.html
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-compression.html
struct body_rules {
    checksum_rule request_checksums{};
    checksum_rule answer_checksums{};
    flag compression{.value = true};
    std::uint64_t compress_from = 10240;
    setting compress_from_setting{};
};

namespace detail::body_rules {

inline constexpr std::uint64_t largest_threshold = 10485760;

inline expected<checksum_rule> read_use(const sources& from, std::optional<checksum_use> code,
                                        const setting_names& names) {
    if (code) return checksum_rule{*code, "code"};
    const setting found = from.find({}, names);
    if (!found) return checksum_rule{};
    const auto word = text::trimmed(found.value);
    if (text::equal_ignoring_case(word, "when_supported"))
        return checksum_rule{checksum_use::when_supported, found.source};
    if (text::equal_ignoring_case(word, "when_required"))
        return checksum_rule{checksum_use::when_required, found.source};
    return invalid_setting(found, "when_supported or when_required");
}

inline expected<void> read_threshold(const sources& from, const body_choices& code,
                                     config::body_rules& into) {
    setting& found = into.compress_from_setting;
    if (code.compress_from)
        found = {std::to_string(*code.compress_from), "code"};
    else
        found = from.find(
            {}, {"AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "request_min_compression_size_bytes"});
    const auto number = number_in<std::uint64_t>(found, 0);
    if (!number) return number.error();
    if (*number && **number > largest_threshold)
        return invalid_setting(found, "a number of bytes up to 10485760");
    into.compress_from = number->value_or(into.compress_from);
    return {};
}

}  // namespace detail::body_rules

/// Reads all that can be read; what cannot is added to `problems`.
inline body_rules read_body_rules(const sources& from, const body_choices& code,
                                  std::vector<std::string>& warnings,
                                  std::vector<error>& problems) {
    namespace own = detail::body_rules;
    body_rules found;
    const auto take = [&problems](auto answer, auto& into) {
        if (answer)
            into = *std::move(answer);
        else
            problems.push_back(std::move(answer).error());
    };
    take(own::read_use(from, code.request_checksums,
                       {"AWS_REQUEST_CHECKSUM_CALCULATION", "request_checksum_calculation"}),
         found.request_checksums);
    take(own::read_use(from, code.answer_checksums,
                       {"AWS_RESPONSE_CHECKSUM_VALIDATION", "response_checksum_validation"}),
         found.answer_checksums);
    std::optional<bool> disabled;
    if (code.compression) disabled = !*code.compression;
    take(find_flag(from, disabled,
                   {"AWS_DISABLE_REQUEST_COMPRESSION", "disable_request_compression"}, warnings),
         found.compression);
    found.compression.value = !found.compression.value;
    if (auto read = own::read_threshold(from, code, found); !read)
        problems.push_back(std::move(read).error());
    return found;
}

}  // namespace awsxx::inline AWSXX_ABI::config
