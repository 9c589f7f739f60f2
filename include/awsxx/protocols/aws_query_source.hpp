// SPDX-License-Identifier: MIT
// What the protocol awsQuery does: compiled in every file that needs it, or once a program.
#pragma once

#include <awsxx/codec/form.hpp>
#include <awsxx/codec/xml.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/protocols/error_answer.hpp>
#include <awsxx/protocols/query_form.hpp>
#include <awsxx/protocols/xml_error.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::aws_query {

namespace detail::aws_query {

using codec::xml::element;

AWSXX_ONCE expected<void> encode(const model::operation& what, const void* in, http::request& draft,
                                 const std::string& token) {
    return protocols::post_form(what, in, draft, {.rules = {.token = &token}});
}

/// The element that holds the output: `<OpResult>` in `<OpResponse>`, or another `...Result`.
inline element find_result(const element& root, std::string_view operation) {
    if (const element usual = root.child(std::string(operation) + "Result")) return usual;
    element at = root.first_child();
    while (at && !at.name().ends_with("Result")) at = at.next_sibling();
    return at;
}

AWSXX_ONCE expected<std::string> decode(const model::operation& what, http::response& answer,
                                        void* out) {
    if (what.output->field_count == 0 || text::trimmed(answer.body).empty()) return std::string();
    const auto document = codec::xml::document::parse_in_place(answer.body);
    if (!document) return document.error();
    const element root = document->root();
    const element result = find_result(root, what.name);
    if (!result && !protocols::is_response(root, what.name))
        return protocols::no_response(root, what.name);
    return codec::xml::read_answer(result, *what.output, out);
}

AWSXX_ONCE error decode_error(const model::operation& what, const http::response& answer) {
    return protocols::to_error(what, answer, protocols::read_xml_error(answer.body));
}

AWSXX_ONCE void decode_modeled(const model::type& shape, http::response& answer, void* out) {
    protocols::read_modeled_xml(answer.body, shape, out);
}

}  // namespace detail::aws_query

}  // namespace awsxx::inline AWSXX_ABI::aws_query
