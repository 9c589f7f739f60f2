// SPDX-License-Identifier: MIT
// What a call makes use of, as AWS counts it in the header User-Agent.
#pragma once

#include <awsxx/core/version.hpp>

#include <cstdint>

namespace awsxx::inline AWSXX_ABI::auth {

/// One thing that is counted.
enum class feature : unsigned char {
    waiter,
    paginator,
    retry_standard,
    retry_adaptive,
    gzip_request,
    rpc_v2_cbor,
    endpoint_override,
    account_id_endpoint,
    sigv4a,
    account_id_resolved,
    credentials_code,
    credentials_environment,
    credentials_environment_web_identity,
    credentials_assume_role,
    credentials_web_identity,
    credentials_profile,
    credentials_source_profile,
    credentials_named,  ///< By `credential_source` of a profile.
    credentials_profile_web_identity,
    credentials_profile_sso,
    credentials_sso,
    credentials_profile_sso_legacy,
    credentials_sso_legacy,
    credentials_profile_process,
    credentials_process,
    credentials_http,
    credentials_imds,
    credentials_profile_login,
    credentials_login,
    bearer_environment,
    request_crc32,
    request_crc32c,
    request_crc64,
    request_sha1,
    request_sha256,
    request_md5,
    request_sha512,
    request_checksum_when_supported,
    request_checksum_when_required,
    answer_checksum_when_supported,
    answer_checksum_when_required,
    s3_express,
    account_endpoints_preferred,
    account_endpoints_disabled,
    account_endpoints_required,
};

/// A set of features. Cheap to copy.
class features {
public:
    constexpr features() = default;
    constexpr features(feature one) noexcept : bits_(std::uint64_t{1} << static_cast<int>(one)) {}

    constexpr features& operator|=(features more) noexcept {
        bits_ |= more.bits_;
        return *this;
    }
    friend constexpr features operator|(features a, features b) noexcept { return a |= b; }
    friend constexpr bool operator==(features, features) = default;
    constexpr bool empty() const noexcept { return bits_ == 0; }
    constexpr std::uint64_t bits() const noexcept { return bits_; }

private:
    std::uint64_t bits_ = 0;
};

constexpr features operator|(feature a, feature b) noexcept { return features(a) | features(b); }

}  // namespace awsxx::inline AWSXX_ABI::auth
