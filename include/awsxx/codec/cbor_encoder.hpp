// SPDX-License-Identifier: MIT
// Writes a value as CBOR by the table of its shape.
#pragma once

#include <awsxx/codec/cbor_writer.hpp>
#include <awsxx/codec/presence.hpp>
#include <awsxx/codec/utf8.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/timestamp.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/field.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::codec::cbor {

/// Walks a value and its table side by side and appends CBOR, once.
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
            out_.null();
            return true;
        }
        switch (what.shape->kind) {
            case model::kind::structure: return structure(*what.shape, what.value);
            case model::kind::list: return list(*what.shape, what.value);
            case model::kind::map: return map(*what.shape, what.value);
            case model::kind::text: return text(*static_cast<const std::string*>(what.value));
            case model::kind::sensitive:
                return text(static_cast<const secret*>(what.value)->expose());
            case model::kind::document:
            case model::kind::stream:
            case model::kind::optional: return failed("cannot be written in CBOR");
            default: scalar(what); return true;
        }
    }

    void scalar(const present& what) {
        switch (what.shape->kind) {
            case model::kind::boolean: out_.boolean(*static_cast<const bool*>(what.value)); break;
            case model::kind::integer: out_.integer(*static_cast<const int*>(what.value)); break;
            case model::kind::long_:
                out_.integer(*static_cast<const std::int64_t*>(what.value));
                break;
            case model::kind::float_: out_.real(*static_cast<const float*>(what.value)); break;
            case model::kind::double_: out_.real(*static_cast<const double*>(what.value)); break;
            case model::kind::blob: out_.bytes(*static_cast<const std::string*>(what.value)); break;
            case model::kind::sensitive_blob:
                out_.bytes(static_cast<const secret*>(what.value)->expose());
                break;
            case model::kind::timestamp: date(*static_cast<const timestamp*>(what.value)); break;
            default: break;
        }
    }

    bool structure(const model::type& shape, const void* in) {
        if (depth_ == deepest) return failed("nested too deep");
        if (shape.exclusive)
            if (const char* problem = union_problem(shape, in)) return failed(problem);
        const message_rules rules = std::exchange(rules_, {});
        ++depth_;
        out_.open_map();
        for (std::size_t i = 0; i < shape.field_count; ++i) {
            const model::field& field = shape.fields[i];
            const present what = sent_member(in, field, rules);
            if (!what) continue;
            out_.text(field.name);
            if (!value(what)) return failed_in(".", field.name);
        }
        out_.close();
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
        out_.close();
        return true;
    }

    struct entries {
        encoder* owner;
        const model::type* shape;
        bool fine;
    };

    bool map(const model::type& shape, const void* in) {
        out_.open_map();
        entries all{this, &shape, true};
        shape.access->each(in, &all, [](void* context, const std::string& key, const void* held) {
            auto& at = *static_cast<entries*>(context);
            if (at.fine) at.fine = at.owner->entry(*at.shape, key, held);
        });
        out_.close();
        return all.fine;
    }

    bool entry(const model::type& shape, const std::string& key, const void* in) {
        const present what = unwrapped(*shape.element, in);
        if (!what && !shape.sparse) return true;
        if (!text(key)) return failed("a key that is not UTF-8");
        return value(what) || failed_in(".", key);
    }

    bool text(std::string_view value) {
        if (!is_utf8(value)) return failed("not UTF-8");
        out_.text(value);
        return true;
    }

    /// Seconds since 1970 to the millisecond, a whole number where it is one.
    void date(const timestamp& when) {
        const int milliseconds = when.nanoseconds / 1'000'000;
        out_.tag(1);
        if (milliseconds == 0) return out_.integer(when.seconds);
        out_.real(static_cast<double>(when.seconds) + milliseconds / 1000.0);
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
    std::string path_{};
    std::string problem_{};
};

}  // namespace awsxx::inline AWSXX_ABI::codec::cbor
