// SPDX-License-Identifier: MIT
// The document that says what a form for S3 may contain, in JSON.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/text_buffer.hpp>
#include <awsxx/core/version.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::auth {

/// A field of a form.
struct post_field {
    std::string name{};
    std::string value{};
};

/// True for names of fields that need no escapes in a form or a policy.
inline bool is_form_name(std::string_view name) noexcept {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return text::is_alnum(c) || c == '-' || c == '_' || c == '.';
    });
}

/// What a form's field, or the file in it, has to be like.
class post_condition {
public:
    static post_condition exactly(std::string name, std::string value) {
        return {kind::exactly, std::move(name), std::move(value)};
    }
    /// An empty beginning allows any value.
    static post_condition begins_with(std::string name, std::string value) {
        return {kind::begins_with, std::move(name), std::move(value)};
    }
    /// Of the file, in bytes, both included.
    static post_condition size_between(std::uint64_t least, std::uint64_t most) {
        return {kind::size, std::to_string(least), std::to_string(most)};
    }

    /// The field; empty where it is about the file.
    std::string_view name() const noexcept {
        return kind_ == kind::size ? std::string_view() : first_;
    }

private:
    friend class policy_text;
    enum class kind : unsigned char { exactly, begins_with, size };

    post_condition(kind what, std::string first, std::string second)
        : kind_(what), first_(std::move(first)), second_(std::move(second)) {}

    kind kind_;
    std::string first_;
    std::string second_;
};

/// A policy document that grows by conditions. It may hold a session token and is wiped.
class policy_text {
public:
    /// The forms are accepted until `end`.
    explicit policy_text(instant end) {
        text_.append(R"({"expiration":)");
        append_string(format_date(end, date_format::date_time));
        text_.append(R"(,"conditions":[)");
    }
    policy_text(const policy_text&) = delete;
    policy_text& operator=(const policy_text&) = delete;
    ~policy_text() = default;

    void add(const post_condition& one) {
        switch (one.kind_) {
            case post_condition::kind::exactly: return add_exactly(one.first_, one.second_);
            case post_condition::kind::begins_with: return add_begins_with(one.first_, one.second_);
            case post_condition::kind::size: return add_size(one.first_, one.second_);
        }
    }
    void add_exactly(std::string_view name, std::string_view value) {
        open('{');
        append_string(name);
        text_.append(':');
        append_string(value);
        text_.append('}');
    }
    void add_begins_with(std::string_view name, std::string_view value) {
        open('[');
        text_.append(R"("starts-with",)");
        append_string("$" + std::string(name));
        text_.append(',');
        append_string(value);
        text_.append(']');
    }

    /// The whole document. Nothing can be added any more.
    std::string_view finish() {
        text_.append("]}");
        return text_.view();
    }

private:
    void add_size(std::string_view least, std::string_view most) {
        open('[');
        text_.append(R"("content-length-range",)");
        text_.append(least);
        text_.append(',');
        text_.append(most);
        text_.append(']');
    }

    void open(char bracket) {
        if (text_.view().back() != '[') text_.append(',');
        text_.append(bracket);
    }

    void append_string(std::string_view value) {
        constexpr std::string_view digits = "0123456789abcdef";
        text_.append('"');
        for (const char c : value) {
            const auto byte = static_cast<unsigned char>(c);
            if (byte < 0x20) {
                text_.append("\\u00");
                text_.append(digits[byte >> 4]);
                text_.append(digits[byte & 15]);
                continue;
            }
            if (c == '"' || c == '\\') text_.append('\\');
            text_.append(c);
        }
        text_.append('"');
    }

    text::text_buffer text_{};  ///< Wipes what it leaves behind.
};

}  // namespace awsxx::inline AWSXX_ABI::auth
