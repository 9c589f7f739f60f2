// SPDX-License-Identifier: MIT
// How services next to the program, which hand out credentials, are asked and asked again.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/random.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/staged_renewal.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/protocols/json_error.hpp>
#include <awsxx/runtime/configuration.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// How long and how often such a service is asked.
struct metadata_limits {
    milliseconds connect{1000};
    milliseconds first_byte{};  ///< 0: no limit of its own.
    milliseconds total{5000};   ///< Of each attempt.
    int attempts = 3;           ///< The first one included.
};

/// A GET or PUT of such a service, as it is sent.
inline http::request metadata_request(std::string method, http::uri target) {
    http::request what{.method = std::move(method), .target = std::move(target)};
    what.headers.add("User-Agent", "awsxx/" AWSXX_VERSION_STRING);
    return what;
}

/// What a status that means failure stands for, with the code and message of a JSON body. Of kind
/// `credentials`; `retryable` for 5xx and 429.
AWSXX_COLD inline error metadata_refusal(const http::response& answer) {
    auto told = protocols::read_json_error(answer);
    if (told.code.empty()) told.code = "HttpStatus";
    for (std::string* one : {&told.code, &told.message})
        if (one->size() > 300) one->resize(300);
    return {.kind = error_kind::credentials,
            .retryable = answer.status >= 500 || answer.status == 429,
            .http_status = answer.status,
            .code = std::move(told.code),
            .message = std::move(told.message)};
}

/// Base of fetches from a service on this computer or its link: it has short limits, is asked without
/// a proxy and again after 50 to 200 ms, and its answers are wiped once they were heard.
class metadata_renewal : public staged_renewal {
protected:
    metadata_renewal(std::shared_ptr<const runtime::configuration> from, metadata_limits limits)
        : from_(std::move(from)), limits_(limits) {}

    /// What is asked, and who hears of it. Of the two, one is called, once.
    struct question {
        http::request what{};
        /// Hears every answer that came, whatever its status, and says what comes next. A failure
        /// it returns is worth another attempt if it is `retryable`.
        std::function<expected<void>(const http::response&)> hear{};
        /// Hears of the failure that is left: the last attempt's.
        std::function<void(const error&)> fail{};
        bool insists = true;  ///< Whether no answer at all is worth another attempt.
    };

    void ask(question next) {
        asked_ = std::move(next);
        attempt_ = 1;
        send(false);
    }
    const runtime::configuration& from() const noexcept { return *from_; }
    /// The time as AWS's servers have it.
    instant now() const noexcept { return from_->outside().time->now() + from_->skew().current(); }

private:
    void send(bool fresh) {
        const http::limits limits{.connect = limits_.connect,
                                  .first_byte = limits_.first_byte,
                                  .total = limits_.total,
                                  .answer_bytes = 64 * 1024};
        then_send(asked_.what, {.limits = limits, .fresh_connection = fresh, .direct = true},
                  [this](expected<http::response> answer) { take(std::move(answer)); });
    }
    void take(expected<http::response> answer) {
        if (!answer) return again(answer.error(), asked_.insists);
        const auto hear = asked_.hear;  // it may ask the next question
        const auto heard = hear(*answer);
        wipe(answer->body);
        if (!heard) again(heard.error(), true);
    }
    void again(const error& why, bool worth_it) {
        if (!worth_it || !why.retryable || attempt_ >= limits_.attempts)
            return std::exchange(asked_.fail, nullptr)(why);
        ++attempt_;
        const double share = uniform(*from_->outside().random);
        const bool broke = why.http_status == 0;
        then_wait(milliseconds(50 + static_cast<milliseconds::rep>(150 * share)),
                  [this, broke] { send(broke); });
    }

    std::shared_ptr<const runtime::configuration> from_;
    metadata_limits limits_;
    question asked_{};
    int attempt_ = 0;
};

}  // namespace awsxx::inline AWSXX_ABI
