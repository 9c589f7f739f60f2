// SPDX-License-Identifier: MIT
// Credentials that ECS, EKS Pod Identity or another service hands to a container.
#pragma once

#include <awsxx/auth/feature.hpp>
#include <awsxx/auth/provider.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/container_endpoint.hpp>
#include <awsxx/credentials/credentials_json.hpp>
#include <awsxx/credentials/metadata_client.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/http/uri.hpp>
#include <awsxx/runtime/configuration.hpp>
#include <awsxx/runtime/secret_files.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// Where to ask, if not where the environment says.
struct container_options {
    std::optional<container_endpoint> endpoint{};
    metadata_limits limits{};
};

namespace detail::container {

/// One fetch.
class fetch final : public metadata_renewal {
public:
    fetch(container_endpoint where, const std::shared_ptr<const runtime::configuration>& from,
          const metadata_limits& limits)
        : metadata_renewal(from, limits), where_(std::move(where)) {}

private:
    void begin() override {
        if (where_.token_file.empty() && is_trusted_container_host(where_)) return prepare();
        then_work([this] { prepare(); });
    }
    void prepare() {
        auto host = container_host(where_, *from().outside().names);
        if (!host) return fail(host.error());
        const auto token = container_token(where_, runtime::secret_files(from()));
        if (!token) return fail(token.error());
        http::request what = metadata_request("GET", where_.target);
        what.headers.add("Accept", "application/json");
        if (!token->empty()) what.headers.add("Authorization", token->expose());
        if (*host != where_.target.host) {
            // a second look-up could find another address
            what.headers.add("Host", http::host_header(where_.target));
            what.target.host = *std::move(host);
        }
        ask({.what = std::move(what),
             .hear = [this](const http::response& answer) { return hear(answer); },
             .fail = [this](const error& why) { fail(why); }});
    }
    expected<void> hear(const http::response& answer) {
        if (answer.status != 200) return metadata_refusal(answer);
        auto keys = parse_credentials_json(answer.body, {.temporary = true});
        if (!keys) {
            error why = std::move(keys).error();
            why.http_status = answer.status;
            why.retryable = why.kind == error_kind::malformed_answer;
            return why;
        }
        keys->source = "container " + shown();
        keys->via = auth::feature::credentials_http;
        finish(std::make_shared<const credentials>(*std::move(keys)));
        return {};
    }
    void fail(const error& why) {
        finish(caused_by({.kind = why.kind,
                          .retryable = why.retryable,
                          .code = "NoContainerCredentials",
                          .message = shown()},
                         why));
    }
    /// The endpoint without its query, which may be as secret as the token.
    std::string shown() const {
        http::uri plain = where_.target;
        plain.query.clear();
        return http::to_string(plain);
    }

    container_endpoint where_;
};

}  // namespace detail::container

/// Asks the service that the environment of a container names; without one it is not configured.
///
/// The environment and the token's file are read at each fetch. A service that does not answer,
/// fails, or answers what cannot be understood is asked three times.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
class container_credentials final : public credentials_provider {
public:
    explicit container_credentials(std::shared_ptr<const runtime::configuration> from,
                                   container_options how = {})
        : from_(std::move(from)), how_(std::move(how)) {}

    resolution resolve(instant) override {
        auto where = how_.endpoint ? expected<container_endpoint>(*how_.endpoint)
                                   : find_container_endpoint(*from_->outside().environment);
        if (!where) return std::move(where).error();
        return std::make_shared<detail::container::fetch>(*std::move(where), from_, how_.limits);
    }
    bool invalidate(const credentials&, instant) override { return true; }
    refresh_style style() const noexcept override { return refresh_style::static_stability; }

private:
    std::shared_ptr<const runtime::configuration> from_;
    container_options how_;
};

}  // namespace awsxx::inline AWSXX_ABI
