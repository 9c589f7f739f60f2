// SPDX-License-Identifier: MIT
// Whoever hears the events of a stream, without their type.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/model/field.hpp>
#include <awsxx/model/value.hpp>

#include <type_traits>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

namespace http {

class body_pause;

}  // namespace http

namespace runtime {

/// An operation whose answer is a stream of events.
template <class Op>
concept streaming = requires {
    typename Op::template wire<void>::events;
};

/// Two functions that are called in turn.
struct event_listener {
    void* self{};
    /// A new event for the next message to be read into.
    void* (*make)(void* self){};
    /// Takes that event. False: that was enough.
    bool (*hear)(void* self){};
    const model::type* events{};  ///< The union of them.
    /// Asked before each piece of the answer, as `http::body_sink::ready` is; null: any time.
    bool (*ready)(void* self, http::body_pause& here){};
};

/// Hands events of the type `Event` to a callable that may say, with a bool, whether it wants more.
template <class Event, class OnEvent>
class typed_listener {
public:
    explicit typed_listener(OnEvent& to) noexcept : to_(&to) {}

    event_listener get() noexcept {
        return {this, &make, &hear, &Event::template wire<void>::type};
    }
    OnEvent& to() const noexcept { return *to_; }

private:
    static void* make(void* self) { return &static_cast<typed_listener*>(self)->event_.emplace(); }
    static bool hear(void* self) {
        auto& mine = *static_cast<typed_listener*>(self);
        if constexpr (std::is_same_v<std::invoke_result_t<OnEvent&, Event>, bool>) {
            return (*mine.to_)(std::move(*mine.event_));
        } else {
            (*mine.to_)(std::move(*mine.event_));
            return true;
        }
    }

    OnEvent* to_;
    maybe<Event> event_{};
};

}  // namespace runtime

}  // namespace awsxx::inline AWSXX_ABI
