// SPDX-License-Identifier: MIT
// What connections are made for ahead of calls, and when that has failed.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/connections.hpp>
#include <awsxx/http/uri.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/runtime/call_failures.hpp>

#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// The origin of a call's target.
inline http::uri origin_of(const http::uri& target) {
    return {target.scheme, target.host, target.port, "/", ""};
}

/// A failure where there is one and nothing stands.
inline expected<connections> standing(const model::operation& what, connections found) {
    if (found.standing == 0 && found.failure) {
        error why = *std::move(found.failure);
        return failure_of(what, {}, std::move(why));
    }
    return found;
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
