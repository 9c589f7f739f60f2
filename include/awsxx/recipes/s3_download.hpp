// SPDX-License-Identifier: MIT
// Downloads objects of any size from S3, by ranges, into memory or a file.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/recipes/s3_download_flow.hpp>
#include <awsxx/recipes/s3_download_options.hpp>
#include <awsxx/recipes/s3_flow.hpp>
#include <awsxx/recipes/s3_range_sink.hpp>
#include <awsxx/services/s3.hpp>

#include <span>
#include <string>

namespace awsxx::inline AWSXX_ABI::recipes::s3 {

/// Downloads an object and hands its bytes to `into`, in order and each once.
///
/// `by` is a session. A few ranges are under way at the same time, all with the tag of the first: an object that
/// changes meanwhile is noticed. A range that breaks off goes on where it broke. For AWS the whole is
/// held against its checksum, if S3 has one that is not of its parts; at somebody's own endpoint only if
/// settings or `checksum_mode` choose that. `into` is never restarted; `begin` sees the first answer,
/// and `finish` is asked once the whole came and is the one that it has to be.
///
/// Blocks. Fails with `DownloadFailed`, whose kind is that of its cause: `ObjectChanged`,
/// `ChecksumMismatch`, or what S3 or `into` says. `into` then has what came until there.
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/range-get-olap.html
template <class By>
expected<download_result> try_download(const awsxx::s3::get_object& what, http::body_sink& into,
                                       const By& by, const download_options& how = {}) {
    return detail::carry_out(
        by, [&](auto with) { return detail::download::into_sink(with, what, into, how); });
}
/// The same into memory, which has to be large enough: else `too_large`.
template <class By>
expected<download_result> try_download(const awsxx::s3::get_object& what, std::span<char> into,
                                       const By& by, const download_options& how = {}) {
    http::span_sink sink(into);
    return try_download(what, sink, by, how);
}
/// The same into a string, whose content it replaces.
template <class By>
expected<download_result> try_download(const awsxx::s3::get_object& what, std::string& into,
                                       const By& by, const download_options& how = {}) {
    detail::string_sink sink(into);
    return try_download(what, sink, by, how);
}

/// Downloads an object into the file at `path`.
///
///     const awsxx::session home;
///     awsxx::recipes::s3::download_file("report.txt",
///                                       {.bucket = "amzn-s3-demo-bucket", .key = "report.txt"},
///                                       home);
///
/// As `try_download`. It is written beside the path and replaces what is there when it is whole; a
/// failure leaves nothing. Fails with `FileNotWritten`, too.
template <class By>
expected<download_result> try_download_file(const std::string& path,
                                            const awsxx::s3::get_object& what, const By& by,
                                            const download_options& how = {}) {
    return detail::carry_out(
        by, [&](auto with) { return detail::download::into_file(with, path, what, how); });
}

#if defined(__cpp_exceptions)
template <class Into, class By>
download_result download(const awsxx::s3::get_object& what, Into&& into, const By& by,
                         const download_options& how = {}) {
    return value_or_raise(try_download(what, into, by, how));
}
template <class By>
download_result download_file(const std::string& path, const awsxx::s3::get_object& what,
                              const By& by, const download_options& how = {}) {
    return value_or_raise(try_download_file(path, what, by, how));
}
#endif

}  // namespace awsxx::inline AWSXX_ABI::recipes::s3
