// SPDX-License-Identifier: MIT
// Takes the ranges of one object, each where the one before ended.
#pragma once

#include <awsxx/codec/checksum.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/recipes/s3_transfer.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::recipes::s3::detail {

/// Where the bytes of an answer lie in the object.
struct byte_range {
    std::uint64_t begin{};
    std::uint64_t end{};  ///< Behind the last one.
    std::uint64_t size{};
};

/// "bytes 0-9/25" as S3 has it; nothing for what cannot be one.
inline std::optional<byte_range> read_content_range(std::string_view text) {
    text = text::trimmed(text);
    if (!text.starts_with("bytes ")) return {};
    text.remove_prefix(6);
    const auto first = text::parse_number<std::uint64_t>(text::take_until(text, '-'));
    const auto last = text::parse_number<std::uint64_t>(text::take_until(text, '/'));
    const auto size = text::parse_number<std::uint64_t>(text);
    if (!first || !last || !size || *first > *last || *last >= *size) return {};
    return byte_range{*first, *last + 1, *size};
}

/// One object as it arrives. What broke off goes on at `offset()`. Used by one thread.
class range_sink final : public http::body_sink {
public:
    range_sink(http::body_sink& into, const transfer::guard& guard)
        : into_(&into), guard_(&guard) {}

    /// Before each range.
    void next() noexcept { written_ = 0; }
    /// Sums up what comes.
    void sum_by(codec::checksum sum) { sum_ = std::move(sum); }
    /// What the object has to be, where that is known before its first byte.
    void expect(std::string tag, std::uint64_t size) {
        tag_ = std::move(tag);
        size_ = size;
    }

    expected<void> begin(const http::response& head) override {
        const auto where = place_of(head);
        if (!where) return where.error();
        if (size_ && *size_ != where->size && where->size != 0) return changed();
        const auto tag = head.headers.find("ETag").value_or("");
        if (!tag_.empty() && !tag.empty() && tag != tag_) return changed();
        if (tag_.empty()) tag_ = tag;
        if (where->size != 0 || head.headers.contains("Content-Length")) size_ = where->size;
        end_ = where->end;
        if (begun_) return {};
        begun_ = true;
        return into_->begin(head);
    }

    expected<void> write(std::string_view piece) override {
        if (auto over = guard_->check(); !over) return over;
        if (end_ != 0 && piece.size() > end_ - offset_)
            return malformed("more bytes came than the answer said");
        if (auto done = into_->write(piece); !done) return done;
        if (sum_) sum_->update(piece);
        offset_ += piece.size();
        written_ += piece.size();
        return {};
    }
    /// Once the whole object came; the end of a range is none of the caller's.
    expected<void> end() { return into_->finish(); }
    /// What was handed on stays there: the next range begins behind it.
    bool restart() override { return written_ == 0; }

    std::uint64_t offset() const noexcept { return offset_; }
    /// Of the range that is under way, or was the last.
    std::uint64_t written() const noexcept { return written_; }
    const std::optional<std::uint64_t>& size() const noexcept { return size_; }
    const std::string& tag() const noexcept { return tag_; }
    bool is_whole() const noexcept { return size_ && offset_ == *size_; }
    std::optional<codec::checksum>& sum() noexcept { return sum_; }

    AWSXX_COLD static error changed() {
        return {.kind = error_kind::client,
                .code = "ObjectChanged",
                .message = "the object is not the one that the download began with"};
    }

private:
    /// A size of 0: not said.
    expected<byte_range> place_of(const http::response& head) const {
        if (head.status == 206) {
            const auto found = read_content_range(head.headers.find("Content-Range").value_or(""));
            if (found && found->begin == offset_) return *found;
            return malformed("the answer is another range than was asked for");
        }
        if (offset_ != 0) return malformed("the answer is the whole object and not its rest");
        const auto length = text::parse_number<std::uint64_t>(
            text::trimmed(head.headers.find("Content-Length").value_or("")));
        return byte_range{0, length.value_or(0), length.value_or(0)};
    }

    AWSXX_COLD static error malformed(const char* why) {
        return {.kind = error_kind::malformed_answer, .code = "WrongRange", .message = why};
    }

    http::body_sink* into_;
    const transfer::guard* guard_;
    std::optional<codec::checksum> sum_{};
    std::string tag_{};
    std::optional<std::uint64_t> size_{};
    std::uint64_t offset_ = 0;
    std::uint64_t end_ = 0;
    std::uint64_t written_ = 0;
    bool begun_ = false;
};

/// Appends to a string of the caller's.
class string_sink final : public http::body_sink {
public:
    explicit string_sink(std::string& into) noexcept : into_(&into) { into.clear(); }
    expected<void> write(std::string_view piece) override {
        into_->append(piece);
        return {};
    }
    bool restart() override {
        into_->clear();
        return true;
    }

private:
    std::string* into_;
};

}  // namespace awsxx::inline AWSXX_ABI::recipes::s3::detail
