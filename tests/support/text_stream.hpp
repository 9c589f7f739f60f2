// SPDX-License-Identifier: MIT
// A body that is a stream over a text, and what is in a stream.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/http/callback_body.hpp>

#include <support/catch.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <utility>

namespace test {

/// Which can be read again unless told otherwise.
inline awsxx::http::body text_stream(std::string text, bool again = true) {
    const auto at = std::make_shared<std::size_t>(0);
    const std::size_t size = text.size();
    return awsxx::http::callback_body(
        [text = std::move(text), at](std::span<char> room) -> awsxx::expected<std::size_t> {
            const std::size_t count = std::min(room.size(), text.size() - *at);
            std::copy_n(text.data() + *at, count, room.data());
            *at += count;
            return count;
        },
        size,
        [at, again] {
            if (again) *at = 0;
            return again;
        });
}

/// All that is left of a stream.
inline std::string drained(const awsxx::http::body& body) {
    std::string all;
    std::string room(1000, '\0');
    for (;;) {
        const auto got = body.source()->read(std::span(room.data(), room.size()));
        REQUIRE(got);
        if (*got == 0) return all;
        all.append(room, 0, *got);
    }
}

}  // namespace test
