// SPDX-License-Identifier: MIT
// A transport of whatever type, so that who sends with it need not be a template.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/connections.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/http/transport.hpp>

#include <memory>
#include <type_traits>
#include <utility>

namespace awsxx::inline AWSXX_ABI::http {

struct curl_options;

/// Holds a transport together with others, or refers to one. Sending costs one indirect call more
/// than it costs by the type itself.
class any_transport {
public:
    /// None: nothing can be sent.
    any_transport() = default;
    /// Together with others.
    template <transport T>
    explicit any_transport(std::shared_ptr<T> shared)
        : object_(std::move(shared)),
          send_(object_ ? &send_with<T> : nullptr),
          connect_(&connect_with<T>),
          options_(&options_of<T>) {}
    /// One that lives longer than this.
    template <class T>
        requires(transport<T> && !std::is_const_v<T> && !std::is_same_v<T, any_transport>)
    any_transport(T& one)
        : object_(std::shared_ptr<void>(), &one),
          send_(&send_with<T>),
          connect_(&connect_with<T>),
          options_(&options_of<T>) {}

    explicit operator bool() const noexcept { return send_ != nullptr; }

    /// Sends `what` as `transport` promises it.
    expected<response> send(const request& what, const exchange& how) const {
        return send_(object_.get(), what, how);
    }

    /// Makes connections for requests like `what`, and waits for them. None where the transport's type
    /// has no `preconnect`.
    connections preconnect(const request& what, const exchange& how, int count) const {
        return connect_ != nullptr ? connect_(object_.get(), what, how, count) : connections{};
    }

    /// What an event loop has to set up to send in its place; null: it sends by itself only.
    const curl_options* options() const noexcept {
        return object_ ? options_(object_.get()) : nullptr;
    }

private:
    template <class T>
    static const curl_options* options_of(const void* object) noexcept {
        if constexpr (requires(const T& one) { one.options(); })
            return &static_cast<const T*>(object)->options();
        else
            return nullptr;
    }
    template <class T>
    static expected<response> send_with(void* object, const request& what, const exchange& how) {
        return static_cast<T*>(object)->send(what, how);
    }

    template <class T>
    // NOLINTNEXTLINE(readability-function-size): those of `preconnect`, and whose it is
    static connections connect_with(void* object, const request& what, const exchange& how,
                                    int count) {
        if constexpr (requires(T & one) { one.preconnect(what, how, count); })
            return static_cast<T*>(object)->preconnect(what, how, count);
        else
            return {};
    }

    std::shared_ptr<void> object_{};
    expected<response> (*send_)(void*, const request&, const exchange&){};
    connections (*connect_)(void*, const request&, const exchange&, int){};
    const curl_options* (*options_)(const void*){};
};

}  // namespace awsxx::inline AWSXX_ABI::http
