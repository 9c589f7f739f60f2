// SPDX-License-Identifier: MIT
// One upload of an object, whole or in parts, as a coroutine.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/body.hpp>
#include <awsxx/http/body_reader.hpp>
#include <awsxx/http/file_body.hpp>
#include <awsxx/recipes/s3_checksum_member.hpp>
#include <awsxx/recipes/s3_flow.hpp>
#include <awsxx/recipes/s3_multipart.hpp>
#include <awsxx/recipes/s3_overlap.hpp>
#include <awsxx/recipes/s3_part_size.hpp>
#include <awsxx/recipes/s3_part_source.hpp>
#include <awsxx/recipes/s3_transfer.hpp>
#include <awsxx/recipes/s3_upload_options.hpp>
#include <awsxx/runtime/call_options.hpp>
#include <awsxx/runtime/event_loop.hpp>
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
    event_loop& on;
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

AWSXX_COLD inline error failed(std::string name, error why) {
    return transfer::failed({.code = "UploadFailed", .message = std::move(name)}, std::move(why));
}

template <class By>
flow<expected<upload_result>> whole(const order<By>& of) {
    const std::uint64_t size = of.what.body.size();
    of.tell({.size = size});
    if (auto over = of.guard.check(); !over) co_return failed(of.name(), std::move(over).error());
    const call_options how = of.guard.of_call();
    auto put = co_await call(of.on, of.by, of.what, how);
    if (!put) co_return failed(of.name(), std::move(put).error());
    of.tell({.bytes = size, .size = size});
    upload_result made;
    made.e_tag = std::move(put->e_tag);
    made.version_id = std::move(put->version_id);
    made.size = size;
    co_return made;
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
    run(const order<By>& of, part_source& from)
        : of_(&of), from_(&from), parts_(of.on, of.by, of.what, of.guard) {}

    /// `first`: what was read of it already.
    flow<expected<upload_result>> all(std::optional<http::body> first) {
        auto done = co_await send_all(std::move(first));
        if (done || done.error().code == "BodyTooShort")
            if (auto same = from_->unchanged(); !same) done = std::move(same);
        if (!done) co_return co_await failed(std::move(done).error());
        auto made = co_await parts_.complete();
        if (!made) co_return co_await failed(std::move(made).error());
        upload_result result{.size = parts_.bytes(), .upload_id = parts_.id()};
        result.e_tag = std::move(made->e_tag);
        result.version_id = std::move(made->version_id);
        result.parts = parts_.parts();
        result.parts_kept = parts_.parts_kept();
        co_return result;
    }

private:
    flow<expected<void>> send_all(std::optional<http::body> first) {
        if (auto over = of_->guard.check(); !over) co_return over;
        const bool anew = of_->how.resume.empty();
        auto beginning = anew ? parts_.begin() : parts_.resume(of_->how.resume);
        auto begun = co_await beginning;
        if (!begun) co_return begun;
        tell();
        overlap<By> calls(of_->on, of_->by, of_->guard, of_->how.at_once);
        auto done = co_await send_parts(calls, std::move(first));
        auto ended = co_await calls.finish();
        if (done && ended) co_return of_->guard.check();
        co_return done ? ended : done;
    }

    flow<expected<void>> send_parts(overlap<By>& calls, std::optional<http::body> first) {
        const std::uint64_t part_size = size_of_parts();
        const clock& time = of_->by.time();
        bool slow = false;  // to read: what is under way would stand still for too long
        for (std::uint64_t last = part_size; last == part_size;) {
            if (slow) static_cast<void>(co_await calls.finish());
            if (auto room = co_await calls.make_room(); !room) co_return room;
            if (auto over = of_->guard.check(); !over) co_return over;
            const steady_instant asked = time.steady_now();
            auto part = first ? std::move(*first) : from_->next(part_size);
            slow = time.steady_now() - asked >= std::chrono::seconds(1);
            first.reset();
            if (!part) co_return std::move(part).error();
            last = part->size();
            if (last == 0 && parts_.parts() > 0) break;
            auto sent = parts_.add(*std::move(part));
            if (!sent) co_return std::move(sent).error();
            if (*sent)
                send(calls, **std::move(sent));
            else
                tell();
        }
        co_return expected<void>();
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

    std::uint64_t size_of_parts() const {
        constexpr std::uint64_t least = std::uint64_t{5} << 20;
        const std::uint64_t before = parts_.first_part_size();
        const bool as_before = of_->how.part_size == 0 && before >= least;
        return part_size_for(from_->size(), as_before ? before : of_->how.part_size);
    }

    void tell() const {
        of_->tell({.bytes = parts_.bytes(), .size = from_->size(), .upload_id = parts_.id()});
    }

    flow<error> failed(const error& why) {
        std::string message = of_->name();
        if (!parts_.id().empty()) {
            message += ": upload " + parts_.id();
            message += co_await fate();
        }
        error outer;
        outer.code = "UploadFailed";
        outer.message = std::move(message);
        co_return transfer::failed(std::move(outer), why);
    }
    flow<std::string> fate() {
        if (parts_.completed()) co_return " was completed";
        if (parts_.may_be_completed()) co_return " may have been completed, and is not given up";
        if (of_->how.keep_on_failure) co_return " is kept";
        const auto aborted = co_await parts_.abort();
        if (aborted) co_return " was given up";
        co_return " could not be given up: " + to_string(aborted.error());
    }

    const order<By>* of_;
    part_source* from_;
    multipart<By> parts_;
};

template <class By>
flow<expected<upload_result>> in_parts(const order<By>& of, part_source& from,
                                       std::optional<http::body> first = {}) {
    run<By> all(of, from);
    co_return co_await all.all(std::move(first));
}

template <class By>
bool is_small(const order<By>& of, std::uint64_t size) {
    return of.how.resume.empty() && size < of.how.parts_from;
}

/// The body of `what`. All that is referred to lives as long as this.
template <class By>
flow<expected<upload_result>> body(carrier<By> with, const awsxx::s3::put_object& what,
                                   const upload_options& how) {
    const order<By> order{*with.on, what, *with.by, how};
    if (auto fits = check(what); !fits) co_return std::move(fits).error();
    if (is_small(order, what.body.size())) co_return co_await whole(order);
    if (what.body.in_memory()) {
        memory_parts parts(what.body.bytes());
        co_return co_await in_parts(order, parts);
    }
    if (what.body.source() == nullptr)
        co_return transfer::refusal("CannotReadBody", "the body's stream is null");
    static_cast<void>(http::rewound(*what.body.source()));  // it may have been sent before
    stream_parts parts(*what.body.source(), what.body.size());
    co_return co_await in_parts(order, parts);
}

/// The file at `path`.
template <class By>
flow<expected<upload_result>> file(carrier<By> with, const std::string& path,
                                   awsxx::s3::put_object what, const upload_options& how) {
    file_parts parts(path);
    auto body = http::file_body(path);
    if (!body) co_return std::move(body).error();
    const std::uint64_t size = body->size();
    what.body = *std::move(body);
    const order<By> order{*with.on, what, *with.by, how};
    if (auto fits = check(what); !fits) co_return std::move(fits).error();
    if (!is_small(order, size)) co_return co_await in_parts(order, parts);
    auto done = co_await whole(order);
    const auto same = parts.unchanged();
    if (done && !same) co_return stored(order, same.error());
    co_return done;
}

/// What `from` hands out.
template <class By>
flow<expected<upload_result>> stream(carrier<By> with, http::body_source& from,
                                     awsxx::s3::put_object what, const upload_options& how) {
    const order<By> order{*with.on, what, *with.by, how};
    if (auto fits = check(what); !fits) co_return std::move(fits).error();
    stream_parts parts(from, {});
    if (!how.resume.empty()) co_return co_await in_parts(order, parts);
    const std::uint64_t part_size = part_size_for({}, how.part_size);
    auto begun = order.guard.check();
    auto first = begun ? parts.next(part_size) : std::move(begun).error();
    if (!first) co_return failed(order.name(), std::move(first).error());
    if (first->size() == part_size) co_return co_await in_parts(order, parts, *std::move(first));
    what.body = *std::move(first);
    co_return co_await whole(order);
}

}  // namespace detail::upload

}  // namespace awsxx::inline AWSXX_ABI::recipes::s3
