// SPDX-License-Identifier: MIT
// Puts the members of an input into the path, the query and the headers of a request.
#pragma once

#include <awsxx/codec/presence.hpp>
#include <awsxx/codec/scalar.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/http/percent.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/protocols/copy_source.hpp>
#include <awsxx/protocols/customer_key.hpp>
#include <awsxx/protocols/http_binding.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::protocols {

namespace detail::http_request_binding {

/// An item of a header's list, in quotes where it would fall apart without.
inline void append_item(std::string& out, std::string_view item) {
    if (item.find_first_of(",\"") == std::string_view::npos) {
        out += item;
        return;
    }
    out += '"';
    for (const char c : item) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    out += '"';
}

/// True if the query has a parameter of that name already.
inline bool has_parameter(std::string_view query, std::string_view encoded_name) noexcept {
    while (!query.empty()) {
        std::string_view one = text::take_until(query, '&');
        if (text::take_until(one, '=') == encoded_name) return true;
    }
    return false;
}

/// Fills a draft, once.
class binder {
public:
    binder(const model::operation& what, const void* in, http::request& draft,
           const std::string& token) noexcept
        : what_(what), in_(in), draft_(draft), rules_{.token = &token} {}
    binder(const binder&) = delete;
    binder& operator=(const binder&) = delete;
    ~binder() { forget(); }

    expected<void> bind() {
        draft_.method = what_.http.method;
        std::string_view query = what_.http.uri;
        bool fine = fill_path(text::take_until(query, '?'));
        draft_.target.query = query;
        for (const bool maps : {false, true})  // what a map has gives way to what has a name
            for (std::size_t i = 0; fine && i < what_.input->field_count; ++i)
                fine = bind_member(what_.input->fields[i], maps);
        if (fine) return {};
        return error{.kind = error_kind::invalid_argument,
                     .code = "InvalidInput",
                     .message = std::string(what_.name) + ": " + problem_};
    }

private:
    bool fill_path(std::string_view uri) {
        std::string& path = draft_.target.path;
        if (path.ends_with('/')) path.pop_back();
        while (!uri.empty()) {
            path += text::take_until(uri, '{');
            if (uri.empty()) break;
            std::string_view label = text::take_until(uri, '}');
            const bool greedy = label.ends_with('+');
            if (greedy) label.remove_suffix(1);
            if (!fill_label(label, greedy)) return false;
        }
        if (path.empty()) path = "/";
        return true;
    }

    bool fill_label(std::string_view name, bool greedy) {
        const model::place place = greedy ? model::place::greedy_label : model::place::label;
        for (std::size_t i = 0; i < what_.input->field_count; ++i) {
            const model::field& field = what_.input->fields[i];
            if (field.place != place || field.name != name) continue;
            const auto held = codec::sent_member(in_, field, rules_);
            if (held && !scalar(held, field, date_format::date_time)) return false;
            if ((field.traits & model::last_segment) != 0)
                value_.erase(0, value_.rfind('/') + 1);  // npos + 1: nothing
            if (!held) value_.clear();
            if (value_.empty() && (field.traits & model::own_account) != 0) value_ = "-";
            if (value_.empty()) break;
            http::append_encoded(draft_.target.path, value_, greedy);
            return true;
        }
        return failed(name, "is part of the path and is missing or empty");
    }

    bool bind_member(const model::field& field, bool maps) {
        const bool map =
            field.place == model::place::prefix_headers || field.place == model::place::query_map;
        if (map != maps) return true;
        const auto held = codec::sent_member(in_, field, rules_);
        if (!held) return true;
        switch (field.place) {
            case model::place::header: return header(field, held);
            case model::place::query: return parameters(field, field.name, held);
            case model::place::prefix_headers:
            case model::place::query_map: return entries(field, held);
            default: return true;
        }
    }

    bool header(const model::field& field, const codec::present& held) {
        if ((field.traits & model::customer_key) != 0) return key(field, held);
        if (held.shape->kind != model::kind::list) {
            if (!scalar(held, field, date_format::http_date)) return false;
            if ((field.traits & model::percent_encoded) != 0) value_ = encoded_copy_source(value_);
            draft_.headers.set(field.name, value_);
            return true;
        }
        std::string joined;
        const bool done = join(field, held, joined);
        if (done) draft_.headers.set(field.name, joined);
        if (secret_) wipe(joined);
        return done;
    }

    bool key(const model::field& field, const codec::present& held) {
        if (!scalar(held, field, date_format::http_date)) return false;
        const bool coded = is_set(std::string(field.name) + "-MD5");
        const auto done = set_customer_key(draft_, {field.name, value_}, coded);
        return done || failed(field.name, ": " + done.error().message);
    }

    /// True if the program has given that header's member a value.
    bool is_set(std::string_view header) const noexcept {
        for (std::size_t i = 0; i < what_.input->field_count; ++i) {
            const model::field& field = what_.input->fields[i];
            if (field.place == model::place::header &&
                text::equal_ignoring_case(field.name, header))
                return static_cast<bool>(codec::sent_member(in_, field));
        }
        return false;
    }

