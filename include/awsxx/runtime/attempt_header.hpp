// SPDX-License-Identifier: MIT
// The header amz-sdk-request, by which services see which attempt of a call this is.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/version.hpp>

#include <cstddef>
#include <optional>
#include <string>
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
        put(std::to_string(attempt));
        put("; max=");
        put(std::to_string(max_attempts));
    }
    std::string_view text() const noexcept { return {text_, size_}; }

private:
    void put(std::string_view piece) { size_ += piece.copy(text_ + size_, sizeof text_ - size_); }

    char text_[64];
    std::size_t size_ = 0;
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
