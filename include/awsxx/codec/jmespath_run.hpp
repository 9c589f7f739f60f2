// SPDX-License-Identifier: MIT
// What the evaluation of an expression shares with the functions that it calls.
#pragma once

#include <awsxx/codec/jmespath_compare.hpp>
#include <awsxx/codec/jmespath_value.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/version.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::codec::jmespath {

/// An evaluation under way. The first failure counts, and everything is null from then on.
class evaluation {
public:
    explicit evaluation(memory& room) noexcept : room_(room) {}
    evaluation(const evaluation&) = delete;
    evaluation& operator=(const evaluation&) = delete;
    virtual ~evaluation() = default;

    /// The value of a node of the expression.
    virtual value run(std::size_t node, const value& current) = 0;

    const std::optional<error>& failure() const noexcept { return failure_; }
    bool failed() const noexcept { return failure_.has_value(); }
    memory& room() noexcept { return room_; }
    effort& work() noexcept { return work_; }

    /// Always null.
    AWSXX_COLD value fail(std::string_view where, std::string_view problem) {
        if (!failed())
            failure_ = error{.kind = error_kind::invalid_argument,
                             .code = "ExpressionFailed",
                             .message = std::string(where) + ": " + std::string(problem)};
        return {};
    }

    /// False, and a failure, if that is more work than may be done.
    bool spend(std::size_t amount) {
        if (!work_.spend(amount) && !failed())
            failure_ = error{.kind = error_kind::too_large,
                             .code = "ExpressionFailed",
                             .message = "too much work"};
        return !failed();
    }

    value keep(std::vector<value> elements) {
        return spend(elements.size()) ? room_.keep(std::move(elements)) : value();
    }
    value keep(std::string text) {
        return spend(text.size()) ? value::of(room_.keep(std::move(text))) : value();
    }

private:
    memory& room_;
    effort work_{};
    std::optional<error> failure_{};
};

}  // namespace awsxx::inline AWSXX_ABI::codec::jmespath
