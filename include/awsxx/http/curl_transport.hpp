// SPDX-License-Identifier: MIT
// Sends requests through libcurl and waits for their answers.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/check.hpp>
#include <awsxx/http/curl_exchange.hpp>
#include <awsxx/http/curl_handle.hpp>
#include <awsxx/http/curl_options.hpp>
#include <awsxx/http/curl_pool.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/http/transport.hpp>

#include <utility>

namespace awsxx::inline AWSXX_ABI::http {

/// The transport of ordinary sessions: HTTP/1.1, or HTTP/2 where that is wanted, with kept connections.
///
///     http::curl_transport transport({.ca_file = "/etc/company.pem"});
///     auto answer = transport.send({.target = *http::parse_uri("https://example.com/")}, {});
///
/// Many threads may send at once; none waits for another. Making one does nothing yet. It works
/// in a child after a fork: connections of the parent are neither used nor ended there.
class curl_transport {
public:
    explicit curl_transport(curl_options options = {}) : options_(std::move(options)) {}

    /// Sends `what` and waits for its answer, of whatever status.
    expected<response> send(const request& what, const exchange& how) {
        if (auto good = check(what); !good) return std::move(good).error();
        detail::curl_handle_ptr handle = pool_.take(what.target, how.certificate.get());
        if (!handle) {
            auto made = detail::curl_handle::make(options_, what.target, how.certificate);
            if (!made) return std::move(made).error();
            handle = *std::move(made);
        }
        expected<response> answer = detail::exchange_on(*handle, what, how);
        pool_.give_back(std::move(handle));
        return answer;
    }

    /// What it was made with.
    const curl_options& options() const noexcept { return options_; }

private:
    curl_options options_;
    detail::curl_pool pool_{};
};

static_assert(transport<curl_transport>);

}  // namespace awsxx::inline AWSXX_ABI::http
