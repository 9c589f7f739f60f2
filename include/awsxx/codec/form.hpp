// SPDX-License-Identifier: MIT
// Writes a structure as a form: Name=value pairs, the body of query protocols.
#pragma once

#include <awsxx/codec/presence.hpp>
#include <awsxx/codec/scalar.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/percent.hpp>
#include <awsxx/model/field.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::codec::form {

/// Where the query protocols differ.
struct options {
    bool capitalized{};       ///< The first letter of a member's name is written upper-case.
    bool always_flat{};       ///< Lists are `Name.1` even if they are not declared flattened.
    bool empty_lists = true;  ///< An empty list is sent, as `Name=`.
    message_rules rules{};
};

namespace detail::form {

/// Walks a structure and keeps the name of the place where it is.
class writer {
public:
    writer(std::string& out, const options& how) noexcept : out_(out), how_(how) {}

    expected<void> write(const model::type& shape, const void* in) {
        value(shape, in);
        if (failure_) return *std::move(failure_);
        return {};
    }

private:
    /// Makes the name longer for as long as it lives.
    class step {
    public:
        step(writer& owner, std::string_view name) : name_(owner.name_), before_(name_.size()) {
            if (!name_.empty() && !name.empty()) name_ += '.';
            name_ += name;
        }
        step(writer& owner, std::size_t number) : step(owner, std::to_string(number)) {}
        step(const step&) = delete;
        step& operator=(const step&) = delete;
        ~step() { name_.resize(before_); }

    private:
        std::string& name_;
        std::size_t before_;
    };

    void value(const model::type& shape, const void* in) {
        const present what = unwrapped(shape, in);
        if (!what || failure_) return;
        switch (what.shape->kind) {
            case model::kind::structure: structure(*what.shape, what.value); break;
            case model::kind::list: list(*what.shape, what.value); break;
            case model::kind::map: map(*what.shape, what.value); break;
            default: scalar(*what.shape, what.value); break;
        }
    }

    void structure(const model::type& shape, const void* in) {
        if (++depth_ > deepest) return fail({.message = "nested too deep"});
        if (shape.exclusive)
            if (const char* problem = choice_of(shape, in).problem)
                return fail({.message = problem});
        const message_rules rules = std::exchange(how_.rules, {});
        for (std::size_t i = 0; i < shape.field_count; ++i) {
            const model::field& field = shape.fields[i];
            const present what = sent_member(in, field, rules);
            if (!what) continue;
            const step into(*this, field.name);
            if (how_.capitalized) capitalize(field.name);
            value(*what.shape, what.value);
        }
        --depth_;
    }

    void capitalize(std::string_view name) noexcept {
        char& first = name_[name_.size() - name.size()];
        first = text::upper(first);
    }

    void list(const model::type& shape, const void* in) {
        const std::size_t size = shape.access->size(in);
        if (size == 0 && how_.empty_lists) pair({});
        const step into(*this, entry_name(shape, "member", shape.flattened || how_.always_flat));
        for (std::size_t i = 0; i < size; ++i) {
            const step entry(*this, i + 1);
            value(*shape.element, shape.access->at(in, i));
        }
    }

    void map(const model::type& shape, const void* in) {
        const step into(*this, entry_name(shape, "entry", shape.flattened));
        entries all{this, &shape, 0};
        shape.access->each(in, &all, [](void* context, const std::string& key, const void* value) {
            auto& at = *static_cast<entries*>(context);
            at.owner->entry(*at.shape, ++at.count, key, value);
        });
    }

    struct entries {
        writer* owner;
        const model::type* shape;
        std::size_t count;
    };

    void entry(const model::type& shape, std::size_t number, const std::string& key,
               const void* in) {
        const step into(*this, number);
        {
            const step name(*this, shape.key_name.empty() ? "key" : shape.key_name);
            pair(key);
        }
        const step name(*this, shape.value_name.empty() ? "value" : shape.value_name);
        value(*shape.element, in);
    }

    static std::string_view entry_name(const model::type& shape, std::string_view usual,
                                       bool flat) noexcept {
        if (flat) return {};
        return shape.element_name.empty() ? usual : shape.element_name;
    }

    void scalar(const model::type& shape, const void* in) {
        if (shape.kind == model::kind::text) return pair(*static_cast<const std::string*>(in));
        if (shape.kind == model::kind::sensitive)
            return pair(static_cast<const secret*>(in)->expose());
        std::string text;
        auto done = append_scalar(shape, in, date_format::date_time, text);
        if (!done) return fail(std::move(done).error());
        pair(text);
        if (shape.kind == model::kind::sensitive_blob) wipe(text);
    }

    void pair(std::string_view value) {
        if (!out_.empty()) out_ += '&';
        http::append_encoded(out_, name_);
        out_ += '=';
        http::append_encoded(out_, value);
    }

    AWSXX_COLD void fail(const error& why) {
        if (failure_) return;
        failure_ = error{.kind = error_kind::invalid_argument,
                         .code = "InvalidInput",
                         .message = "at " + name_ + ": " + why.message};
    }

    std::string& out_;
    options how_;
    std::string name_{};
    std::size_t depth_ = 0;
    std::optional<error> failure_{};
};

}  // namespace detail::form

/// Appends the members of a structure as `Name=value` pairs, parted by `&` from what is there.
///
/// Fails with the name of the member that cannot be written; `out` is of no use then.
inline expected<void> write(const model::type& shape, const void* in, std::string& out,
                            const options& how = {}) {
    return detail::form::writer(out, how).write(shape, in);
}

}  // namespace awsxx::inline AWSXX_ABI::codec::form
