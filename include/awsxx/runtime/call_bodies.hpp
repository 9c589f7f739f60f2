// SPDX-License-Identifier: MIT
// The bodies of one call: prepared once, delivered and checked at each attempt.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/body_reader.hpp>
#include <awsxx/http/callback_guard.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/runtime/answer_check.hpp>
#include <awsxx/runtime/request_body.hpp>

#include <optional>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// Knows whether anything came to a sink: only then another attempt needs it to begin again.
class watched_sink final : public http::body_sink {
public:
    void watch(http::body_sink* what) noexcept { to_ = what; }
    http::body_sink* watched() const noexcept { return to_; }

    expected<void> begin(const http::response& head) override {
        touched_ = true;
        return to_->begin(head);
    }
    bool ready(http::body_pause& here) override { return to_->ready(here); }
    expected<void> write(std::string_view piece) override {
        touched_ = true;
        return to_->write(piece);
    }
    expected<void> finish() override {
        return http::detail::caught([this] { return to_->finish(); });
    }
    bool restart() override {
        if (!touched_) return true;
        const auto done =
            http::detail::caught([this]() -> expected<bool> { return to_->restart(); });
        touched_ = !done.value_or(false);
        return !touched_;
    }

private:
    http::body_sink* to_ = nullptr;
    bool touched_ = false;
};

/// Beside the machine of a call: what its bodies go through on their way out and in.
class call_bodies {
public:
    /// Sends the body of a successful answer there. Before the first attempt.
    void deliver_to(http::body_sink* sink) noexcept { sink_.watch(sink); }

    /// Compresses and sums up the draft's body, and asks for the answer's checksum.
    expected<void> prepare(const model::operation& what, const void* in, const body_policy& how,
                           http::request& draft) {
        known_ = what.checksums.answers;
        const bool wanted = how.rules.answer_checksums.adds_at(how.custom_endpoint);
        checked_ = ask_for_checksum(what, wanted, draft) && known_ != 0;
        if (http::body_source* const source = draft.body.source())
            static_cast<void>(http::rewound(*source));  // another call may have sent it
        return prepare_body(what, in, how, draft);
    }

    /// Where the transport puts the body of a success; null: into the answer.
    http::body_sink* sink() {
        if (sink_.watched() == nullptr) return nullptr;
        return checked_ ? &checking_.emplace(sink_, known_) : static_cast<http::body_sink*>(&sink_);
    }

    /// What speaks against the body of a successful answer that has come whole; nothing may.
    std::optional<error> verdict(const http::response& answer) {
        if (sink_.watched() != nullptr) return verdict_of_sink();
        if (!checked_) return check_crc32(answer);
        answer_check check;
        check.begin(known_, answer.headers);
        check.update(answer.body);
        return check.verdict();
    }

    /// True if what was sent and received can be forgotten, for another attempt.
    bool start_again(const http::request& draft) {
        http::body_source* const source = draft.body.source();
        return (source == nullptr || http::rewound(*source)) &&
               (sink_.watched() == nullptr || sink_.restart());
    }

private:
    std::optional<error> verdict_of_sink() {
        if (checking_)
            if (auto wrong = checking_->verdict()) return wrong;
        auto done = sink_.finish();
        if (!done) return std::move(done).error();
        return {};
    }

    watched_sink sink_{};
    std::optional<checking_sink> checking_{};
    model::checksum_algorithms known_{};
    bool checked_ = false;
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
