// SPDX-License-Identifier: MIT
// Makes the request of a call, all but what each attempt adds to it.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/random.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/protocols/host_prefix.hpp>

#include <string>

namespace awsxx::inline AWSXX_ABI::runtime {

/// Encodes the input into a draft that has the endpoint as its target. An idempotency token that
/// is absent is made up, so that AWS knows a second attempt by it.
inline expected<void> encode(const model::operation& what, const void* in, random_source& random,
                             http::request& draft) {
    std::string token;
    if (model::has_token(what.input)) {
        const auto id = uuid(random);
        token.assign(id.data(), id.size());
    }
    if (auto done = what.service->protocol->encode(what, in, draft, token); !done) return done;
    return protocols::add_host_prefix(what, in, draft);
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
