// SPDX-License-Identifier: MIT
// Puts an answer together from the pieces that libcurl hands out.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/number.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/body_pause.hpp>
#include <awsxx/http/callback_guard.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::http::detail {

/// Collects one answer: the last head, without 1xx answers and trailers, and its body.
class curl_answer {
public:
    void begin(const exchange& how, bool head_only) {
        answer_ = {};
        answer_.headers.reserve(16, 768);
        sink_ = how.sink;
        limit_ = head_only ? UINT64_MAX : how.limits.answer_bytes;
        head_bytes_ = 0;
        started_ = complete_ = false;
        problem_.reset();
    }

    /// One line of a head with its line end. False: stop, `problem()` says why.
    bool header_line(std::string_view line) {
        started_ = true;
        head_bytes_ += line.size();
        if (head_bytes_ > largest_head) return refuse("HeadersTooLarge", "the answer's headers");
        while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
        if (complete_) return true;  // a trailer
        if (line.empty()) return end_of_head();
        if (line.starts_with("HTTP/"))
            begin_head(line);
        else
            add(line);
        return true;
    }

    /// False: the sink takes no piece now, and keeps what is to be resumed. One that fails is told so
    /// by `body_piece`.
    bool ready(body_pause& here) {
        if (sink_ == nullptr || answer_.status / 100 != 2) return true;
        auto said = caught([&]() -> expected<bool> { return sink_->ready(here); });
        if (said) return *said;
        problem_ = std::move(said).error();
        return true;
    }

    /// A piece of the body. False: stop, `problem()` says why.
    bool body_piece(std::string_view piece) {
        if (problem_) return false;
        if (sink_ != nullptr && answer_.status / 100 == 2) {
            auto written = caught([&] { return sink_->write(piece); });
            if (!written) problem_ = std::move(written).error();
            return !problem_;
        }
        if (answer_.body.size() > limit() || piece.size() > limit() - answer_.body.size())
            return refuse("BodyTooLarge", "the answer's body");
        auto kept = caught([&]() -> expected<void> {  // memory may run out
            answer_.body.append(piece);
            return {};
        });
        if (!kept) problem_ = std::move(kept).error();
        return !problem_;
    }

    bool started() const noexcept { return started_; }
    /// False while the head has not ended: libcurl calls an answer cut there a success.
    bool complete() const noexcept { return complete_ && answer_.status != 0; }
    std::optional<error>& problem() noexcept { return problem_; }
    response take() noexcept { return std::move(answer_); }

private:
    // libcurl gives up at 300 KB, and calls that a broken connection; a line has 100 KB at most
    static constexpr std::size_t largest_head = std::size_t{192} << 10;
    static constexpr std::uint64_t largest_reserve = std::uint64_t{64} << 20;
    static constexpr std::uint64_t largest_refusal = std::uint64_t{16} << 20;

    /// What tells of a failure is short.
    std::uint64_t limit() const noexcept {
        return answer_.status / 100 == 2 ? limit_ : (std::min)(limit_, largest_refusal);
    }

    void begin_head(std::string_view line) {
        answer_.headers.clear();
        text::take_until(line, ' ');
        const auto status = text::parse_number<int>(text::take_until(line, ' '));
        answer_.status = status.value_or(0);
    }

    void add(std::string_view line) {
        if (line.front() == ' ' || line.front() == '\t')
            return answer_.headers.extend_last(text::trimmed(line));
        const std::string_view name = text::take_until(line, ':');
        answer_.headers.add(text::trimmed(name), text::trimmed(line));
    }

    bool end_of_head() {
        if (answer_.status / 100 == 1) return true;
        complete_ = true;
        if (sink_ != nullptr && answer_.status / 100 == 2) return begin_sink();
        const auto told = answer_.headers.find("content-length");
        const auto length = text::parse_number<std::uint64_t>(told.value_or(""));
        if (!length) return true;
        if (limit_ == UINT64_MAX) return true;  // an answer to HEAD tells a length and has no body
        if (*length > limit()) return refuse("BodyTooLarge", "the answer's body");
        answer_.body.reserve(static_cast<std::size_t>((std::min)(*length, largest_reserve)));
        return true;
    }

    bool begin_sink() {
        auto begun = caught([&] { return sink_->begin(answer_); });
        if (!begun) problem_ = std::move(begun).error();
        return !problem_;
    }

    AWSXX_COLD bool refuse(const char* code, std::string what) {
        problem_ = error{.kind = error_kind::too_large,
                         .http_status = answer_.status,
                         .code = code,
                         .message = std::move(what) + " is larger than its limit"};
        return false;
    }

    response answer_{};
    body_sink* sink_ = nullptr;
    std::uint64_t limit_ = 0;
    std::size_t head_bytes_ = 0;
    bool started_ = false;
    bool complete_ = false;
    std::optional<error> problem_{};
};

}  // namespace awsxx::inline AWSXX_ABI::http::detail
