// SPDX-License-Identifier: MIT
// What shows a TLS server who connects: a certificate and its key, in memory or in a PKCS#11 token.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::http {

/// A certificate for connections. Requests with the same object share connections; requests with
/// another one, though it may say the same, never do.
///
/// PEM from outside is best brought in by `client_certificate_from_pem`, which checks it and opens
/// keys with a passphrase. The key may stay in a token while the certificate is PEM:
///
///     const auto own = std::make_shared<const http::client_certificate>(http::client_certificate{
///         .certificate = pem, .key = "pkcs11:token=device;object=key", .pin = ask_for_pin});
///
/// Tokens need OpenSSL's engine `pkcs11` (Debian: libengine-pkcs11-openssl); which tokens there
/// are is p11-kit's business, or that of `PKCS11_MODULE_PATH`. A token that was opened stays open
/// for the whole process. The engine may print a URI: give the PIN by `pin`, not in the URI.
struct client_certificate {
    std::string certificate{};  ///< PEM, those that vouch for it behind it; or a `pkcs11:` URI.
    secret key{};               ///< PEM without a passphrase, or a `pkcs11:` URI.
    /// The token's PIN. Asked for at each new connection, from the thread that sends.
    std::function<expected<secret>()> pin{};
};

/// True for what lies in a PKCS#11 token (RFC 7512).
constexpr bool is_token_uri(std::string_view text) noexcept { return text.starts_with("pkcs11:"); }

}  // namespace awsxx::inline AWSXX_ABI::http
