// SPDX-License-Identifier: MIT
#include <awsxx/crypto/encode.hpp>

#include <support/catch.hpp>

#include <string>
#include <string_view>

using namespace awsxx::crypto;

namespace {

std::string every_byte() {
    std::string all;
    for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
    return all;
}

/// The plainest way, to be compared with.
std::string slow_hex(std::string_view bytes) {
    std::string text;
    for (const char c : bytes)
        for (const int nibble : {(c >> 4) & 15, c & 15}) text += "0123456789abcdef"[nibble];
    return text;
}

}  // namespace

TEST_CASE("hex: every byte at every length and place") {
    const std::string all = every_byte();
    for (std::size_t begin = 0; begin < 256; begin += 13)
        for (std::size_t size = 0; size <= 40 && begin + size <= 256; ++size)
            REQUIRE(to_hex(all.substr(begin, size)) == slow_hex(all.substr(begin, size)));
    CHECK(to_hex(all) == slow_hex(all));
}

TEST_CASE("hex: digits of either case are read") {
    CHECK(from_hex("00ffA5a5") == std::string("\x00\xff\xa5\xa5", 4));
    CHECK(from_hex("") == "");
    CHECK(from_hex(to_hex(every_byte())) == every_byte());
}

TEST_CASE("hex: half a byte and other characters are refused") {
    for (const char* wrong : {"0", "0g", "g0", "0x", " 00", "00 ", "-1"}) CHECK(!from_hex(wrong));
}

TEST_CASE("base64: the examples of RFC 4648") {
    const std::pair<const char*, const char*> examples[] = {{"", ""},
                                                            {"f", "Zg=="},
                                                            {"fo", "Zm8="},
                                                            {"foo", "Zm9v"},
                                                            {"foob", "Zm9vYg=="},
                                                            {"fooba", "Zm9vYmE="},
                                                            {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : examples) {
        CHECK(to_base64(bytes) == text);
        CHECK(from_base64(text) == bytes);
    }
}

TEST_CASE("base64: the alphabet for URLs has no padding") {
    CHECK(to_base64("\xfb\xff\xfe", base64_alphabet::standard) == "+//+");
    CHECK(to_base64("\xfb\xff\xfe", base64_alphabet::url) == "-__-");
    CHECK(to_base64("f", base64_alphabet::url) == "Zg");
    CHECK(from_base64("-__-", base64_alphabet::url) == "\xfb\xff\xfe");
    CHECK(!from_base64("+//+", base64_alphabet::url));
    CHECK(!from_base64("-__-"));
}

TEST_CASE("base64: all bytes survive in both alphabets") {
    for (const auto alphabet : {base64_alphabet::standard, base64_alphabet::url})
        for (std::size_t size = 250; size <= 256; ++size) {
            const std::string bytes = every_byte().substr(0, size);
            CHECK(from_base64(to_base64(bytes, alphabet), alphabet) == bytes);
        }
}

TEST_CASE("base64: padding may be missing but not wrong") {
    CHECK(from_base64("Zg") == "f");
    for (const char* wrong : {"Z", "Zg=", "Zg===", "=", "====", "Z===", "Zm9v=", "Zg==Zg=="})
        CHECK(!from_base64(wrong));
}

TEST_CASE("base64: white space, other characters and stray bits are refused") {
    for (const char* wrong : {"Zm9v\n", " Zm9v", "Zm 9v", "Zm9*", "Zh==", "Zm9="})
        CHECK(!from_base64(wrong));
    CHECK(!from_base64(std::string_view("Zg\0=", 4)));
}
