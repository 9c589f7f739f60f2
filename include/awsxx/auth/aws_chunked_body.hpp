// SPDX-License-Identifier: MIT
// A body that is cut into chunks, signed or not, with a trailer behind it, while it is sent.
#pragma once

#include <awsxx/auth/chunk_layout.hpp>
#include <awsxx/auth/signature_chain.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/text_blocks.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/body.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/http/trailer_source.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::auth {

/// How a body is to be cut.
struct chunking {
    chunk_signatures signatures{};
    std::size_t chunk_size = usual_chunk;
    std::shared_ptr<http::trailer_source> trailers{};  ///< Null: no trailer.
};

/// A body in the coding aws-chunked, made while it is read.
///
///     auto chunks = auth::chunk_body(draft, {.signatures = auth::chunk_signatures::sigv4});
///     // for each attempt
///     if (auto done = auth::sign(draft, keys, how, out); !done) return done;
///     auto chain = auth::signature_chain::after(out, keys, how);
///     (*chunks)->sign_with(*std::move(chain));
///
/// Needs memory for one chunk where a stream is signed, and for some lines otherwise. Can be read
/// again as often as what it wraps. For one thread at a time.
class aws_chunked_body final : public http::body_source {
public:
    /// Takes the body over; one that is only seen has to live as long as this. Fails with
    /// `invalid_argument` on chunks below 8 KiB and on what has neither signatures nor a trailer,
    /// and leaves the body alone then.
    static expected<std::shared_ptr<aws_chunked_body>> make(http::body&& raw, const chunking& how) {
        if (auto done = check(layout_of(raw, how)); !done) return std::move(done).error();
        if (!raw.in_memory() && raw.source() == nullptr)
            return error{.kind = error_kind::invalid_argument,
                         .code = "BadChunks",
                         .message = "the body's stream is null"};
        return std::shared_ptr<aws_chunked_body>(new aws_chunked_body(std::move(raw), how));
    }

    const chunk_layout& layout() const noexcept { return layout_; }
    /// The length of the encoded body.
    std::uint64_t size() const noexcept { return encoded_length(layout_); }

    /// Signs behind the request that `chain` continues: said after each signature of the request,
    /// before the body is read.
    void sign_with(signature_chain chain) { chain_ = std::move(chain); }

    /// A stream is not asked where whole chunks of it are signed, nor behind its end.
    bool ready(http::body_pause& here) override {
        http::body_source* const source = raw_.source();
        const bool goes_by = layout_.signatures == chunk_signatures::none &&
                             (streamed_ != 0 || left_ != 0) && source != nullptr;
        return !goes_by || source->ready(here);
    }

    expected<std::size_t> read(std::span<char> room) override {
        std::size_t done = 0;
        for (bool streams = false; done < room.size() && !streams;) {
            auto got = read_some(room.subspan(done), streams);
            if (!got) return got;
            if (*got == 0) break;
            done += *got;
        }
        return done;
    }

    bool rewind() override {
        if (http::body_source* source = raw_.source(); source != nullptr && !source->rewind())
            return false;
        if (trailers_) trailers_->restart();
        if (chain_) chain_->restart();
        next_ = step::chunk;
        left_ = layout_.length;
        streamed_ = 0;
        frame_.clear();
        frame_at_ = 0;
        data_ = {};
        return true;
    }

private:
    enum class step : unsigned char { chunk, end, done };

    static chunk_layout layout_of(const http::body& raw, const chunking& how) {
        chunk_layout made{
            .length = raw.size(), .chunk_size = how.chunk_size, .signatures = how.signatures};
        if (how.trailers) made.trailers = how.trailers->trailers();
        return made;
    }

    aws_chunked_body(http::body&& raw, const chunking& how)
        : layout_(layout_of(raw, how)),
          trailers_(how.trailers),
          raw_(std::move(raw)),
          left_(layout_.length) {
        if (trailers_) trailers_->restart();
    }

    /// Hands out what is there, or what comes next. 0: nothing does. `streams`: it came out of a
    /// stream, which may not be ready for more.
    expected<std::size_t> read_some(std::span<char> room, bool& streams) {
        if (frame_at_ == frame_.size() && data_.empty() && streamed_ == 0)
            if (auto made = advance(); !made) return std::move(made).error();
        if (frame_at_ != frame_.size()) {
            const std::string_view rest = std::string_view(frame_).substr(frame_at_);
            const std::size_t count = copy(rest, room);
            frame_at_ += count;
            return count;
        }
        streams = streamed_ != 0;
        if (streams) return read_stream(room);
        const std::size_t count = copy(data_, room);
        data_.remove_prefix(count);
        return count;
    }

    static std::size_t copy(std::string_view from, std::span<char> room) noexcept {
        const std::size_t count = (std::min)(from.size(), room.size());
        if (count != 0) std::memcpy(room.data(), from.data(), count);
        return count;
    }

    /// Lays the next frame out, and what it frames.
    expected<void> advance() {
        const bool first = left_ == layout_.length;
        frame_.clear();
        frame_at_ = 0;
        if (next_ == step::done) return {};
        if (!first) frame_ = detail::chunk_frames::line_end;
        if (left_ == 0) next_ = step::end;
        return next_ == step::chunk ? begin_chunk() : finish();
    }

