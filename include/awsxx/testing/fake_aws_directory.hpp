// SPDX-License-Identifier: MIT
// The groups in the AWS look-alike's identity stores, handed out in pages.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/number.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/services/identitystore.hpp>
#include <awsxx/testing/fake_aws_answers.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::testing {

/// Knows the groups of identity stores. Refuses in AWS's words.
/// Not safe to share between threads; `fake_aws` sees to that.
class fake_directory {
public:
    /// Adds groups of these names behind those that are there.
    void add_groups(const std::string& store, const std::vector<std::string>& names) {
        auto& groups = stores_[store];
        for (const std::string& name : names)
            groups.push_back({.group_id = "group-" + std::to_string(groups.size() + 1),
                              .display_name = name,
                              .identity_store_id = store});
    }

    expected<identitystore::list_groups_response> list(const identitystore::list_groups& in) const {
        const int size = in.max_results.value_or(largest_page);
        if (size < 1 || size > largest_page)
            return invalid(
                "1 validation error detected: Value at 'maxResults' failed to satisfy "
                "constraint: Member must have value between 1 and 100");
        const auto store = stores_.find(in.identity_store_id);
        if (store == stores_.end())
            return fake_refusal(404, "ResourceNotFoundException", "IDENTITY_STORE not found.");
        const auto begin = position(in.next_token, store->second.size());
        if (!begin) return invalid("Invalid NextToken");
        return page(store->second, *begin, static_cast<std::size_t>(size));
    }

private:
    static constexpr int largest_page = 100;
    static constexpr std::string_view token_prefix = "AAAAFake/+=";

    static error invalid(std::string message) {
        return fake_refusal(400, "ValidationError", std::move(message));
    }
    static std::optional<std::size_t> position(const std::optional<std::string>& token,
                                               std::size_t count) {
        if (!token) return 0;
        std::string_view rest = *token;
        if (!rest.starts_with(token_prefix)) return {};
        rest.remove_prefix(token_prefix.size());
        const auto at = text::parse_number<std::size_t>(rest);
        return at && *at < count ? at : std::nullopt;
    }
    static identitystore::list_groups_response page(const std::vector<identitystore::group>& all,
                                                    std::size_t begin, std::size_t size) {
        const std::size_t end = begin + (std::min)(size, all.size() - begin);
        identitystore::list_groups_response answer;
        answer.groups.assign(all.begin() + static_cast<std::ptrdiff_t>(begin),
                             all.begin() + static_cast<std::ptrdiff_t>(end));
        if (end < all.size()) answer.next_token = std::string(token_prefix) + std::to_string(end);
        return answer;
    }

    std::map<std::string, std::vector<identitystore::group>> stores_{};
};

}  // namespace awsxx::inline AWSXX_ABI::testing
