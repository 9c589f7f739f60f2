// SPDX-License-Identifier: MIT
// The token that lets an identity into a Kubernetes cluster of Amazon EKS.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/text_blocks.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/http/host.hpp>
#include <awsxx/http/uri.hpp>
#include <awsxx/recipes/presigned_token.hpp>
#include <awsxx/runtime/partitions.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::recipes {

namespace detail::eks_token {

/// Who am I, said by whoever has the token: the cluster asks STS and believes it.
inline expected<token_request> question(std::string_view cluster, std::string_view region) {
    if (cluster.empty() || !text::is_visible(cluster))
        return error{.kind = error_kind::invalid_argument,
                     .code = "InvalidCluster",
                     .message = "the name of the cluster is empty or cannot be in a header"};
    if (!region.empty() && !http::valid_host_label(region))
        return error{.kind = error_kind::invalid_argument,
                     .code = "InvalidRegion",
                     .message = "the region is not made of letters, digits and hyphens"};
    token_request what{
        .service = "sts", .region = std::string(region), .valid = std::chrono::seconds(60)};
    http::uri& target = what.request.target;
    target.query = "Action=GetCallerIdentity&Version=2011-06-15";
    if (!region.empty())
        target.host = "sts." + std::string(region) + "." +
                      std::string(runtime::partition_of(region).dns_suffix);
    what.request.headers.add("x-k8s-aws-id", cluster);
    return what;
}

}  // namespace detail::eks_token

/// The token for the cluster, which takes it for 15 minutes; `expires` is a minute before that.
///
///     const awsxx::session base;
///     const auto token = awsxx::recipes::eks_token("production", "eu-west-1", base);
///
/// `region` is where STS is asked, best the cluster's; it may be empty for a session, which has
/// its own. `by` is a session or `keys_at`.
/// https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html
template <class By>
expected<presigned_token> eks_token(std::string_view cluster, std::string_view region,
                                    const By& by) {
    auto what = detail::eks_token::question(cluster, region);
    if (!what) return std::move(what).error();
    auto signed_request = presigned(*what, by);
    if (!signed_request) return std::move(signed_request).error();
    std::string address;
    address.reserve(signed_request->target.query.size() + 128);
    http::append_to(address, signed_request->target);
    presigned_token made{
        .text = "k8s-aws-v1." + crypto::to_base64(address, crypto::base64_alphabet::url),
        .expires = expiration_of(signed_request->target, std::chrono::minutes(14))};
    wipe(address);
    wipe(signed_request->target.query);
    return made;
}

}  // namespace awsxx::inline AWSXX_ABI::recipes
