// SPDX-License-Identifier: MIT
// Whether an HTTP request is one for a container's credentials, by somebody who may have them.
#pragma once

#include <awsxx/core/secret.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::recipes {

/// What lets a request in.
struct container_door {
    std::string path{};  ///< The one there is, with its slash.
    secret token{};      ///< Has to stand in `Authorization`, as it is.
};

namespace detail::container_request {

/// What is said of a request's head: which headers were there, and how often.
struct headers {
    int authorizations = 0;
    std::string_view authorization{};
    bool body = false;
    bool malformed = false;
};

inline void take(headers& into, std::string_view line) {
    const std::size_t colon = line.find(':');
    const std::string_view name = line.substr(0, colon);
    if (colon == std::string_view::npos || name.empty() ||
        name.find_first_of(" \t") != std::string_view::npos) {
        into.malformed = true;
        return;
    }
    const std::string_view value = text::trimmed(line.substr(colon + 1));
    if (text::equal_ignoring_case(name, "authorization")) {
        ++into.authorizations;
        into.authorization = value;
    }
    if (text::equal_ignoring_case(name, "transfer-encoding")) into.body = true;
    if (text::equal_ignoring_case(name, "content-length") && value != "0") into.body = true;
}

inline std::string_view take_line(std::string_view& rest) {
    std::string_view line = text::take_until(rest, '\n');
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

}  // namespace detail::container_request

/// The status to answer with to a request of this head, the empty line included: 200 where the
/// credentials are due, else 400, 403 (no token, or a wrong one), 404 or 405.
///
/// How long it takes says nothing about how much of the token was right.
inline int judge_container_request(std::string_view head, const container_door& door) {
    namespace own = detail::container_request;
    std::string_view line = own::take_line(head);
    const std::string_view method = text::take_until(line, ' ');
    const std::string_view path = text::take_until(line, ' ');
    if (path.empty() || !(line == "HTTP/1.1" || line == "HTTP/1.0")) return 400;
    own::headers found;
    for (line = own::take_line(head); !line.empty(); line = own::take_line(head))
        own::take(found, line);
    if (found.malformed || found.body || found.authorizations > 1) return 400;
    if (path != door.path) return 404;
    if (method != "GET") return 405;
    const bool let_in = found.authorizations == 1 && !door.token.empty() &&
                        secret(found.authorization) == door.token;
    return let_in ? 200 : 403;
}

}  // namespace awsxx::inline AWSXX_ABI::recipes
