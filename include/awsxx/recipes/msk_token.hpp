// SPDX-License-Identifier: MIT
// The token that lets a Kafka client into Amazon MSK.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/http/percent.hpp>
#include <awsxx/http/uri.hpp>
#include <awsxx/recipes/presigned_token.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::recipes {

/// The token for SASL/OAUTHBEARER at the brokers of `region`, good for 15 minutes.
///
///     const awsxx::session base;
///     const auto token = awsxx::recipes::msk_token("eu-west-1", base);
///
/// `by` is a session or `keys_at`. Fails with `invalid_argument` if the region cannot be one.
/// https://docs.aws.amazon.com/msk/latest/developerguide/configure-clients-for-iam-access-control.html
template <class By>
expected<presigned_token> msk_token(std::string_view region, const By& by) {
    auto target = token_address("https", "kafka." + std::string(region) + ".amazonaws.com", 443,
                                "Action=kafka-cluster%3AConnect");
    if (!target) return std::move(target).error();
    token_request what{.service = "kafka-cluster", .region = std::string(region)};
    what.request.target = *std::move(target);
    auto signed_request = presigned(what, by);
    if (!signed_request) return std::move(signed_request).error();
    const http::uri& to = signed_request->target;
    std::string address;
    address.reserve(to.query.size() + 128);
    http::append_to(address, to);
    address.append("&User-Agent=");  // for AWS's logs; not signed
    http::append_encoded(address, "awsxx/" AWSXX_VERSION_STRING);
    presigned_token made{.text = crypto::to_base64(address, crypto::base64_alphabet::url),
                         .expires = expiration_of(to, what.valid)};
    wipe(address);
    wipe(signed_request->target.query);
    return made;
}

}  // namespace awsxx::inline AWSXX_ABI::recipes
