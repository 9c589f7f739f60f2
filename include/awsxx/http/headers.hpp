// SPDX-License-Identifier: MIT
// HTTP header fields in the order they were added, kept in one piece of memory.
#pragma once

#include <awsxx/core/secret.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/text_buffer.hpp>
#include <awsxx/core/version.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace awsxx::inline AWSXX_ABI::http {

/// One field, seen in its `headers`. Valid until they change.
struct header {
    std::string_view name{};
    std::string_view value{};
};

/// Header fields. Names compare without case; repeats and order are kept.
///
/// Kept as lines "name: value", each ended by a zero byte, the way libcurl wants them. A cleared
/// object keeps its memory, so that filling it again allocates nothing.
class headers {
public:
    /// Walks the fields; what it points at is made on the way.
    class iterator {
    public:
        using value_type = header;
        using difference_type = std::ptrdiff_t;
        iterator() = default;
        header operator*() const noexcept { return (*owner_)[index_]; }
        iterator& operator++() noexcept {
            ++index_;
            return *this;
        }
        iterator operator++(int) noexcept {
            iterator old = *this;
            ++index_;
            return old;
        }
        friend bool operator==(const iterator& a, const iterator& b) noexcept {
            return a.index_ == b.index_;
        }

    private:
        friend class headers;
        iterator(const headers* owner, std::size_t index) : owner_(owner), index_(index) {}
        const headers* owner_ = nullptr;
        std::size_t index_ = 0;
    };

    std::size_t size() const noexcept { return lines_.size(); }
    bool empty() const noexcept { return lines_.empty(); }
    iterator begin() const noexcept { return {this, 0}; }
    iterator end() const noexcept { return {this, lines_.size()}; }
    header operator[](std::size_t index) const noexcept {
        const line& at = lines_[index];
        const char* text = text_.data() + at.begin;
        return {{text, at.name}, {text + at.name + 2, at.value}};
    }
    /// The whole line "name: value", ended by a zero byte.
    const char* line_text(std::size_t index) const noexcept {
        return text_.data() + lines_[index].begin;
    }

    /// The value of the first field of that name.
    std::optional<std::string_view> find(std::string_view name) const noexcept {
        for (const header field : *this)
            if (text::equal_ignoring_case(field.name, name)) return field.value;
        return {};
    }
    bool contains(std::string_view name) const noexcept { return find(name).has_value(); }

    /// Adds a field behind those that are there.
    void add(std::string_view name, std::string_view value) {
        text::write(add_room(name, value.size()), value);
    }
    /// Adds a field and tells where its value has to be written, all `size` characters of it.
    char* add_room(std::string_view name, std::size_t size) {
        lines_.push_back({static_cast<std::uint32_t>(text_.size()),
                          static_cast<std::uint32_t>(name.size()),
                          static_cast<std::uint32_t>(size)});
        char* value = text::write(text_.room(name.size() + size + 3), name);
        *value++ = ':';
        *value++ = ' ';
        value[size] = '\0';
        text_.end_at(value + size + 1);
        return value;
    }
    /// Continues the value of the last field after a space: the next line of a folded header.
    void extend_last(std::string_view more) {
        if (lines_.empty()) return;
        text_.data()[text_.size() - 1] = ' ';
        text_.append(more);
        text_.append('\0');
        lines_.back().value += static_cast<std::uint32_t>(more.size() + 1);
    }
    /// Makes this the only field of that name.
    void set(std::string_view name, std::string_view value) {
        remove(name);
        add(name, value);
    }
    void remove(std::string_view name) {
        if (!contains(name)) [[likely]]
            return;
        std::erase_if(lines_, [&](const line& at) {
            return text::equal_ignoring_case({text_.data() + at.begin, at.name}, name);
        });
        if (lines_.empty()) clear();
    }
    /// Overwrites the fields, some of which are secret.
    void clear() noexcept {
        wipe(text_.data(), text_.size());
        text_.clear();
        lines_.clear();
    }
    void reserve(std::size_t fields, std::size_t bytes) {
        lines_.reserve(fields);
        text_.reserve(bytes);
    }

private:
    struct line {
        std::uint32_t begin;
        std::uint32_t name;
        std::uint32_t value;
    };
    text::text_buffer text_{};
    std::vector<line> lines_{};
};

}  // namespace awsxx::inline AWSXX_ABI::http
