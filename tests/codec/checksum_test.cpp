// SPDX-License-Identifier: MIT
#include <awsxx/codec/checksum.hpp>

#include <awsxx/crypto/crc.hpp>

#include <support/catch.hpp>

#include <cstdint>
#include <string>

using namespace awsxx;

TEST_CASE("checksum: every algorithm gives base64 of the big-endian value") {
    CHECK(*codec::checksum_of("a", model::crc32) == "6Le+Qw==");
    CHECK(*codec::checksum_of("a", model::crc32c) == "wdBDMA==");
    CHECK(*codec::checksum_of("a", model::crc64nvme) == "jC+ERbTL/Dw=");
    CHECK(*codec::checksum_of("", model::sha1) == "2jmj7l5rSw0yVb/vlWAYkK/YBwk=");
    CHECK(*codec::checksum_of("", model::sha256) == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    CHECK(codec::checksum_of("", model::sha512)->starts_with("z4PhNX7vuL3xVChQ1m2AB9Yg5A"));
    CHECK(*codec::checksum_of("", model::md5) == "1B2M2Y8AsgTpgAmY7PhCfg==");
}

TEST_CASE("checksum: pieces of any size give what the whole gives") {
    std::string bytes;
    for (int i = 0; i < 1000; ++i) bytes += static_cast<char>(i * 7);
    for (const auto algorithm : {model::crc32, model::crc32c, model::crc64nvme, model::sha256}) {
        const std::string whole = *codec::checksum_of(bytes, algorithm);
        for (std::size_t cut = 0; cut < 40; ++cut) {
            auto sum = codec::checksum::begin(algorithm);
            REQUIRE(sum);
            sum->update(std::string_view(bytes).substr(0, cut));
            sum->update(std::string_view(bytes).substr(cut));
            CHECK(sum->finish() == whole);
        }
    }
}

TEST_CASE("checksum: tables and instruction agree on CRC-32C") {
    std::string bytes;
    for (int i = 0; i < 300; ++i) bytes += static_cast<char>(i * 31);
    crypto::crc<std::uint32_t, 0x82f63b78u> by_tables;
    crypto::crc32c check;
    by_tables.update(bytes);
    check.update(bytes);
    CHECK(by_tables.value() == check.value());
}

TEST_CASE("checksum: none or several algorithms are refused") {
    CHECK(codec::checksum_of("a", 0).error().code == "NoSuchChecksum");
    CHECK(codec::checksum_of("a", model::crc32 | model::sha1).error().code == "NoSuchChecksum");
    CHECK(crypto::digest::begin("NoDigest").error().code == "NoSuchDigest");
}

TEST_CASE("checksum: names and headers are those of S3") {
    CHECK(codec::checksum_name(model::crc64nvme) == "CRC64NVME");
    CHECK(codec::checksum_header(model::crc32c) == "x-amz-checksum-crc32c");
    CHECK(codec::checksum_named("SHA256") == model::sha256);
    CHECK(codec::checksum_named("XXHASH64") == 0);
    CHECK(codec::checksum_name(model::crc32 | model::md5).empty());
}

TEST_CASE("checksum: a value over parts is told from one over the whole") {
    CHECK(codec::is_composite("6Le+Qw==-12"));
    CHECK_FALSE(codec::is_composite("6Le+Qw=="));
    CHECK_FALSE(codec::is_composite("6Le+Qw==-"));
    CHECK_FALSE(codec::is_composite("6Le+Qw==-1a"));
}
