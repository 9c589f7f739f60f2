// SPDX-License-Identifier: MIT
// Takes the body of an answer that is a stream of events and hands the events out as they come.
#pragma once

#include <awsxx/codec/event_decoder.hpp>
#include <awsxx/codec/event_stream.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/protocols/event_binding.hpp>
#include <awsxx/runtime/classify.hpp>

#include <string_view>
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
    /// Reads a message into an event of its own and hands that out.
    expected<void> (*hear)(void* self, codec::event_stream::message& from){};
};

/// Put in place of the body's sink. What was handed out cannot be taken back: a stream that breaks
/// behind its first event fails the call.
class event_sink final : public http::body_sink {
public:
    /// Members of the output that come ahead of the events, in a message of their own, go there.
    event_sink(const model::operation& what, event_listener to, void* output) noexcept
        : what_(&what), to_(to), output_(output) {}

    expected<void> write(std::string_view piece) override {
        decoder_.feed(piece);
        for (;;) {
            auto next = decoder_.next();
            if (!next) return std::move(next).error();
            if (!*next) return {};
            if (auto done = take(**next); !done) return done;
        }
    }

    bool restart() override {
        if (heard_) return false;
        decoder_ = {};
        return true;
    }

    /// Asked when the whole body came.
    expected<void> finish() { return decoder_.finish(); }

private:
    expected<void> take(codec::event_stream::message& one) {
        if (!heard_ && one.text(":event-type") == "initial-response")
            return protocols::detail::event_binding::read_document(*what_, *what_->output,
                                                                   std::move(one.payload), output_);
        auto done = to_.hear(to_.self, one);
        heard_ |= done.has_value();
        if (done || done.error().http_status == 0) return done;
        error why = std::move(done).error();  // the service's own
        classify(why);
        return why;
    }

    const model::operation* what_;
    event_listener to_;
    void* output_;
    codec::event_stream::decoder decoder_{};
    bool heard_ = false;
};

/// Reads events of the type `Event` for a callable.
template <class Event, class OnEvent>
class typed_listener {
public:
    typed_listener(const model::operation& what, OnEvent& to) noexcept : what_(&what), to_(&to) {}

    event_listener get() noexcept { return {this, &hear}; }

private:
    static expected<void> hear(void* self, codec::event_stream::message& from) {
        auto& mine = *static_cast<typed_listener*>(self);
        Event event{};
        auto done =
            protocols::read_event(*mine.what_, Event::template wire<void>::type, from, &event);
        if (!done) return done;
        (*mine.to_)(std::move(event));
        return {};
    }

    const model::operation* what_;
    OnEvent* to_;
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
