// SPDX-License-Identifier: MIT
// The bodies of one call: prepared once, delivered and checked at each attempt.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/runtime/answer_check.hpp>
#include <awsxx/runtime/request_body.hpp>

#include <optional>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// Beside the machine of a call: what its bodies go through on their way out and in.
class call_bodies {
public:
    /// Sends the body of a successful answer there. Before the first attempt.
    void deliver_to(http::body_sink* sink) noexcept { sink_ = sink; }

    /// Compresses and sums up the draft's body, and asks for the answer's checksum.
    expected<void> prepare(const model::operation& what, const void* in, const body_policy& how,
                           http::request& draft) {
        known_ = what.checksums.answers;
        const bool wanted = how.rules.answer_checksums.adds_at(how.custom_endpoint);
        checked_ = ask_for_checksum(what, wanted, draft) && known_ != 0;
        if (http::body_source* const source = draft.body.source())
            static_cast<void>(source->rewind());  // another call may have sent it
        return prepare_body(what, in, how, draft);
    }

    /// Where the transport puts the body of a success; null: into the answer.
    http::body_sink* sink() {
        if (sink_ == nullptr || !checked_) return sink_;
        return &checking_.emplace(*sink_, known_);
    }

    /// What speaks against the body of a successful answer that has come whole; nothing may.
    std::optional<error> verdict(const http::response& answer) {
        if (sink_ != nullptr) return verdict_of_sink();
        if (!checked_) return check_crc32(answer);
        answer_check check;
        check.begin(known_, answer.headers);
        check.update(answer.body);
        return check.verdict();
    }

    /// An attempt has ended with this status, or with no answer: 0.
    void ended(int status) noexcept { sink_is_clean_ = status != 0 && status / 100 != 2; }

    /// True if what was sent and received can be forgotten, for another attempt.
    bool start_again(const http::request& draft) const {
        http::body_source* const source = draft.body.source();
        return (source == nullptr || source->rewind()) &&
               (sink_ == nullptr || sink_is_clean_ || sink_->restart());
    }

private:
    std::optional<error> verdict_of_sink() {
        if (checking_)
            if (auto wrong = checking_->verdict()) return wrong;
        auto done = sink_->finish();
        if (!done) return std::move(done).error();
        return {};
    }

    http::body_sink* sink_ = nullptr;
    std::optional<checking_sink> checking_{};
    model::checksum_algorithms known_{};
    bool checked_ = false;
    bool sink_is_clean_ = true;  // the last answer was none that goes there
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
