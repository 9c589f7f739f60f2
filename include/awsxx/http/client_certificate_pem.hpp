// SPDX-License-Identifier: MIT
// Makes client certificates of PEM texts, and says what is wrong with them before anybody connects.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/certificate.hpp>
#include <awsxx/crypto/private_key.hpp>
#include <awsxx/http/client_certificate.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::http {

/// The certificate with its key, both in PEM, perhaps in the same text. `passphrase` is asked at
/// once, and only if the key is encrypted.
///
/// Fails as `crypto::certificate`, `crypto::private_key` and `crypto::check_pair` do.
inline expected<std::shared_ptr<const client_certificate>> client_certificate_from_pem(
    std::string_view certificate, const secret& key,
    const crypto::passphrase_source& passphrase = {}) {
    const auto chain = crypto::certificate::from_pem(certificate);
    if (!chain) return chain.error();
    const auto own = crypto::private_key::from_pem(key.expose(), passphrase);
    if (!own) return own.error();
    if (auto pair = crypto::check_pair(*chain, *own); !pair) return std::move(pair).error();
    auto open = own->to_pem();
    if (!open) return std::move(open).error();
    std::string shown;  // a key in the same text stays out of it
    for (const auto& block : crypto::pem_blocks(certificate))
        if (block.label.ends_with("CERTIFICATE")) shown.append(block.text).append("\n");
    return std::make_shared<const client_certificate>(
        client_certificate{.certificate = std::move(shown), .key = *std::move(open), .pin = {}});
}

}  // namespace awsxx::inline AWSXX_ABI::http
