// SPDX-License-Identifier: MIT
// Holds the body of an answer against the checksum that came with it.
#pragma once

#include <awsxx/codec/checksum.hpp>
#include <awsxx/codec/checksum_names.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/number.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/crc.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/model/operation.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// Asks the service for a checksum with its answer, where it has one and nothing speaks against it.
/// True if one is asked for, by this or by the caller.
inline bool ask_for_checksum(const model::operation& what, bool wanted, http::request& draft) {
    const int index = what.checksums.validation_member;
    if (index < 0) return what.checksums.answers != 0;
    const model::field& field = what.input->fields[index];
    if (field.place != model::place::header) return false;
    if (wanted && !draft.headers.contains(field.name)) draft.headers.set(field.name, "ENABLED");
    return draft.headers.contains(field.name);
}

/// One check of one answer: begun by its headers, fed with its body, then asked.
class answer_check {
public:
    /// Finds the checksum to hold the body against: the cheapest of those that came. One over the
    /// checksums of parts says nothing of the whole.
    void begin(model::checksum_algorithms known, const http::headers& headers) {
        sum_.reset();
        for (const auto which : {model::crc64nvme, model::crc32c, model::crc32, model::sha1,
                                 model::sha256, model::sha512, model::md5}) {
            if ((known & which) == 0) continue;
            const auto told = headers.find(codec::checksum_header(which));
            if (!told || codec::is_composite(*told)) continue;
            auto begun = codec::checksum::begin(which);
            if (!begun) continue;  // this computer has not got it
            sum_ = *std::move(begun);
            name_ = codec::checksum_name(which);
            told_ = *told;
            return;
        }
    }

    bool active() const noexcept { return sum_.has_value(); }
    void update(std::string_view piece) {
        if (sum_) sum_->update(piece);
    }

    /// Nothing, or why the body cannot be what was sent. Ends the check.
    std::optional<error> verdict() {
        if (!sum_) return {};
        const std::string found = sum_->finish();
        sum_.reset();
        if (found == told_) return {};
        return mismatch(name_, told_, found);
    }

    /// Another attempt may bring what was meant.
    AWSXX_COLD static error mismatch(std::string_view name, std::string_view told,
                                     std::string_view found) {
        std::string message(name);
        message.append(" of the body that came is ").append(found).append(", not ").append(told);
        return {.kind = error_kind::network,
                .retryable = true,
                .code = "ChecksumMismatch",
                .message = std::move(message)};
    }

private:
    std::optional<codec::checksum> sum_{};
    std::string_view name_{};
    std::string told_{};
};

/// The check that DynamoDB sends with its answers, over the body as it went over the wire.
/// Answers are never asked for in a compressed form, so that is the body as it came.
inline std::optional<error> check_crc32(const http::response& answer) {
    const auto told = answer.headers.find("x-amz-crc32");
    if (!told) return {};
    const auto wanted = text::parse_number<std::uint32_t>(text::trimmed(*told));
    const std::uint32_t found = crypto::crc32_of(answer.body);
    if (!wanted || *wanted == found) return {};
    return answer_check::mismatch("CRC32", *told, std::to_string(found));
}

/// Hands the body on to another sink and checks it on its way.
class checking_sink final : public http::body_sink {
public:
    checking_sink(http::body_sink& to, model::checksum_algorithms known) noexcept
        : to_(&to), known_(known) {}

    expected<void> begin(const http::response& head) override {
        check_.begin(known_, head.headers);
        return to_->begin(head);
    }
    bool ready(http::body_pause& here) override { return to_->ready(here); }
    expected<void> write(std::string_view piece) override {
        check_.update(piece);
        return to_->write(piece);
    }
    bool restart() override { return to_->restart(); }

    /// Asked when the whole body came.
    std::optional<error> verdict() { return check_.verdict(); }

private:
    http::body_sink* to_;
    model::checksum_algorithms known_;
    answer_check check_{};
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
