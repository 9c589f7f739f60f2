// SPDX-License-Identifier: MIT
#include <awsxx/codec/sha256_tree.hpp>

#include <support/catch.hpp>

#include <cstddef>
#include <string>
#include <string_view>

using awsxx::codec::sha256_tree;

namespace {

constexpr std::size_t mebibyte = std::size_t{1} << 20;

/// Bytes that begin again after 251.
std::string sample(std::size_t size) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i % 251 * 7 % 251);
    return bytes;
}

std::string hash_of(std::string_view bytes) {
    sha256_tree sum;
    sum.update(bytes);
    return sum.finish();
}

}  // namespace

TEST_CASE("sha256 tree: up to a mebibyte it is the SHA-256 of the bytes") {
    CHECK(sha256_tree().finish() ==
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(hash_of("hello world") ==
          "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9");
    CHECK(hash_of(sample(mebibyte)) ==
          "e76e4c02227083fd12207b7bc85287bb9e02a618fed3bd8eab1bc2daeda2fb53");
}

// The values are those of Python's hashlib, pair by pair as AWS describes it.
TEST_CASE("sha256 tree: above that it is the hash of pairs of hashes") {
    CHECK(hash_of(sample(mebibyte + 1)) ==
          "4e280062d49dafb2e6377b5ce6a16b88adf953c0cd8c939289b1068139bc34eb");
    CHECK(hash_of(sample(2 * mebibyte)) ==
          "48283a88feaa2264bf8fa50d7b500131056ea13129646ea4afeda6be9c24292e");
    CHECK(hash_of(sample(8 * mebibyte)) ==
          "9667d13cb369c957b43af629ca35f40c4623d03173cb91743c763b71c4a73dcc");
}

TEST_CASE("sha256 tree: what has no other beside it goes up as it is") {
    CHECK(hash_of(sample(3 * mebibyte)) ==
          "0840bb3a0a0356c01e9e19104ea00e60ef1d348de8d83f4ae3b3806be780200a");
    CHECK(hash_of(sample(5 * mebibyte + mebibyte / 2)) ==
          "dec019e4fa1e19c77797183e6b6ed8d733d5df7486060b6121f3bbdae9a6d6d4");
    CHECK(hash_of(sample(6 * mebibyte)) ==
          "132c7248bfd35bad9f8a5dfac11f7e1502e513cfe7e0eb0d8fc5817aa9ecabac");
    CHECK(hash_of(sample(7 * mebibyte + 1)) ==
          "84db02215bec583c30e0d13e95ce80c3781e7fcaf8d5c76aa4c4da0002b8bdcb");
}

TEST_CASE("sha256 tree: pieces of any size give what the whole gives") {
    const std::string bytes = sample(3 * mebibyte);
    for (const std::size_t size : {std::size_t{65536}, mebibyte, mebibyte + 1, 3 * mebibyte}) {
        sha256_tree sum;
        for (std::size_t at = 0; at < bytes.size(); at += size)
            sum.update(std::string_view(bytes).substr(at, size));
        CHECK(sum.finish() == "0840bb3a0a0356c01e9e19104ea00e60ef1d348de8d83f4ae3b3806be780200a");
    }
}
