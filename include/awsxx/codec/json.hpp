// SPDX-License-Identifier: MIT
// Reads structures from JSON and writes them, by their tables.
#pragma once

#include <awsxx/codec/json_decoder.hpp>
#include <awsxx/codec/json_encoder.hpp>
#include <awsxx/codec/presence.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/field.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::codec::json {

/// Reads a document into a value of that shape. Members that the shape does not know are skipped,
/// null is the same as absent, and of members that come twice the last one counts.
///
/// Fails with path and place, as in "at Users[3].Name, byte 120: expected a string"; what could be
/// read is in `out` then.
inline expected<void> read(std::string_view text, const model::type& shape, void* out) {
    decoder in(text);
    if (auto done = in.read(shape, out); !done) return done;
    if (!in.unread().empty()) return decoder::failure(std::move(in.unread()));
    return {};
}

/// Appends a value of that shape as a document. Members that are absent are left out.
///
/// Fails with the path of the member that cannot be written, such as text that is not UTF-8; `out`
/// is of no use then.
inline expected<void> write(const model::type& shape, const void* in, std::string& out,
                            const message_rules& rules = {}) {
    return encoder(out, rules).write(shape, in);
}

/// Reads what a service answered: a value that is not what the shape wants is left empty and told
/// by the result, which is empty if there was none. Fails only for what is no JSON.
///
/// `body_only`: members that HTTP has in other places are not read.
inline expected<std::string> read_answer(std::string_view text, const model::type& shape, void* out,
                                         bool body_only = false) {
    decoder in(text, body_only);
    if (auto done = in.read(shape, out); !done) return std::move(done).error();
    return std::move(in.unread());
}

}  // namespace awsxx::inline AWSXX_ABI::codec::json
