// SPDX-License-Identifier: MIT
#include <awsxx/codec/gzip.hpp>

#include <support/catch.hpp>

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace codec = awsxx::codec;

namespace {

/// Reads what RFC 1951 calls fixed codes: enough for what `to_gzip` writes, and written anew.
class inflater {
public:
    explicit inflater(std::string_view in) : in_(in) {}

    std::string block() {
        CHECK(bits(1) == 1);
        CHECK(bits(2) == 1);
        std::string out;
        for (unsigned what = symbol(); what != 256; what = symbol()) {
            if (what < 256) {
                out += static_cast<char>(what);
                continue;
            }
            const std::size_t length = length_of(what - 257);
            const std::size_t distance = distance_of(code(5));
            REQUIRE(distance <= out.size());
            for (std::size_t i = 0; i < length; ++i) out += out[out.size() - distance];
        }
        return out;
    }
    std::size_t used() const { return (at_ + 7) / 8; }

private:
    unsigned bit() {
        REQUIRE(at_ / 8 < in_.size());
        const unsigned byte = static_cast<unsigned char>(in_[at_ / 8]);
        return byte >> (at_++ % 8) & 1U;
    }
    unsigned bits(unsigned count) {
        unsigned value = 0;
        for (unsigned i = 0; i < count; ++i) value |= bit() << i;
        return value;
    }
    unsigned code(unsigned count) {
        unsigned value = 0;
        for (unsigned i = 0; i < count; ++i) value = value << 1 | bit();
        return value;
    }
    unsigned symbol() {
        const unsigned seven = code(7);
        if (seven <= 0x17) return 256 + seven;
        const unsigned eight = seven << 1 | bit();
        if (eight >= 0x30 && eight <= 0xbf) return eight - 0x30;
        if (eight >= 0xc0 && eight <= 0xc7) return 280 + eight - 0xc0;
        return (eight << 1 | bit()) - 0x190 + 144;
    }
    std::size_t length_of(unsigned which) {
        if (which < 8) return 3 + which;
        if (which == 28) return 258;
        const unsigned extra = which / 4 - 1;
        return 3 + ((4 + which % 4) << extra) + bits(extra);
    }
    std::size_t distance_of(unsigned which) {
        if (which < 4) return 1 + which;
        const unsigned extra = which / 2 - 1;
        return 1 + ((2 + which % 2) << extra) + bits(extra);
    }

    std::string_view in_;
    std::size_t at_ = 0;
};

std::uint32_t number_at(std::string_view text, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 4; i-- > 0;) value = value << 8 | static_cast<unsigned char>(text[at + i]);
    return value;
}

/// The text in a gzip file whose every field was looked at.
std::string gunzipped(std::string_view file) {
    REQUIRE(file.size() >= 18);
    CHECK(file.substr(0, 3) == "\x1f\x8b\x08");
    inflater body(file.substr(10));
    std::string text = body.block();
    const std::size_t end = 10 + body.used();
    REQUIRE(file.size() == end + 8);
    CHECK(number_at(file, end) == awsxx::crypto::crc32_of(text));
    CHECK(number_at(file, end + 4) == text.size());
    return text;
}

}  // namespace

TEST_CASE("gzip: text comes back as it was") {
    const std::string alike(100'000, 'a');
    std::string varied;
    for (int i = 0; i < 5000; ++i) varied += "{\"Name\":\"metric-" + std::to_string(i % 97) + "\"}";
    std::string noise;
    std::mt19937 random(7);
    for (int i = 0; i < 70'000; ++i) noise += static_cast<char>(random() & 0xff);
    for (const std::string& text :
         {std::string(), std::string("a"), std::string("aa"), std::string("abcabcabcabc"), alike,
          varied, noise, noise + noise})
        CHECK(gunzipped(codec::to_gzip(text)) == text);
}

TEST_CASE("gzip: what services are sent shrinks") {
    std::string metrics;
    for (int i = 0; i < 1000; ++i)
        metrics += "{\"MetricName\":\"latency\",\"Value\":" + std::to_string(i * 7) + "},";
    CHECK(codec::to_gzip(metrics).size() * 5 < metrics.size());
}

TEST_CASE("gzip: noise grows by no more than an eighth") {
    std::string noise;
    std::mt19937 random(11);
    for (int i = 0; i < 50'000; ++i) noise += static_cast<char>(random() & 0xff);
    CHECK(codec::to_gzip(noise).size() < noise.size() + noise.size() / 8 + 64);
}