    expected<void> begin_chunk() {
        const auto size =
            static_cast<std::size_t>(std::min<std::uint64_t>(left_, layout_.chunk_size));
        if (raw_.in_memory()) {
            const auto at = static_cast<std::size_t>(layout_.length - left_);
            data_ = raw_.bytes().substr(at, size);
        } else if (layout_.signatures == chunk_signatures::none) {
            streamed_ = size;  // goes by without being kept
        } else if (auto done = fill(size); !done) {
            return done;
        }
        left_ -= size;
        if (trailers_ && !data_.empty()) trailers_->update(data_);
        const auto signature = sign_chunk(data_);
        if (!signature) return signature.error();
        append_chunk_head(frame_, size, *signature);
        return {};
    }

    expected<std::string_view> sign_chunk(std::string_view bytes) {
        if (layout_.signatures == chunk_signatures::none) return std::string_view();
        if (!chain_ || chain_->width() != signature_width(layout_.signatures))
            return error{.kind = error_kind::invalid_argument,
                         .code = "NotSigned",
                         .message = "the chunks follow no signature of their kind"};
        return chain_->sign_chunk(bytes);
    }

    /// The empty chunk, the trailer and the end.
    expected<void> finish() {
        const auto signature = sign_chunk({});
        if (!signature) return signature.error();
        append_chunk_head(frame_, 0, *signature);
        if (auto done = append_trailers(); !done) return done;
        frame_ += detail::chunk_frames::line_end;
        next_ = step::done;
        return {};
    }

    expected<void> append_trailers() {
        if (layout_.trailers.empty()) return {};
        std::vector<std::string> lines;
        for (std::size_t i = 0; i < layout_.trailers.size(); ++i) {
            const http::trailer& one = layout_.trailers[i];
            const auto value = trailers_->value(i);
            if (!value) return value.error();
            if (value->size() != one.value_size || !text::is_visible(*value))
                return error{.kind = error_kind::invalid_argument,
                             .code = "BadTrailer",
                             .message = "the value of " + one.name +
                                        " is not as long as was said, or none that can be sent"};
            lines.push_back(one.name + ":" + *value);
            frame_.append(lines.back()).append(detail::chunk_frames::line_end);
        }
        return layout_.signatures == chunk_signatures::none ? expected<void>()
                                                            : sign_trailer(std::move(lines));
    }

    expected<void> sign_trailer(std::vector<std::string> lines) {
        std::sort(lines.begin(), lines.end());
        std::string all;
        for (const std::string& line : lines) all.append(line).append("\n");
        const auto signature = chain_->sign_trailer(all);
        if (!signature) return signature.error();
        frame_.append(detail::chunk_frames::trailer_signature).append(*signature);
        frame_.append(detail::chunk_frames::line_end);
        return {};
    }

    /// Reads a whole chunk.
    expected<void> fill(std::size_t size) {
        if (chunk_.empty()) chunk_.resize(size);  // no later one is larger
        for (std::size_t done = 0; done < size;) {
            auto got = pull(std::span(chunk_).subspan(done, size - done));
            if (!got) return got.error();
            done += *got;
        }
        data_ = std::string_view(chunk_.data(), size);
        return {};
    }

    expected<std::size_t> read_stream(std::span<char> room) {
        const auto most = (std::min)(room.size(), streamed_);
        auto got = pull(room.first(most));
        if (!got) return got;
        streamed_ -= *got;
        if (trailers_) trailers_->update({room.data(), *got});
        return got;
    }

    expected<std::size_t> pull(std::span<char> room) {
        auto got = raw_.source()->read(room);
        if (got && (*got == 0 || *got > room.size()))
            return error{.kind = error_kind::invalid_argument,
                         .code = "BodyTooShort",
                         .message = "the body ended before its length of " +
                                    std::to_string(layout_.length) + " bytes"};
        return got;
    }

    chunk_layout layout_;
    std::shared_ptr<http::trailer_source> trailers_;
    http::body raw_;
    std::optional<signature_chain> chain_{};

    step next_ = step::chunk;
    std::uint64_t left_;        ///< Of the body, behind the chunk that is handed out.
    std::size_t streamed_ = 0;  ///< Of the chunk, where it is not kept.
    std::string frame_{};       ///< What goes before `data_`, or before what is streamed.
    std::size_t frame_at_ = 0;
    std::string_view data_{};    ///< What is left of the chunk.
    std::vector<char> chunk_{};  ///< A chunk that was read to be signed.
};

/// Puts the draft's body into chunks and adds the headers that go with them. What signs the draft
/// then covers these, not the body; `rules.presigned_body` and other words would say otherwise.
///
/// Where the chunks are signed, say `sign_with` after each signature. A draft that stays unsigned
/// can be sent as it is. Leaves the draft alone where it fails.
inline expected<std::shared_ptr<aws_chunked_body>> chunk_body(http::request& draft,
                                                              const chunking& how) {
    auto made = aws_chunked_body::make(std::move(draft.body), how);
    if (!made) return made;
    add_chunk_headers(draft.headers, (*made)->layout());
    draft.body = http::body::stream(*made, (*made)->size());
    return made;
}

}  // namespace awsxx::inline AWSXX_ABI::auth
