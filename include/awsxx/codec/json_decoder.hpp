// SPDX-License-Identifier: MIT
// Fills a value from JSON by the table of its shape.
#pragma once

#include <awsxx/codec/json_reader.hpp>
#include <awsxx/codec/lookup.hpp>
#include <awsxx/codec/path.hpp>
#include <awsxx/codec/scalar.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/clear.hpp>
#include <awsxx/model/field.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::codec::json {

/// Walks a text and a table side by side, once. The text has to outlive it.
///
/// What is JSON but not what the table wants is left empty and told in `unread`; the rest arrives.
class decoder {
public:
    /// `body_only`: members of the outermost structure that HTTP has elsewhere are not read.
    explicit decoder(std::string_view text, bool body_only = false) noexcept
        : text_(text), in_(text), body_only_(body_only) {}

    /// Fails for what is no JSON, and for another kind of value than the outermost one.
    expected<void> read(const model::type& shape, void* out) {
        if (value_or_null(shape, out) && in_.finish()) return {};
        return failure(broken_.empty() ? described() : std::move(broken_));
    }

    /// The first value that could not be read: "at Users[3].Name, byte 120: expected a string".
    std::string& unread() noexcept { return unread_; }

    static error failure(std::string message) {
        return {.kind = error_kind::malformed_answer,
                .code = "MalformedJson",
                .message = std::move(message)};
    }

private:
    bool value_or_null(const model::type& shape, void* out) {
        return in_.take_null() || value(shape, out);
    }

    bool value(const model::type& shape, void* out) {
        switch (shape.kind) {
            case model::kind::optional:
                if (&shape == &model::optional_text) return optional_text(out);
                return value(*shape.element, shape.access->emplace(out));
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
            case model::kind::timestamp:
                return scalar(shape, in_.peek() == token::string ? token::string : token::number,
                              out);
            case model::kind::document: return document(shape, out);
            case model::kind::stream: break;
        }
        return in_.fail("cannot be read");
    }

    bool structure(const model::type& shape, void* out) {
        if (!in_.open_object()) return false;
        member_lookup members(shape, std::exchange(body_only_, false));
        path::step here(path_);
        std::uint64_t seen = 0;
        for (std::string_view name; in_.member(name);) {
            const std::size_t index = members.find(name);
            const bool known = index < shape.field_count;
            here.at(in_.raw_string());
            if (known ? !member(shape.fields[index], index, seen, out)
                      : !unknown_member(shape, name, out))
                return false;
        }
        return in_.ok();
    }

    /// A member that comes again replaces what came before.
    bool member(const model::field& field, std::size_t index, std::uint64_t& seen, void* out) {
        void* room = model::member(out, field);
        const std::uint64_t mark = index < 64 ? std::uint64_t{1} << index : 0;
        if (mark == 0 || (seen & mark) != 0) model::clear(*field.shape, room);
        seen |= mark;
        const reader::place begin = in_.here();
        return value_or_null(*field.shape, room) || passed_over(begin, *field.shape, room);
    }

    bool unknown_member(const model::type& shape, std::string_view name, void* out) {
        if (!shape.exclusive || name == "__type") return in_.skip();
        const std::string own(name);
        if (in_.take_null()) return true;
        model::unknown_member(shape, out) = own;
        return in_.skip();
    }

    bool list(const model::type& shape, void* out) {
        if (!in_.open_array()) return false;
        path::step here(path_);
        for (std::size_t index = 0; in_.element(); ++index) {
            here.at(index);
            if (in_.take_null()) {
                if (shape.sparse) shape.access->append(out);
                continue;
            }
            const reader::place begin = in_.here();
            void* room = shape.access->append(out);
            if (!value(*shape.element, room) && !passed_over(begin, *shape.element, room))
                return false;
        }
        return in_.ok();
    }

    bool map(const model::type& shape, void* out) {
        if (!in_.open_object()) return false;
        path::step here(path_);
        for (std::string_view name; in_.member(name);) {
            here.at(in_.raw_string());
            std::string key(name);
            const bool null = in_.take_null();
            if (null && !shape.sparse) continue;
            void* room = shape.access->insert(out, std::move(key));
            const reader::place begin = in_.here();
            if (!null && !value(*shape.element, room) && !passed_over(begin, *shape.element, room))
                return false;
        }
        return in_.ok();
    }

    /// What most members are.
    bool optional_text(void* out) {
        std::string_view text;
        if (!in_.string(text)) return false;
        static_cast<std::optional<std::string>*>(out)->emplace(text);
        return true;
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

    bool document(const model::type& shape, void* out) {
        in_.peek();
        const std::size_t begin = in_.offset();
        if (!in_.skip()) return false;
        return shape.access->parse(text_.substr(begin, in_.offset() - begin), out) ||
               in_.fail_at(begin, "expected a document");
    }

    /// Notes what is wrong with a value and goes on behind it, unless it is no JSON at all.
    AWSXX_COLD bool passed_over(const reader::place& begin, const model::type& shape, void* room) {
        if (!broken_.empty()) return false;
        std::string problem = described();
        in_.go_back(begin);
        if (!in_.skip()) {
            broken_ = described();
            return false;
        }
        model::clear(shape, room);
        if (unread_.empty()) unread_ = std::move(problem);
        return true;
    }

    AWSXX_COLD std::string described() const {
        std::string words = path_.text();
        words = words.empty() ? "" : "at " + words + ", ";
        return words + "byte " + std::to_string(in_.offset()) + ": " + in_.problem();
    }

    std::string_view text_;
    reader in_;
    bool body_only_;
    path path_{};
    std::string unread_{};
    std::string broken_{};
};

}  // namespace awsxx::inline AWSXX_ABI::codec::json
