// SPDX-License-Identifier: MIT
// Writes a value as JSON by the table of its shape.
#pragma once

#include <awsxx/codec/json_reader.hpp>
#include <awsxx/codec/json_writer.hpp>
#include <awsxx/codec/presence.hpp>
#include <awsxx/codec/scalar.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
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
    explicit encoder(std::string& out, const message_rules& rules = {}) noexcept
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
            out_.raw("null");
            return true;
        }
        switch (what.shape->kind) {
            case model::kind::structure: return structure(*what.shape, what.value);
            case model::kind::list: return list(*what.shape, what.value);
            case model::kind::map: return map(*what.shape, what.value);
            case model::kind::text: return string(*static_cast<const std::string*>(what.value));
            case model::kind::sensitive:
                return string(static_cast<const secret*>(what.value)->expose());
            case model::kind::timestamp:
                return date(*what.shape, *static_cast<const timestamp*>(what.value));
            case model::kind::float_:
                return scalar(what, !std::isfinite(*static_cast<const float*>(what.value)));
            case model::kind::double_:
                return scalar(what, !std::isfinite(*static_cast<const double*>(what.value)));
            case model::kind::document: return document(what);
            case model::kind::blob:
            case model::kind::sensitive_blob: return scalar(what, true);
            default: return scalar(what, false);
        }
    }

    bool structure(const model::type& shape, const void* in) {
        if (depth_ == deepest) return failed("nested too deep");
        if (shape.exclusive)
            if (const char* problem = union_problem(shape, in)) return failed(problem);
        const message_rules rules = std::exchange(rules_, {});
        ++depth_;
        out_.open_object();
        for (std::size_t i = 0; i < shape.field_count; ++i) {
            const model::field& field = shape.fields[i];
            const present what = sent_member(in, field, rules);
            if (!what) continue;
            out_.member(field.name);
            if (!value(what)) return failed_in(".", field.name);
        }
        out_.close_object();
        --depth_;
        return true;
    }

    bool list(const model::type& shape, const void* in) {
        out_.open_array();
        const std::size_t size = shape.access->size(in);
        for (std::size_t i = 0; i < size; ++i) {
            const present what = unwrapped(*shape.element, shape.access->at(in, i));
            if (!what && !shape.sparse) continue;
            if (!value(what)) return failed_in("[", std::to_string(i) + "]");
        }
        out_.close_array();
        return true;
    }

    struct entries {
        encoder* owner;
        const model::type* shape;
        bool fine;
    };

    bool map(const model::type& shape, const void* in) {
        out_.open_object();
        entries all{this, &shape, true};
        shape.access->each(in, &all, [](void* context, const std::string& key, const void* held) {
            auto& at = *static_cast<entries*>(context);
            if (at.fine) at.fine = at.owner->entry(*at.shape, key, held);
        });
        out_.close_object();
        return all.fine;
    }

    bool entry(const model::type& shape, const std::string& key, const void* in) {
        const present what = unwrapped(*shape.element, in);
        if (!what && !shape.sparse) return true;
        if (!out_.member(key)) return failed("a key that is not UTF-8");
        return value(what) || failed_in(".", key);
    }

    bool string(std::string_view text) { return out_.string(text) || failed("not UTF-8"); }

    /// A number of seconds, to the millisecond, unless the shape wants it spelled out.
    bool date(const model::type& shape, timestamp when) {
        const bool own = shape.format != date_format::unspecified;
        const date_format format = own ? shape.format : date_format::epoch_seconds;
        if (format == date_format::epoch_seconds) when.nanoseconds -= when.nanoseconds % 1'000'000;
        auto text = format_date(when, format);
        if (!text) return failed(std::move(text.error().message));
        if (format != date_format::epoch_seconds) return string(*text);
        out_.raw(*text);
        return true;
    }

    bool scalar(const present& what, bool quoted) {
        scratch_.clear();
        (void)append_scalar(*what.shape, what.value, date_format::unspecified, scratch_);
        if (quoted) return string(scratch_);
        out_.raw(scratch_);
        return true;
    }

    bool document(const present& what) {
        scratch_.clear();
        if (!what.shape->access->print(what.value, scratch_))
            return failed("a document that cannot be written");
        reader check(scratch_);
        if (!check.skip()) return failed(std::string("a document: ") + check.problem());
        out_.raw(scratch_);
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

    writer out_;
    message_rules rules_;
    std::size_t depth_ = 0;
    std::string scratch_{};
    std::string path_{};
    std::string problem_{};
};

}  // namespace awsxx::inline AWSXX_ABI::codec::json
