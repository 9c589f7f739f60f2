// SPDX-License-Identifier: MIT
// Writes the code of a rule set, and what occurs again as a reference to the first time.
#pragma once

#include <awsxx/model/rules.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace tools::rules {

/// A growing program. What a rule set says twice stands in it once.
class code_writer {
public:
    const std::string& code() const noexcept { return code_; }
    std::size_t here() const noexcept { return code_.size(); }

    void byte(unsigned value) { code_ += static_cast<char>(value); }
    void op(awsxx::model::rule_code::op what) { byte(static_cast<unsigned>(what)); }
    /// Two bytes, the larger first.
    void place(std::size_t value);
    void set_place(std::size_t at, std::size_t value);
    /// Seven bits a byte, the least first.
    void number(std::size_t value);
    /// A number and as many bytes.
    void name(std::string_view text);
    /// A text as an expression.
    void text(std::string_view literal);

    /// Writes by `write()`, or refers to where something with the same key was written. `mask`
    /// tells a reference in its place from anything else.
    template <class Write>
    void once(const std::string& key, unsigned mask, Write write) {
        const auto known = written_.find(key);
        if (known != written_.end()) return refer(mask, known->second);
        const std::size_t begin = here();
        write();
        if (here() - begin > 2 && begin < furthest) written_.emplace(key, begin);
    }

private:
    static constexpr std::size_t furthest = std::size_t{1} << 14;

    void refer(unsigned mask, std::size_t to);

    std::string code_{};
    std::map<std::string, std::size_t> written_{};
};

}  // namespace tools::rules
