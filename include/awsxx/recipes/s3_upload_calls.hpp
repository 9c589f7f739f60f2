// SPDX-License-Identifier: MIT
// The calls of an upload in parts, each with what the object is to be.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/services/s3.hpp>

#include <string>

namespace awsxx::inline AWSXX_ABI::recipes::s3::detail::upload_calls {

/// What every call of an upload says about where and on whose account.
template <class Op>
Op common(const awsxx::s3::put_object& what) {
    Op op;
    op.bucket = what.bucket;
    op.key = what.key;
    op.request_payer = what.request_payer;
    op.expected_bucket_owner = what.expected_bucket_owner;
    return op;
}

template <class Op>
Op of_upload(const awsxx::s3::put_object& what, const std::string& id) {
    Op op = common<Op>(what);
    op.upload_id = id;
    return op;
}

/// The same with the caller's own key of encryption.
template <class Op>
Op with_key(const awsxx::s3::put_object& what, const std::string& id) {
    Op op = of_upload<Op>(what, id);
    op.sse_customer_algorithm = what.sse_customer_algorithm;
    op.sse_customer_key = what.sse_customer_key;
    op.sse_customer_key_md5 = what.sse_customer_key_md5;
    return op;
}

/// All that is said about an object goes with the beginning of its upload.
inline awsxx::s3::create_multipart_upload create(const awsxx::s3::put_object& what) {
    auto op = common<awsxx::s3::create_multipart_upload>(what);
    op.acl = what.acl;
    op.cache_control = what.cache_control;
    op.content_disposition = what.content_disposition;
    op.content_encoding = what.content_encoding;
    op.content_language = what.content_language;
    op.content_type = what.content_type;
    op.expires = what.expires;
    op.grant_full_control = what.grant_full_control;
    op.grant_read = what.grant_read;
    op.grant_read_acp = what.grant_read_acp;
    op.grant_write_acp = what.grant_write_acp;
    op.metadata = what.metadata;
    op.server_side_encryption = what.server_side_encryption;
    op.storage_class = what.storage_class;
    op.website_redirect_location = what.website_redirect_location;
    op.sse_customer_algorithm = what.sse_customer_algorithm;
    op.sse_customer_key = what.sse_customer_key;
    op.sse_customer_key_md5 = what.sse_customer_key_md5;
    op.ssekms_key_id = what.ssekms_key_id;
    op.ssekms_encryption_context = what.ssekms_encryption_context;
    op.bucket_key_enabled = what.bucket_key_enabled;
    op.tagging = what.tagging;
    op.object_lock_mode = what.object_lock_mode;
    op.object_lock_retain_until_date = what.object_lock_retain_until_date;
    op.object_lock_legal_hold_status = what.object_lock_legal_hold_status;
    return op;
}

inline awsxx::s3::complete_multipart_upload complete(const awsxx::s3::put_object& what,
                                                     const std::string& id) {
    auto op = with_key<awsxx::s3::complete_multipart_upload>(what, id);
    op.if_match = what.if_match;
    op.if_none_match = what.if_none_match;
    return op;
}

}  // namespace awsxx::inline AWSXX_ABI::recipes::s3::detail::upload_calls
