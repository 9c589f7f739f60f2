// SPDX-License-Identifier: MIT
// One upload in parts: begun or taken up again, filled, and completed or given up.
#pragma once

#include <awsxx/codec/checksum_names.hpp>
#include <awsxx/codec/checksum_parts.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/http/body.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/recipes/s3_checksum_member.hpp>
#include <awsxx/recipes/s3_flow.hpp>
#include <awsxx/recipes/s3_part_size.hpp>
#include <awsxx/recipes/s3_part_sums.hpp>
#include <awsxx/recipes/s3_transfer.hpp>
#include <awsxx/recipes/s3_upload_calls.hpp>
#include <awsxx/runtime/answer_check.hpp>
#include <awsxx/runtime/checksum_wishes.hpp>
#include <awsxx/runtime/event_loop.hpp>
#include <awsxx/runtime/pages.hpp>
#include <awsxx/services/s3.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::recipes::s3::detail {

/// The parts of one object. Used by one coroutine; `by` and `what` have to live as long.
///
/// Each part goes with its checksum, and the whole is completed with that of all, unless settings
/// and endpoint want none: then parts go as they are. What an upload already has is not sent again.
template <class By>
class multipart {
public:
    /// Beginning, looking and sending keep to `guard`, making an object of the parts does not. One that
    /// S3 began while that ended the call has no parts, and an id that nobody knows.
    multipart(event_loop& on, const By& by, const awsxx::s3::put_object& what,
              const transfer::guard& guard)
        : on_(&on), by_(&by), what_(&what), guard_(&guard) {}

    /// Begins a new one.
    flow<expected<void>> begin() {
        if (auto done = learn_wishes(); !done) co_return done;
        auto op = upload_calls::create(*what_);
        if (auto chosen = choose_checksum(); !chosen) co_return chosen;
        if (which_ != 0) {
            op.checksum_algorithm = std::string(codec::checksum_name(which_));
            op.checksum_type = std::string(type());
        }
        const call_options how = guard_->of_call();
        auto begun = co_await call(*on_, *by_, op, how);
        if (!begun) co_return std::move(begun).error();
        if (begun->upload_id.empty()) co_return has_no_id();
        id_ = std::move(begun->upload_id);
        co_return expected<void>();
    }

    /// Takes up one that was begun, with what its parts are.
    flow<expected<void>> resume(std::string id) {
        if (auto done = learn_wishes(); !done) co_return done;
        runtime::page_course<awsxx::s3::list_parts> course(
            upload_calls::with_key<awsxx::s3::list_parts>(*what_, id));
        while (!course.is_over()) {
            if (auto why = course.refusal(by_->time())) co_return *std::move(why);
            if (auto over = guard_->check(); !over) co_return over;
            const call_options how = guard_->of_call();
            auto page = co_await call(*on_, *by_, course.request(), how);
            course.came(page);
            if (!page) co_return std::move(page).error();
            if (auto known = take_checksum(*page); !known) co_return known;
            for (auto& part : page->parts)
                if (part.part_number) there_[*part.part_number] = std::move(part);
        }
        id_ = std::move(id);
        co_return expected<void>();
    }

    /// What is to be sent of the next part; nothing if it is there.
    expected<std::optional<awsxx::s3::upload_part>> add(http::body part) {
        const int number = static_cast<int>(parts_.size()) + 1;
        if (number > most_parts)
            return error{.kind = error_kind::invalid_argument,
                         .code = "TooManyParts",
                         .message = "more than 10000 parts: they have to be larger"};
        const auto found = there_.find(number);
        const awsxx::s3::part* there = found == there_.end() ? nullptr : &found->second;
        const std::uint64_t size = part.size();
        if (there && there->size != static_cast<std::int64_t>(size)) there = nullptr;
        const auto sums = sums_of(part, which_, there || (which_ == 0 && wishes_.requests));
        if (!sums) return sums.error();
        keep(number, {sums->checksum, size});
        if (!there || !is_there(*there, *sums)) return to_send(number, std::move(part), *sums);
        ++kept_;
        arrived(number, there->e_tag);
        return std::optional<awsxx::s3::upload_part>();
    }
    /// The part of that number was sent, and S3 has given it that tag.
    void arrived(int number, std::string tag) {
        const auto index = static_cast<std::size_t>(number) - 1;
        parts_[index].e_tag = std::move(tag);
        bytes_ += sums_[index].size;
    }

