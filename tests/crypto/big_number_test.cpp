// SPDX-License-Identifier: MIT
#include <awsxx/crypto/big_number.hpp>

#include <support/catch.hpp>

#include <string>

namespace {

using awsxx::crypto::big_number;

std::string hex(const big_number& of) { return std::string(of.hex().expose()); }
std::string bytes(const awsxx::secret& of) { return std::string(of.expose()); }

}  // namespace

TEST_CASE("big number: digits of either case, in any number, are read") {
    CHECK(hex(big_number::from_hex("aBc")) == "abc");
    CHECK(hex(big_number::from_hex("000ff")) == "ff");
    CHECK(hex(big_number::from_hex("0")) == "0");
    for (const char* odd : {"", "g", "-1", "0x1", " 1", "1 "})
        CHECK_FALSE(big_number::from_hex(odd));
    CHECK_FALSE(big_number::from_hex(std::string(4097, '1')));
    CHECK_FALSE(big_number::from_bytes(std::string(2049, '1')));
}

TEST_CASE("big number: signed bytes have a zero in front where the top bit is set") {
    CHECK(bytes(big_number(0x7f).signed_bytes()) == "\x7f");
    CHECK(bytes(big_number(0x80).signed_bytes()) == std::string("\x00\x80", 2));
    CHECK(bytes(big_number(0x80).bytes()) == "\x80");
    CHECK(bytes(big_number(0).signed_bytes()) == std::string(1, '\0'));
    CHECK(bytes(big_number(0).bytes()).empty());
    CHECK(bytes(big_number(256).signed_bytes()) == std::string("\x01\x00", 2));
}

TEST_CASE("big number: sums, products, rests, differences and powers are right") {
    const big_number a = big_number::from_hex("fedcba98765432100123456789abcdef");
    CHECK(hex(a + big_number(1)) == "fedcba98765432100123456789abcdf0");
    CHECK(hex(a * big_number(16)) == "fedcba98765432100123456789abcdef0");
    CHECK(hex(a.mod(big_number(0x100))) == "ef");
    CHECK(hex(big_number(3).minus_mod(big_number(5), big_number(7))) == "5");
    CHECK(hex(big_number(3).power_mod(big_number(4), big_number(7))) == "4");
    CHECK(hex(big_number(10).power_mod(big_number(3), big_number(7))) == "6");
    CHECK(hex(big_number(3).power_mod(big_number(0), big_number(7))) == "1");
}

TEST_CASE("big number: what comes of none is none") {
    const big_number none;
    CHECK_FALSE(none + big_number(1));
    CHECK_FALSE(big_number(1) * none);
    CHECK_FALSE(big_number(1).mod(none));
    CHECK_FALSE(big_number(1).mod(big_number(0)));
    CHECK_FALSE(big_number(2).power_mod(big_number(2), big_number(0)));
    CHECK(none.is_zero());
    CHECK(bytes(none.bytes()).empty());
    CHECK(hex(none) == "0");
}

TEST_CASE("big number: random ones differ and keep to their size") {
    const big_number one = big_number::random(128);
    CHECK(one);
    CHECK(one.bytes().expose().size() <= 16);
    CHECK(hex(one) != hex(big_number::random(128)));
}

TEST_CASE("big number: the prime is that of RFC 3526") {
    const std::string prime = hex(big_number::prime_3072());
    CHECK(prime.size() == 768);
    CHECK(prime.starts_with("ffffffffffffffffc90fdaa2"));
    CHECK(prime.ends_with("4b82d120a93ad2caffffffffffffffff"));
}
