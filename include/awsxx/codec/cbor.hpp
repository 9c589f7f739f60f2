// SPDX-License-Identifier: MIT
// Reads structures from CBOR and writes them, by their tables.
#pragma once

#include <awsxx/codec/cbor_decoder.hpp>
#include <awsxx/codec/cbor_encoder.hpp>
#include <awsxx/codec/presence.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/field.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::codec::cbor {

/// Reads what a service answered: a value that is not what the shape wants is left empty and told
/// by the result, as in "at Users[3].Name, byte 120: expected a string", which is empty if there
/// was none. Members that the shape does not know are skipped, null is the same as absent.
///
/// Fails only for what is no CBOR; `out` is half-filled then.
inline expected<std::string> read_answer(std::string_view bytes, const model::type& shape,
                                         void* out) {
    decoder in(bytes);
    if (auto done = in.read(shape, out); !done) return std::move(done).error();
    return std::move(in.unread());
}

/// Appends a value of that shape. Members that are absent are left out.
///
/// Fails with the path of the member that cannot be written, such as text that is not UTF-8; `out`
/// is of no use then.
inline expected<void> write(const model::type& shape, const void* in, std::string& out,
                            const message_rules& rules = {}) {
    return encoder(out, rules).write(shape, in);
}

}  // namespace awsxx::inline AWSXX_ABI::codec::cbor
