// SPDX-License-Identifier: MIT
// The libcurl handles of an event loop, by what they are set up with.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/http/curl_options.hpp>
#include <awsxx/http/curl_transfer.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <vector>

namespace awsxx::inline AWSXX_ABI::http::detail {

/// All handles that are set up in one way. They are never more than were busy at once.
struct curl_network {
    explicit curl_network(const curl_options& of) : options(of) {}

    bool serves(const curl_options& wanted) const {
        return wanted.ca_file == options.ca_file && wanted.ca_path == options.ca_path &&
               wanted.proxies.http == options.proxies.http &&
               wanted.proxies.https == options.proxies.https &&
               wanted.proxies.none == options.proxies.none &&
               wanted.insecure_skip_tls_verification == options.insecure_skip_tls_verification &&
               wanted.tcp_keepalive == options.tcp_keepalive && wanted.http2 == options.http2;
    }
    /// An idle handle for that, the one used last; or null.
    curl_transfer* take(const request& what, const exchange& how) {
        for (auto at = idle.rbegin(); at != idle.rend(); ++at) {
            curl_transfer* const found = *at;
            if (!found->handle->usable() || !found->handle->serves(what.target, how)) continue;
            idle.erase(std::next(at).base());
            return found;
        }
        return nullptr;
    }

    curl_options options;
    std::vector<std::unique_ptr<curl_transfer>> all{};
    std::vector<curl_transfer*> idle{};
};

/// As many as a loop has to do with. One that nobody needs goes where they are too many.
class curl_networks {
public:
    curl_network& get(const curl_options& options) {
        const auto found = std::find_if(all_.begin(), all_.end(),
                                        [&](const auto& one) { return one->serves(options); });
        if (found != all_.end()) return **found;
        if (all_.size() >= most) drop_idle();
        all_.push_back(std::make_unique<curl_network>(options));
        return *all_.back();
    }
    /// `act(curl_transfer&)` for all that are under way.
    template <class Act>
    void each_busy(Act act) {
        for (const auto& network : all_)
            for (const auto& one : network->all)
                if (one->to != nullptr) act(*one);
    }
    void clear() noexcept { all_.clear(); }

private:
    static constexpr std::size_t most = 16;

    void drop_idle() {
        const auto idle = std::find_if(all_.begin(), all_.end(), [](const auto& one) {
            return one->idle.size() == one->all.size();
        });
        if (idle != all_.end()) all_.erase(idle);
    }

    std::vector<std::unique_ptr<curl_network>> all_{};
};

}  // namespace awsxx::inline AWSXX_ABI::http::detail
