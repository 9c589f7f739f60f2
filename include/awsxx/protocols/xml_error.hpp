// SPDX-License-Identifier: MIT
// Reads errors that are told in XML, in each of the shapes that services and their imitators use.
#pragma once

#include <awsxx/codec/xml.hpp>
#include <awsxx/codec/xml_document.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/field.hpp>
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

/// Route 53 answers `InvalidChangeBatch` with a root of that name and a list of messages.
inline bool is_named_by_root(const element& root) noexcept {
    return root.child("Messages") || (root.child("Message") && root.child("RequestId"));
}

}  // namespace detail::xml_error

/// What an XML error says; nothing if it is HTML, cut, empty, or no error at all.
inline error_answer read_xml_error(const codec::xml::element& root) {
    namespace own = detail::xml_error;
    const own::element error = own::find(root);
    if (error)
        return {.code = own::text_of({error}, {"Code"}),
                .message = own::text_of({error}, {"Message", "message"}),
                .request_id = own::text_of({root, error}, {"RequestId", "RequestID", "requestId"}),
                .extended_id = own::text_of({error, root}, {"HostId"}),
                .region = own::text_of({error}, {"Region"})};
    if (!own::is_named_by_root(root)) return {};
    return {.code = std::string(root.name()),
            .message = own::text_of({root.child("Messages"), root}, {"Message"}),
            .request_id = own::text_of({root}, {"RequestId"})};
}

/// The same for a body.
inline error_answer read_xml_error(std::string_view body) {
    const auto document = codec::xml::document::parse(body);
    if (!document) return {};
    return read_xml_error(document->root());
}

/// Fills an error's shape from the body, as far as it can be read.
inline void read_modeled_xml(std::string_view body, const model::type& shape, void* out) {
    const auto document = codec::xml::document::parse(body);
    if (!document) return;
    const codec::xml::element error = detail::xml_error::find(document->root());
    (void)codec::xml::read_answer(error ? error : document->root(), shape, out, true);
}

}  // namespace awsxx::inline AWSXX_ABI::protocols
