// SPDX-License-Identifier: MIT
// Rewrites JMESPath expressions of a model so that they name members as tables do.
#pragma once

#include "plan.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace generator {

/// What a member of a shape is called in its table.
using table_name = std::function<std::string(const std::string& owner, const shape_member& member)>;

/// Follows an expression and the shapes it leads through side by side.
class path_names {
public:
    path_names(const plan& all, table_name name) : all_(all), name_(std::move(name)) {}

    /// `root`: the shape that the expression is asked of.
    std::string rewritten(const std::string& expression, const std::string& root);
    /// The same for an object of `input` and `output`.
    std::string rewritten_pair(const std::string& expression, const std::string& input,
                               const std::string& output);

private:
    std::string expression(std::string at);
    std::string operand(const std::string& at);
    std::string bracket(const std::string& at);
    std::string object(const std::string& at);
    std::string field(const std::string& at, const std::string& name);
    std::string function_call(const std::string& at);
    std::string element(const std::string& at) const;

    bool done() const { return position_ == text_.size(); }
    char next() const { return done() ? '\0' : text_[position_]; }
    bool sees(std::string_view what) const {
        return text_.compare(position_, what.size(), what) == 0;
    }
    void copy(std::size_t count);
    void copy_until(char end);
    void skip_space();
    std::string word();
    [[noreturn]] void refuse() const;

    const plan& all_;
    table_name name_;
    std::string text_{};
    std::size_t position_ = 0;
    std::string result_{};
    std::string input_{};
    std::string output_{};
};

}  // namespace generator
