// SPDX-License-Identifier: MIT
// One download by ranges, as a coroutine.
#pragma once

#include <awsxx/codec/checksum.hpp>
#include <awsxx/codec/checksum_names.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/recipes/s3_checksum_member.hpp>
#include <awsxx/recipes/s3_download_options.hpp>
#include <awsxx/recipes/s3_file_sink.hpp>
#include <awsxx/recipes/s3_flow.hpp>
#include <awsxx/recipes/s3_overlap.hpp>
#include <awsxx/recipes/s3_range_sink.hpp>
#include <awsxx/recipes/s3_transfer.hpp>
#include <awsxx/runtime/answer_check.hpp>
#include <awsxx/runtime/event_loop.hpp>
#include <awsxx/services/s3.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI::recipes::s3 {

namespace detail::download {

/// A download from its beginning to its end.
template <class By>
class run {
public:
    run(carrier<By> with, const awsxx::s3::get_object& what, const download_options& how)
        : on_(with.on),
          what_(what),
          by_(with.by),
          how_(&how),
          guard_(by_->time(), how.at_most, how.stop) {}

    flow<expected<download_result>> all(http::body_sink& into) {
        if (what_.range || what_.part_number || how_->range_size == 0)
            co_return transfer::refusal("InvalidDownload", "ranges and parts are found here");
        object_sink sink(into, guard_);
        auto done = co_await look(sink);
        if (done) done = co_await get_all(sink);
        if (done) done = compare(sink);
        if (done) done = sink.end();
        if (done) co_return std::move(result_);
        error outer;
        outer.code = "DownloadFailed";
        outer.message = what_.bucket + "/" + what_.key;
        co_return transfer::failed(std::move(outer), std::move(done).error());
    }

private:
    /// The checksum of the whole does not come with ranges; it is asked for beforehand.
    flow<expected<void>> look(object_sink& sink) {
        auto wishes = by_->try_checksum_wishes(what_);
        if (!wishes) co_return std::move(wishes).error();
        if (!wishes->answers && what_.checksum_mode.empty()) co_return expected<void>();
        awsxx::s3::head_object op;
        op.bucket = what_.bucket;
        op.key = what_.key;
        op.if_match = what_.if_match;
        op.version_id = what_.version_id;
        op.sse_customer_algorithm = what_.sse_customer_algorithm;
        op.sse_customer_key = what_.sse_customer_key;
        op.sse_customer_key_md5 = what_.sse_customer_key_md5;
        op.request_payer = what_.request_payer;
        op.expected_bucket_owner = what_.expected_bucket_owner;
        op.checksum_mode = awsxx::s3::checksum_mode::enabled;
        if (auto over = guard_.check(); !over) co_return over;
        const call_options limits = guard_.of_call();
        const auto head = co_await call(*on_, *by_, op, limits);
        // if it is refused the GET will tell why
        const bool usable = head && head->content_length.value_or(-1) >= 0;
        if (usable) told_ = checksum_member::cheapest(*head);
        if (told_.which == 0) co_return expected<void>();
        if (auto sum = codec::checksum::begin(told_.which)) sink.sum_by(*std::move(sum));
        sink.expect(head->e_tag, static_cast<std::uint64_t>(*head->content_length));
        co_return expected<void>();
    }

    /// The ranges that have not been handed on as a whole, in order, and the calls for them.
    struct course {
        course(const run& of, object_sink& into)
            : object(&into),
              calls(*of.on_, *of.by_, of.guard_, of.how_->at_once),
              in_ranges(into.size() != std::optional<std::uint64_t>(0)) {}
        object_sink* object;
        std::deque<std::unique_ptr<range_sink>> ranges{};
        overlap<By> calls;
        bool in_ranges;
    };

    flow<expected<void>> get_all(object_sink& sink) {
        tell(sink);
        course all(*this, sink);
        sink.on_first([&all] { all.calls.look_soon(); });
        if (auto over = guard_.check(); !over) co_return over;
        const range_sink& first = add(all, std::make_unique<range_sink>(sink, 0));
        auto done = co_await all.calls.wait(
            [&] { return all.calls.failed() || all.ranges.empty() || first.end(); });
        if (!all.ranges.empty()) behind_first_ = first.end().value_or(0);
        if (done) done = co_await add_others(all, sink.size());
        if (!done) all.calls.stop();
        auto ended = co_await all.calls.finish();
        co_return done ? ended : done;
    }

    /// The rest, once the first answer said how much that is; not more at once than is wanted.
    flow<expected<void>> add_others(course& all, const std::optional<std::uint64_t>& size) {
        const auto most = static_cast<std::size_t>((std::max)(how_->at_once, 1));
        std::uint64_t begin = behind_first_;
        while (size && begin < *size) {
            auto room = co_await all.calls.wait(
                [&] { return all.calls.failed() || all.ranges.size() < most; });
            if (!room) co_return room;
            if (auto over = guard_.check(); !over) co_return over;
            const std::uint64_t end = begin + (std::min)(how_->range_size, *size - begin);
            add(all, std::make_unique<range_sink>(*all.object, begin, end));
            begin = end;
        }
        co_return expected<void>();
    }

