// SPDX-License-Identifier: MIT
// The signatures of what follows a signed request: each covers a piece and the signature before.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/auth/payload_hash.hpp>
#include <awsxx/auth/signing.hpp>
#include <awsxx/auth/signing_key.hpp>
#include <awsxx/auth/signing_workspace.hpp>
#include <awsxx/auth/string_to_sign.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/thread_cache.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/crypto/sha256.hpp>
#include <awsxx/http/message.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::auth {

/// The signature that a signed or presigned request carries, in hexadecimal digits.
inline expected<std::string> signature_of(const http::request& signed_request) {
    constexpr std::string_view in_header = "Signature=";
    constexpr std::string_view in_query = "X-Amz-Signature=";
    std::string_view text;
    if (const auto proof = signed_request.headers.find("authorization")) {
        const std::size_t at = proof->rfind(in_header);
        if (at != std::string_view::npos) text = proof->substr(at + in_header.size());
    } else {
        for (std::string_view rest = signed_request.target.query; !rest.empty();) {
            const std::string_view pair = text::take_until(rest, '&');
            if (pair.starts_with(in_query)) text = pair.substr(in_query.size());
        }
    }
    if (!text.empty() && crypto::from_hex(text)) return std::string(text);
    return error{.kind = error_kind::invalid_argument,
                 .code = "NotSigned",
                 .message = "the request has no signature that others could follow"};
}

/// Makes the signatures of a chain. Any number of threads may use the same one.
class chain_signer {
public:
    virtual ~chain_signer() = default;
    /// As in `AWS4-HMAC-SHA256`.
    virtual std::string_view algorithm() const noexcept = 0;
    virtual std::string_view scope() const noexcept = 0;
    /// How many characters each signature takes where it is sent.
    virtual std::size_t width() const noexcept = 0;
    /// In hexadecimal digits, at most `width()`.
    virtual expected<std::string> sign(std::string_view text) const = 0;
};

/// Signs the chunks of one body, and the trailer behind them, one after the other.
///
///     auto chain = auth::signature_chain::after(out, keys, how);
///     const std::string first(*chain->sign_chunk(text));
///     const std::string last(*chain->sign_chunk({}));  // the empty one at the end
///     const std::string trailer(*chain->sign_trailer("x-amz-checksum-crc32:AAAAAA==\n"));
///
/// For one thread at a time; copies go on from where it stands.
class signature_chain {
public:
    /// Continues a request that `sign` or `presign` made of these keys.
    static expected<signature_chain> after(const http::request& signed_request,
                                           const credentials& keys, const signing& how);

    /// `seed` is the signature of the request, made at `when`.
    signature_chain(std::shared_ptr<const chain_signer> by, const signing_time& when,
                    std::string seed)
        : by_(std::move(by)),
          time_(when),
          piece_algorithm_(std::string(by_->algorithm()) + "-PAYLOAD"),
          trailer_algorithm_(std::string(by_->algorithm()) + "-TRAILER"),
          seed_(std::move(seed)),
          previous_(seed_) {}

    /// The signature of the next chunk, as long as all others: short ones are filled up with `*`.
    /// Valid until the next call.
    expected<std::string_view> sign_chunk(std::string_view bytes) {
        const chained_string_to_sign text(place(piece_algorithm_), empty_payload,
                                          crypto::sha256_of(bytes));
        return sign(text.text());
    }
    /// The signature of the trailer: lines `name:value`, in the order of the names.
    expected<std::string_view> sign_trailer(std::string_view lines) {
        const chained_string_to_sign text(place(trailer_algorithm_), crypto::sha256_of(lines));
        return sign(text.text());
    }

    /// How many characters each signature has.
    std::size_t width() const noexcept { return by_->width(); }
    /// Starts again behind the request.
    void restart() { previous_ = seed_; }

private:
    chain_place place(std::string_view algorithm) const noexcept {
        return {.algorithm = algorithm,
                .time = time_.text(),
                .scope = by_->scope(),
                .previous = previous_};
    }
    expected<std::string_view> sign(std::string_view text) {
        auto made = by_->sign(text);
        if (!made) return std::move(made).error();
        previous_ = *std::move(made);
        sent_ = previous_;
        sent_.resize(by_->width(), '*');
        return std::string_view(sent_);
    }

    std::shared_ptr<const chain_signer> by_;
    signing_time time_;
    std::string piece_algorithm_;
    std::string trailer_algorithm_;
    std::string seed_;
    std::string previous_;  ///< Without what fills it up.
    std::string sent_{};
};

namespace detail::hmac_chain {

/// Signs with the derived key of Signature Version 4.
class hmac_signer final : public chain_signer {
public:
    explicit hmac_signer(signing_key key) : key_(std::move(key)) {}

    std::string_view algorithm() const noexcept override { return sigv4_algorithm; }
    std::string_view scope() const noexcept override { return key_.scope; }
    std::size_t width() const noexcept override { return 2 * crypto::sha256_digest().size(); }
    expected<std::string> sign(std::string_view text) const override {
        return crypto::to_hex(crypto::as_text(key_.hmac.sign(text)));
    }

private:
    signing_key key_;
};

}  // namespace detail::hmac_chain

inline expected<signature_chain> signature_chain::after(const http::request& signed_request,
                                                        const credentials& keys,
                                                        const signing& how) {
    auto seed = signature_of(signed_request);
    if (!seed) return std::move(seed).error();
    return with_per_thread<signing_workspace>(
        [&](signing_workspace& work) -> expected<signature_chain> {
            const auto key = work.keys.find(keys.secret_access_key, how);
            if (!key) return key.error();
            return signature_chain(std::make_shared<detail::hmac_chain::hmac_signer>(**key),
                                   signing_time((*key)->date(), how.when), *std::move(seed));
        });
}

}  // namespace awsxx::inline AWSXX_ABI::auth
