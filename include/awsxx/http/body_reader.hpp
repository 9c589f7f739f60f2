// SPDX-License-Identifier: MIT
// Reads a whole body, piece by piece, and puts it back to its start.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/body.hpp>
#include <awsxx/http/callback_guard.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::http {

namespace detail::body_reader {

AWSXX_COLD inline error refusal(const char* code, std::string why) {
    return {.kind = error_kind::invalid_argument, .code = code, .message = std::move(why)};
}

}  // namespace detail::body_reader

/// What `body_source::rewind` says; false where it throws.
inline bool rewound(body_source& what) {
    return detail::caught([&]() -> expected<bool> { return what.rewind(); }).value_or(false);
}

/// Calls `see(std::string_view)` for all of the body, in order. A stream is rewound before and
/// after; fails where that cannot be done, and where it ends before its length.
template <class See>
expected<void> for_each_piece(const body& what, See see) {
    namespace own = detail::body_reader;
    if (what.in_memory()) {
        if (!what.bytes().empty()) see(what.bytes());
        return {};
    }
    body_source* source = what.source();
    if (source == nullptr) return own::refusal("CannotReadBody", "the body's stream is null");
    if (!rewound(*source))
        return own::refusal("CannotReadBody",
                            "the body has to be read twice, and its source cannot be rewound");
    std::vector<char> room(std::size_t{1} << 16);
    for (std::uint64_t left = what.size(); left > 0;) {
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left, room.size()));
        const auto got =
            detail::caught([&] { return source->read(std::span(room.data(), wanted)); });
        if (!got)
            return caused_by(own::refusal("CannotReadBody", "the body cannot be read"),
                             got.error());
        if (*got == 0 || *got > wanted)
            return own::refusal("BodyTooShort", "the body ends " + std::to_string(left) +
                                                    " bytes before its length");
        see(std::string_view(room.data(), *got));
        left -= *got;
    }
    if (!rewound(*source))
        return own::refusal("CannotReadBody",
                            "the body's source could not be rewound after it was read");
    return {};
}

}  // namespace awsxx::inline AWSXX_ABI::http