    const range_sink& add(course& all, std::unique_ptr<range_sink> range) {
        all.ranges.push_back(std::move(range));
        if (all.ranges.size() == 1 && all.ranges.front()->end())
            static_cast<void>(all.ranges.front()->go_on());
        ask(all, *all.ranges.back());
        return *all.ranges.back();
    }

    void ask(course& all, range_sink& range) {
        range.next();
        all.calls.begin(next_call(all, range), &range,
                        [this, &all, &range](expected<awsxx::s3::get_object_output> got) {
                            auto done = answered(all, range, std::move(got));
                            if (!done) all.calls.stop();
                            return done;
                        });
    }

    expected<void> answered(course& all, range_sink& range,
                            expected<awsxx::s3::get_object_output> got) {
        const bool came = got.has_value();
        if (all.calls.failed()) return {};
        if (came) {
            result_.object = *std::move(got);
            range.broken = 0;
        } else if (got.error().http_status == 416 && all.in_ranges && range.at() == 0) {
            all.in_ranges = false;  // it is empty: it has no range
        } else if (!goes_on(got.error(), range) || ++range.broken > how_->resumptions) {
            return refusal(std::move(got).error(), *all.object);
        }
        range.finished = range.is_whole() || (came && !range.end());
        if (range.finished) {
            auto done = hand_on(all);  // `range` may be gone
            if (done && came) tell(*all.object);
            return done;
        }
        if (came) tell(*all.object);
        if (came && range.written() == 0) return wrong_range("an answer without a byte");
        if (auto stopped = guard_.check(); !stopped) return stopped;
        ask(all, range);
        return {};
    }

    /// Those that came as a whole go, and the one behind them need not keep its bytes any more.
    expected<void> hand_on(course& all) {
        while (!all.ranges.empty()) {
            const range_sink& front = *all.ranges.front();
            if (!front.finished) return {};
            if (behind_first_ == 0) behind_first_ = front.at();
            all.ranges.pop_front();
            if (all.ranges.empty()) return {};
            if (auto done = all.ranges.front()->go_on(); !done) return done;
        }
        return {};
    }

    awsxx::s3::get_object next_call(const course& all, const range_sink& range) const {
        awsxx::s3::get_object op = what_;
        const std::uint64_t begin = range.at();
        const std::uint64_t most = (std::min)(how_->range_size, std::uint64_t{INT64_MAX} - begin);
        const std::uint64_t end = (std::min)(range.end().value_or(UINT64_MAX), begin + most);
        if (all.in_ranges)
            op.range = "bytes=" + std::to_string(begin) + "-" + std::to_string(end - 1);
        if (!all.object->tag().empty()) op.if_match = all.object->tag();
        return op;
    }

    /// Some of it came before the connection broke.
    static bool goes_on(const error& why, const range_sink& range) {
        const bool broke = why.kind == error_kind::network || why.kind == error_kind::timeout;
        return broke && why.retryable && range.written() > 0 && why.code != "ChecksumMismatch";
    }

    AWSXX_COLD error refusal(error why, const object_sink& sink) const {
        const bool own_tag = !sink.tag().empty() && what_.if_match != sink.tag();
        if (why.http_status != 412 || !own_tag) return why;
        return transfer::failed(object_sink::changed(), std::move(why));
    }

    expected<void> compare(object_sink& sink) {
        result_.size = sink.offset();
        if (sink.size() && *sink.size() != result_.size)
            return wrong_range("bytes between the ranges are missing");
        result_.object.e_tag = sink.tag();  // the last range may have come without its end
        if (!sink.sum()) return {};
        const std::string found = sink.sum()->finish();
        if (found != told_.value)
            return runtime::answer_check::mismatch(codec::checksum_name(told_.which), told_.value,
                                                   found);
        result_.checked = true;
        return {};
    }

    void tell(const object_sink& sink) const {
        if (how_->progress) how_->progress({.bytes = sink.offset(), .size = sink.size()});
    }

    event_loop* on_;
    const awsxx::s3::get_object& what_;
    const By* by_;
    const download_options* how_;
    transfer::guard guard_;
    checksum_member::found told_{};
    download_result result_{};
    std::uint64_t behind_first_ = 0;
};

/// All that is referred to lives as long as this.
template <class By>
flow<expected<download_result>> into_sink(carrier<By> with, const awsxx::s3::get_object& what,
                                          http::body_sink& into, const download_options& how) {
    run<By> all(with, what, how);
    co_return co_await all.all(into);
}

template <class By>
flow<expected<download_result>> into_file(carrier<By> with, const std::string& path,
                                          const awsxx::s3::get_object& what,
                                          const download_options& how) {
    file_sink sink(path);
    if (auto open = sink.open(); !open) co_return std::move(open).error();
    auto done = co_await into_sink(with, what, sink, how);
    if (!done) co_return done;
    if (auto there = sink.commit(); !there) co_return std::move(there).error();
    co_return done;
}

}  // namespace detail::download

}  // namespace awsxx::inline AWSXX_ABI::recipes::s3
