// SPDX-License-Identifier: MIT
// Takes the body of an answer that is a stream of events and hands the events out as they come.
#pragma once

#include <awsxx/codec/event_decoder.hpp>
#include <awsxx/codec/event_stream.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/model/clear.hpp>
#include <awsxx/model/field.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/protocols/event_binding.hpp>
#include <awsxx/runtime/call_notes.hpp>
#include <awsxx/runtime/classify.hpp>
#include <awsxx/runtime/event_listener.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

namespace detail::event_sink {

/// The event that says that no other one follows, as S3 Select has it.
inline constexpr std::string_view last = "End";

AWSXX_COLD inline error stopped() {
    return {.kind = error_kind::cancelled,
            .code = "StoppedByCallback",
            .message = "the program wants no more events"};
}

AWSXX_COLD inline error unfinished() {
    return {.kind = error_kind::network,
            .retryable = true,
            .code = "EventStreamUnfinished",
            .message = "the stream is over and its last event has not come"};
}

}  // namespace detail::event_sink

/// Put in place of the body's sink. What was handed out cannot be taken back: a stream that breaks
/// behind its first event fails the call.
class event_sink final : public http::body_sink {
public:
    /// Members of the output that come ahead of the events, in a message of their own, go there.
    /// What of an event cannot be read is told to the notes.
    event_sink(const call_notes& notes, const model::operation& what, const event_listener& to,
               void* output) noexcept
        : notes_(notes), what_(&what), to_(to), output_(output) {}

    expected<void> begin(const http::response& head) override {
        head_.status = head.status;
        head_.headers = head.headers;
        return {};
    }

    bool ready(http::body_pause& here) override {
        return to_.ready == nullptr || to_.ready(to_.self, here);
    }

    expected<void> write(std::string_view piece) override {
        decoder_.feed(piece);
        for (;;) {
            auto next = decoder_.next();
            if (!next) return std::move(next).error();
            if (!*next) return {};
            if (auto done = take(**next); !done) return done;
        }
    }

    /// A stream of a kind that tells its end is not over without that.
    expected<void> finish() override {
        if (auto done = decoder_.finish(); !done) return done;
        if (!ended_ && tells_end()) return detail::event_sink::unfinished();
        return {};
    }

    bool restart() override {
        if (heard_) return false;
        decoder_ = {};
        model::clear(*what_->output, output_);
        return true;
    }

    /// The listener wanted no more; that the exchange failed then is no failure of the call.
    bool stopped() const noexcept { return stopped_; }
    /// Status and headers of the answer.
    http::response& head() noexcept { return head_; }
    const call_notes& notes() const noexcept { return notes_; }

private:
    bool tells_end() const noexcept {
        const model::type& all = *to_.events;
        for (std::size_t i = 0; i < all.field_count; ++i)
            if (all.fields[i].name == detail::event_sink::last) return true;
        return false;
    }

    expected<void> take(codec::event_stream::message& one) {
        if (!heard_ && one.text(":event-type") == "initial-response")
            return take_output(std::move(one.payload));
        ended_ |= one.text(":event-type") == detail::event_sink::last;
        auto read = protocols::read_event(*what_, *to_.events, one, to_.make(to_.self));
        if (!read) return refused(std::move(read).error());
        if (!read->empty()) notes_.passes_over(*read);
        heard_ = true;
        stopped_ = !to_.hear(to_.self);
        return stopped_ ? expected<void>(detail::event_sink::stopped()) : expected<void>();
    }

    expected<void> take_output(std::string payload) {
        auto read = protocols::detail::event_binding::read_document(*what_, *what_->output,
                                                                    std::move(payload), output_);
        if (!read) return std::move(read).error();
        if (!read->empty()) notes_.passes_over(*read);
        return {};
    }

    AWSXX_COLD error refused(error why) const {
        classify(why, what_->service->retried);  // the service's own, else it has a kind
        return why;
    }

    call_notes notes_;
    const model::operation* what_;
    event_listener to_;
    void* output_;
    codec::event_stream::decoder decoder_{};
    http::response head_{};
    bool heard_ = false;
    bool ended_ = false;
    bool stopped_ = false;
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
