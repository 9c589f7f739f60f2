// SPDX-License-Identifier: MIT
// What the two query protocols share: a form that is posted, a response element that comes back.
#pragma once

#include <awsxx/codec/form.hpp>
#include <awsxx/codec/xml_document.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/protocols/rpc_target.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::protocols {

namespace detail::query_form {

/// STS takes 20,000 characters.
inline constexpr std::size_t longest_token = std::size_t{24} << 10;

}  // namespace detail::query_form

/// Makes the draft a POST of `Action=...&Version=...` and the members of the input.
inline expected<void> post_form(const model::operation& what, const void* in, http::request& draft,
                                const codec::form::options& how) {
    std::string form;
    if (what.service->issues_credentials)
        form.reserve(detail::query_form::longest_token);  // no copy stays behind
    form.append("Action=").append(what.name).append("&Version=").append(what.service->version);
    if (auto done = codec::form::write(*what.input, in, form, how); !done) return done;
    post(draft, "application/x-www-form-urlencoded; charset=utf-8", std::move(form));
    return {};
}

/// True for `<OpResponse>`.
inline bool is_response(const codec::xml::element& root, std::string_view operation) noexcept {
    const std::string_view name = root.name();
    return name.starts_with(operation) && name.substr(operation.size()) == "Response";
}

/// The error for another root element.
AWSXX_COLD inline error no_response(const codec::xml::element& root, std::string_view operation) {
    std::string message = "expected ";
    message.append(operation).append("Response, not ").append(root.name());
    return {.kind = error_kind::malformed_answer,
            .code = "MalformedXml",
            .message = std::move(message)};
}

}  // namespace awsxx::inline AWSXX_ABI::protocols
