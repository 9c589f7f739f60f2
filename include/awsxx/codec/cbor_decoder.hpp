// SPDX-License-Identifier: MIT
// Fills a value from CBOR by the table of its shape.
#pragma once

#include <awsxx/codec/cbor_reader.hpp>
#include <awsxx/codec/lookup.hpp>
#include <awsxx/codec/path.hpp>
#include <awsxx/codec/utf8.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/timestamp.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/clear.hpp>
#include <awsxx/model/field.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::codec::cbor {

/// Walks bytes and a table side by side, once. The bytes have to outlive it.
///
/// What is CBOR but not what the table wants is left empty and told in `unread`; the rest arrives.
class decoder {
public:
    explicit decoder(std::string_view bytes) noexcept : in_(bytes) {}

    /// Fails for what is no CBOR, and for another kind of value than the outermost one.
    expected<void> read(const model::type& shape, void* out) {
        if (value_or_null(shape, out) && in_.finish()) return {};
        return failure(broken_.empty() ? described() : std::move(broken_));
    }

    /// The first value that could not be read: "at Users[3].Name, byte 120: expected a string".
    std::string& unread() noexcept { return unread_; }

    static error failure(std::string message) {
        return {.kind = error_kind::malformed_answer,
                .code = "MalformedCbor",
                .message = std::move(message)};
    }

private:
    bool value_or_null(const model::type& shape, void* out) {
        return in_.skip_tags() && (in_.take_null() || value(shape, out));
    }

    bool value(const model::type& shape, void* out) {
        switch (shape.kind) {
            case model::kind::optional: return value(*shape.element, shape.access->emplace(out));
            case model::kind::structure: return structure(shape, out);
            case model::kind::list: return list(shape, out);
            case model::kind::map: return map(shape, out);
            case model::kind::boolean: return in_.boolean(*static_cast<bool*>(out));
            case model::kind::integer: return integer<int>(out, "expected a 32-bit integer");
            case model::kind::long_: return integer<std::int64_t>(out, "expected a 64-bit integer");
            case model::kind::float_: return real<float>(out);
            case model::kind::double_: return real<double>(out);
            case model::kind::timestamp: return date(*static_cast<timestamp*>(out));
            case model::kind::text:
            case model::kind::sensitive:
            case model::kind::blob:
            case model::kind::sensitive_blob: return string(shape, out);
            case model::kind::document:
            case model::kind::stream: break;
        }
        return in_.fail("cannot be read");
    }

    bool structure(const model::type& shape, void* out) {
        scope entries;
        if (!in_.open_map(entries)) return false;
        member_lookup members(shape);
        path::step here(path_);
        while (in_.more(entries)) {
            std::string_view name;
            if (!in_.skip_tags() || !in_.text(name)) return false;
            const std::size_t index = members.find(name);
            const bool known = index < shape.field_count;
            here.at(known ? shape.fields[index].name : "?");
            if (known ? !member(shape.fields[index], out) : !unknown_member(shape, name, out))
                return false;
        }
        return in_.ok();
    }

    /// A member that comes again replaces what came before.
    bool member(const model::field& field, void* out) {
        void* room = model::member(out, field);
        const reader::place begin = in_.here();
        if (field.shape->kind == model::kind::list || field.shape->kind == model::kind::map)
            field.shape->access->clear(room);
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
        scope items;
        if (!in_.open_array(items)) return false;
        path::step here(path_);
        for (std::size_t index = 0; in_.more(items); ++index) {
            here.at(index);
            if (!in_.skip_tags()) return false;
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
        scope entries;
        if (!in_.open_map(entries)) return false;
        path::step here(path_);
        while (in_.more(entries)) {
            std::string_view name;
            if (!in_.skip_tags() || !in_.text(name)) return false;
            if (!is_utf8(name)) return in_.fail("a key that is not UTF-8");
            std::string key(name);
            here.at("*");  // the key's text is gone when it is asked for
            if (!in_.skip_tags()) return false;
            const bool null = in_.take_null();
            if (null && !shape.sparse) continue;
            void* room = shape.access->insert(out, std::move(key));
            const reader::place begin = in_.here();
            if (!null && !value(*shape.element, room) && !passed_over(begin, *shape.element, room))
                return false;
        }
        return in_.ok();
    }

    bool string(const model::type& shape, void* out) {
        const bool text = shape.kind == model::kind::text || shape.kind == model::kind::sensitive;
        const bool hidden =
            shape.kind == model::kind::sensitive || shape.kind == model::kind::sensitive_blob;
        const std::size_t begin = in_.offset();
        std::string_view found;
        if (text ? !in_.text(found) : !in_.bytes(found)) return false;
        if (text && !is_utf8(found)) return in_.fail_at(begin, "invalid UTF-8");
        if (hidden)
            *static_cast<secret*>(out) = secret(found);
        else
            static_cast<std::string*>(out)->assign(found);
        return true;
    }

    /// Any number, as a floating-point one. False: it is none.
    bool number(double& value) {
        std::uint64_t digits = 0;
        const token next = in_.peek();
        if (next == token::real) return in_.real(value);
        if (next == token::tag || !in_.argument(digits)) return in_.fail("expected a number");
        value = static_cast<double>(digits);
        if (next == token::negative_integer) value = -1 - value;
        return true;
    }

    template <class Real>
    bool real(void* out) {
        double value = 0;
        if (!number(value)) return false;
        *static_cast<Real*>(out) = static_cast<Real>(value);
        return true;
    }

    template <class Integer>
    bool integer(void* out, const char* problem) {
        constexpr auto most = static_cast<std::uint64_t>((std::numeric_limits<Integer>::max)());
        const std::size_t begin = in_.offset();
        const token next = in_.peek();
        if (next == token::real) return whole<Integer>(out, problem);
        std::uint64_t digits = 0;
        if (next == token::tag || !in_.argument(digits)) return in_.fail(problem);
        if (digits > most) return in_.fail_at(begin, problem);
        const auto value = static_cast<Integer>(digits);
        *static_cast<Integer*>(out) =
            next == token::negative_integer ? static_cast<Integer>(-1 - value) : value;
        return true;
    }

    /// A floating-point number that is a whole one.
    template <class Integer>
    bool whole(void* out, const char* problem) {
        constexpr auto limit = -static_cast<double>((std::numeric_limits<Integer>::min)());
        const std::size_t begin = in_.offset();
        double value = 0;
        if (!in_.real(value)) return false;
        if (!(value >= -limit && value < limit) || std::trunc(value) != value)
            return in_.fail_at(begin, problem);
        *static_cast<Integer*>(out) = static_cast<Integer>(value);
        return true;
    }

    /// Seconds since 1970, to the millisecond.
    bool date(timestamp& out) {
        const std::size_t begin = in_.offset();
        if (in_.peek() != token::real) {
            out.nanoseconds = 0;
            return integer<std::int64_t>(&out.seconds, "expected a date");
        }
        double value = 0;
        if (!in_.real(value)) return false;
        if (!(std::abs(value) < 1e15)) return in_.fail_at(begin, "expected a date");
        const double seconds = std::floor(value);
        auto milliseconds = static_cast<int>(std::lround((value - seconds) * 1000));
        out.seconds = static_cast<std::int64_t>(seconds) + milliseconds / 1000;
        out.nanoseconds = milliseconds % 1000 * 1'000'000;
        return true;
    }

    /// Notes what is wrong with a value and goes on behind it, unless it is no CBOR at all.
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

    reader in_;
    path path_{};
    std::string unread_{};
    std::string broken_{};
};

}  // namespace awsxx::inline AWSXX_ABI::codec::cbor
