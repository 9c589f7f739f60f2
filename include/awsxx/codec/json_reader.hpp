// SPDX-License-Identifier: MIT
// Reads JSON value by value, straight from the text, as RFC 8259 has it.
#pragma once

#include <awsxx/codec/json_text.hpp>
#include <awsxx/codec/presence.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::codec::json {

/// What a value is, seen by its first character.
enum class token : unsigned char { none, null, boolean, number, string, object, array };

/// Pulls values out of a text. The text has to outlive it; nothing else is allocated than room
/// for strings with escapes.
///
///     json::reader in(R"({"a":[1,2]})");
///     std::string_view name, digits;
///     in.open_object();
///     while (in.member(name))                 // "a"
///         for (in.open_array(); in.element();)
///             in.number(digits);              // "1", "2"
///     bool fine = in.finish();
///
/// Whatever returns false either came to an end or failed; `ok()` tells which. After a failure all
/// functions return false. A byte order mark is tolerated, nesting beyond 256 levels is not.
class reader {
public:
    explicit reader(std::string_view text) noexcept
        : begin_(text.data()), at_(text.data()), end_(text.data() + text.size()), last_(end_) {
        if (text.starts_with("\xef\xbb\xbf")) at_ += 3;
    }

    bool ok() const noexcept { return problem_ == nullptr; }
    const char* problem() const noexcept { return problem_; }
    /// Where the reader is, or where it failed.
    std::size_t offset() const noexcept { return static_cast<std::size_t>(at_ - begin_); }

    /// What comes next.
    token peek() noexcept {
        skip_space();
        if (at_ == end_) return token::none;
        switch (*at_) {
            case 'n': return token::null;
            case 't':
            case 'f': return token::boolean;
            case '"': return token::string;
            case '{': return token::object;
            case '[': return token::array;
            default: return *at_ == '-' || text::is_digit(*at_) ? token::number : token::none;
        }
    }

    /// Reads a null if that is what comes next; otherwise nothing happens.
    bool take_null() noexcept {
        skip_space();
        return at_ != end_ && *at_ == 'n' && word("null");
    }

    bool boolean(bool& value) noexcept {
        if (peek() != token::boolean) return fail("expected true or false");
        value = *at_ == 't';
        return word(value ? "true" : "false");
    }

    /// The digits of a number as they stand in the text.
    bool number(std::string_view& digits) noexcept {
        if (peek() != token::number) return fail("expected a number");
        const char* const begin = at_;
        if (*at_ == '-') ++at_;
        const bool zero = at_ != end_ && *at_ == '0';
        if (zero)
            ++at_;
        else if (!some_digits())
            return false;
        if (skip('.') && !some_digits()) return false;
        if (skip('e') || skip('E')) {
            if (!skip('+')) skip('-');
            if (!some_digits()) return false;
        }
        digits = {begin, static_cast<std::size_t>(at_ - begin)};
        return true;
    }

    /// The text of a string, valid until the next call.
    bool string(std::string_view& value) {
        skip_space();
        if (!skip('"')) return fail("expected a string");
        const string_extent found = find_string_end({at_, static_cast<std::size_t>(end_ - at_)});
        raw_ = value = {at_, found.size};
        if (found.problem != nullptr) {
            at_ += found.size;
            return fail(found.problem);
        }
        if (found.escaped) {
            scratch_.clear();
            if (!unescape(value, scratch_)) return fail("a malformed escape in a string");
            value = scratch_;
        }
        at_ += found.size + 1;
        return true;
    }
    /// The last string as it stands in the text, escapes and all. Valid as long as the text.
    std::string_view raw_string() const noexcept { return raw_; }

    bool open_object() noexcept { return open('{', "expected an object"); }
    bool open_array() noexcept { return open('[', "expected an array"); }

    /// Goes on to the next member of the object and reads its name; its value has to be read next.
    bool member(std::string_view& name) {
        if (!more('}')) return false;
        if (!string(name)) return false;
        skip_space();
        return skip(':') || fail("expected a colon");
    }

    /// Goes on to the next element of the array, which has to be read next.
    bool element() noexcept { return more(']'); }

    /// Reads a value of any kind and forgets it. It is checked all the same.
    bool skip() {
        std::string_view ignored;
        bool flag = false;
        switch (peek()) {
            case token::null: return word("null");
            case token::boolean: return boolean(flag);
            case token::number: return number(ignored);
            case token::string: return string(ignored);
            case token::object:
                for (open_object(); member(ignored);)
                    if (!skip()) return false;
                return ok();
            case token::array:
                for (open_array(); element();)
                    if (!skip()) return false;
                return ok();
            default: return fail("expected a value");
        }
    }

    /// True if all went well and nothing follows.
    bool finish() noexcept {
        skip_space();
        return ok() && (at_ == end_ || fail("expected the end"));
    }

    /// Makes the reader fail where it is, for a reason of the caller's. Always false.
    bool fail(const char* problem) noexcept {
        if (problem_ == nullptr) problem_ = problem;
        end_ = at_;  // nothing is read any more
        first_ = false;
        return false;
    }
    /// The same for a value that began earlier.
    bool fail_at(std::size_t offset, const char* problem) noexcept {
        if (ok()) at_ = begin_ + offset;
        return fail(problem);
    }

    /// Where the reader is, to come back to.
    struct place {
        const char* at;
        std::size_t depth;
        bool first;
    };
    place here() const noexcept { return {at_, depth_, first_}; }
    /// Reads from there again, whatever happened since.
    void go_back(const place& to) noexcept {
        at_ = to.at;
        depth_ = to.depth;
        first_ = to.first;
        end_ = last_;
        problem_ = nullptr;
    }

private:
    void skip_space() noexcept {
        if (at_ != end_ && static_cast<unsigned char>(*at_) > ' ') return;
        while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
    }
    bool skip(char c) noexcept {
        if (at_ == end_ || *at_ != c) return false;
        ++at_;
        return true;
    }
    bool word(std::string_view expected) noexcept {
        const std::string_view rest(at_, static_cast<std::size_t>(end_ - at_));
        if (!rest.starts_with(expected)) return fail("expected a value");
        at_ += expected.size();
        return true;
    }
    bool some_digits() noexcept {
        const char* const begin = at_;
        while (at_ != end_ && text::is_digit(*at_)) ++at_;
        return at_ != begin || fail("expected a digit");
    }

    bool open(char bracket, const char* problem) noexcept {
        skip_space();
        if (at_ == end_ || *at_ != bracket) return fail(problem);
        if (depth_ == deepest) return fail("nested too deep");
        ++depth_;
        ++at_;
        first_ = true;
        return true;
    }

    /// True if another entry follows in the object or array that ends with `end`.
    bool more(char end) noexcept {
        skip_space();
        if (skip(end)) {
            --depth_;
            first_ = false;
            return false;
        }
        if (!first_ && !skip(',')) return fail("expected a comma or the end of what was opened");
        first_ = false;
        return true;
    }

    const char* begin_;
    const char* at_;
    const char* end_;   // of what can still be read: where it is, after a failure
    const char* last_;  // of the text
    std::size_t depth_ = 0;
    bool first_ = false;  // nothing was read yet of what was opened last
    const char* problem_ = nullptr;
    std::string_view raw_{};
    std::string scratch_{};
};

}  // namespace awsxx::inline AWSXX_ABI::codec::json
