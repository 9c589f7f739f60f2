// SPDX-License-Identifier: MIT
// Credentials for devices: AWS IoT Core trades a client certificate for those of a role.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/credentials_json.hpp>
#include <awsxx/credentials/pem_source.hpp>
#include <awsxx/credentials/repeated_request.hpp>
#include <awsxx/http/client_certificate.hpp>
#include <awsxx/http/client_certificate_pem.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/host.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/http/percent.hpp>
#include <awsxx/runtime/configuration.hpp>
#include <awsxx/runtime/secret_files.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// Which endpoint to ask for which role, and as which device.
struct iot_options {
    /// A host, as `aws iot describe-endpoint --endpoint-type iot:CredentialProvider` prints it.
    std::string endpoint{};
    std::uint16_t port = 443;
    std::string role_alias{};
    std::string thing_name{};  ///< For role aliases whose policies look at it. Empty: not sent.
    pem_source device{};       ///< The device's certificate and key.
    /// Instead of `device`: a certificate whose key lies in a PKCS#11 token.
    std::shared_ptr<const http::client_certificate> certificate{};
    http::limits limits{.connect = milliseconds(2000),
                        .total = milliseconds(10000),
                        .answer_bytes = 65536};  ///< Of each attempt.
};

namespace detail::iot {

inline constexpr model::service service{.id = "IoT credentials"};
inline constexpr model::operation operation{.name = "GetRoleCredentials", .service = &service};

AWSXX_COLD inline error refused(const char* code, std::string message) {
    return {.kind = error_kind::configuration, .code = code, .message = std::move(message)};
}

inline bool is_host(std::string_view host) {
    if (http::parse_address(host)) return true;
    if (host.empty() || host.size() > 253) return false;
    while (!host.empty())
        if (!http::valid_host_label(text::take_until(host, '.'))) return false;
    return true;
}

constexpr bool is_name(std::string_view name, std::string_view marks) noexcept {
    if (name.size() > 128) return false;
    for (const char c : name)
        if (!text::is_alnum(c) && marks.find(c) == marks.npos) return false;
    return true;
}

/// "abc-ats.iot.eu-west-1.amazonaws.com", where messages go: another host of the same account.
inline bool is_for_data(std::string_view host) noexcept {
    const bool of_aws = host.ends_with(".amazonaws.com") || host.ends_with(".amazonaws.com.cn");
    return of_aws && host.find(".iot.") != host.npos && host.find(".credentials.iot.") == host.npos;
}

inline expected<void> check(const iot_options& what) {
    if (what.endpoint.empty() && what.role_alias.empty())
        return error{.kind = error_kind::not_configured,
                     .code = "NotConfigured",
                     .message = "no IoT credentials endpoint is set up"};
    if (what.endpoint.empty()) return refused("InvalidIotEndpoint", "the endpoint is missing");
    if (!is_host(what.endpoint) || what.port == 0)
        return refused("InvalidIotEndpoint",
                       "endpoint '" + what.endpoint.substr(0, 80) +
                           "' is not a host like c1.credentials.iot.eu-west-1.amazonaws.com");
    if (is_for_data(what.endpoint))
        return refused("InvalidIotEndpoint",
                       "endpoint '" + what.endpoint +
                           "' is the one for data; the one for credentials is what 'aws iot "
                           "describe-endpoint --endpoint-type iot:CredentialProvider' prints");
    if (what.role_alias.empty()) return refused("InvalidRoleAlias", "the role alias is missing");
    if (!is_name(what.role_alias, "_=,@-"))
        return refused("InvalidRoleAlias", "role alias '" + what.role_alias.substr(0, 140) +
                                               "' is not 1 to 128 letters, digits and _=,@-");
    if (!is_name(what.thing_name, ":_-"))
        return refused("InvalidThingName", "thing name '" + what.thing_name.substr(0, 140) +
                                               "' is not 1 to 128 letters, digits and :_-");
    return {};
}

/// What a provider and its fetches share.
struct state {
    iot_options what;
    made_of_pem<http::client_certificate> device;
    std::shared_ptr<const runtime::configuration> from;

