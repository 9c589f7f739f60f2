// SPDX-License-Identifier: MIT
// Reads errors that are told in XML, in each of the shapes that services and their imitators use.
#pragma once

#include <awsxx/codec/xml_document.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/protocols/error_answer.hpp>

#include <initializer_list>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::protocols {

namespace detail::xml_error {

using codec::xml::element;

/// The text of the first child that has one of these names, from the first parent that has it.
inline std::string text_of(std::initializer_list<element> parents,
                           std::initializer_list<std::string_view> names) {
    for (const element& parent : parents)
        for (const std::string_view name : names)
            if (const element found = parent.child(name))
                return std::string(text::trimmed(found.text()));
    return {};
}

/// The element with the code: ErrorResponse/Error, Response/Errors/Error, or the root itself.
inline element find(const element& root) noexcept {
    if (root.name() == "Error") return root;
    if (const element error = root.child("Error")) return error;
    return root.child("Errors").child("Error");
}

}  // namespace detail::xml_error

/// What an XML error says; nothing if it is HTML, cut, empty, or no error at all.
inline error_answer read_xml_error(std::string_view body) {
    namespace own = detail::xml_error;
    const auto document = codec::xml::document::parse(body);
    if (!document) return {};
    const own::element root = document->root();
    const own::element error = own::find(root);
    if (!error) return {};
    return {.code = own::text_of({error}, {"Code"}),
            .message = own::text_of({error}, {"Message", "message"}),
            .request_id = own::text_of({root, error}, {"RequestId", "RequestID", "requestId"}),
            .extended_id = own::text_of({error, root}, {"HostId"}),
            .region = own::text_of({error}, {"Region"})};
}

}  // namespace awsxx::inline AWSXX_ABI::protocols
