// SPDX-License-Identifier: MIT
// Takes the ranges of one object as they come, and hands its bytes on in order.
#pragma once

#include <awsxx/codec/checksum.hpp>
#include <awsxx/core/callback.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/number.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/callback_guard.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/recipes/s3_transfer.hpp>

#include <cstddef>
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

AWSXX_COLD inline error wrong_range(const char* why) {
    return {.kind = error_kind::malformed_answer, .code = "WrongRange", .message = why};
}

/// One object as it arrives, in order. Used by one thread.
class object_sink {
public:
    object_sink(http::body_sink& into, const transfer::guard& guard)
        : into_(&into), guard_(&guard) {}

    /// Sums up what comes.
    void sum_by(codec::checksum sum) { sum_ = std::move(sum); }
    /// Told when the first answer's head is there, from inside the transfer.
    void on_first(callback hear) { first_ = std::move(hear); }
    /// What the object has to be, where that is known before its first byte.
    void expect(std::string tag, std::uint64_t size) {
        tag_ = std::move(tag);
        size_ = size;
    }

    /// The head of an answer that goes on at that byte: where its bytes lie, if they are of this
    /// object. A size of 0: not said.
    expected<byte_range> see(const http::response& head, std::uint64_t at) {
        auto where = place_of(head, at);
        if (!where) return where;
        if (size_ && *size_ != where->size && where->size != 0) return changed();
        const auto tag = head.headers.find("ETag").value_or("");
        if (!tag_.empty() && !tag.empty() && tag != tag_) return changed();
        if (tag_.empty()) tag_ = tag;
        if (where->size != 0 || head.headers.contains("Content-Length")) size_ = where->size;
        if (std::exchange(begun_, true)) return where;
        if (first_) first_();
        if (auto done = into_->begin(head); !done) return std::move(done).error();
        return where;
    }
    /// The transfer is not over, and more may come.
    expected<void> check() const { return guard_->check(); }
    expected<void> write(std::string_view piece) {
        if (auto done = into_->write(piece); !done) return done;
        if (sum_) sum_->update(piece);
        offset_ += piece.size();
        return {};
    }
    /// Once the whole object came; the end of a range is none of the caller's.
    expected<void> end() {
        return http::detail::caught([this] { return into_->finish(); });
    }
    bool ready(http::body_pause& here) { return into_->ready(here); }

    /// So much was handed on.
    std::uint64_t offset() const noexcept { return offset_; }
    const std::optional<std::uint64_t>& size() const noexcept { return size_; }
    const std::string& tag() const noexcept { return tag_; }
    std::optional<codec::checksum>& sum() noexcept { return sum_; }

    AWSXX_COLD static error changed() {
        return {.kind = error_kind::client,
                .code = "ObjectChanged",
                .message = "the object is not the one that the download began with"};
    }

private:
    static expected<byte_range> place_of(const http::response& head, std::uint64_t at) {
        if (head.status == 206) {
            const auto found = read_content_range(head.headers.find("Content-Range").value_or(""));
            if (found && found->begin == at) return *found;
            return wrong_range("the answer is another range than was asked for");
        }
        if (at != 0) return wrong_range("the answer is the whole object and not its rest");
        const auto length = text::parse_number<std::uint64_t>(
            text::trimmed(head.headers.find("Content-Length").value_or("")));
        return byte_range{0, length.value_or(0), length.value_or(0)};
    }

    http::body_sink* into_;
    const transfer::guard* guard_;
    callback first_{};
    std::optional<codec::checksum> sum_{};
    std::string tag_{};
    std::optional<std::uint64_t> size_{};
    std::uint64_t offset_ = 0;
    bool begun_ = false;
};

/// One range of an object. It hands its bytes on if all before it came; else it keeps them until then.
/// What broke off goes on at `at()`. Used by one thread.
class range_sink final : public http::body_sink {
public:
    /// Without an `end` it is the first one, which takes what comes.
    range_sink(object_sink& of, std::uint64_t begin, std::optional<std::uint64_t> end = {})
        : object_(&of), at_(begin), end_(end), in_order_(!end) {}

    /// Before each call for it.
    void next() noexcept { written_ = 0; }

    expected<void> begin(const http::response& head) override {
        const auto where = object_->see(head, at_);
        if (!where) return where.error();
        if (end_ && where->end > *end_)
            return wrong_range("the answer is another range than was asked for");
        answer_end_ = where->end;
        if (!in_order_ && answer_end_ > at_)
            kept_.reserve(kept_.size() + static_cast<std::size_t>(answer_end_ - at_));
        // of the first one; what follows it begins there, whatever its later answers bring
        if (!end_ && object_->size()) end_ = where->size != 0 ? where->end : *object_->size();
        return {};
    }
    /// What it keeps itself comes whatever the caller's sink can take.
    bool ready(http::body_pause& here) override { return !in_order_ || object_->ready(here); }
    expected<void> write(std::string_view piece) override {
        if (auto over = object_->check(); !over) return over;
        if (answer_end_ != 0 && piece.size() > answer_end_ - at_)
            return wrong_range("more bytes came than the answer said");
        if (in_order_) {
            if (auto done = object_->write(piece); !done) return done;
        } else {
            kept_.append(piece);
        }
        at_ += piece.size();
        written_ += piece.size();
        return {};
    }
    /// What was taken stays: the next answer begins behind it.
    bool restart() override { return written_ == 0; }

    /// All before it came.
    expected<void> go_on() {
        in_order_ = true;
        const std::string kept = std::move(kept_);
        kept_ = {};
        if (kept.empty()) return {};
        return http::detail::caught([&] { return object_->write(kept); });
    }

    std::uint64_t at() const noexcept { return at_; }
    /// Of what the last call brought.
    std::uint64_t written() const noexcept { return written_; }
    /// Behind its last byte, once that is known.
    const std::optional<std::uint64_t>& end() const noexcept { return end_; }
    bool is_whole() const noexcept { return end_ && at_ == *end_; }
    /// How often it broke off since something came.
    int broken = 0;
    /// All of it came, and the call that brought the end has ended.
    bool finished = false;

private:
    object_sink* object_;
    std::string kept_{};
    std::uint64_t at_;
    std::optional<std::uint64_t> end_;
    std::uint64_t answer_end_ = 0;
    std::uint64_t written_ = 0;
    bool in_order_;
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
