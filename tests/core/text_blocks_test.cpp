// SPDX-License-Identifier: MIT
#include <awsxx/core/text_blocks.hpp>

#include <support/catch.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace text = awsxx::text;

namespace {

/// Text with nothing around it that could be read or written by mistake; sanitizers would tell.
class exact {
public:
    explicit exact(std::string_view from) : memory_(new char[from.size()]), size_(from.size()) {
        for (std::size_t i = 0; i < size_; ++i) memory_[i] = from[i];
    }
    char* data() { return memory_.get(); }
    std::string_view view() const { return {memory_.get(), size_}; }

private:
    std::unique_ptr<char[]> memory_;
    std::size_t size_;
};

std::string mixed(std::size_t size) {
    std::string made;
    for (std::size_t i = 0; i < size; ++i) made += "aZ-09Yz[@`{"[i % 11];
    return made;
}

}  // namespace

TEST_CASE("text blocks: text of every length is written whole, and nothing behind it") {
    for (std::size_t size = 0; size <= 300; ++size) {
        const exact from(mixed(size));
        exact to(std::string(size, '?'));
        REQUIRE(text::write(to.data(), from.view()) == to.data() + size);
        REQUIRE(to.view() == from.view());
        REQUIRE(text::equal(to.view(), from.view()));
    }
}

TEST_CASE("text blocks: capitals of every length become small") {
    for (std::size_t size = 0; size <= 70; ++size) {
        const exact from(mixed(size));
        exact to(std::string(size, '?'));
        text::write_lowered(to.data(), from.view());
        REQUIRE(to.view() == text::lowered(from.view()));
    }
}

TEST_CASE("text blocks: every byte is judged alike at every place") {
    for (int byte = 0; byte < 256; ++byte)
        for (const std::size_t size : {1u, 7u, 8u, 15u, 16u, 17u, 33u}) {
            const char c = static_cast<char>(byte);
            const bool blank = byte <= 0x20 || byte == 0x7f;
            for (std::size_t at = 0; at < size; ++at) {
                std::string one(size, 'x');
                one[at] = c;
                const exact seen(one);
                REQUIRE(text::has_no_blanks(seen.view()) == !blank);
                REQUIRE(text::is_visible(seen.view()) == (!blank && byte < 0x80));
                REQUIRE(text::has_none_of<'#', '\0'>(seen.view()) == (c != '#' && c != '\0'));
                REQUIRE(text::equal(seen.view(), std::string(size, 'x')) == (c == 'x'));
            }
        }
}

TEST_CASE("text blocks: no text has no blanks and equals itself") {
    CHECK(text::has_no_blanks(""));
    CHECK(text::is_visible({}));
    CHECK(text::has_none_of<'#'>({}));
    CHECK(text::equal("", {}));
    CHECK(!text::equal("a", ""));
}