    /// Makes the parts an object.
    flow<expected<awsxx::s3::complete_multipart_upload_output>> complete() {
        auto op = upload_calls::complete(*what_, id_);
        op.multipart_upload = awsxx::s3::completed_multipart_upload{.parts = parts_};
        std::string whole;
        if (which_ != 0) {
            auto sum = composite_ ? codec::composite_checksum(which_, sums_)
                                  : codec::whole_checksum(which_, sums_);
            if (!sum) co_return std::move(sum).error();
            whole = *std::move(sum);
            op.checksum_type = std::string(type());
            op.mpu_object_size = static_cast<std::int64_t>(bytes_);
            if (!composite_) *checksum_member::find(op, which_) = whole;
        }
        auto answer = co_await call(*on_, *by_, op);
        if (!answer && is_doubtful(answer.error())) answer = co_await settle(answer.error());
        if (!answer) co_return answer;
        completed_ = true;
        if (whole.empty()) co_return answer;
        const std::string& told = *checksum_member::find(*answer, which_);
        if (!told.empty() && told != whole)
            co_return runtime::answer_check::mismatch(codec::checksum_name(which_), told, whole);
        co_return answer;
    }

    /// Gives it up; S3 forgets its parts.
    flow<expected<void>> abort() {
        const auto op = upload_calls::of_upload<awsxx::s3::abort_multipart_upload>(*what_, id_);
        const call_options how{.at_most = limit_after_failure};
        auto done = co_await call(*on_, *by_, op, how);
        if (!done) co_return std::move(done).error();
        co_return expected<void>();
    }

    /// Empty until it is begun.
    const std::string& id() const noexcept { return id_; }
    /// Of the parts that arrived.
    std::uint64_t bytes() const noexcept { return bytes_; }
    int parts() const noexcept { return static_cast<int>(parts_.size()); }
    /// Of them, those that were there.
    int parts_kept() const noexcept { return kept_; }
    bool completed() const noexcept { return completed_; }
    /// True after `complete` failed and nobody can tell whether S3 did it nevertheless.
    bool may_be_completed() const noexcept { return may_be_completed_; }
    /// How large the first part is that is there; 0: none is.
    std::uint64_t first_part_size() const {
        const auto first = there_.find(1);
        if (first == there_.end() || first->second.size.value_or(0) < 0) return 0;
        return static_cast<std::uint64_t>(first->second.size.value_or(0));
    }

private:
    /// Of a call that tidies up: the time of the transfer itself may be over.
    static constexpr milliseconds limit_after_failure = std::chrono::seconds(30);

    expected<void> learn_wishes() {
        auto wishes = by_->try_checksum_wishes(*what_);
        if (!wishes) return std::move(wishes).error();
        wishes_ = *wishes;
        return {};
    }

    expected<void> choose_checksum() {
        const std::string_view chosen = what_->checksum_algorithm;
        if (chosen.empty() && wishes_.requests) which_ = model::crc64nvme;
        if (!chosen.empty()) which_ = codec::checksum_named(chosen);
        if (which_ == 0 && !chosen.empty())
            return error{.kind = error_kind::invalid_argument,
                         .code = "UnknownChecksum",
                         .message = "no checksum is computed by " + std::string(chosen)};
        composite_ = !checksum_member::tells_of_whole(which_);
        return {};
    }

    /// What the upload was begun with. Where its type is not told, it is what S3 takes if none is.
    expected<void> take_checksum(const awsxx::s3::list_parts_output& page) {
        using awsxx::s3::checksum_type;
        const std::string_view name = page.checksum_algorithm;
        which_ = codec::checksum_named(name);
        if (which_ == 0 && !name.empty())
            return error{.kind = error_kind::invalid_argument,
                         .code = "UnknownChecksum",
                         .message = "the upload has checksums that are not computed here: " +
                                    std::string(name)};
        const std::string_view type = page.checksum_type;
        composite_ = type.empty() ? which_ != model::crc64nvme : type == checksum_type::composite;
        return {};
    }

