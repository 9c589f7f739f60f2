// SPDX-License-Identifier: MIT
// Reads structures from XML elements and writes them, by their tables.
#pragma once

#include <awsxx/codec/presence.hpp>
#include <awsxx/codec/xml_decoder.hpp>
#include <awsxx/codec/xml_document.hpp>
#include <awsxx/codec/xml_encoder.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/field.hpp>

#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI::codec::xml {

/// Reads the children of an element into the members of a structure, or its text into a scalar.
///
/// Elements that the table does not know are skipped, members without an element stay as they
/// are. Fails with the path of the element that cannot be read; what could be is in `out` then.
inline expected<void> read(const element& from, const model::type& shape, void* out) {
    decoder in;
    in.read(from, shape, out);
    if (in.unread().empty()) return {};
    return error{.kind = error_kind::malformed_answer,
                 .code = "MalformedXml",
                 .message = std::move(in.unread())};
}

/// The same for what a service answered: what cannot be read is told by the result, which is empty
/// if there was none.
///
/// `body_only`: members that HTTP has in other places are not read.
inline std::string read_answer(const element& from, const model::type& shape, void* out,
                               bool body_only = false) {
    decoder in(body_only);
    in.read(from, shape, out);
    return std::move(in.unread());
}

/// Appends a value of that shape as an element. Members that are absent are left out.
///
/// Fails with the path of the member that cannot be written, such as text with control characters;
/// `out` is of no use then.
inline expected<void> write(const tag& as, const present& value, std::string& out,
                            const message_rules& rules = {}) {
    return encoder(out, rules).write(as, *value.shape, value.value);
}

}  // namespace awsxx::inline AWSXX_ABI::codec::xml
