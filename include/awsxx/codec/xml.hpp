// SPDX-License-Identifier: MIT
// Reads structures from XML elements by their tables.
#pragma once

#include <awsxx/codec/lookup.hpp>
#include <awsxx/codec/presence.hpp>
#include <awsxx/codec/scalar.hpp>
#include <awsxx/codec/xml_document.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/field.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::codec::xml {

namespace detail::xml {

/// Walks elements and tables side by side. False means failed; the path is put together on the
/// way back, so that what works pays nothing for it.
class reader {
public:
    expected<void> read(const element& from, const model::type& shape, void* out) {
        if (value(from, shape, out)) return {};
        return error{.kind = error_kind::malformed_answer,
                     .code = "MalformedXml",
                     .message = "at " + std::string(from.name()) + path_ + ": " + problem_};
    }

private:
    bool value(const element& from, const model::type& shape, void* out) {
        switch (shape.kind) {
            case model::kind::structure: return structure(from, shape, out);
            case model::kind::list: return list(from, shape, out);
            case model::kind::map: return map(from, shape, out);
            case model::kind::optional: return optional(from, shape, out);
            default: return scalar(from, shape, out);
        }
    }

    bool structure(const element& from, const model::type& shape, void* out) {
        if (depth_ == deepest) return failed("nested too deep");
        ++depth_;
        member_lookup members(shape);
        for (element at = from.first_child(); at; at = at.next_sibling()) {
            const std::size_t index = members.find(at.name());
            if (index == shape.field_count) continue;
            const model::field& field = shape.fields[index];
            if (!value(at, *field.shape, model::member(out, field)))
                return failed_in(".", field.name);
        }
        --depth_;
        return true;
    }

    /// An optional is there once its element is, but for numbers and the like without any text.
    bool optional(const element& from, const model::type& shape, void* out) {
        const model::type& inner = *shape.element;
        const void* old = inner.flattened ? shape.access->peek(out) : nullptr;
        if (old != nullptr) return value(from, inner, const_cast<void*>(old));
        if (needs_text(inner) && from.text(scratch_).empty()) return true;
        return value(from, inner, shape.access->emplace(out));
    }

    bool list(const element& from, const model::type& shape, void* out) {
        if (shape.flattened) return value(from, *shape.element, shape.access->append(out));
        std::size_t index = 0;
        for (element at = from.first_child(); at; at = at.next_sibling(), ++index)
            if (!value(at, *shape.element, shape.access->append(out)))
                return failed_in("[", std::to_string(index) + "]");
        return true;
    }

    bool map(const element& from, const model::type& shape, void* out) {
        if (shape.flattened) return entry(from, shape, out);
        for (element at = from.first_child(); at; at = at.next_sibling())
            if (!entry(at, shape, out)) return false;
        return true;
    }

    bool entry(const element& from, const model::type& shape, void* out) {
        const element key = from.child(shape.key_name.empty() ? "key" : shape.key_name);
        const element held = from.child(shape.value_name.empty() ? "value" : shape.value_name);
        if (!key) return failed("expected an entry with a key");
        void* room = shape.access->insert(out, key.text());
        return !held || value(held, *shape.element, room) || failed_in(".", key.text());
    }

    bool scalar(const element& from, const model::type& shape, void* out) {
        const std::string_view text = from.text(scratch_);
        if (text.empty() && needs_text(shape)) return true;
        const char* problem = parse_scalar(shape, text, out);
        return problem == nullptr || failed(problem);
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

    AWSXX_COLD bool failed(std::string problem) {
        problem_ = std::move(problem);
        return false;
    }
    AWSXX_COLD bool failed_in(std::string_view sign, std::string_view place) {
        path_.insert(0, place).insert(0, sign);
        return false;
    }

    std::size_t depth_ = 0;
    std::string scratch_{};
    std::string path_{};
    std::string problem_{};
};

}  // namespace detail::xml

/// Reads the children of an element into the members of a structure, or its text into a scalar.
///
/// Elements that the table does not know are skipped, members without an element stay as they
/// are. Fails with the path of the element that cannot be read; `out` is half-filled then.
inline expected<void> read(const element& from, const model::type& shape, void* out) {
    return detail::xml::reader().read(from, shape, out);
}

}  // namespace awsxx::inline AWSXX_ABI::codec::xml
