// SPDX-License-Identifier: MIT
#include <awsxx/crypto/sha256.hpp>

#include <awsxx/crypto/encode.hpp>

#include <support/catch.hpp>

#include <string>
#include <string_view>

#include <openssl/err.h>

namespace crypto = awsxx::crypto;

namespace {

std::string hash(std::string_view bytes) {
    return crypto::to_hex(crypto::as_text(crypto::sha256_of(bytes)));
}

std::string mac(std::string_view key, std::string_view bytes) {
    return crypto::to_hex(crypto::as_text(crypto::hmac_key(key).sign(bytes)));
}

}  // namespace

TEST_CASE("sha256: the examples of FIPS 180") {
    CHECK(hash("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(hash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST_CASE("sha256: pieces hash to what the whole hashes to") {
    const std::string text(1000, 'x');
    for (std::size_t cut = 0; cut <= text.size(); cut += 37) {
        crypto::sha256 pieces;
        pieces.update(text.substr(0, cut));
        pieces.update(text.substr(cut));
        CHECK(pieces.finish() == crypto::sha256_of(text));
    }
}

TEST_CASE("hmac: the examples of RFC 4231") {
    CHECK(mac(std::string(20, '\x0b'), "Hi There") ==
          "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    CHECK(mac("Jefe", "what do ya want for nothing?") ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    CHECK(mac(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First") ==
          "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("hmac: a key signs more than once and its copies sign alike") {
    const crypto::hmac_key key("key");
    const auto first = key.sign("one");
    const crypto::hmac_key copy(key);
    CHECK(copy.sign("two") == key.sign("two"));
    CHECK(key.sign("one") == first);
}

TEST_CASE("sha256: OpenSSL's error queue is left as it was") {
    ERR_clear_error();
    ERR_raise(ERR_LIB_USER, 42);
    static_cast<void>(mac("key", "text"));
    CHECK(ERR_GET_REASON(ERR_get_error()) == 42);
    CHECK(ERR_get_error() == 0);
}
