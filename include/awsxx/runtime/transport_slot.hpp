// SPDX-License-Identifier: MIT
// The transport that the sessions of one chain share, made when the first request needs it.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/lazy.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/any_transport.hpp>
#include <awsxx/runtime/configuration.hpp>
#include <awsxx/runtime/transport_choice.hpp>

#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// Holds a transport of the program's, or makes one as the configuration says. Thread-safe.
/// A type that no options can make has to be given.
class transport_slot {
public:
    explicit transport_slot(transport_choice from) : from_(std::move(from)) {}

    /// The transport, which lives as long as this; fails where the configuration cannot be read.
    expected<const http::any_transport*> get(const configuration& from) const {
        if (from_.given) return &from_.given;
        return made_.get([&] { return make(from); });
    }

private:
    expected<http::any_transport> make(const configuration& from) const {
        if (from_.make == nullptr)
            return error{.kind = error_kind::invalid_argument,
                         .code = "NoTransport",
                         .message = "the session was made without its transport"};
        auto options = from.network();
        if (!options) return std::move(options).error();
        return from_.make(*std::move(options));
    }

    const transport_choice from_;
    const lazy<http::any_transport> made_{};
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
