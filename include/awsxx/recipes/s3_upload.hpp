// SPDX-License-Identifier: MIT
// Uploads objects of any size to S3: small ones at once, large ones in parts.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/body.hpp>
#include <awsxx/http/file_body.hpp>
#include <awsxx/recipes/s3_checksum_member.hpp>
#include <awsxx/recipes/s3_multipart.hpp>
#include <awsxx/recipes/s3_overlap.hpp>
#include <awsxx/recipes/s3_part_size.hpp>
#include <awsxx/recipes/s3_part_source.hpp>
#include <awsxx/recipes/s3_transfer.hpp>
#include <awsxx/recipes/s3_upload_options.hpp>
#include <awsxx/services/s3.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI::recipes::s3 {

namespace detail::upload {

/// What is asked for, by whom and how.
template <class By>
struct order {
    const awsxx::s3::put_object& what;
    const By& by;
    const upload_options& how;
    transfer::guard guard{by.time(), how.at_most, how.stop};  ///< Its time begins here.

    std::string name() const { return what.bucket + "/" + what.key; }
    void tell(const transfer_progress& so_far) const {
        if (how.progress) how.progress(so_far);
    }
};

/// What says something of the bytes of one PutObject cannot hold for each part.
inline expected<void> check(const awsxx::s3::put_object& what) {
    bool told = what.content_md5 || what.content_length || what.write_offset_bytes ||
                what.checksum_xxhash64 || what.checksum_xxhash3 || what.checksum_xxhash128;
    for (const auto which : {model::crc32, model::crc32c, model::crc64nvme, model::sha1,
                             model::sha256, model::sha512, model::md5})
        told |= checksum_member::find(what, which)->has_value();
    if (!told) return {};
    return transfer::refusal("InvalidUpload",
                             "lengths, offsets and checksums of an upload are found here; only "
                             "the algorithm can be chosen");
}

template <class By>
expected<upload_result> whole(const order<By>& of) {
    const std::uint64_t size = of.what.body.size();
    of.tell({.size = size});
    auto done = of.guard.check();
    auto put = done ? of.by.try_call(of.what, {.at_most = of.guard.left(), .stop = of.guard.stop()})
                    : std::move(done).error();
    if (!put)
        return transfer::failed({.code = "UploadFailed", .message = of.name()},
                                std::move(put).error());
    of.tell({.bytes = size, .size = size});
    return upload_result{
        .e_tag = std::move(put->e_tag), .version_id = std::move(put->version_id), .size = size};
}

/// What went wrong with an object that is there.
template <class By>
AWSXX_COLD error stored(const order<By>& of, const error& why) {
    return transfer::failed({.code = "UploadFailed", .message = of.name() + ": it was stored"},
                            why);
}

/// An upload in parts, from its beginning to its end.
template <class By>
class run {
public:
    run(const order<By>& of, part_source& from) : of_(&of), from_(&from), parts_(of.by, of.what) {}

    /// `first`: what was read of it already.
    expected<upload_result> operator()(std::optional<http::body> first) {
        auto done = send_all(std::move(first));
        if (done || done.error().code == "BodyTooShort")
            if (auto same = from_->unchanged(); !same) done = std::move(same);
        if (!done) return failed(std::move(done).error());
        auto made = parts_.complete();
        if (!made) return failed(std::move(made).error());
        return upload_result{.e_tag = std::move(made->e_tag),
                             .version_id = std::move(made->version_id),
                             .size = parts_.bytes(),
                             .upload_id = parts_.id(),
                             .parts = parts_.parts(),
                             .parts_kept = parts_.parts_kept()};
    }

private:
    expected<void> send_all(std::optional<http::body> first) {
        auto begun = of_->guard.check();
        if (begun) begun = begin();
        if (!begun) return begun;
        tell();
        overlap<By> calls(of_->by, of_->guard, of_->how.at_once);
        auto done = send_parts(calls, std::move(first));
        auto ended = calls.finish();
        if (done && ended) return of_->guard.check();
        return done ? ended : done;
    }

    expected<void> send_parts(overlap<By>& calls, std::optional<http::body> first) {
        const std::uint64_t part_size = size_of_parts();
        const clock& time = of_->by.time();
        bool slow = false;  // to read: what is under way would stand still for too long
        for (std::uint64_t last = part_size; last == part_size;) {
            if (auto room = slow ? calls.finish() : calls.make_room(); !room) return room;
            if (auto over = of_->guard.check(); !over) return over;
            const steady_instant asked = time.steady_now();
            auto part = first ? std::move(*first) : from_->next(part_size);
            slow = time.steady_now() - asked >= std::chrono::seconds(1);
            first.reset();
            if (!part) return std::move(part).error();
            last = part->size();
            if (last == 0 && parts_.parts() > 0) break;
            auto sent = parts_.add(*std::move(part));
            if (!sent) return std::move(sent).error();
            if (*sent)
                send(calls, **std::move(sent));
            else
                tell();
        }
        return {};
    }

