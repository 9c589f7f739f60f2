// SPDX-License-Identifier: MIT
// Credentials of the role that an EC2 instance has.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/guarded.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/credentials_json.hpp>
#include <awsxx/credentials/imds_settings.hpp>
#include <awsxx/credentials/metadata_client.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/http/uri.hpp>
#include <awsxx/runtime/configuration.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

namespace detail::imds {

AWSXX_COLD inline error not_configured(std::string message) {
    return {.kind = error_kind::not_configured,
            .code = "NoInstanceCredentials",
            .message = std::move(message)};
}

/// What is kept from one fetch to the next.
struct memory {
    secret token{};
    steady_instant token_until{};
    bool answered_once{};
};
using shared_memory = std::shared_ptr<const guarded<memory>>;

/// One fetch: a token unless there is one, the role's name, its credentials.
class fetch final : public metadata_renewal {
public:
    fetch(imds_settings how, const std::shared_ptr<const runtime::configuration>& from,
          shared_memory kept)
        : metadata_renewal(from, how.limits), how_(std::move(how)), kept_(std::move(kept)) {}

private:
    static constexpr std::string_view roles = "/latest/meta-data/iam/security-credentials/";
    static constexpr milliseconds margin{120'000};

    using listener = std::function<expected<void>(const http::response&)>;

    void begin() override {
        {
            const auto held = kept_->lock();
            if (from().outside().time->steady_now() < held->token_until) token_ = held->token;
        }
        if (!token_.empty()) return ask_for_role();
        ask_for_token([this] { ask_for_role(); });
    }

    void ask_for_token(const stage& then) {
        http::request what = metadata_request("PUT", imds_token_uri(how_));
        what.headers.add("x-aws-ec2-metadata-token-ttl-seconds", "21600");
        ask({.what = std::move(what),
             .hear = [this, then](const http::response& said) { return hear_token(said, then); },
             .fail = [this, then](const error& why) { miss_token(why, then); },
             .insists = false});
    }
    expected<void> hear_token(const http::response& answer, const stage& then) {
        const bool refused = answer.status == 403 || answer.status == 404 || answer.status == 405;
        if (refused && how_.allow_v1) {
            then();
            return {};
        }
        if (answer.status != 200) {
            error why = metadata_refusal(answer);
            if (refused && why.message.empty())
                why.message = "no token for the metadata service: it may be switched off";
            return why;
        }
        const std::string_view token = text::trimmed(answer.body);
        for (const char c : token)
            if (c <= ' ' || c >= 0x7f) return odd(answer, "the token is not one word");
        if (token.empty()) return odd(answer, "the token is empty");
        keep(token, answer.headers.find("x-aws-ec2-metadata-token-ttl-seconds").value_or(""));
        then();
        return {};
    }
    void keep(std::string_view token, std::string_view lifetime) {
        token_ = token;
        const auto held = kept_->lock();
        held->answered_once = true;
        const auto life = seconds(text::parse_number<int>(text::trimmed(lifetime)).value_or(0));
        held->token = token_;
        held->token_until = from().outside().time->steady_now() + life - margin;
    }
    void miss_token(const error& why, const stage& then) {
        if (why.http_status != 0) return fail(why);
        // The answer to a PUT that may only make one hop does not get into a container.
        if (how_.allow_v1 && why.kind == error_kind::timeout) return then();
        if (kept_->lock()->answered_once) return fail(why);
        finish(caused_by(not_configured("there is no metadata service at " + shown()), why));
    }

    void ask_for_role() {
        get(std::string(roles), [this](const http::response& answer) { return hear_role(answer); });
    }
    expected<void> hear_role(const http::response& answer) {
        if (answer.status != 200 && answer.status != 404) return metadata_refusal(answer);
        std::string_view lines = text::trimmed(answer.body);
        const std::string role(answer.status == 404 ? ""
                                                    : text::trimmed(text::take_until(lines, '\n')));
        if (role.empty()) {
            finish(not_configured("the instance has no role"));
            return {};
        }
        for (const char c : role)
            if (!text::is_alnum(c) && std::string_view("_+=,.@-").find(c) == std::string_view::npos)
                return odd(answer, "the name of the role is not one");
        get(std::string(roles) + role,
            [this, role](const http::response& said) { return hear_keys(said, role); });
        return {};
    }
    expected<void> hear_keys(const http::response& answer, const std::string& role) {
        if (answer.status != 200) return metadata_refusal(answer);
        auto keys = parse_credentials_json(answer.body, {.temporary = true});
        if (!keys) {
            error why = std::move(keys).error();
            why.http_status = answer.status;
            why.retryable = why.kind == error_kind::malformed_answer;
            return why;
        }
        keys->source = "instance role " + role;
        finish(std::make_shared<const credentials>(*std::move(keys)));
        return {};
    }

    /// Asks with the token and, should it no longer be good, once more with a new one.
    void get(const std::string& path, const listener& hear) {
        http::request what = metadata_request("GET", imds_uri(how_, path));
        if (!token_.empty()) what.headers.add("x-aws-ec2-metadata-token", token_.expose());
        ask({.what = std::move(what),
             .hear = [this, path, hear](const http::response& answer) -> expected<void> {
                 if (answer.status != 401 || renewed_) return hear(answer);
                 renewed_ = true;
                 token_ = {};
                 kept_->lock()->token_until = {};
                 ask_for_token([this, path, hear] { get(path, hear); });
                 return {};
             },
             .fail = [this](const error& why) { fail(why); },
             .insists = false});
    }

    static error odd(const http::response& answer, const char* what) {
        return {.kind = error_kind::malformed_answer,
                .retryable = true,
                .http_status = answer.status,
                .code = "MalformedAnswer",
                .message = what};
    }
    void fail(const error& why) {
        finish(caused_by({.kind = why.kind,
                          .retryable = why.retryable,
                          .code = "NoInstanceCredentials",
                          .message = "metadata service at " + shown()},
                         why));
    }
    std::string shown() const { return http::to_string(how_.endpoint); }

    imds_settings how_;
    shared_memory kept_;
    secret token_{};
    bool renewed_ = false;
};

}  // namespace detail::imds

/// Asks the metadata service of an EC2 instance (IMDSv2) for its role's credentials.
///
/// Not configured where there is no such service, it is switched off (AWS_EC2_METADATA_DISABLED),
/// or the instance has no role. The token that the service wants is kept between fetches; the
/// role's name is asked each time, for it may change. Answers that may pass are asked for again.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html
class imds_credentials final : public credentials_provider {
public:
    explicit imds_credentials(std::shared_ptr<const runtime::configuration> from,
                              imds_options how = {})
        : from_(std::move(from)), how_(std::move(how)) {}

    resolution resolve(instant) override {
        const auto known = from_->resolved();
        if (!known) return known.error();
        auto settings = find_imds_settings(how_, (*known)->looked_at());
        if (!settings) return std::move(settings).error();
        for (const std::string& warning : settings->warnings)
            from_->warn(channel::configuration, warning);
        if (settings->disabled.value)
            return detail::imds::not_configured(settings->disabled.source + " is true");
        return std::make_shared<detail::imds::fetch>(*std::move(settings), from_, kept_);
    }
    bool invalidate(const credentials&, instant) override { return true; }
    refresh_style style() const noexcept override { return refresh_style::static_stability; }

private:
    std::shared_ptr<const runtime::configuration> from_;
    imds_options how_;
    detail::imds::shared_memory kept_ = std::make_shared<const guarded<detail::imds::memory>>();
};

}  // namespace awsxx::inline AWSXX_ABI
