// SPDX-License-Identifier: MIT
// The proof that whoever sends a request holds a key, as RFC 9449 has it.
#pragma once

#include <awsxx/codec/json_writer.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/ec_key.hpp>
#include <awsxx/crypto/encode.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI {

/// The request that a proof is for.
struct dpop_claims {
    std::string_view method{};
    std::string_view url{};  ///< Without query.
    instant issued_at{};
    std::string_view id{};  ///< Never used before: a UUID.
};

namespace detail::dpop {

inline std::string base64url(std::string_view bytes) {
    return crypto::to_base64(bytes, crypto::base64_alphabet::url);
}

inline std::string header(const crypto::ec_key& key) {
    return R"({"typ":"dpop+jwt","alg":"ES256","jwk":{"kty":"EC","x":")" + base64url(key.x()) +
           R"(","y":")" + base64url(key.y()) + R"(","crv":"P-256"}})";
}

inline std::string payload(const dpop_claims& claims) {
    std::string text;
    codec::json::writer out(text);
    const auto put = [&](std::string_view name, std::string_view value) {
        out.member(name);
        out.string(value);
    };
    out.open_object();
    put("jti", claims.id);
    put("htm", claims.method);
    put("htu", claims.url);
    out.member("iat");
    out.raw(std::to_string(
        std::chrono::floor<std::chrono::seconds>(claims.issued_at).time_since_epoch().count()));
    out.close_object();
    return text;
}

}  // namespace detail::dpop

/// The value of the header `DPoP`: a JSON web token, signed.
inline expected<std::string> dpop_proof(const crypto::ec_key& key, const dpop_claims& claims) {
    namespace own = detail::dpop;
    std::string token =
        own::base64url(own::header(key)) + '.' + own::base64url(own::payload(claims));
    const auto signature = key.sign(token);
    if (!signature) return signature.error();
    return token.append(".").append(own::base64url(*signature));
}

}  // namespace awsxx::inline AWSXX_ABI
