// SPDX-License-Identifier: MIT
// Says which object is to be copied, in a header.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/http/percent.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::protocols {

/// "bucket/a key?versionId=7" as S3 takes it: encoded but for the slashes and for the version.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
inline std::string encoded_copy_source(std::string_view source) {
    const std::size_t mark = source.rfind("?versionId=");
    const bool versioned = mark != source.npos && source.find('/', mark) == source.npos;
    const std::string_view path = source.substr(0, versioned ? mark : source.npos);
    return http::encoded(path, true).append(source.substr(path.size()));
}

}  // namespace awsxx::inline AWSXX_ABI::protocols
