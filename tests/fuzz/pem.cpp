// SPDX-License-Identifier: MIT
// Any PEM text as certificates and as a private key: refused or usable, and OpenSSL's queue empty.
#include <awsxx/crypto/certificate.hpp>
#include <awsxx/crypto/private_key.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <openssl/err.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    namespace crypto = awsxx::crypto;
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const auto certificate = crypto::certificate::from_pem(text);
    if (certificate && (certificate->der().empty() || certificate->serial_number().empty()))
        std::abort();
    // PKCS#8 may ask for two thousand million rounds, which only takes time
    const bool costly = text.find("ENCRYPTED PRIVATE KEY") != text.npos;
    const crypto::passphrase_source words = [] { return awsxx::expected<awsxx::secret>("words"); };
    const auto key = crypto::private_key::from_pem(text, costly ? nullptr : words);
    if (key) static_cast<void>(key->sign_sha256("what is signed"));
    if (key && certificate) static_cast<void>(crypto::check_pair(*certificate, *key));
    if (ERR_peek_error() != 0) std::abort();
    return 0;
}
