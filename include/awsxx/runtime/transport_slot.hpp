// SPDX-License-Identifier: MIT
// The transport that the sessions of one chain share, made when the first request needs it.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/lazy.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/curl_options.hpp>
#include <awsxx/http/transport.hpp>
#include <awsxx/runtime/configuration.hpp>

#include <memory>
#include <type_traits>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// Holds a transport of the program's, or makes one as the configuration says. Thread-safe.
/// A type that no options can make has to be given.
template <http::transport T>
class transport_slot {
public:
    explicit transport_slot(std::shared_ptr<T> given) : given_(std::move(given)) {}

    /// The transport; fails where the configuration cannot be read.
    expected<T*> get(const configuration& from) const {
        if (given_) return given_.get();
        auto made = made_.get([&] { return make(from); });
        if (!made) return std::move(made).error();
        return (*made)->get();
    }

private:
    static expected<std::shared_ptr<T>> make(const configuration& from) {
        if constexpr (std::is_constructible_v<T, http::curl_options>) {
            auto options = from.network();
            if (!options) return std::move(options).error();
            return std::make_shared<T>(*std::move(options));
        } else {
            static_cast<void>(from);
            return error{.kind = error_kind::invalid_argument,
                         .code = "NoTransport",
                         .message = "the session was made without its transport"};
        }
    }

    const std::shared_ptr<T> given_;
    const lazy<std::shared_ptr<T>> made_{};
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
