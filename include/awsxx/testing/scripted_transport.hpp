// SPDX-License-Identifier: MIT
// A transport that answers what it was told to and remembers what it was asked.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/testing/delivery.hpp>

#include <cstddef>
#include <deque>
#include <functional>
#include <iterator>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::testing {

/// Gives answers in order, or those that a function makes up.
///
///     scripted_transport network({http::response{.status = 503}, http::response{.status = 200}});
///     network.send(request, {});             // 503, then 200, then an error "ScriptEnded"
///     network.requests().at(0).headers;      // what was sent
///
/// May be used from any thread. A function is called by one thread at a time and must leave the
/// transport itself alone.
class scripted_transport {
public:
    using answer = expected<http::response>;
    using reply = std::function<answer(const http::request&, const http::exchange&)>;

    scripted_transport() = default;
    explicit scripted_transport(std::vector<answer> answers)
        : answers_(std::make_move_iterator(answers.begin()),
                   std::make_move_iterator(answers.end())) {}
    /// Asks `otherwise` whenever no answer waits in line.
    explicit scripted_transport(reply otherwise) : otherwise_(std::move(otherwise)) {}

    /// Adds an answer behind those that wait.
    void then(answer next) {
        const std::lock_guard lock(mutex_);
        answers_.push_back(std::move(next));
    }

    expected<http::response> send(const http::request& what, const http::exchange& how) {
        auto kept = received(what);
        if (!kept) return kept.error();
        const std::lock_guard lock(mutex_);
        requests_.push_back(*std::move(kept));
        exchanges_.push_back(how);
        answer next = pick(how);
        if (!next) return next;
        return delivered(*std::move(next), how);
    }

    /// All requests so far, in order.
    std::vector<http::request> requests() const {
        const std::lock_guard lock(mutex_);
        return requests_;
    }
    /// What each came with. Its sink may be gone by now.
    std::vector<http::exchange> exchanges() const {
        const std::lock_guard lock(mutex_);
        return exchanges_;
    }
    /// How many answers were not asked for yet.
    std::size_t left() const {
        const std::lock_guard lock(mutex_);
        return answers_.size();
    }

private:
    answer pick(const http::exchange& how) {
        if (!answers_.empty()) {
            answer next = std::move(answers_.front());
            answers_.pop_front();
            return next;
        }
        if (otherwise_) return otherwise_(requests_.back(), how);
        return error{
            .kind = error_kind::network,
            .code = "ScriptEnded",
            .message = "no answer was prepared for request " + std::to_string(requests_.size())};
    }

    mutable std::mutex mutex_{};
    std::deque<answer> answers_{};
    reply otherwise_{};
    std::vector<http::request> requests_{};
    std::vector<http::exchange> exchanges_{};
};

}  // namespace awsxx::inline AWSXX_ABI::testing
