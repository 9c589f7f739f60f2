// SPDX-License-Identifier: MIT
// Writes a value as an XML element by the table of its shape.
#pragma once

#include <awsxx/codec/presence.hpp>
#include <awsxx/codec/scalar.hpp>
#include <awsxx/codec/xml_writer.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/field.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::codec::xml {

/// What an element is called, and which namespace it declares.
struct tag {
    std::string_view name{};
    const model::xml_namespace* space{};
};

/// Walks a value and its table side by side and appends XML, once.
class encoder {
public:
    explicit encoder(std::string& out, const message_rules& rules = {}) noexcept
        : out_(out), rules_(rules) {}

    expected<void> write(const tag& as, const model::type& shape, const void* in) {
        if (element(as, unwrapped(shape, in))) return {};
        std::string place = path_.starts_with('.') ? path_.substr(1) : path_;
        if (!place.empty()) place = "at " + place + ": ";
        return error{.kind = error_kind::invalid_argument,
                     .code = "InvalidInput",
                     .message = std::move(place) + problem_};
    }

private:
    bool element(const tag& as, const present& what) {
        out_.open(as.name);
        const auto* space = as.space;
        if (space == nullptr && what) space = what.shape->xml_space;
        if (space != nullptr && !declare(*space)) return false;
        const bool fine = !what || content(what);
        out_.close(as.name);
        return fine;
    }

    bool declare(const model::xml_namespace& space) {
        if (space.prefix.empty()) return out_.attribute("xmlns", space.uri);
        return out_.attribute("xmlns:" + std::string(space.prefix), space.uri);
    }

    bool content(const present& what) {
        switch (what.shape->kind) {
            case model::kind::structure: return structure(*what.shape, what.value);
            case model::kind::list: return list({what.shape->element_name}, what);
            case model::kind::map: return map({}, what);
            default:
                return forget(what,
                              scalar(what) && (out_.text(scratch_) || failed("no text of XML's")));
        }
    }

    bool structure(const model::type& shape, const void* in) {
        if (depth_ == deepest) return failed("nested too deep");
        if (shape.exclusive)
            if (const char* problem = choice_of(shape, in).problem) return failed(problem);
        const message_rules rules = std::exchange(rules_, {});
        ++depth_;
        for (const bool attributes : {true, false})  // they belong into the start tag
            for (std::size_t i = 0; i < shape.field_count; ++i) {
                const model::field& field = shape.fields[i];
                if (((field.traits & model::xml_attribute) != 0) != attributes) continue;
                const present what = sent_member(in, field, rules);
                if (!what) continue;
                if (!(attributes ? attribute(field.name, what) : member(field.name, what)))
                    return failed_in(".", field.name);
            }
        --depth_;
        return true;
    }

    bool attribute(std::string_view name, const present& what) {
        return forget(
            what, scalar(what) && (out_.attribute(name, scratch_) || failed("no text of XML's")));
    }

    bool member(std::string_view name, const present& what) {
        const bool flat = what.shape->flattened;
        if (flat && what.shape->kind == model::kind::list)
            return list({name, what.shape->xml_space}, what);
        if (flat && what.shape->kind == model::kind::map)
            return map({name, what.shape->xml_space}, what);
        return element({name}, what);
    }

    bool list(tag as, const present& what) {
        const model::type& shape = *what.shape;
        if (as.name.empty()) as.name = "member";
        if (shape.element_space != nullptr) as.space = shape.element_space;
        const std::size_t size = shape.access->size(what.value);
        for (std::size_t i = 0; i < size; ++i) {
            const present entry = unwrapped(*shape.element, shape.access->at(what.value, i));
            if (!entry && !shape.sparse) continue;
            if (!element(as, entry)) return failed_in("[", std::to_string(i) + "]");
        }
        return true;
    }

    struct entries {
        encoder* owner;
        const model::type* shape;
        tag as;
        bool fine;
    };

    bool map(const tag& as, const present& what) {
        entries all{this, what.shape, as, true};
        if (as.name.empty()) all.as.name = "entry";
        what.shape->access->each(what.value, &all,
                                 [](void* context, const std::string& key, const void* held) {
                                     auto& at = *static_cast<entries*>(context);
                                     if (at.fine) at.fine = at.owner->entry(at, key, held);
                                 });
        return all.fine;
    }

    bool entry(const entries& all, const std::string& key, const void* in) {
        const model::type& shape = *all.shape;
        const present held = unwrapped(*shape.element, in);
        if (!held && !shape.sparse) return true;
        out_.open(all.as.name);
        if (all.as.space != nullptr && !declare(*all.as.space)) return false;
        const tag key_tag{shape.key_name.empty() ? "key" : shape.key_name, shape.key_space};
        const tag value_tag{shape.value_name.empty() ? "value" : shape.value_name,
                            shape.element_space};
        const bool fine =
            element(key_tag, {&model::text, &key}) && (!held || element(value_tag, held));
        out_.close(all.as.name);
        return fine || failed_in(".", key);
    }

    /// Writes a scalar to `scratch_`.
    bool scalar(const present& what) {
        scratch_.clear();
        auto done = append_scalar(*what.shape, what.value, date_format::date_time, scratch_);
        return done || failed(std::move(done).error().message);
    }

    /// Leaves nothing of a secret in `scratch_`.
    bool forget(const present& what, bool fine) noexcept {
        const model::kind kind = what.shape->kind;
        if (kind == model::kind::sensitive || kind == model::kind::sensitive_blob) wipe(scratch_);
        return fine;
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

}  // namespace awsxx::inline AWSXX_ABI::codec::xml
