// SPDX-License-Identifier: MIT
// Whether a token was made by a user pool, for this client, and is still good.
#pragma once

#include <awsxx/cognito/jwt.hpp>
#include <awsxx/cognito/pool_id.hpp>
#include <awsxx/cognito/user_pool.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/guarded.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/crypto/rsa_public_key.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/http/parse_uri.hpp>
#include <awsxx/http/uri.hpp>
#include <awsxx/model/document.hpp>
#include <awsxx/runtime/request_scope.hpp>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

namespace awsxx::inline AWSXX_ABI::cognito {

/// What a token is for.
enum class token_use : unsigned char { access, id };

/// Which tokens pass.
struct verifier_options {
    /// Who has to have made them. Empty: the pool, at its address on AWS.
    std::string issuer{};
    std::string keys_url{};  ///< Empty: where the issuer publishes its keys.
    milliseconds leeway = std::chrono::seconds(60);   ///< For clocks that differ.
    milliseconds keys_age = std::chrono::minutes(1);  ///< An unknown key is not asked for sooner.
};

namespace detail::jwt_verifier {

inline error refused(const char* why) {
    return {.kind = error_kind::not_authenticated,
            .code = "TokenRefused",
            .message = std::string("the token is not accepted: ") + why};
}

using keys = std::map<std::string, crypto::rsa_public_key>;

/// The RSA keys of a JSON Web Key Set; nothing if it is none.
inline std::optional<keys> read(std::string_view set) {
    const auto parsed = nlohmann::json::parse(set.begin(), set.end(), nullptr, false);
    if (!parsed.is_object()) return {};
    const auto list = parsed.find("keys");
    if (list == parsed.end() || !list->is_array()) return {};
    keys found;
    for (const auto& one : *list) {
        if (!one.is_object() || model::text_member(one, "kty") != "RSA") continue;
        const auto n =
            crypto::from_base64(model::text_member(one, "n"), crypto::base64_alphabet::url);
        const auto e =
            crypto::from_base64(model::text_member(one, "e"), crypto::base64_alphabet::url);
        if (n && e)
            found.insert_or_assign(model::text_member(one, "kid"), crypto::rsa_public_key(*n, *e));
    }
    return found;
}

struct memory {
    keys known{};
    std::optional<instant> fetched{};
};

}  // namespace detail::jwt_verifier

/// Verifies tokens with the keys that the pool publishes, which are fetched once, and again where a
/// token was signed by a key that is not among them.
///
/// Any number of threads may verify; it blocks while keys are fetched. Only RS256 passes.
/// https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
class jwt_verifier {
public:
    explicit jwt_verifier(user_pool pool, verifier_options how = {})
        : pool_(std::move(pool)), how_(std::move(how)) {}

    /// The token's claims. Fails with `not_authenticated`, "TokenRefused", with "MalformedToken",
    /// or as the fetch of the keys does.
    expected<jwt> try_verify(const secret& token, token_use use) const {
        auto parsed = jwt::parse(token.expose());
        if (!parsed) return parsed;
        if (auto done = check_signature(*parsed); !done) return std::move(done).error();
        if (auto done = check_claims(*parsed, use); !done) return std::move(done).error();
        return parsed;
    }

private:
    expected<std::string> issuer() const {
        if (!how_.issuer.empty()) return how_.issuer;
        auto name = pool_.provider_name();
        if (!name) return name;
        return "https://" + *name;
    }

    expected<void> check_signature(const jwt& token) const {
        if (token.algorithm() != "RS256")
            return detail::jwt_verifier::refused("it is not signed with RS256");
        if (token.header().contains("crit"))
            return detail::jwt_verifier::refused("it wants rules that are not known here");
        auto key = key_named(token.key_id());
        if (!key) return std::move(key).error();
        if (key->verifies_sha256(token.signed_part(), token.signature())) return {};
        return detail::jwt_verifier::refused("its signature is wrong");
    }

    expected<void> check_claims(const jwt& token, token_use use) const {
        using detail::jwt_verifier::refused;
        const auto by = issuer();
        if (!by) return by.error();
        const bool access = use == token_use::access;
        const instant now = pool_.time()->now() + pool_.core().clock_skew();
        const auto end = token.expiration();
        const auto begin = token.issued_at();
        if (token.text("iss") != *by) return refused("another pool made it");
        if (token.text("token_use") != (access ? "access" : "id"))
            return refused(access ? "it is no access token" : "it is no ID token");
        if (token.text(access ? "client_id" : "aud") != pool_.options().client_id)
            return refused("it was made for another client");
        if (!end || now > moment_after(*end, how_.leeway)) return refused("its time is over");
        if (begin && moment_after(now, how_.leeway) < *begin)
            return refused("its time has not begun");
        return {};
    }

    expected<crypto::rsa_public_key> key_named(const std::string& id) const {
        const auto held = memory_.lock();  // one thread fetches, the others wait for it
        const auto found = held->known.find(id);
        if (found != held->known.end()) return found->second;
        const instant now = pool_.time()->now();
        const bool recent = held->fetched && now < moment_after(*held->fetched, how_.keys_age);
        if (recent) return detail::jwt_verifier::refused("the pool has no key of that name");
        auto fetched = fetch_keys();
        if (!fetched) return std::move(fetched).error();
        held->known = *std::move(fetched);
        held->fetched = now;
        const auto now_found = held->known.find(id);
        if (now_found != held->known.end()) return now_found->second;
        return detail::jwt_verifier::refused("the pool has no key of that name");
    }

    expected<detail::jwt_verifier::keys> fetch_keys() const {
        std::string url = how_.keys_url;
        if (url.empty()) {
            const auto by = issuer();
            if (!by) return by.error();
            url = *by + "/.well-known/jwks.json";
        }
        auto target = http::parse_uri(url);
        if (!target) return std::move(target).error();
        const auto answer = pool_.core().send(
            {.target = *std::move(target)},
            {.service = "cognito-idp", .operation = "GetKeys", .is_unsigned = true});
        if (!answer) return answer.error();
        auto keys = detail::jwt_verifier::read(answer->body);
        if (keys) return *std::move(keys);
        return error{.kind = error_kind::malformed_answer,
                     .code = "MalformedAnswer",
                     .message = "the pool's keys are no JSON Web Key Set"};
    }

    user_pool pool_;
    verifier_options how_;
    guarded<detail::jwt_verifier::memory> memory_{};
};

}  // namespace awsxx::inline AWSXX_ABI::cognito
