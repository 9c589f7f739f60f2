// SPDX-License-Identifier: MIT
// Any text as a date: what is read in a spelling and written in it again is the same date.
#include <awsxx/core/date.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace awsxx;

namespace {

/// The smallest step that the spelling can tell, in nanoseconds.
std::int32_t grain(date_format format) {
    if (format == date_format::date_time) return 1000;
    return format == date_format::epoch_seconds ? 1 : 1'000'000'000;
}

void travel(std::string_view text, date_format format) {
    const auto first = parse_date(text, format);
    if (!first) return;
    const auto written = format_date(*first, format);
    if (!written) std::abort();
    const auto second = parse_date(*written, format);
    if (!second || second->seconds != first->seconds) std::abort();
    if (second->nanoseconds != first->nanoseconds - first->nanoseconds % grain(format))
        std::abort();
    if (!parse_any_date(*written)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const auto format : {date_format::date_time, date_format::http_date,
                              date_format::epoch_seconds, date_format::basic})
        travel(text, format);
    if (const auto when = parse_any_date(text)) (void)when->to_instant();
    return 0;
}
