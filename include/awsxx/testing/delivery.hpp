// SPDX-License-Identifier: MIT
// What fake transports do with messages so that programs cannot tell them from a real one.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI::testing {

namespace detail::delivery {

inline expected<std::string> drained(const http::body& from) {
    http::body_source& source = *from.source();
    std::string all;
    char room[4096];
    while (all.size() < from.size()) {
        const std::uint64_t missing = from.size() - all.size();
        const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(missing, sizeof room));
        const auto got = source.read(std::span<char>(room, want));
        if (!got) return got.error();
        if (*got == 0)
            return error{.kind = error_kind::invalid_argument,
                         .code = "BodyTooShort",
                         .message = "the body ended after " + std::to_string(all.size()) + " of " +
                                    std::to_string(from.size()) + " bytes"};
        all.append(room, *got);
    }
    return all;
}

}  // namespace detail::delivery

/// A copy that lives on its own: a body that is read piece by piece or lies elsewhere is in it.
inline expected<http::request> received(const http::request& sent) {
    http::request copy{
        .method = sent.method, .target = sent.target, .headers = sent.headers, .body = {}};
    if (sent.body.in_memory()) {
        copy.body = std::string(sent.body.bytes());
        return copy;
    }
    auto all = detail::delivery::drained(sent.body);
    if (!all) return all.error();
    copy.body = *std::move(all);
    return copy;
}

/// Hands an answer over as it was asked for: a 2xx goes to the sink, limits are kept.
inline expected<http::response> delivered(http::response answer, const http::exchange& how) {
    if (how.sink != nullptr && answer.status / 100 == 2) {
        if (auto begun = how.sink->begin(answer); !begun) return std::move(begun).error();
        const auto written = how.sink->write(answer.body);
        if (!written) return written.error();
        answer.body.clear();
    }
    if (answer.body.size() > how.limits.answer_bytes)
        return error{.kind = error_kind::too_large,
                     .code = "AnswerTooLarge",
                     .message = "the answer is larger than " +
                                std::to_string(how.limits.answer_bytes) + " bytes"};
    return answer;
}

}  // namespace awsxx::inline AWSXX_ABI::testing
