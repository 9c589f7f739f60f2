// SPDX-License-Identifier: MIT
// What a JSON Web Token says, read but not verified.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/model/document.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

namespace awsxx::inline AWSXX_ABI::cognito {

/// A token in its parts. Anybody can write one: `jwt_verifier` tells whether the pool did.
class jwt {
public:
    /// Fails with `MalformedToken` for whatever is not three parts of base64 with JSON objects in
    /// the first two. Nothing of the token is in the message.
    static expected<jwt> parse(std::string_view token) {
        constexpr std::size_t longest = std::size_t{64} << 10;
        const std::size_t first = token.find('.');
        const std::size_t last = token.rfind('.');
        if (token.size() > longest || first == token.npos || first == last)
            return malformed("it has not three parts, or is longer than 64 KiB");
        const std::string_view payload = token.substr(first + 1, last - first - 1);
        auto header = object(token.substr(0, first));
        auto claims = object(payload);
        auto signature = crypto::from_base64(token.substr(last + 1), crypto::base64_alphabet::url);
        if (!header) return malformed("its header is not JSON in base64");
        if (!claims) return malformed("its claims are not JSON in base64");
        if (!signature) return malformed("its signature is not base64");
        jwt made;
        made.header_ = *std::move(header);
        made.claims_ = *std::move(claims);
        made.signature_ = *std::move(signature);
        made.signed_part_ = token.substr(0, last);
        return made;
    }

    const nlohmann::json& header() const noexcept { return header_; }
    const nlohmann::json& claims() const noexcept { return claims_; }
    /// The claim if it is there and a text, else an empty one.
    std::string text(const char* claim) const { return model::text_member(claims_, claim); }
    /// The key that signed it, `kid`, and how, `alg`; empty where the header does not say.
    std::string key_id() const { return model::text_member(header_, "kid"); }
    std::string algorithm() const { return model::text_member(header_, "alg"); }
    /// The claims `exp` and `iat`.
    std::optional<instant> expiration() const { return time("exp"); }
    std::optional<instant> issued_at() const { return time("iat"); }

    /// What was signed, and the bytes of the signature.
    const std::string& signed_part() const noexcept { return signed_part_; }
    const std::string& signature() const noexcept { return signature_; }

private:
    jwt() = default;

    static error malformed(const char* why) {
        return {.kind = error_kind::malformed_answer,
                .code = "MalformedToken",
                .message = std::string("the token cannot be read: ") + why};
    }
    static std::optional<nlohmann::json> object(std::string_view part) {
        const auto text = crypto::from_base64(part, crypto::base64_alphabet::url);
        if (!text) return {};
        auto parsed = nlohmann::json::parse(text->begin(), text->end(), nullptr, false);
        if (!parsed.is_object()) return {};
        return parsed;
    }
    std::optional<instant> time(const char* claim) const {
        constexpr std::int64_t latest = 253'402'300'799;  // the end of the year 9999
        const auto found = claims_.find(claim);
        if (found == claims_.end() || !found->is_number()) return {};
        const double seconds = found->get<double>();
        if (!(seconds >= 0 && seconds <= static_cast<double>(latest))) return {};
        return instant(std::chrono::seconds(static_cast<std::int64_t>(seconds)));
    }

    nlohmann::json header_{};
    nlohmann::json claims_{};
    std::string signature_{};
    std::string signed_part_{};
};

}  // namespace awsxx::inline AWSXX_ABI::cognito
