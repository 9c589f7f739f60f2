// SPDX-License-Identifier: MIT
// Sends requests through libcurl and waits for their answers.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/check.hpp>
#include <awsxx/http/connections.hpp>
#include <awsxx/http/curl_exchange.hpp>
#include <awsxx/http/curl_handle.hpp>
#include <awsxx/http/curl_options.hpp>
#include <awsxx/http/curl_pool.hpp>
#include <awsxx/http/curl_preconnect.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/http/parse_uri.hpp>
#include <awsxx/http/transport.hpp>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

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
        auto handle = get(what, how);
        if (!handle) return std::move(handle).error();
        expected<response> answer = detail::exchange_on(**handle, what, how);
        pool_.give_back(*std::move(handle));
        return answer;
    }

    /// Sees to it that so many connections, up to as many as are kept, stand ready for requests like
    /// `what`: those that are idle, and new ones. All are made at the same time. Waits for them.
    connections preconnect(const request& what, const exchange& how, int count) {
        connections done;
        exchange only = how;
        only.connect_only = true;
        std::vector<std::unique_ptr<detail::curl_opening>> all;
        if (auto good = check(what); !good) {
            done.failure = std::move(good).error();
            return done;
        }
        for (int i = 0; i < (std::min)(count, detail::curl_pool::size) && !done.failure; ++i) {
            auto handle = get(what, only);
            if (handle)
                all.push_back(
                    std::make_unique<detail::curl_opening>(*std::move(handle), what, only));
            else
                done.failure = std::move(handle).error();
        }
        detail::open_all(all, how.stop);
        for (const auto& one : all) keep(*one, done);
        return done;
    }

    /// What it was made with.
    const curl_options& options() const noexcept { return options_; }

private:
    expected<detail::curl_handle_ptr> get(const request& what, const exchange& how) {
        detail::curl_handle_ptr idle = pool_.take(what.target, how);
        if (idle) return idle;
        return detail::curl_handle::make(options_, what.target, how);
    }
    void keep(detail::curl_opening& one, connections& done) {
        if (one.failure()) {
            if (!done.failure) done.failure = one.failure();
            return;
        }
        ++done.standing;
        if (one.is_new()) ++done.made;
        pool_.give_back(one.take());
    }

    curl_options options_;
    detail::curl_pool pool_{};
};

static_assert(transport<curl_transport>);

}  // namespace awsxx::inline AWSXX_ABI::http
