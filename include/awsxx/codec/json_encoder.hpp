// SPDX-License-Identifier: MIT
// Writes a value as JSON by the table of its shape.
#pragma once

#include <awsxx/codec/appender.hpp>
#include <awsxx/codec/json_reader.hpp>
#include <awsxx/codec/json_text.hpp>
#include <awsxx/codec/presence.hpp>
#include <awsxx/codec/scalar.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/text_blocks.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/field.hpp>

#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::codec::json {

/// Walks a value and its table side by side and appends JSON, once.
class encoder {
public:
    explicit encoder(std::string& out, const message_rules& rules = {})
        : out_(out), rules_(rules) {}

    expected<void> write(const model::type& shape, const void* in) {
        if (value(unwrapped(shape, in))) return {};
        std::string place = path_.starts_with('.') ? path_.substr(1) : path_;
        if (!place.empty()) place = "at " + place + ": ";
        return error{.kind = error_kind::invalid_argument,
                     .code = "InvalidInput",
                     .message = std::move(place) + problem_};
    }

private:
    bool value(const present& what) {
        if (!what) {
            out_ += "null";
            return true;
        }
        switch (what.shape->kind) {
            case model::kind::structure: return structure(*what.shape, what.value);
            case model::kind::list: return list(*what.shape, what.value);
            case model::kind::map: return map(*what.shape, what.value);
            case model::kind::text: return string(*static_cast<const std::string*>(what.value));
            case model::kind::sensitive:
                return string(static_cast<const secret*>(what.value)->expose());
            case model::kind::boolean:
                out_ += *static_cast<const bool*>(what.value) ? "true" : "false";
                return true;
            case model::kind::timestamp:
                return date(*what.shape, *static_cast<const timestamp*>(what.value));
            case model::kind::float_:
                return scalar(what, !std::isfinite(*static_cast<const float*>(what.value)));
            case model::kind::double_:
                return scalar(what, !std::isfinite(*static_cast<const double*>(what.value)));
            case model::kind::document: return document(what);
            case model::kind::blob: return scalar(what, true);
            case model::kind::sensitive_blob: return hidden(what);
            default: return scalar(what, false);
        }
    }

    bool structure(const model::type& shape, const void* in) {
        if (depth_ == deepest) return failed("nested too deep");
        ++depth_;
        const bool fine = shape.exclusive ? choice(shape, in) : members(shape, in);
        --depth_;
        return fine;
    }

    bool choice(const model::type& shape, const void* in) {
        const chosen one = choice_of(shape, in);
        if (one.problem != nullptr) return failed(one.problem);
        name('{', one.field->name);
        if (!value(one.held)) return failed_in(".", one.field->name);
        out_ += '}';
        return true;
    }

    bool members(const model::type& shape, const void* in) {
        const message_rules rules = std::exchange(rules_, {});
        const bool special = rules.any();
        char before = '{';
        for (std::size_t i = 0; i < shape.field_count; ++i) {
            const model::field& field = shape.fields[i];
            if (!special && is_absent(in, field)) continue;
            const present what = special ? sent_member(in, field, rules) : sent_member(in, field);
            if (!what) continue;
            name(std::exchange(before, ','), field.name);
            if (!value(what)) return failed_in(".", field.name);
        }
        close(before, '{', '}');
        return true;
    }

    bool list(const model::type& shape, const void* in) {
        char before = '[';
        const std::size_t size = shape.access->size(in);
        for (std::size_t i = 0; i < size; ++i) {
            const present what = unwrapped(*shape.element, shape.access->at(in, i));
            if (!what && !shape.sparse) continue;
            out_ += std::exchange(before, ',');
            if (!value(what)) return failed_in("[", std::to_string(i) + "]");
        }
        close(before, '[', ']');
        return true;
    }

    struct entries {
        encoder* owner;
        const model::type* shape;
        char before;
        bool fine;
    };

    bool map(const model::type& shape, const void* in) {
        entries all{this, &shape, '{', true};
        shape.access->each(in, &all, [](void* context, const std::string& key, const void* held) {
            auto& at = *static_cast<entries*>(context);
            if (at.fine) at.fine = at.owner->entry(at, key, held);
        });
        close(all.before, '{', '}');
        return all.fine;
    }

    bool entry(entries& all, const std::string& key, const void* in) {
        const present what = unwrapped(*all.shape->element, in);
        if (!what && !all.shape->sparse) return true;
        out_ += std::exchange(all.before, ',');
        if (!append_string(out_, key)) return failed("a key that is not UTF-8");
        out_ += ':';
        return value(what) || failed_in(".", key);
    }

    /// What stands before a member's name, and the name: nothing in a table has to be escaped.
    void name(char before, std::string_view name) {
        char* to = out_.room(name.size() + 4);
        *to++ = before;
        *to++ = '"';
        to = text::write(to, name);
        *to++ = '"';
        *to++ = ':';
        out_.end_at(to);
    }

    /// What was never opened, because there was nothing in it, is opened now.
    void close(char before, char begin, char end) {
        if (before == begin) out_ += begin;
        out_ += end;
    }

    bool string(std::string_view text) { return append_string(out_, text) || failed("not UTF-8"); }

    /// A number of seconds, to the millisecond, unless the shape wants it spelled out.
    bool date(const model::type& shape, timestamp when) {
        const bool own = shape.format != date_format::unspecified;
        const date_format format = own ? shape.format : date_format::epoch_seconds;
        if (format == date_format::epoch_seconds) when.nanoseconds -= when.nanoseconds % 1'000'000;
        auto text = format_date(when, format);
        if (!text) return failed(std::move(text.error().message));
        if (format != date_format::epoch_seconds) return string(*text);
        out_ += *text;
        return true;
    }

    bool scalar(const present& what, bool quoted) {
        scratch_.clear();
        (void)append_scalar(*what.shape, what.value, date_format::unspecified, scratch_);
        if (quoted) return string(scratch_);
        out_ += scratch_;
        return true;
    }

    bool hidden(const present& what) {
        const bool done = scalar(what, true);
        wipe(scratch_);
        return done;
    }

    bool document(const present& what) {
        scratch_.clear();
        if (!what.shape->access->print(what.value, scratch_))
            return failed("a document that cannot be written");
        reader check(scratch_);
        if (!check.skip()) return failed(std::string("a document: ") + check.problem());
        out_ += scratch_;
        return true;
    }

    AWSXX_COLD bool failed(std::string problem) {
        problem_ = std::move(problem);
        return false;
    }
    AWSXX_COLD bool failed_in(std::string_view sign, std::string_view place) {
        path_.insert(0, place).insert(0, sign);
        return false;
    }

    appender out_;
    message_rules rules_;
    std::size_t depth_ = 0;
    std::string scratch_{};
    std::string path_{};
    std::string problem_{};
};

}  // namespace awsxx::inline AWSXX_ABI::codec::json
