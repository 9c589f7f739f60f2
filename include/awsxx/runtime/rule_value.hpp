// SPDX-License-Identifier: MIT
// What the values of endpoint rules are while the rules are read.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/runtime/partitions.hpp>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <forward_list>
#include <span>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::runtime {

/// A value, seen and not owned. An ARN or URL is kept as its text, and read where a part is asked
/// for.
struct rule_value {
    enum class kind : unsigned char {
        none,
        flag,
        number,
        text,
        texts,   ///< `items`
        pieces,  ///< `text`, divided where `separators` stand.
        split,   ///< `text`, divided where the whole of `separators` stands, `number` times.
        arn,
        url,
        partition,
        node,  ///< A list or a record of the rules themselves; `number` is its place.
    };

    kind what{};
    bool yes{};
    std::size_t number{};
    std::string_view text{};
    std::string_view separators{};
    std::span<const std::string_view> items{};
    const runtime::partition* where{};

    rule_value() = default;
    rule_value(bool from) noexcept : what(kind::flag), yes(from) {}
    rule_value(std::string_view from) noexcept : what(kind::text), text(from) {}
    rule_value(const std::string& from) noexcept : rule_value(std::string_view(from)) {}
    rule_value(const char* from) noexcept : rule_value(std::string_view(from)) {}
    rule_value(std::span<const std::string_view> from) noexcept : what(kind::texts), items(from) {}
    rule_value(const runtime::partition& from) noexcept : what(kind::partition), where(&from) {}
    rule_value(kind as, std::string_view from) noexcept : what(as), text(from) {}

    bool is_text() const noexcept { return what == kind::text; }
    bool is_flag() const noexcept { return what == kind::flag; }
    /// Whether a condition holds that has this value.
    bool holds() const noexcept { return what != kind::none && (what != kind::flag || yes); }
};

/// Keeps the texts that rules put together, at places that stay. The first kilobyte is its own.
class rule_texts {
public:
    rule_texts() = default;
    rule_texts(const rule_texts&) = delete;
    rule_texts& operator=(const rule_texts&) = delete;
    ~rule_texts() = default;

    /// Room for a text.
    char* take(std::size_t size) {
        if (size > sizeof near_ - used_) {
            far_.emplace_front(size, '\0');
            return far_.front().data();
        }
        used_ += size;
        return near_ + used_ - size;
    }
    /// All of them in a row.
    std::string_view joined(std::span<const std::string_view> pieces) {
        std::size_t size = 0;
        for (const std::string_view one : pieces) size += one.size();
        char* const begin = take(size);
        char* at = begin;
        for (const std::string_view one : pieces) at = std::copy(one.begin(), one.end(), at);
        return {begin, size};
    }

private:
    std::size_t used_ = 0;
    char near_[1024];  // NOLINT(cppcoreguidelines-pro-type-member-init): written before it is read
    std::forward_list<std::string> far_{};
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
