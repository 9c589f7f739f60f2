// SPDX-License-Identifier: MIT
// What is known about where credentials come from and how long they are good, without a secret.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/version.hpp>

#include <optional>
#include <string>
#include <vector>

namespace awsxx::inline AWSXX_ABI {

/// The state of one identity's credentials. Nothing in it is secret.
struct credentials_report {
    /// A source that was passed over, and why.
    struct passed_over {
        std::string name{};
        std::string reason{};
    };

    std::string access_key_id{};  ///< Empty: none were fetched yet.
    std::string account_id{};
    std::string role_session_id{};   ///< As STS told it when it gave the keys, like the next.
    std::string role_session_arn{};  ///< "arn:aws:sts::...:assumed-role/role/name".
    std::string source{};  ///< Where they come from, with file and line where there are such.
    bool temporary{};      ///< There is a session token.
    std::optional<instant> expiration{};
    std::optional<instant> next_refresh{};      ///< From here on, the next use renews them.
    std::optional<instant> left_alone_until{};  ///< The source failed and is not asked until then.
    std::string last_failure{};                 ///< Of the source, in one line.
    std::vector<passed_over> others{};          ///< In the order in which they were asked.
    std::vector<std::string> warnings{};        ///< About what they are asked for with.
    /// Whoever these were got with, from the first identity on; none for keys of their own.
    std::vector<credentials_report> callers{};
};

}  // namespace awsxx::inline AWSXX_ABI