    /// S3 may have done it while its answer got lost, or could not be read. Asked again, it knows the
    /// upload no more, or finds the object that was not to be there.
    AWSXX_COLD static bool is_doubtful(const error& why) {
        const int attempts = why.details ? why.details->attempts : 0;
        if (why.http_status == 0) return attempts > 0;
        if (why.http_status >= 500 || why.http_status / 100 == 2) return true;
        return attempts > 1 && (why.kind == error_kind::not_found || why.http_status == 412);
    }

    /// If S3 did it, the upload is gone, and the object that is there has the tag of these parts. Where
    /// there is the upload or no object, S3 did not, unless it is still at it, as it can be for minutes.
    flow<expected<awsxx::s3::complete_multipart_upload_output>> settle(const error& why) {
        // "MalformedXml": a success that was cut off
        const bool refused = why.http_status >= 400 && why.code != "MalformedXml";
        may_be_completed_ = !refused;
        const call_options how{.at_most = limit_after_failure};
        if (why.kind != error_kind::not_found) {
            auto listing = upload_calls::with_key<awsxx::s3::list_parts>(*what_, id_);
            listing.max_parts = 1;
            const auto listed = co_await call(*on_, *by_, listing, how);
            if (listed) co_return why;
        }
        const std::string tag = tag_of_parts(parts_);
        const awsxx::s3::head_object op = look();
        auto head = co_await call(*on_, *by_, op, how);
        if (!head && head.error().kind == error_kind::not_found) co_return why;
        may_be_completed_ = !head || tag.empty() || without_quotes(head->e_tag) != tag;
        if (may_be_completed_) co_return why;
        awsxx::s3::complete_multipart_upload_output made;
        made.e_tag = std::move(head->e_tag);
        made.version_id = std::move(head->version_id);
        co_return made;
    }
    awsxx::s3::head_object look() const {
        auto op = upload_calls::common<awsxx::s3::head_object>(*what_);
        op.sse_customer_algorithm = what_->sse_customer_algorithm;
        op.sse_customer_key = what_->sse_customer_key;
        op.sse_customer_key_md5 = what_->sse_customer_key_md5;
        return op;
    }

    std::string_view type() const noexcept {
        using awsxx::s3::checksum_type;
        return composite_ ? checksum_type::composite : checksum_type::full_object;
    }

    bool is_there(const awsxx::s3::part& there, const part_sums& sums) const {
        const std::string* const told = checksum_member::find(there, which_);
        if (told != nullptr && !told->empty()) return *told == sums.checksum;
        return is_tag_of(there.e_tag, sums.md5);
    }

    awsxx::s3::upload_part to_send(int number, http::body part, const part_sums& sums) const {
        auto op = upload_calls::with_key<awsxx::s3::upload_part>(*what_, id_);
        op.part_number = number;
        op.body = std::move(part);
        if (which_ != 0)
            *checksum_member::find(op, which_) = sums.checksum;
        else if (wishes_.requests && !sums.md5.empty())
            op.content_md5 = crypto::to_base64(sums.md5);  // another one does not fit the upload
        return op;
    }

    void keep(int number, codec::part_checksum sum) {
        awsxx::s3::completed_part part{.part_number = number};
        if (which_ != 0) *checksum_member::find(part, which_) = sum.value;
        parts_.push_back(std::move(part));
        sums_.push_back(std::move(sum));
    }

    AWSXX_COLD static error has_no_id() {
        return {.kind = error_kind::malformed_answer,
                .code = "NoUploadId",
                .message = "the answer does not name the upload that was begun"};
    }

    event_loop* on_;
    const By* by_;
    const awsxx::s3::put_object* what_;
    const transfer::guard* guard_;
    checksum_wishes wishes_{};
    model::checksum_algorithms which_{};
    bool composite_ = false;
    std::string id_{};
    std::map<int, awsxx::s3::part> there_{};
    std::vector<awsxx::s3::completed_part> parts_{};
    std::vector<codec::part_checksum> sums_{};
    std::uint64_t bytes_ = 0;
    int kept_ = 0;
    bool completed_ = false;
    bool may_be_completed_ = false;
};

}  // namespace awsxx::inline AWSXX_ABI::recipes::s3::detail
