// SPDX-License-Identifier: MIT
// Reads endpoint rules: parameters in, an endpoint or the error of the rules out.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/rules.hpp>
#include <awsxx/runtime/partitions.hpp>
#include <awsxx/runtime/rule_value.hpp>

#include <array>
#include <cstddef>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::runtime {

/// Finds the partition of a region, for rules that are read with another table than AWS's own.
struct partition_lookup {
    const partition& (*find)(const void* table, std::string_view region) = nullptr;
    const void* table = nullptr;

    const partition& operator()(std::string_view region) const {
        return find == nullptr ? partition_of(region) : find(table, region);
    }
};

/// A place in the code of rules that moves on as it is read. Nothing stands behind the end.
struct rule_reader {
    std::string_view code{};
    std::size_t at{};

    unsigned byte() noexcept {
        return at < code.size() ? static_cast<unsigned char>(code[at++]) : 0U;
    }
    std::size_t place() noexcept {
        const unsigned high = byte();
        return std::size_t{high} << 8 | byte();
    }
    std::size_t number() noexcept {
        std::size_t value = 0;
        for (unsigned shift = 0; shift < 32; shift += 7) {
            const unsigned next = byte();
            value |= std::size_t{next & 0x7f} << shift;
            if (next < 0x80) break;
        }
        return value;
    }
    std::string_view text(std::size_t size) noexcept {
        const std::string_view found = code.substr(at < code.size() ? at : code.size(), size);
        at += found.size();
        return found;
    }
};

class rule_node;

/// Rules, being read. Set the parameters, then `run`, then take what was found: it is seen, not
/// owned, and valid as long as this and the parameters are.
///
/// Allocates only for texts beyond a kilobyte. Used by one thread at a time, for one run.
/// https://smithy.io/2.0/additional-specs/rules-engine/specification.html
class rule_evaluation {
public:
    using builtin = model::rule_code::builtin;

    /// `rules` has to live as long as this.
    explicit rule_evaluation(const model::rule_set& rules, partition_lookup where = {});

    /// Gives a parameter its value. False: there is none of that name, or it is of another type.
    bool set(std::string_view name, const rule_value& value);
    /// The same, by what fills the parameter where nobody sets it.
    bool set(builtin which, const rule_value& value);
    /// The type of a parameter; `none` if there is none of that name.
    rule_value::kind type_of(std::string_view name) const;

    /// Fails with `configuration`, and with `MissingRegion` where a region is all that is missing.
    expected<void> run();

    std::string_view url() const noexcept { return url_; }
    /// Calls `visit(name, value)` for each value of each header.
    template <class Visit>
    void each_header(Visit visit) const {
        rule_reader from{code_, headers_};
        for (std::size_t names = from.number(); names != 0; --names) {
            const std::string_view name = from.text(from.number());
            for (std::size_t count = from.number(); count != 0; --count)
                visit(name, value(from).text);
        }
    }
    rule_node properties() const noexcept;

private:
    friend class rule_node;

    struct parameter {
        std::string_view name{};
        unsigned char flags{};
        builtin source{};
        std::size_t usual{};  ///< Where its default is.

        bool is(model::rule_code::parameter what) const noexcept {
            return (flags & static_cast<unsigned>(what)) != 0;
        }
        rule_value::kind type() const noexcept;
    };
    enum class outcome : unsigned char { not_this, found, refused, nothing };

    static constexpr std::size_t most_variables = 0x40;

    bool set(std::size_t index, const rule_value& value);
    expected<void> complete();
    outcome walk_tree(rule_reader& from);
    outcome walk_diagram(rule_reader& from);
    outcome walk_rule(rule_reader& from);
    outcome end_with(rule_reader& from, model::rule_code::rule kind);
    rule_value value(rule_reader& from) const;
    rule_value value_of(model::rule_code::op what, rule_reader& from) const;
    rule_value function(model::rule_code::op what, rule_reader& from) const;
    rule_value taken_apart(model::rule_code::op what, const rule_value* given) const;
    rule_value pieces(rule_reader& from) const;
    rule_value container(model::rule_code::op what, rule_reader& from) const;
    rule_value attribute(rule_reader& from) const;
    rule_value step_into(const rule_value& of, unsigned step) const;
    rule_value element(const rule_value& of, std::size_t index) const;
    std::size_t length(const rule_value& of) const;
    std::string_view normalized(std::string_view path) const;

    std::string_view code_;
    std::string_view prefix_;
    partition_lookup partitions_;
    std::size_t parameter_count_ = 0;
    std::size_t start_ = 0;
    std::array<parameter, most_variables> parameters_{};
    mutable std::array<rule_value, most_variables> variables_{};
    mutable rule_texts texts_{};
    std::string_view url_{};
    std::string_view complaint_{};
    std::size_t headers_ = 0;
    std::size_t properties_ = 0;
};

/// A value among the properties of an endpoint. Valid as long as what it was found by.
class rule_node {
public:
    rule_node() = default;
    rule_node(const rule_evaluation& of, std::size_t at) noexcept : of_(&of), at_(at) {}

    explicit operator bool() const noexcept { return of_ != nullptr; }
    /// The value itself; a list or a record is a `node`.
    rule_value value() const {
        rule_reader from = reader();
        return from.code.empty() ? rule_value() : of_->value(from);
    }
    bool is_record() const noexcept {
        return reader().byte() == static_cast<unsigned>(model::rule_code::op::record);
    }
    /// Calls `visit(name, node)` for what is in a list, without names, or in a record.
    template <class Visit>
    void each(Visit visit) const {
        rule_reader from = reader();
        const auto what = static_cast<model::rule_code::op>(from.byte());
        const bool named = what == model::rule_code::op::record;
        if (!named && what != model::rule_code::op::list) return;
        for (std::size_t count = from.number(); count != 0; --count) {
            const std::string_view name = named ? of_->value(from).text : std::string_view();
            visit(name, rule_node(*of_, from.at));
            of_->value(from);
        }
    }
    /// A member of a record; false as a condition if there is none.
    rule_node find(std::string_view name) const {
        rule_node found;
        each([&](std::string_view one, const rule_node& node) {
            if (one == name) found = node;
        });
        return found;
    }
    bool flag() const { return value().yes; }
    std::string_view text() const { return value().text; }

private:
    /// At the value itself, where this place only refers to it.
    rule_reader reader() const noexcept {
        if (of_ == nullptr) return {};
        rule_reader from{of_->code_, at_};
        const unsigned first = from.byte();
        const auto see = static_cast<unsigned>(model::rule_code::op::see);
        if (first >= see) return {from.code, std::size_t{first - see} << 8 | from.byte()};
        return {from.code, at_};
    }

    const rule_evaluation* of_ = nullptr;
    std::size_t at_ = 0;
};

inline rule_node rule_evaluation::properties() const noexcept { return {*this, properties_}; }

}  // namespace awsxx::inline AWSXX_ABI::runtime
