// SPDX-License-Identifier: MIT
// Compiles the values and conditions of rule sets.
#pragma once

#include "code_writer.hpp"
#include "rules.hpp"

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace tools::rules {

/// Steps from the root of a rule set, two for each tree. The trees of S3 have been 38 deep.
inline constexpr std::size_t deepest = 192;

/// Where in a rule set the compiler is, for errors: "rules/0/conditions/1".
class place {
public:
    place() = default;
    place operator/(const std::string& step) const {
        return place(path_.empty() ? step : path_ + "/" + step, depth_ + 1);
    }
    place operator/(std::size_t step) const { return *this / std::to_string(step); }
    std::size_t depth() const noexcept { return depth_; }

    [[noreturn]] void refuse(const std::string& why) const;
    /// The member, or `malformed`.
    const json& member(const json& of, const std::string& name) const;
    const std::string& text(const json& value) const;

private:
    place(std::string path, std::size_t depth) : path_(std::move(path)), depth_(depth) {}

    std::string path_{};
    std::size_t depth_ = 0;
};

/// Appends expressions to code. Knows the variables there are, and which of them can be seen.
class expressions {
public:
    expressions(code_writer& to, std::string prefix) : to_(to), prefix_(std::move(prefix)) {}

    /// A variable that is seen from now on; a name keeps its number for good.
    void declare(const std::string& name, const place& at);
    /// Further variables are seen everywhere, as those of decision diagrams.
    void see_all() noexcept { sees_all_ = true; }
    bool is_seen(const std::string& name) const { return seen_.count(name) != 0; }
    void forget(const std::string& name) { seen_.erase(name); }
    std::size_t variables() const noexcept { return numbers_.size(); }

    /// A function, a reference, or a literal.
    void value(const json& what, const place& at);
    /// A function whose result may be kept in a variable.
    void condition(const json& what, const place& at);
    /// A text with references in braces.
    void text(const std::string& pattern, const place& at);
    /// A document whose texts have references in braces.
    void document(const json& what, const place& at);

private:
    void variable(const std::string& name, const place& at);
    void call(const json& what, const place& at);
    void arguments(const json& what, const place& at);
    void attribute(const json& what, const place& at);
    void path(std::string_view steps, const place& at);
    void path_step(std::string_view step, const place& at);
    void piece(const std::string& inside, const place& at);
    void literal(const std::string& text);

    code_writer& to_;
    std::string prefix_;
    std::map<std::string, unsigned> numbers_{};
    std::set<std::string> seen_{};
    bool sees_all_ = false;
};

}  // namespace tools::rules