    std::string source() const { return "IoT role alias " + what.role_alias; }
};

/// One fetch.
class fetch final : public repeated_request {
public:
    explicit fetch(std::shared_ptr<const state> of)
        : repeated_request(of->from, operation), of_(std::move(of)) {}

private:
    void begin() override {
        then_work([this] { take_certificate(); });
    }
    void take_certificate() {
        if (of_->what.certificate) return send_with(of_->what.certificate);
        auto own = of_->device.get(
            runtime::secret_files(from()),
            [](const pem_texts& texts, const crypto::passphrase_source& passphrase) {
                return http::client_certificate_from_pem(texts.certificate.expose(), texts.key,
                                                         passphrase);
            });
        if (!own) return failed(std::move(own).error());
        send_with(*std::move(own));
    }
    void send_with(std::shared_ptr<const http::client_certificate> own) {
        http::exchange how{.limits = of_->what.limits, .certificate = std::move(own)};
        send(how);
    }

    expected<http::request> draft() override {
        const iot_options& what = of_->what;
        http::request draft;
        draft.target.host = what.endpoint;
        draft.target.port = what.port == 443 ? std::uint16_t{0} : what.port;
        draft.target.path = "/role-aliases/" + http::encoded(what.role_alias) + "/credentials";
        if (!what.thing_name.empty()) draft.headers.add("x-amzn-iot-thingname", what.thing_name);
        return draft;
    }
    void succeeded(http::response answer) override {
        auto keys =
            parse_credentials_json(answer.body, {.inside = "credentials", .temporary = true});
        wipe(answer.body);
        if (!keys) return failed(std::move(keys).error());
        keys->source = of_->source();
        finish(std::make_shared<const credentials>(*std::move(keys)));
    }
    void failed(error why) override {
        finish(caused_by({.kind = why.kind,
                          .retryable = why.retryable,
                          .code = "NoIotCredentials",
                          .message = of_->source() + " at " + of_->what.endpoint},
                         why));
    }

    std::shared_ptr<const state> of_;
};

}  // namespace detail::iot

/// Asks the credentials endpoint of IoT Core, over TLS with the device's certificate.
///
///     awsxx::iot_credentials device({.endpoint = "c1a2.credentials.iot.eu-west-1.amazonaws.com",
///                                    .role_alias = "uploader",
///                                    .device = {.certificate_file = "/etc/device.pem",
///                                               .key_file = "/etc/device.key"}},
///                                   configuration);
///
/// Files are read before each fetch, so that a renewed certificate is used. Keeps no credentials:
/// `cached_credentials` does. Needs a transport that knows client certificates, as curl's does.
/// https://docs.aws.amazon.com/iot/latest/developerguide/authorizing-direct-aws.html
class iot_credentials final : public credentials_provider {
public:
    iot_credentials(iot_options what, std::shared_ptr<const runtime::configuration> from)
        : state_(make_state(std::move(what), std::move(from))) {}

    resolution resolve(instant) override {
        if (auto good = detail::iot::check(state_->what); !good) return std::move(good).error();
        return std::make_shared<detail::iot::fetch>(state_);
    }
    bool invalidate(const credentials&, instant) override { return true; }

private:
    static std::shared_ptr<const detail::iot::state> make_state(
        iot_options what, std::shared_ptr<const runtime::configuration> from) {
        pem_source device = what.device;
        return std::shared_ptr<const detail::iot::state>(new detail::iot::state{
            std::move(what), made_of_pem<http::client_certificate>(std::move(device)),
            std::move(from)});
    }

    std::shared_ptr<const detail::iot::state> state_;
};

}  // namespace awsxx::inline AWSXX_ABI
