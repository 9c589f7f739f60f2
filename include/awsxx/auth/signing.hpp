// SPDX-License-Identifier: MIT
// What a signature is made for: region, service, time, and the rules that the service has.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/version.hpp>

#include <string_view>

namespace awsxx::inline AWSXX_ABI::auth {

/// Stands in a signature where the hash of the body would: the body is not protected by it.
inline constexpr std::string_view unsigned_payload = "UNSIGNED-PAYLOAD";

/// Whether the body's hash is part of the signature.
enum class body_rule : unsigned char {
    hashed,                ///< Always. A stream is read twice.
    streams_not_over_tls,  ///< Except for streams over https, which TLS protects.
    not_over_tls,          ///< Except over https, whatever the body is.
    not_hashed,            ///< Never: `UNSIGNED-PAYLOAD`.
};

/// How requests to a service are signed. The defaults are right for all but a few; `rules_for`
/// knows these.
struct signing_rules {
    bool double_encode = true;           ///< Encode the path once more than it is sent.
    bool normalize_path = true;          ///< Remove `.`, `..` and empty segments before.
    bool content_sha256_header = false;  ///< Send the body's hash as `x-amz-content-sha256`.
    bool sign_token = true;              ///< False: the session token is added afterwards.
    bool s3_session = false;             ///< The keys are those of an S3 Express session.
    body_rule body = body_rule::hashed;
    body_rule presigned_body = body_rule::hashed;
};

/// The rules of the service with this signing name, as in `s3` or `dynamodb`.
constexpr signing_rules rules_for(std::string_view service) noexcept {
    signing_rules rules;
    if (service == "s3" || service == "s3express" || service == "s3-outposts" ||
        service == "s3-object-lambda") {
        rules.double_encode = rules.normalize_path = false;
        rules.content_sha256_header = true;
        rules.body = body_rule::streams_not_over_tls;
        rules.presigned_body = body_rule::not_hashed;
    } else if (service == "vpc-lattice-svcs") {
        rules.body = rules.presigned_body = body_rule::not_hashed;
    } else if (service == "aoss") {
        rules.content_sha256_header = true;
    } else if (service == "iotdevicegateway") {
        rules.sign_token = false;
    }
    return rules;
}

/// All that a signature depends on besides the request and the keys.
struct signing {
    std::string_view region{};   ///< As in `us-east-1`.
    std::string_view service{};  ///< The signing name, as in `dynamodb`.
    instant when{};              ///< AWS refuses more than five to fifteen minutes of difference.
    signing_rules rules{};
    std::string_view payload{};  ///< Said instead of the body's hash, as `unsigned_payload`.
};

}  // namespace awsxx::inline AWSXX_ABI::auth
