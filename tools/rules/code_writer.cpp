// SPDX-License-Identifier: MIT
#include "code_writer.hpp"

namespace tools::rules {

using awsxx::model::rule_code::op;

void code_writer::place(std::size_t value) {
    byte(static_cast<unsigned>(value >> 8 & 0xff));
    byte(static_cast<unsigned>(value & 0xff));
}

void code_writer::set_place(std::size_t at, std::size_t value) {
    code_[at] = static_cast<char>(value >> 8 & 0xff);
    code_[at + 1] = static_cast<char>(value & 0xff);
}

void code_writer::number(std::size_t value) {
    for (; value > 0x7f; value >>= 7) byte(static_cast<unsigned>(value & 0x7f) | 0x80);
    byte(static_cast<unsigned>(value));
}

void code_writer::name(std::string_view text) {
    number(text.size());
    code_ += text;
}

void code_writer::text(std::string_view literal) {
    if (literal.size() < 0x40) {
        byte(static_cast<unsigned>(op::text) | static_cast<unsigned>(literal.size()));
        code_ += literal;
        return;
    }
    op(op::long_text);
    name(literal);
}

void code_writer::refer(unsigned mask, std::size_t to) {
    byte(mask | static_cast<unsigned>(to >> 8));
    byte(static_cast<unsigned>(to & 0xff));
}

}  // namespace tools::rules
