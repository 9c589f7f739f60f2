// SPDX-License-Identifier: MIT
// The suite timestamp: dates as text and back.
#include "suites.hpp"

#include <awsxx/core/date.hpp>
#include <awsxx/core/number.hpp>
#include <awsxx/core/text.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace conformance {

namespace {

using awsxx::date_format;

std::optional<date_format> format_named(const std::string& name) {
    if (name == "epoch-seconds") return date_format::epoch_seconds;
    if (name == "http-date") return date_format::http_date;
    if (name == "date-time") return date_format::date_time;
    return {};
}

std::optional<std::int64_t> whole_number(const json& value) {
    if (value.is_number_integer()) return value.get<std::int64_t>();
    if (!value.is_string()) return {};
    return awsxx::text::parse_number<std::int64_t>(value.get<std::string>());
}

json format(const json& input, date_format how) {
    const auto whole = whole_number(input.value("seconds", json()));
    const auto nanos = whole_number(input.value("nanos", json(0)));
    if (!whole || !nanos || *nanos < 0 || *nanos > 999'999'999)
        return answer::failure({.kind = awsxx::error_kind::invalid_argument,
                                .code = "BadDate",
                                .message = "not a point in time"});
    const auto text =
        awsxx::format_date(awsxx::timestamp(*whole, static_cast<std::int32_t>(*nanos)), how);
    if (!text) return answer::failure(text.error());
    return answer::output({{"text", *text}});
}

json parse(const json& input, date_format how) {
    const auto when = awsxx::parse_date(input.value("text", std::string()), how);
    if (!when) return answer::failure(when.error());
    return answer::output(
        {{"seconds", std::to_string(when->seconds)}, {"nanos", when->nanoseconds}});
}

}  // namespace

json timestamp(const std::string& mode, const json& input) {
    const auto how = format_named(input.value("format", std::string()));
    if (!how) return answer::unsupported("no such format");
    if (mode == "format") return format(input, *how);
    if (mode == "parse") return parse(input, *how);
    return answer::unsupported("no mode " + mode);
}

}  // namespace conformance
