// SPDX-License-Identifier: MIT
// Reads the members of an output that are in the status and the headers of an answer.
#pragma once

#include <awsxx/codec/scalar.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/model/clear.hpp>
#include <awsxx/model/field.hpp>
#include <awsxx/protocols/http_binding.hpp>
#include <awsxx/protocols/member_room.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::protocols {

namespace detail::http_response_binding {

/// Cuts off the text in quotes at the start, and unquotes it.
inline std::string take_quoted(std::string_view& rest) {
    std::string item;
    std::size_t at = 1;
    for (; at < rest.size() && rest[at] != '"'; ++at) {
        if (rest[at] == '\\' && at + 1 < rest.size()) ++at;
        item += rest[at];
    }
    rest.remove_prefix(at < rest.size() ? at + 1 : at);
    text::take_until(rest, ',');
    return item;
}

/// Cuts off the first item of a header's list. Dates of headers have a comma of their own.
inline std::string take_item(std::string_view& rest, bool is_http_date) {
    rest = text::trimmed(rest);
    if (rest.starts_with('"')) return take_quoted(rest);
    const std::size_t own = is_http_date ? rest.find(',') : std::string_view::npos;
    const std::size_t end = own == std::string_view::npos && is_http_date
                                ? own
                                : rest.find(',', is_http_date ? own + 1 : 0);
    const std::string_view item = text::trimmed(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return std::string(item);
}

/// Null, or what is wrong with the value.
inline const char* read_scalar(const room& to, std::string_view value) {
    if (to.shape->media_type != "application/json")
        return codec::parse_scalar(*to.shape, value, to.value);
    const auto json = crypto::from_base64(text::trimmed(value));
    if (!json) return "expected base64";
    return codec::parse_scalar(*to.shape, *json, to.value);
}

inline const char* read_list(const room& list, std::string_view value) {
    const model::type& element = without_optionals(*list.shape->element);
    const date_format format = element.format;
    const bool dates = element.kind == model::kind::timestamp &&
                       (format == date_format::unspecified || format == date_format::http_date);
    while (!text::trimmed(value).empty()) {
        const std::string item = take_item(value, dates);
        const room to = make_room(*list.shape->element, list.shape->access->append(list.value));
        if (const char* problem = read_scalar(to, item)) return problem;
    }
    return nullptr;
}

inline const char* read_header(const model::field& field, std::string_view value, void* out) {
    const model::kind kind = without_optionals(*field.shape).kind;
    const bool may_be_empty = kind == model::kind::text || kind == model::kind::sensitive ||
                              kind == model::kind::blob || kind == model::kind::sensitive_blob ||
                              kind == model::kind::list;
    if (!may_be_empty && text::trimmed(value).empty()) return nullptr;
    const room to = make_room(field, out);
    // a list may come in several lines: each adds to what is there
    return kind == model::kind::list ? read_list(to, value) : read_scalar(to, value);
}

inline const char* read_prefixed(const model::field& field, const http::headers& all, void* out) {
    const std::size_t size = field.name.size();
    const room map = make_room(field, out);
    for (const http::header one : all) {
        if (!text::equal_ignoring_case(one.name.substr(0, size), field.name)) continue;
        // names of headers have no case of their own: stores and proxies spell them as they like
        void* value = map.shape->access->insert(map.value, text::lowered(one.name.substr(size)));
        const char* problem = read_scalar(make_room(*map.shape->element, value), one.value);
        if (problem != nullptr) return problem;
    }
    return nullptr;
}

inline const char* read_member(const model::field& field, const http::response& answer, void* out) {
    if (field.place == model::place::prefix_headers)
        return read_prefixed(field, answer.headers, out);
    if (field.place == model::place::status)
        return read_scalar(make_room(field, out), std::to_string(answer.status));
    if (field.place != model::place::header) return nullptr;
    for (const http::header one : answer.headers)
        if (text::equal_ignoring_case(one.name, field.name))
            if (const char* problem = read_header(field, one.value, out)) return problem;
    return nullptr;
}

}  // namespace detail::http_response_binding

/// Reads what status and headers have to say. A header that cannot be read leaves its member empty;
/// the first such is told by the result, which is empty if there was none.
inline std::string read_bound(const model::type& shape, const http::response& answer, void* out) {
    std::string unread;
    for (std::size_t i = 0; i < shape.field_count; ++i) {
        const model::field& field = shape.fields[i];
        const char* problem = detail::http_response_binding::read_member(field, answer, out);
        if (problem == nullptr) continue;
        model::clear(*field.shape, model::member(out, field));
        if (unread.empty())
            unread.append("header ").append(field.name).append(": ").append(problem);
    }
    return unread;
}

/// Takes the body over as the bytes it is. An empty one leaves an optional absent.
inline void read_raw_payload(const model::field& payload, http::response& answer, void* out) {
    if (answer.body.empty()) return;
    const room to = make_room(payload, out);
    const model::kind kind = to.shape->kind;
    if (kind == model::kind::stream)
        *static_cast<http::body*>(to.value) = http::body(std::move(answer.body));
    else if (kind == model::kind::sensitive || kind == model::kind::sensitive_blob)
        *static_cast<secret*>(to.value) = secret(std::move(answer.body));
    else
        *static_cast<std::string*>(to.value) = std::move(answer.body);
}

}  // namespace awsxx::inline AWSXX_ABI::protocols
