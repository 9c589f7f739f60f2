// SPDX-License-Identifier: MIT
// Gives endpoint rules what one call has to tell them: members of its input and constants.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/runtime/rule_evaluation.hpp>

#include <forward_list>
#include <string>
#include <string_view>
#include <vector>

namespace awsxx::inline AWSXX_ABI::runtime {

/// The value of a parameter in `model::operation::endpoint_parameters`; empty: there is none of
/// that name.
constexpr std::string_view written_parameter(std::string_view all, std::string_view name) noexcept {
    while (!all.empty()) {
        std::string_view value = text::take_until(all, ' ');
        if (text::take_until(value, '=') == name) return value;
    }
    return {};
}

/// The text of a member that `endpoint_parameters` names, as the bucket of a call; empty: none.
AWSXX_ONCE std::string_view argument_text(const model::operation& what, const void* in,
                                          std::string_view name);

/// The arguments of one call. Has to live as long as the rules that they were given to.
class endpoint_arguments {
public:
    /// Fails with `invalid_argument` for a part of the path that is missing or empty, or that
    /// means another path: "." and "..".
    expected<void> give(const model::operation& what, const void* in, rule_evaluation& to);

private:
    bool give_constant(std::string_view name, std::string_view value, rule_evaluation& to);

    std::forward_list<std::string> texts_{};
    std::forward_list<std::vector<std::string_view>> lists_{};
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
