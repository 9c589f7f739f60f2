// SPDX-License-Identifier: MIT
// Writes JSON value by value, with the commas where they belong.
#pragma once

#include <awsxx/codec/json_text.hpp>
#include <awsxx/core/version.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::codec::json {

/// Appends values to a string, without blanks. Which value may stand where is the caller's care.
///
///     json::writer out(text);
///     out.open_object();
///     out.member("a");
///     out.raw("1");
///     out.close_object();        // {"a":1}
class writer {
public:
    explicit writer(std::string& out) noexcept : out_(out), begin_(out.size()) {}

    void open_object() { open('{'); }
    void close_object() { out_ += '}'; }
    void open_array() { open('['); }
    void close_array() { out_ += ']'; }

    /// A member's name. False: it is not UTF-8.
    bool member(std::string_view name) {
        if (!string(name)) return false;
        out_ += ':';
        return true;
    }
    /// A string. False: it is not UTF-8.
    bool string(std::string_view text) {
        separate();
        return append_string(out_, text);
    }
    /// A value that is JSON already.
    void raw(std::string_view json) {
        separate();
        out_ += json;
    }

private:
    void open(char bracket) {
        separate();
        out_ += bracket;
    }
    /// A value follows another one, or is the first of what was opened last.
    void separate() {
        if (out_.size() == begin_) return;
        const char last = out_.back();
        if (last != '{' && last != '[' && last != ':') out_ += ',';
    }

    std::string& out_;
    std::size_t begin_;
};

}  // namespace awsxx::inline AWSXX_ABI::codec::json
