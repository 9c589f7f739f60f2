// SPDX-License-Identifier: MIT
// What an operation wants in front of the endpoint's host.
#pragma once

#include <awsxx/codec/presence.hpp>
#include <awsxx/codec/scalar.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/number.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/host.hpp>
#include <awsxx/model/operation.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::protocols {

namespace detail::host_prefix {

AWSXX_COLD inline error refused(const model::operation& what, std::string_view member) {
    std::string message(what.name);
    message.append(": member ").append(member);
    message += " is part of the host and is missing or no host label";
    return {.kind = error_kind::invalid_argument,
            .code = "InvalidInput",
            .message = std::move(message)};
}

}  // namespace detail::host_prefix

/// What stands before the endpoint's host: the operation's prefix with its members filled in.
///
/// Fails for a member that would build another host than the operation's.
/// https://smithy.io/2.0/spec/endpoint-traits.html
inline expected<std::string> host_prefix_of(const model::operation& what, const void* in) {
    namespace own = detail::host_prefix;
    std::string prefix;
    for (std::string_view rest = what.host_prefix; !rest.empty();) {
        prefix += text::take_until(rest, '{');
        if (rest.empty()) break;
        const auto index = text::parse_number<std::size_t>(text::take_until(rest, '}'));
        if (!index || *index >= what.input->field_count) continue;
        const model::field& field = what.input->fields[*index];
        const auto held = codec::unwrapped(*field.shape, model::member(in, field));
        std::string label;
        if (held)
            (void)codec::append_scalar(*held.shape, held.value, date_format::date_time, label);
        if (!http::valid_host_label(label)) return own::refused(what, field.name);
        prefix += label;
    }
    return prefix;
}

}  // namespace awsxx::inline AWSXX_ABI::protocols
