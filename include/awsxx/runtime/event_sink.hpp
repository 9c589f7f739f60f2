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

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// An operation whose answer is a stream of events.
template <class Op>
concept streaming = requires {
    typename Op::template wire<void>::events;
};

/// Whoever hears the events, without their type.
struct event_listener {
    void* self{};
    /// Reads a message into an event of its own and hands that out. False: that was enough. Says
    /// in `unread` what of it cannot be read.
    expected<bool> (*hear)(void* self, codec::event_stream::message& from, std::string& unread){};
    const model::type* events{};  ///< The union of them.
};

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
        std::string unread;
        auto more = to_.hear(to_.self, one, unread);
        if (!unread.empty()) notes_.passes_over(unread);
        if (!more) return refused(std::move(more).error());
        heard_ = true;
        stopped_ = !*more;
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

/// Reads events of the type `Event` for a callable that may say, with a bool, whether it wants more.
template <class Event, class OnEvent>
class typed_listener {
public:
    typed_listener(const model::operation& what, OnEvent& to) noexcept : what_(&what), to_(&to) {}

    event_listener get() noexcept { return {this, &hear, &Event::template wire<void>::type}; }

private:
    static expected<bool> hear(void* self, codec::event_stream::message& from,
                               std::string& unread) {
        auto& mine = *static_cast<typed_listener*>(self);
        Event event{};
        auto read =
            protocols::read_event(*mine.what_, Event::template wire<void>::type, from, &event);
        if (!read) return std::move(read).error();
        unread = *std::move(read);
        if constexpr (std::is_same_v<std::invoke_result_t<OnEvent&, Event>, bool>) {
            return (*mine.to_)(std::move(event));
        } else {
            (*mine.to_)(std::move(event));
            return true;
        }
    }

    const model::operation* what_;
    OnEvent* to_;
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
