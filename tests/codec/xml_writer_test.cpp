// SPDX-License-Identifier: MIT
#include <awsxx/codec/xml_writer.hpp>

#include <support/catch.hpp>

#include <string>
#include <string_view>

using namespace awsxx;

namespace {

std::string escaped(std::string_view text) {
    std::string out;
    REQUIRE(codec::xml::append_text(out, text));
    return out;
}

}  // namespace

TEST_CASE("xml writer: elements, attributes and text") {
    std::string text;
    codec::xml::writer out(text);
    out.open("a");
    CHECK(out.attribute("b", "1 < \"2\""));
    out.open("c");
    out.close("c");
    CHECK(out.text("hi & bye"));
    out.close("a");

    CHECK(text == "<a b=\"1 &lt; &quot;2&quot;\"><c/>hi &amp; bye</a>");
}

TEST_CASE("xml writer: ends of lines come back as they were") {
    CHECK(escaped("a\r\nb\tc") == "a&#xD;&#xA;b&#x9;c");
    CHECK(escaped("\xc2\x85\xe2\x80\xa8") == "&#x85;&#x2028;");
    CHECK(escaped("\x7f\xc3\xa9\xf0\x9f\x98\x80") == "\x7f\xc3\xa9\xf0\x9f\x98\x80");
}

TEST_CASE("xml writer: what XML has no way to write is refused") {
    std::string out;
    for (const std::string_view text : {std::string_view("\x01"), std::string_view("\0", 1),
                                        std::string_view("\xff"), std::string_view("\xef\xbf\xbf")})
        CHECK_FALSE(codec::xml::append_text(out, text));
}
