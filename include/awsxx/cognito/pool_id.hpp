// SPDX-License-Identifier: MIT
// The two parts of a user pool's id: its region and its name.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/host.hpp>

#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::cognito {

namespace detail::pool_id {

inline bool is_name(std::string_view text) noexcept {
    for (const char c : text)
        if (!awsxx::text::is_alnum(c)) return false;
    return !text.empty();
}

}  // namespace detail::pool_id

/// "eu-west-1" and "Ab12Cd34e" of "eu-west-1_Ab12Cd34e".
struct pool_id {
    std::string region{};
    std::string name{};
};

/// Fails with `InvalidUserPoolId` where there is no underscore, or no name behind it.
inline expected<pool_id> parse_pool_id(std::string_view id) {
    const std::string_view region = id.substr(0, id.find('_'));
    const std::string_view name = region == id ? std::string_view() : id.substr(region.size() + 1);
    if (http::valid_host_label(region) && detail::pool_id::is_name(name))
        return pool_id{std::string(region), std::string(name)};
    std::string shown(id.substr(0, 80));
    return error{.kind = error_kind::invalid_argument,
                 .code = "InvalidUserPoolId",
                 .message =
                     "a user pool's id is its region, an underscore and a name, as in "
                     "eu-west-1_Ab12Cd34e; not \"" +
                     shown + "\""};
}

}  // namespace awsxx::inline AWSXX_ABI::cognito
