// SPDX-License-Identifier: MIT
// What AWS counts of the bodies of a call: their compression and their checksums.
#pragma once

#include <awsxx/auth/feature.hpp>
#include <awsxx/codec/checksum_names.hpp>
#include <awsxx/config/body_rules.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/model/operation.hpp>

#include <string_view>

namespace awsxx::inline AWSXX_ABI::runtime {

namespace detail::body_features {

using auth::feature;

struct counted {
    model::checksum_algorithms which;
    feature as;
};
inline constexpr counted algorithms[] = {
    {model::crc32, feature::request_crc32},     {model::crc32c, feature::request_crc32c},
    {model::crc64nvme, feature::request_crc64}, {model::sha1, feature::request_sha1},
    {model::sha256, feature::request_sha256},   {model::md5, feature::request_md5},
    {model::sha512, feature::request_sha512},
};

/// The checksum that goes with the draft, in a header or behind the body.
inline auth::features checksum_of(const http::request& draft) {
    const std::string_view trailer = draft.headers.find("x-amz-trailer").value_or("");
    for (const counted& one : algorithms) {
        const std::string_view name = codec::checksum_header(one.which);
        if (trailer == name || draft.headers.contains(name)) return one.as;
    }
    return {};
}

}  // namespace detail::body_features

/// Of a draft whose body is prepared.
inline auth::features uses_of_bodies(const model::operation& what, const config::body_rules& rules,
                                     const http::request& draft) {
    using auth::feature;
    using config::checksum_use;
    auth::features all;
    if (what.compressed && draft.headers.find("Content-Encoding").value_or("").ends_with("gzip"))
        all |= feature::gzip_request;
    if (what.checksums.required || what.checksums.algorithm_member >= 0) {
        const bool supported = rules.request_checksums.use == checksum_use::when_supported;
        all |= detail::body_features::checksum_of(draft);
        all |= supported ? feature::request_checksum_when_supported
                         : feature::request_checksum_when_required;
    }
    if (what.checksums.validation_member >= 0) {
        const bool supported = rules.answer_checksums.use == checksum_use::when_supported;
        all |= supported ? feature::answer_checksum_when_supported
                         : feature::answer_checksum_when_required;
    }
    return all;
}

}  // namespace awsxx::inline AWSXX_ABI::runtime
