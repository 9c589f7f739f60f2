// SPDX-License-Identifier: MIT
// Fills a value from an XML element by the table of its shape.
#pragma once

#include <awsxx/codec/lookup.hpp>
#include <awsxx/codec/path.hpp>
#include <awsxx/codec/presence.hpp>
#include <awsxx/codec/scalar.hpp>
#include <awsxx/codec/xml_document.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/percent.hpp>
#include <awsxx/model/clear.hpp>
#include <awsxx/model/field.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::codec::xml {

/// Walks elements and a table side by side, once.
///
/// Text that is not what the table wants is left out and told in `unread`; the rest arrives.
class decoder {
public:
    /// `body_only`: members of the outermost structure that HTTP has elsewhere are not read.
    explicit decoder(bool body_only = false) noexcept : body_only_(body_only) {}

    void read(const element& from, const model::type& shape, void* out) {
        root_ = from;
        value(from, shape, out);
    }

    /// The first value that could not be read: "at User.Friends[3].Age: expected a number".
    std::string& unread() noexcept { return unread_; }

private:
    void value(const element& from, const model::type& shape, void* out) {
        switch (shape.kind) {
            case model::kind::optional: return optional(from, shape, out);
            case model::kind::text: static_cast<std::string*>(out)->assign(from.text()); return;
            case model::kind::structure: return structure(from, shape, out);
            case model::kind::list: return list(from, shape, out);
            case model::kind::map: return map(from, shape, out);
            default: return scalar(from, shape, out);
        }
    }

    void structure(const element& from, const model::type& shape, void* out) {
        if (depth_ == deepest) return failed("nested too deep");
        ++depth_;
        path::step here(path_);
        const bool body_only = std::exchange(body_only_, false);
        if (from.has_attributes()) attributes(from, shape, out);
        member_lookup members(shape, body_only);
        for (element at = from.first_child(); at; at = at.next_sibling()) {
            std::size_t index = members.find(at.full_name());
            if (index == shape.field_count) index = members.find(at.name());  // with a prefix
            if (index == shape.field_count) {
                if (shape.exclusive) model::unknown_member(shape, out) = at.name();
                continue;
            }
            const model::field& field = shape.fields[index];
            here.at(field.name);
            if (field.shape->kind == model::kind::optional)
                optional(at, *field.shape, model::member(out, field));
            else
                value(at, *field.shape, model::member(out, field));
            if ((field.traits & model::percent_encoded) != 0) [[unlikely]]
                decode_text(*field.shape, model::member(out, field));
        }
        --depth_;
    }

    /// What is no percent-encoding stays as it came.
    static void decode_text(const model::type& shape, void* out) {
        const present held = unwrapped(shape, out);
        if (!held || held.shape->kind != model::kind::text) return;
        auto& text = *static_cast<std::string*>(const_cast<void*>(held.value));
        if (auto meant = http::decoded(text)) text = *std::move(meant);
    }

    void attributes(const element& from, const model::type& shape, void* out) {
        for (std::size_t i = 0; i < shape.field_count; ++i) {
            const model::field& field = shape.fields[i];
            if ((field.traits & model::xml_attribute) == 0) continue;
            const std::string_view text = from.attribute(field.name);
            if (text.data() == nullptr) continue;
            const model::type* inner = field.shape;
            void* room = model::member(out, field);
            for (; inner->kind == model::kind::optional; inner = inner->element)
                room = inner->access->emplace(room);
            parsed(*inner, text, room);
        }
    }

    /// An optional is there once its element is, but for numbers and the like without any text.
    void optional(const element& from, const model::type& shape, void* out) {
        if (&shape == &model::optional_text) {  // most are
            static_cast<std::optional<std::string>*>(out)->emplace(from.text());
            return;
        }
        const model::type& inner = *shape.element;
        const void* old = inner.flattened ? shape.access->held(out) : nullptr;
        if (old != nullptr) return value(from, inner, const_cast<void*>(old));
        const bool blob =
            inner.kind == model::kind::blob || inner.kind == model::kind::sensitive_blob;
        if (!blob && !needs_text(inner)) return value(from, inner, shape.access->emplace(out));
        const std::string_view text = from.text();
        if (text.empty() && !blob) return;
        if (parsed(inner, text, shape.access->emplace(out))) return;
        shape.access->clear(out);
    }

    void list(const element& from, const model::type& shape, void* out) {
        if (shape.flattened) return value(from, *shape.element, shape.access->append(out));
        path::step here(path_);
        std::size_t index = 0;
        for (element at = from.first_child(); at; at = at.next_sibling()) {
            here.at(index++);
            value(at, *shape.element, shape.access->append(out));
        }
    }

    void map(const element& from, const model::type& shape, void* out) {
        if (shape.flattened) return entry(from, shape, out);
        for (element at = from.first_child(); at; at = at.next_sibling()) entry(at, shape, out);
    }

    void entry(const element& from, const model::type& shape, void* out) {
        const element key = from.child(shape.key_name.empty() ? "key" : shape.key_name);
        const element held = from.child(shape.value_name.empty() ? "value" : shape.value_name);
        if (!key) return failed("expected an entry with a key");
        std::string name(key.text());
        path::step here(path_);
        const std::string shown = name;
        here.at(shown);
        void* room = shape.access->insert(out, std::move(name));
        if (held) value(held, *shape.element, room);
    }

    void scalar(const element& from, const model::type& shape, void* out) {
        const std::string_view text = from.text();
        if (text.empty() && needs_text(shape)) return;
        if (!parsed(shape, text, out)) model::clear(shape, out);
    }

    bool parsed(const model::type& shape, std::string_view text, void* out) {
        const char* problem = parse_scalar(shape, text, out);
        if (problem != nullptr) failed(problem);
        return problem == nullptr;
    }

    static bool needs_text(const model::type& shape) noexcept {
        switch (shape.kind) {
            case model::kind::boolean:
            case model::kind::integer:
            case model::kind::long_:
            case model::kind::float_:
            case model::kind::double_:
            case model::kind::timestamp: return true;
            default: return false;
        }
    }

    AWSXX_COLD void failed(std::string_view problem) {
        if (!unread_.empty()) return;
        unread_.append("at ").append(root_.name());
        const std::string place = path_.text();
        if (!place.empty() && place.front() != '[') unread_ += '.';
        unread_.append(place).append(": ").append(problem);
    }

    element root_{};
    bool body_only_;
    std::size_t depth_ = 0;
    path path_{};
    std::string unread_{};
};

}  // namespace awsxx::inline AWSXX_ABI::codec::xml
