// SPDX-License-Identifier: MIT
// How the metadata service of an EC2 instance is asked: with a token that it gave (IMDSv2).
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/guarded.hpp>
#include <awsxx/core/number.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
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

/// What is kept from one question to the next.
struct imds_memory {
    secret token{};
    steady_instant token_until{};
    bool answered_once{};
};
using shared_imds_memory = std::shared_ptr<const guarded<imds_memory>>;

/// Base of what is asked there: gets a token unless there is one, then lets `ask()` go on.
class imds_renewal : public metadata_renewal {
protected:
    /// `failure`: the code of all failures.
    imds_renewal(imds_settings how, const std::shared_ptr<const runtime::configuration>& from,
                 shared_imds_memory kept, const char* failure)
        : metadata_renewal(from, how.limits),
          how_(std::move(how)),
          kept_(std::move(kept)),
          failure_(failure) {}

    using listener = std::function<expected<void>(const http::response&)>;

    /// The first question; there is a token, or none is wanted.
    virtual void ask_first() = 0;

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
    AWSXX_COLD error not_configured(std::string message) const {
        return {
            .kind = error_kind::not_configured, .code = failure_, .message = std::move(message)};
    }
    static error odd(const http::response& answer, const char* what) {
        return {.kind = error_kind::malformed_answer,
                .retryable = true,
                .http_status = answer.status,
                .code = "MalformedAnswer",
                .message = what};
    }

private:
    static constexpr milliseconds margin{120'000};

    void begin() final {
        {
            const auto held = kept_->lock();
            if (from().outside().time->steady_now() < held->token_until) token_ = held->token;
        }
        if (!token_.empty()) return ask_first();
        ask_for_token([this] { ask_first(); });
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

    void fail(const error& why) {
        finish(caused_by({.kind = why.kind,
                          .retryable = why.retryable,
                          .code = failure_,
                          .message = "metadata service at " + shown()},
                         why));
    }
    std::string shown() const { return http::to_string(how_.endpoint); }

    imds_settings how_;
    shared_imds_memory kept_;
    const char* failure_;
    secret token_{};
    bool renewed_ = false;
};

}  // namespace awsxx::inline AWSXX_ABI
