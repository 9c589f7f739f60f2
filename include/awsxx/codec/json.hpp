// SPDX-License-Identifier: MIT
// Reads structures from JSON and writes them, by their tables.
#pragma once

#include <awsxx/codec/json_decoder.hpp>
#include <awsxx/codec/json_encoder.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/field.hpp>

#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::codec::json {

/// Reads a document into a value of that shape. Members that the shape does not know are skipped,
/// null is the same as absent, and of members that come twice the last one counts.
///
/// Fails with path and place, as in "at Users[3].Name, byte 120: expected a string"; `out` is
/// half-filled then.
inline expected<void> read(std::string_view text, const model::type& shape, void* out) {
    return decoder(text).read(shape, out);
}

/// Appends a value of that shape as a document. Members that are absent are left out.
///
/// Fails with the path of the member that cannot be written, such as text that is not UTF-8; `out`
/// is of no use then.
inline expected<void> write(const model::type& shape, const void* in, std::string& out) {
    return encoder(out).write(shape, in);
}

/// Reads the body of an HTTP answer: as `read`, but for the members that have other places there.
inline expected<void> read_body(std::string_view text, const model::type& shape, void* out) {
    return decoder(text, true).read(shape, out);
}

/// Appends the body of an HTTP request: as `write`, but without what has other places there.
inline expected<void> write_body(const model::type& shape, const void* in, std::string& out) {
    return encoder(out, true).write(shape, in);
}

}  // namespace awsxx::inline AWSXX_ABI::codec::json
