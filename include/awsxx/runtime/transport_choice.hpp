// SPDX-License-Identifier: MIT
// What a session sends with: a transport that it was given, or how to make one.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/http/any_transport.hpp>
#include <awsxx/http/curl_options.hpp>

#include <memory>
#include <type_traits>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

namespace http {

class curl_transport;

}  // namespace http

namespace runtime {

/// At most one of the two is there.
struct transport_choice {
    http::any_transport given{};
    http::any_transport (*make)(http::curl_options options){};
};

/// The one that is given or, where the type can be made of options, how to make it.
template <http::transport T>
transport_choice choose_transport(std::shared_ptr<T> given) {
    if (given) return {.given = http::any_transport(std::move(given))};
    if constexpr (std::is_constructible_v<T, http::curl_options>)
        return {.make = [](http::curl_options options) {
            return http::any_transport(std::make_shared<T>(std::move(options)));
        }};
    return {};
}

/// The same for the transport of ordinary sessions, which need not be known where they are used.
AWSXX_ONCE transport_choice choose_transport(std::shared_ptr<http::curl_transport> given);

}  // namespace runtime

}  // namespace awsxx::inline AWSXX_ABI
