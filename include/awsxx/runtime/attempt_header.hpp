// SPDX-License-Identifier: MIT
// The header amz-sdk-request, by which services see which attempt of a call this is.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/text_blocks.hpp>
#include <awsxx/core/version.hpp>

#include <charconv>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::runtime {

/// The header's value: "ttl=20260101T000000Z; attempt=2; max=3".
class attempt_header {
public:
    /// `until`: when the caller will have given up; absent where that is not known.
    attempt_header(int attempt, int max_attempts, std::optional<instant> until) {
        if (until) {
            const auto date = basic_date(*until);
            put("ttl=");
            put({date.data(), date.size()});
            put("; ");
        }
        put("attempt=");
        put(attempt);
        put("; max=");
        put(max_attempts);
    }
    std::string_view text() const noexcept {
        // g++ would warn of a longer text, which it cannot be
        return std::string_view(text_, sizeof text_)
            .substr(0, static_cast<std::size_t>(end_ - text_));
    }

private:
    void put(std::string_view piece) noexcept { end_ = text::write(end_, piece); }
    void put(int number) noexcept { end_ = std::to_chars(end_, std::end(text_), number).ptr; }

    char text_[64];  // 58 at most, with a date and the longest numbers
    char* end_ = text_;
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