    void send(overlap<By>& calls, awsxx::s3::upload_part part) {
        const int number = part.part_number;
        calls.begin(std::move(part), nullptr,
                    [this, number](expected<awsxx::s3::upload_part_output> got) -> expected<void> {
                        if (!got) return std::move(got).error();
                        parts_.arrived(number, std::move(got->e_tag));
                        tell();
                        return {};
                    });
    }

    expected<void> begin() {
        return of_->how.resume.empty() ? parts_.begin() : parts_.resume(of_->how.resume);
    }

    std::uint64_t size_of_parts() const {
        constexpr std::uint64_t least = std::uint64_t{5} << 20;
        const std::uint64_t before = parts_.first_part_size();
        const bool as_before = of_->how.part_size == 0 && before >= least;
        return part_size_for(from_->size(), as_before ? before : of_->how.part_size);
    }

    void tell() const {
        of_->tell({.bytes = parts_.bytes(), .size = from_->size(), .upload_id = parts_.id()});
    }

    AWSXX_COLD error failed(error why) {
        std::string message = of_->name();
        if (!parts_.id().empty()) {
            message += ": upload " + parts_.id();
            message += fate();
        }
        return transfer::failed({.code = "UploadFailed", .message = std::move(message)},
                                std::move(why));
    }
    std::string fate() {
        if (parts_.completed()) return " was completed";
        if (parts_.may_be_completed()) return " may have been completed, and is not given up";
        if (of_->how.keep_on_failure) return " is kept";
        const auto aborted = parts_.abort();
        return aborted ? " was given up" : " could not be given up: " + to_string(aborted.error());
    }

    const order<By>* of_;
    part_source* from_;
    multipart<By> parts_;
};

template <class By>
expected<upload_result> in_parts(const order<By>& of, part_source& from) {
    if (auto fits = check(of.what); !fits) return fits.error();
    return run<By>(of, from)({});
}

template <class By>
bool is_small(const order<By>& of, std::uint64_t size) {
    return of.how.resume.empty() && size < of.how.parts_from;
}

}  // namespace detail::upload

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
    const detail::upload::order<By> order{what, by, how};
    if (auto fits = detail::upload::check(what); !fits) return fits.error();
    if (detail::upload::is_small(order, what.body.size())) return detail::upload::whole(order);
    if (what.body.in_memory()) {
        detail::memory_parts parts(what.body.bytes());
        return detail::upload::in_parts(order, parts);
    }
    if (what.body.source() == nullptr)
        return detail::transfer::refusal("CannotReadBody", "the body's stream is null");
    detail::stream_parts parts(*what.body.source(), what.body.size());
    return detail::upload::in_parts(order, parts);
}

/// Uploads the file at `path` as `what` says; the body in that is not used. As `try_upload`, but nothing
/// of it lies in memory. A file that changes meanwhile is noticed: before an upload in parts is
/// completed, but after one PutObject, whose object is stored then. Fails with `FileUnusable`, too.
template <class By>
expected<upload_result> try_upload_file(const std::string& path, awsxx::s3::put_object what,
                                        const By& by, const upload_options& how = {}) {
    detail::file_parts parts(path);
    auto body = http::file_body(path);
    if (!body) return std::move(body).error();
    const std::uint64_t size = body->size();
    what.body = *std::move(body);
    const detail::upload::order<By> order{what, by, how};
    if (auto fits = detail::upload::check(what); !fits) return fits.error();
    if (detail::upload::is_small(order, size)) {
        auto done = detail::upload::whole(order);
        const auto same = parts.unchanged();
        if (done && !same) return detail::upload::stored(order, same.error());
        return done;
    }
    return detail::upload::in_parts(order, parts);
}

/// Uploads what `from` hands out until it ends, as from a pipe; it is read once. As `try_upload`, in
/// parts if it is more than one: 10,000 of 8 MiB are 80 GB, more needs a larger `part_size`.
template <class By>
expected<upload_result> try_upload_stream(http::body_source& from, awsxx::s3::put_object what,
                                          const By& by, const upload_options& how = {}) {
    const detail::upload::order<By> order{what, by, how};
    if (auto fits = detail::upload::check(what); !fits) return fits.error();
    detail::stream_parts parts(from, {});
    if (!how.resume.empty()) return detail::upload::in_parts(order, parts);
    const std::uint64_t part_size = part_size_for({}, how.part_size);
    auto begun = order.guard.check();
    auto first = begun ? parts.next(part_size) : std::move(begun).error();
    if (!first)
        return detail::transfer::failed({.code = "UploadFailed", .message = order.name()},
                                        std::move(first).error());
    if (first->size() == part_size) return detail::upload::run<By>(order, parts)(*std::move(first));
    what.body = *std::move(first);
    return detail::upload::whole(order);
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
