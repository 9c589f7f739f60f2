// SPDX-License-Identifier: MIT
// Uploads objects of any size to S3: small ones at once, large ones in parts.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/body.hpp>
#include <awsxx/recipes/s3_flow.hpp>
#include <awsxx/recipes/s3_upload_flow.hpp>
#include <awsxx/recipes/s3_upload_options.hpp>
#include <awsxx/services/s3.hpp>

#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI::recipes::s3 {

/// Uploads the body of `what`, by one PutObject or in parts.
///
///     const awsxx::session home;
///     const std::string report(50'000'000, 'x');
///     awsxx::recipes::s3::upload({.body = awsxx::http::body::view(report),
///                                 .bucket = "amzn-s3-demo-bucket",
///                                 .key = "report.txt"},
///                                home);
///
/// `by` is a session. A few parts are under way at the same time, each with a checksum that S3 compares; the object is
/// completed with the checksum of the whole: CRC64NVME, or what `checksum_algorithm` says. At somebody's
/// own endpoint there are checksums only if settings or `what` choose them. A body that is streamed in
/// parts is read once; those that are under way lie in memory.
///
/// Blocks. Fails with `UploadFailed`, whose kind is that of its cause; an upload that was begun is then
/// aborted unless `keep_on_failure` is set, and named in the message. Where the answer to its end got
/// lost, S3 is asked for the object; if that does not tell, the message says that the upload may have
/// been completed, and it is not aborted.
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
template <class By>
expected<upload_result> try_upload(const awsxx::s3::put_object& what, const By& by,
                                   const upload_options& how = {}) {
    return detail::carry_out(by, [&](auto with) { return detail::upload::body(with, what, how); });
}

/// Uploads the file at `path` as `what` says; the body in that is not used. As `try_upload`, but nothing
/// of it lies in memory. A file that changes meanwhile is noticed: before an upload in parts is
/// completed, but after one PutObject, whose object is stored then. Fails with `FileUnusable`, too.
template <class By>
expected<upload_result> try_upload_file(const std::string& path, awsxx::s3::put_object what,
                                        const By& by, const upload_options& how = {}) {
    return detail::carry_out(
        by, [&](auto with) { return detail::upload::file(with, path, std::move(what), how); });
}

/// Uploads what `from` hands out until it ends, as from a pipe; it is read once. As `try_upload`, in
/// parts if it is more than one: 10,000 of 8 MiB are 80 GB, more needs a larger `part_size`.
template <class By>
expected<upload_result> try_upload_stream(http::body_source& from, awsxx::s3::put_object what,
                                          const By& by, const upload_options& how = {}) {
    return detail::carry_out(
        by, [&](auto with) { return detail::upload::stream(with, from, std::move(what), how); });
}

#if defined(__cpp_exceptions)
template <class By>
upload_result upload(const awsxx::s3::put_object& what, const By& by,
                     const upload_options& how = {}) {
    return value_or_raise(try_upload(what, by, how));
}
template <class By>
upload_result upload_file(const std::string& path, awsxx::s3::put_object what, const By& by,
                          const upload_options& how = {}) {
    return value_or_raise(try_upload_file(path, std::move(what), by, how));
}
template <class By>
upload_result upload_stream(http::body_source& from, awsxx::s3::put_object what, const By& by,
                            const upload_options& how = {}) {
    return value_or_raise(try_upload_stream(from, std::move(what), by, how));
}
#endif

}  // namespace awsxx::inline AWSXX_ABI::recipes::s3
