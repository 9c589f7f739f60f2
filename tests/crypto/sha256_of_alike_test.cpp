// SPDX-License-Identifier: MIT
#include <awsxx/crypto/sha256_of_alike.hpp>

#include <support/catch.hpp>

#include <string>

namespace crypto = awsxx::crypto;

TEST_CASE("sha256 of alike: whatever came before, each text has its own digest") {
    crypto::sha256_of_alike hash;
    std::string text(300, 'x');
    for (const std::size_t size : {300u, 300u, 64u, 64u, 63u, 65u, 0u, 128u}) {
        const std::string part = text.substr(0, size);
        CHECK(hash(part) == crypto::sha256_of(part));
    }
    for (std::size_t at = 0; at < text.size(); at += 21) {
        text[at] = 'y';
        CHECK(hash(text) == crypto::sha256_of(text));
        CHECK(hash(text) == crypto::sha256_of(text));
    }
}
