// SPDX-License-Identifier: MIT
// The signatures of the events that follow a signed request in one stream.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/auth/signature_chain.hpp>
#include <awsxx/auth/signing.hpp>
#include <awsxx/auth/signing_workspace.hpp>
#include <awsxx/auth/string_to_sign.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/thread_cache.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/crypto/sha256.hpp>
#include <awsxx/http/message.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::auth {

/// Stands for the body in the signature of a request whose body is a stream of signed events: its
/// `signing::payload`.
inline constexpr std::string_view streaming_events = "STREAMING-AWS4-HMAC-SHA256-EVENTS";

/// The header `:date` of a signed event, encoded: what its signature covers beside the event, and
/// what stands in the message around it. Cut to whole seconds.
inline std::array<char, 15> event_date_header(instant when) noexcept {
    constexpr std::string_view begin = "\x05:date\x08";  // a name of five letters; a timestamp
    const auto second = std::chrono::floor<std::chrono::seconds>(when.time_since_epoch());
    const auto bits = static_cast<std::uint64_t>(milliseconds(second).count());
    std::array<char, 15> made{};
    begin.copy(made.data(), begin.size());
    for (std::size_t i = 0; i < 8; ++i)
        made[begin.size() + i] = static_cast<char>(bits >> (56 - 8 * i) & 0xff);
    return made;
}

/// Signs events one after the other; the last one is empty.
///
///     auto events = auth::event_signer::after(out, keys, how);
///     const auto signature = events->sign(text, now);  // goes into `:chunk-signature`
///
/// Each event is signed for the day and second it is sent at, and goes as the payload of a message
/// with the headers `:chunk-signature` and `:date`. Holds the secret key. For one thread at a time.
/// https://docs.aws.amazon.com/transcribe/latest/dg/streaming-setting-up.html
class event_signer {
public:
    /// Continues a request that `sign` or `presign` made of these keys.
    static expected<event_signer> after(const http::request& signed_request,
                                        const credentials& keys, const signing& how) {
        auto seed = signature_of(signed_request);
        if (!seed) return std::move(seed).error();
        return event_signer(keys.secret_access_key, how, *std::move(seed));
    }

    /// The 32 bytes of the next event's signature. `event` is all of the encoded inner message,
    /// or nothing for the one that ends the stream.
    expected<crypto::sha256_digest> sign(std::string_view event, instant when) {
        return with_per_thread<signing_workspace>(
            [&](signing_workspace& work) { return sign(work, event, when); });
    }

private:
    event_signer(const secret& key, const signing& how, std::string seed)
        : secret_key_(key),
          region_(how.region),
          service_(how.service),
          previous_(std::move(seed)) {}

    expected<crypto::sha256_digest> sign(signing_workspace& work, std::string_view event,
                                         instant when) {
        const signing how{.region = region_, .service = service_, .when = when};
        const auto key = work.keys.find(secret_key_, how);
        if (!key) return key.error();
        const signing_time time((*key)->date(), when);
        const auto header = event_date_header(when);
        const auto head = crypto::to_hex(
            crypto::as_text(crypto::sha256_of(std::string_view(header.data(), header.size()))));
        const chained_string_to_sign text({.algorithm = "AWS4-HMAC-SHA256-PAYLOAD",
                                           .time = time.text(),
                                           .scope = (*key)->scope,
                                           .previous = previous_},
                                          head, crypto::sha256_of(event));
        const crypto::sha256_digest signature = (*key)->hmac.sign(text.text());
        previous_ = crypto::to_hex(crypto::as_text(signature));
        return signature;
    }

    secret secret_key_;
    std::string region_;
    std::string service_;
    std::string previous_;
};

}  // namespace awsxx::inline AWSXX_ABI::auth
