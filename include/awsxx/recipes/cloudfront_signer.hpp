// SPDX-License-Identifier: MIT
// Addresses and cookies with which viewers get private content from CloudFront.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/system.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/text_blocks.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/crypto/private_key.hpp>
#include <awsxx/http/parse_uri.hpp>
#include <awsxx/http/uri.hpp>
#include <awsxx/recipes/cloudfront_policy.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::recipes {

/// A cookie to be set for the distribution's domain, `Secure` and `HttpOnly`.
struct cloudfront_cookie {
    std::string name{};
    std::string value{};
};

namespace detail::cloudfront_signer {

inline error refused(const char* why) {
    return {.kind = error_kind::invalid_argument, .code = "CannotSign", .message = why};
}

/// Base64 in which nothing has to be percent-encoded.
inline std::string url_text(std::string_view bytes) {
    std::string text = crypto::to_base64(bytes);
    for (char& c : text) {
        if (c == '+') c = '-';
        if (c == '=') c = '_';
        if (c == '/') c = '~';
    }
    return text;
}

inline bool has_parameter(std::string_view query, std::string_view name) {
    while (!query.empty()) {
        const std::string_view pair = text::take_until(query, '&');
        if (pair.substr(0, pair.find('=')) == name) return true;
    }
    return false;
}

/// Refuses addresses that could not carry a signature, or do already.
inline expected<void> check_url(std::string_view url) {
    const auto parsed = http::parse_uri(url);
    if (!parsed) return parsed.error();
    for (const std::string_view own : {"Expires", "Policy", "Signature", "Key-Pair-Id"})
        if (has_parameter(parsed->query, own))
            return refused("the address has a parameter of a signature already");
    return {};
}

}  // namespace detail::cloudfront_signer

/// A key pair that a distribution trusts. A value; any thread may sign with it.
///
///     const auto signer = awsxx::recipes::cloudfront_signer::from_file("K2JCJMDEHXQW5F", "key.pem");
///     const auto url = signer->sign_url("https://d111111abcdef8.cloudfront.net/a.jpg",
///                                       now + awsxx::seconds(3600));
///
/// Signs as CloudFront wants it: RSA with SHA-1.
/// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/PrivateContent.html
class cloudfront_signer {
public:
    /// `key_pair_id` is the id of the public key at CloudFront. Fails with `invalid_argument` if
    /// the id is none or the key is no RSA key.
    static expected<cloudfront_signer> make(std::string key_pair_id, crypto::private_key key) {
        namespace own = detail::cloudfront_signer;
        for (const char c : key_pair_id)
            if (!text::is_alnum(c)) return own::refused("the key pair id is not one word");
        if (key_pair_id.empty()) return own::refused("the key pair id is empty");
        if (key.algorithm() != crypto::key_algorithm::rsa)
            return own::refused("CloudFront's signatures are made with an RSA key");
        return cloudfront_signer(std::move(key_pair_id), std::move(key));
    }
    /// With the first private key of a PEM text. `passphrase` is asked if it is encrypted.
    static expected<cloudfront_signer> from_pem(std::string key_pair_id, std::string_view pem,
                                                const crypto::passphrase_source& passphrase = {}) {
        auto key = crypto::private_key::from_pem(pem, passphrase);
        if (!key) return std::move(key).error();
        return make(std::move(key_pair_id), *std::move(key));
    }
    /// The same with the PEM text in a file, which is read once.
    static expected<cloudfront_signer> from_file(std::string key_pair_id, const std::string& path,
                                                 const crypto::passphrase_source& passphrase = {}) {
        constexpr std::size_t limit = std::size_t{1} << 20;
        auto text = system_files().read(path, limit);
        if (!text) {
            error why = std::move(text).error();
            why.kind = error_kind::configuration;  // somebody has named it
            return why;
        }
        const secret pem(*std::move(text));
        return from_pem(std::move(key_pair_id), pem.expose(), passphrase);
    }

    /// The address of `url` until `expires`, for everybody who has it. Nothing in `url` may change
    /// any more, its query included.
    expected<std::string> sign_url(std::string_view url, instant expires) const {
        if (auto fine = detail::cloudfront_signer::check_url(url); !fine)
            return std::move(fine).error();
        const auto proof = canned({.resource = std::string(url), .expires = expires});
        if (!proof) return proof.error();
        return with_parameters(url, *proof);
    }
    /// The address of `url` as far as a policy of your own allows it. An empty `resource` is `url`.
    expected<std::string> sign_url(std::string_view url, cloudfront_policy policy) const {
        if (auto fine = detail::cloudfront_signer::check_url(url); !fine)
            return std::move(fine).error();
        if (policy.resource.empty()) policy.resource = url;
        const auto proof = custom(policy);
        if (!proof) return proof.error();
        return with_parameters(url, *proof);
    }

    /// The cookies for one URL until `expires`.
    expected<std::vector<cloudfront_cookie>> sign_cookies(std::string_view url,
                                                          instant expires) const {
        auto proof = canned({.resource = std::string(url), .expires = expires});
        if (!proof) return std::move(proof).error();
        return named(*std::move(proof));
    }
    /// The cookies for all that a policy of your own allows.
    expected<std::vector<cloudfront_cookie>> sign_cookies(const cloudfront_policy& policy) const {
        auto proof = custom(policy);
        if (!proof) return std::move(proof).error();
        return named(*std::move(proof));
    }

private:
    using parts = std::vector<cloudfront_cookie>;  ///< With the names that a query has for them.

    cloudfront_signer(std::string key_pair_id, crypto::private_key key)
        : key_pair_id_(std::move(key_pair_id)), key_(std::move(key)) {}

    expected<parts> canned(const cloudfront_policy& policy) const {
        if (!is_canned(policy))
            return detail::cloudfront_signer::refused(
                "an address with an asterisk needs a policy of its own");
        const auto whole = std::chrono::floor<std::chrono::seconds>(policy.expires);
        return proof(policy, {"Expires", std::to_string(whole.time_since_epoch().count())});
    }
    expected<parts> custom(const cloudfront_policy& policy) const {
        return proof(policy, {"Policy", ""});
    }

    /// `told` is what is sent of the policy; an empty one becomes all of it.
    expected<parts> proof(const cloudfront_policy& policy, cloudfront_cookie told) const {
        namespace own = detail::cloudfront_signer;
        const auto text = policy_json(policy);
        if (!text) return text.error();
        const auto signature = key_.sign_sha1(*text);
        if (!signature) return signature.error();
        if (told.value.empty()) told.value = own::url_text(*text);
        return parts{std::move(told),
                     {"Signature", own::url_text(*signature)},
                     {"Key-Pair-Id", key_pair_id_}};
    }

    static std::string with_parameters(std::string_view url, const parts& proof) {
        std::string signed_url(url);
        char joint = url.find('?') == std::string_view::npos ? '?' : '&';
        for (const cloudfront_cookie& one : proof) {
            signed_url.append(1, joint).append(one.name).append("=").append(one.value);
            joint = '&';
        }
        return signed_url;
    }

    static std::vector<cloudfront_cookie> named(parts proof) {
        for (cloudfront_cookie& one : proof) one.name.insert(0, "CloudFront-");
        return proof;
    }

    std::string key_pair_id_;
    crypto::private_key key_;
};

}  // namespace awsxx::inline AWSXX_ABI::recipes
