// SPDX-License-Identifier: MIT
// Fills a value from JSON by the table of its shape.
#pragma once

#include <awsxx/codec/json_reader.hpp>
#include <awsxx/codec/lookup.hpp>
#include <awsxx/codec/scalar.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/clear.hpp>
#include <awsxx/model/field.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::codec::json {

/// Walks a text and a table side by side, once. The text has to outlive it.
///
/// The path of a failure is put together on the way back, so that what works pays nothing for it.
class decoder {
public:
    /// `body_only`: members of the outermost structure that HTTP has elsewhere are not read.
    explicit decoder(std::string_view text, bool body_only = false) noexcept
        : in_(text), body_only_(body_only) {}

    expected<void> read(const model::type& shape, void* out) {
        if (value_or_null(shape, out) && in_.finish()) return {};
        return failure();
    }

private:
    bool value_or_null(const model::type& shape, void* out) {
        return in_.take_null() || value(shape, out);
    }

    bool value(const model::type& shape, void* out) {
        switch (shape.kind) {
            case model::kind::optional: return value(*shape.element, shape.access->emplace(out));
            case model::kind::structure: return structure(shape, out);
            case model::kind::list: return list(shape, out);
            case model::kind::map: return map(shape, out);
            case model::kind::boolean: return in_.boolean(*static_cast<bool*>(out));
            case model::kind::text:
            case model::kind::sensitive: return string(shape, out);
            case model::kind::blob:
            case model::kind::sensitive_blob: return scalar(shape, token::string, out);
            case model::kind::integer:
            case model::kind::long_: return scalar(shape, token::number, out);
            case model::kind::float_:
            case model::kind::double_:
            case model::kind::document:
            case model::kind::stream: break;
            case model::kind::timestamp:
                return scalar(shape, in_.peek() == token::string ? token::string : token::number,
                              out);
        }
        return in_.fail("cannot be read");
    }

    bool structure(const model::type& shape, void* out) {
        if (!in_.open_object()) return false;
        member_lookup members(shape, std::exchange(body_only_, false));
        std::uint64_t seen = 0;
        for (std::string_view name; in_.member(name);) {
            const std::size_t index = members.find(name);
            const bool known = index < shape.field_count;
            if (known ? !member(shape.fields[index], index, seen, out) : !in_.skip()) return false;
        }
        return in_.ok();
    }

    /// A member that comes again replaces what came before.
    bool member(const model::field& field, std::size_t index, std::uint64_t& seen, void* out) {
        void* room = model::member(out, field);
        const std::uint64_t mark = index < 64 ? std::uint64_t{1} << index : 0;
        if (mark == 0 || (seen & mark) != 0) model::clear(*field.shape, room);
        seen |= mark;
        return value_or_null(*field.shape, room) || failed_in(".", field.name);
    }

    bool list(const model::type& shape, void* out) {
        if (!in_.open_array()) return false;
        for (std::size_t index = 0; in_.element(); ++index) {
            if (in_.take_null()) {
                if (shape.sparse) shape.access->append(out);
                continue;
            }
            if (!value(*shape.element, shape.access->append(out)))
                return failed_in("[", std::to_string(index) + "]");
        }
        return in_.ok();
    }

    bool map(const model::type& shape, void* out) {
        if (!in_.open_object()) return false;
        for (std::string_view name; in_.member(name);) {
            const std::string_view raw = in_.raw_string();
            std::string key(name);
            const bool null = in_.take_null();
            if (null && !shape.sparse) continue;
            void* room = shape.access->insert(out, std::move(key));
            if (!null && !value(*shape.element, room)) return failed_in(".", raw);
        }
        return in_.ok();
    }

    bool string(const model::type& shape, void* out) {
        std::string_view text;
        return in_.string(text) && parse_scalar(shape, text, out) == nullptr;
    }

    bool scalar(const model::type& shape, token wanted, void* out) {
        const bool quoted = wanted == token::string;
        std::string_view text;
        in_.peek();
        const std::size_t begin = in_.offset();
        if (quoted ? !in_.string(text) : !in_.number(text)) return false;
        const char* problem = parse_scalar(shape, text, out);
        return problem == nullptr || in_.fail_at(begin, problem);
    }

    AWSXX_COLD bool failed_in(std::string_view sign, std::string_view place) {
        path_.insert(0, place).insert(0, sign);
        return false;
    }

    AWSXX_COLD error failure() const {
        std::string message = path_.empty() ? "" : "at ";
        message += path_.starts_with('.') ? path_.substr(1) : path_;
        if (!path_.empty()) message += ", ";
        message += "byte " + std::to_string(in_.offset()) + ": " + in_.problem();
        return {.kind = error_kind::malformed_answer,
                .code = "MalformedJson",
                .message = std::move(message)};
    }

    reader in_;
    bool body_only_;
    std::string path_{};
};

}  // namespace awsxx::inline AWSXX_ABI::codec::json
