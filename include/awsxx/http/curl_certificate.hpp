// SPDX-License-Identifier: MIT
// Puts a client certificate on a libcurl handle.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/callback_guard.hpp>
#include <awsxx/http/client_certificate.hpp>
#include <awsxx/http/curl_setup.hpp>

#include <string>
#include <string_view>
#include <utility>

#include <curl/curl.h>

namespace awsxx::inline AWSXX_ABI::http::detail {

/// Where libcurl keeps one of the two: its text, a name, and what kind that is.
struct curl_certificate_place {
    CURLoption blob;
    CURLoption name;
    CURLoption kind;
};

/// `text` is not copied: it has to live as long as the handle.
inline void set_certificate_part(curl_setter& easy, const curl_certificate_place& where,
                                 std::string_view text) {
    if (is_token_uri(text)) {
        std::string uri(text);
        easy.set(where.kind, "ENG").set(where.name, uri.c_str());
        wipe(uri);  // it may hold a PIN
        return;
    }
    curl_blob seen{const_cast<char*>(text.data()), text.size(), CURL_BLOB_NOCOPY};
    easy.set(where.kind, "PEM").set(where.blob, &seen);
}

/// The PIN, as libcurl takes it. Without one, an empty word keeps OpenSSL from asking a terminal.
inline expected<void> set_pin(curl_setter& easy, const client_certificate& own) {
    std::string word;
    if (own.pin) {
        auto told = caught([&] { return own.pin(); });
        if (!told) return std::move(told).error();
        word = told->expose();
    }
    easy.set(CURLOPT_KEYPASSWD, word.c_str());
    wipe(word);
    return {};
}

/// Makes `handle` show `own`, which has to outlive it.
inline expected<void> set_certificate(CURL* handle, const client_certificate& own) {
    curl_setter easy(handle);
    const bool in_token = is_token_uri(own.certificate) || is_token_uri(own.key.expose());
    if (in_token && easy.set(CURLOPT_SSLENGINE, "pkcs11").result() != CURLE_OK)
        return error{.kind = error_kind::configuration,
                     .code = "Pkcs11Unavailable",
                     .message =
                         "OpenSSL's engine pkcs11, which tokens are reached through, "
                         "cannot be loaded"};
    set_certificate_part(easy, {CURLOPT_SSLCERT_BLOB, CURLOPT_SSLCERT, CURLOPT_SSLCERTTYPE},
                         own.certificate);
    set_certificate_part(easy, {CURLOPT_SSLKEY_BLOB, CURLOPT_SSLKEY, CURLOPT_SSLKEYTYPE},
                         own.key.expose());
    if (auto pin = set_pin(easy, own); !pin) return pin;
    if (easy.result() == CURLE_OK) return {};
    return error{.kind = error_kind::configuration,
                 .code = "TransportUnusable",
                 .message = "libcurl refuses client certificates"};
}

}  // namespace awsxx::inline AWSXX_ABI::http::detail