    bool join(const model::field& field, const codec::present& list, std::string& joined) {
        const model::access& access = *list.shape->access;
        bool first = true;
        for (std::size_t i = 0; i < access.size(list.value); ++i) {
            const auto item = codec::unwrapped(*list.shape->element, access.at(list.value, i));
            if (!item) continue;
            if (!scalar(item, field, date_format::http_date)) return false;
            if (!std::exchange(first, false)) joined += ", ";
            if (item.shape->kind == model::kind::text)
                append_item(joined, value_);
            else
                joined += value_;
        }
        return true;
    }

    /// One parameter, or one for each item of a list.
    bool parameters(const model::field& field, std::string_view name, const codec::present& held) {
        if (!held) return true;
        if (held.shape->kind == model::kind::list) {
            const model::access& access = *held.shape->access;
            for (std::size_t i = 0; i < access.size(held.value); ++i)
                if (!parameters(field, name,
                                codec::unwrapped(*held.shape->element, access.at(held.value, i))))
                    return false;
            return true;
        }
        if (!scalar(held, field, date_format::date_time)) return false;
        std::string& query = draft_.target.query;
        if (!query.empty()) query += '&';
        http::append_encoded(query, name);
        query += '=';
        http::append_encoded(query, value_);
        return true;
    }

    struct entry_context {
        binder* owner;
        const model::field* field;
        const model::type* element;
        std::string query_before;
        bool fine;
    };

    bool entries(const model::field& field, const codec::present& map) {
        entry_context all{this, &field, map.shape->element, draft_.target.query, true};
        map.shape->access->each(map.value, &all,
                                [](void* context, const std::string& key, const void* held) {
                                    auto& at = *static_cast<entry_context*>(context);
                                    if (at.fine) at.fine = at.owner->entry(at, key, held);
                                });
        return all.fine;
    }

    bool entry(const entry_context& all, const std::string& key, const void* value) {
        const auto held = codec::unwrapped(*all.element, value);
        if (!held) return true;
        if (all.field->place == model::place::query_map)
            return has_parameter(all.query_before, http::encoded(key)) ||
                   parameters(*all.field, key, held);
        if (!scalar(held, *all.field, date_format::http_date)) return false;
        const std::string name = std::string(all.field->name) + key;
        if (!text::is_ascii(value_))
            return failed(name, "is not ASCII, as headers are: encode it, as in base64");
        if (!draft_.headers.contains(name)) draft_.headers.add(name, value_);
        return true;
    }

    /// Nothing secret may stay behind where memory is used again.
    void forget() noexcept {
        if (secret_) wipe(value_);
        value_.clear();
    }

    /// Writes a scalar to `value_`.
    bool scalar(const codec::present& held, const model::field& field, date_format dates) {
        forget();
        secret_ = held.shape->kind == model::kind::sensitive ||
                  held.shape->kind == model::kind::sensitive_blob;
        const auto done = codec::append_scalar(*held.shape, held.value, dates, value_);
        if (!done) return failed(field.name, ": " + done.error().message);
        const bool json = held.shape->media_type == "application/json";
        if (json && field.place == model::place::header) value_ = crypto::to_base64(value_);
        return true;
    }

    AWSXX_COLD bool failed(std::string_view member, std::string_view problem) {
        problem_ = "member " + std::string(member);
        if (!problem.starts_with(':')) problem_ += ' ';
        problem_ += problem;
        return false;
    }

    const model::operation& what_;
    const void* in_;
    http::request& draft_;
    codec::message_rules rules_;
    std::string value_{};
    bool secret_ = false;  ///< What is in `value_`.
    std::string problem_{};
};

/// The bytes of a text or a blob.
inline std::string_view bytes_of(const codec::present& held) noexcept {
    const model::kind kind = held.shape->kind;
    if (kind == model::kind::sensitive || kind == model::kind::sensitive_blob)
        return static_cast<const secret*>(held.value)->expose();
    return *static_cast<const std::string*>(held.value);
}

}  // namespace detail::http_request_binding

/// Makes the draft, which has the endpoint as its target, the operation's request, all but the body.
///
/// Fails for a label that is missing or empty and for a date that cannot be written; the message
/// names operation and member. https://smithy.io/2.0/spec/http-bindings.html
inline expected<void> bind_request(const model::operation& what, const void* in,
                                   http::request& draft, const std::string& token) {
    if (const std::string_view wanted = accepted(what); !wanted.empty())
        draft.headers.set("Accept", wanted);
    return detail::http_request_binding::binder(what, in, draft, token).bind();
}

/// Sends a text or bytes as they are. Nothing is sent for a member that is absent.
/// The caller's bytes are not copied: the input outlives the call.
inline void bind_raw_payload(const model::field& payload, const void* in, http::request& draft) {
    const auto held = codec::sent_member(in, payload);
    if (!held) return;
    namespace own = detail::http_request_binding;
    const model::kind kind = held.shape->kind;
    const bool text = kind == model::kind::text || kind == model::kind::sensitive;
    std::string_view type = held.shape->media_type;
    if (type.empty()) type = text ? "text/plain" : "application/octet-stream";
    if (kind == model::kind::stream) {
        const auto& given = *static_cast<const http::body*>(held.value);
        return set_body(draft, type, given.in_memory() ? http::body::view(given.bytes()) : given);
    }
    set_body(draft, type, http::body::view(own::bytes_of(held)));
}

}  // namespace awsxx::inline AWSXX_ABI::protocols
