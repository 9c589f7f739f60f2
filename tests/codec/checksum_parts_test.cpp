// SPDX-License-Identifier: MIT
#include <awsxx/codec/checksum_parts.hpp>

#include <support/catch.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

using namespace awsxx;

namespace {

std::string some_bytes(std::size_t count) {
    std::string bytes;
    for (std::size_t i = 0; i < count; ++i) bytes += static_cast<char>(i * 13 + i / 11);
    return bytes;
}

std::vector<codec::part_checksum> parts_of(std::string_view bytes, std::size_t size,
                                           model::checksum_algorithms algorithm) {
    std::vector<codec::part_checksum> parts;
    for (; !bytes.empty(); bytes.remove_prefix(std::min(size, bytes.size()))) {
        const auto part = bytes.substr(0, size);
        parts.push_back({*codec::checksum_of(part, algorithm), part.size()});
    }
    return parts;
}

}  // namespace

TEST_CASE("checksums of parts: cyclic ones give that of the whole") {
    const std::string bytes = some_bytes(5000);
    for (const auto algorithm : {model::crc32, model::crc32c, model::crc64nvme})
        for (const std::size_t size : {1u, 7u, 1024u, 4999u, 5000u})
            CHECK(*codec::whole_checksum(algorithm, parts_of(bytes, size, algorithm)) ==
                  *codec::checksum_of(bytes, algorithm));
    CHECK(*codec::whole_checksum(model::crc32, {}) == *codec::checksum_of("", model::crc32));
}

TEST_CASE("checksums of parts: an empty part changes nothing") {
    const std::vector<codec::part_checksum> parts{{*codec::checksum_of("a", model::crc64nvme), 1},
                                                  {*codec::checksum_of("", model::crc64nvme), 0}};
    CHECK(*codec::whole_checksum(model::crc64nvme, parts) ==
          *codec::checksum_of("a", model::crc64nvme));
}

TEST_CASE("checksums of parts: a composite one is over those of the parts") {
    const auto parts = parts_of(some_bytes(30), 10, model::sha256);
    std::string digests;
    for (const auto& part : parts) digests += *crypto::from_base64(part.value);
    CHECK(*codec::composite_checksum(model::sha256, parts) ==
          *codec::checksum_of(digests, model::sha256) + "-3");
}

TEST_CASE("checksums of parts: what cannot be put together is refused") {
    CHECK(codec::whole_checksum(model::sha256, {}).error().code == "BadChecksum");
    const std::vector<codec::part_checksum> short_one{{"YQ==", 1}};
    CHECK(codec::whole_checksum(model::crc32, short_one).error().code == "BadChecksum");
    const std::vector<codec::part_checksum> no_base64{{"!", 1}};
    CHECK(codec::composite_checksum(model::crc32, no_base64).error().code == "BadChecksum");
}
