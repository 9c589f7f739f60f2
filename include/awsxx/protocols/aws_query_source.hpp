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
#include <awsxx/model/clear.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/protocols/error_answer.hpp>
#include <awsxx/protocols/rpc_target.hpp>
#include <awsxx/protocols/xml_error.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::aws_query {

namespace detail::aws_query {

using codec::xml::element;

/// STS takes 20,000 characters.
inline constexpr std::size_t longest_token = std::size_t{24} << 10;

AWSXX_ONCE expected<void> encode(const model::operation& what, const void* in,
                                 http::request& draft) {
    std::string form;
    if (what.service->issues_credentials) form.reserve(longest_token);  // no copy stays behind
    form.append("Action=").append(what.name).append("&Version=").append(what.service->version);
    if (auto done = codec::form::write(*what.input, in, form); !done) return done;
    protocols::post(draft, "application/x-www-form-urlencoded; charset=utf-8", std::move(form));
    return {};
}

/// The element that holds the output: `<OpResult>` in `<OpResponse>`, or another `...Result`.
inline element find_result(const element& root, std::string_view operation) {
    if (const element usual = root.child(std::string(operation) + "Result")) return usual;
    element at = root.first_child();
    while (at && !at.name().ends_with("Result")) at = at.next_sibling();
    return at;
}

AWSXX_COLD inline error no_result(const element& root, std::string_view operation) {
    std::string message = "expected ";
    message.append(operation).append("Response, not ").append(root.name());
    return {.kind = error_kind::malformed_answer,
            .code = "MalformedXml",
            .message = std::move(message)};
}

AWSXX_ONCE expected<void> decode(const model::operation& what, http::response& answer, void* out) {
    if (what.output->field_count == 0 || text::trimmed(answer.body).empty()) return {};
    const auto document = codec::xml::document::parse_in_place(answer.body);
    if (!document) return document.error();
    const element root = document->root();
    const element result = find_result(root, what.name);
    if (!result && root.name() != std::string(what.name) + "Response")
        return no_result(root, what.name);
    auto done = codec::xml::read(result, *what.output, out);
    if (!done) model::clear(*what.output, out);
    return done;
}

AWSXX_ONCE error decode_error(const model::operation& what, const http::response& answer) {
    return protocols::to_error(what, answer, protocols::read_xml_error(answer.body));
}

}  // namespace detail::aws_query

}  // namespace awsxx::inline AWSXX_ABI::aws_query
