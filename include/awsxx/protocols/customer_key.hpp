// SPDX-License-Identifier: MIT
// Sends a key of the caller's, with which S3 encrypts what it stores.
#pragma once

#include <awsxx/codec/checksum.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/http/headers.hpp>
#include <awsxx/http/host.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/model/operation.hpp>

#include <string>

namespace awsxx::inline AWSXX_ABI::protocols {

/// Sets the header: the key's bytes in base64, and their MD5 in the header of that name and "-MD5".
/// `coded`: the caller has done both, and the key goes as it is.
///
/// Fails over http, except to this computer itself: whoever reads the key on its way has it.
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html
inline expected<void> set_customer_key(http::request& draft, const http::header& key, bool coded) {
    if (draft.target.scheme != "https" && !http::is_loopback(draft.target.host))
        return error{.kind = error_kind::invalid_argument,
                     .code = "InvalidInput",
                     .message = "a key is sent over https only"};
    if (coded) {
        draft.headers.set(key.name, key.value);
        return {};
    }
    const auto sum = codec::checksum_of(key.value, model::md5);
    if (!sum) return sum.error();
    std::string text = crypto::to_base64(key.value);
    draft.headers.set(key.name, text);
    draft.headers.set(std::string(key.name) + "-MD5", *sum);
    wipe(text);
    return {};
}

}  // namespace awsxx::inline AWSXX_ABI::protocols
