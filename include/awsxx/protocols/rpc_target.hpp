// SPDX-License-Identifier: MIT
// Where protocols send to that have one address for all operations.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::protocols {

/// Makes the draft a POST of `body` to the endpoint's path, which then ends with a slash.
inline void post(http::request& draft, std::string_view content_type, std::string body) {
    draft.method = "POST";
    if (!draft.target.path.ends_with('/')) draft.target.path += '/';
    draft.headers.set("Content-Type", content_type);
    draft.body = http::body(std::move(body));
}

}  // namespace awsxx::inline AWSXX_ABI::protocols
