// SPDX-License-Identifier: MIT
#include <awsxx/codec/xml.hpp>

#include <awsxx/model/clear.hpp>

#include <support/catch.hpp>
#include <support/shapes.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

using namespace awsxx;

namespace {

template <class Shape>
expected<Shape> read(std::string_view text) {
    const auto document = codec::xml::document::parse(text);
    if (!document) return document.error();
    Shape out;
    if (auto done = codec::xml::read(document->root(), test::type_of<Shape>, &out); !done)
        return done.error();
    return out;
}

test::zoo zoo(const std::string& members) {
    auto z = read<test::zoo>("<Zoo>" + members + "</Zoo>");
    REQUIRE(z);
    return *z;
}

std::string refusal(const std::string& members) {
    const auto z = read<test::zoo>("<Zoo>" + members + "</Zoo>");
    REQUIRE_FALSE(z);
    CHECK(z.error().kind == error_kind::malformed_answer);
    return z.error().message;
}

}  // namespace

TEST_CASE("xml: scalars of every kind are read") {
    const auto z =
        zoo("<Open>true</Open><Cages> -7 </Cages><Visitors>9007199254740993</Visitors>"
            "<Rating>4.5</Rating><Area>1e22</Area><Name>a &lt;b&gt; &#233;</Name>"
            "<SafeCode>1234</SafeCode><MapImage>aGk=</MapImage>"
            "<Founded>2019-12-16T23:48:18.25Z</Founded><HasCafe>false</HasCafe><Keepers>0</Keepers>"
            "<Motto/><Renovated>1576540098</Renovated>");

    CHECK(z.open);
    CHECK(z.cages == -7);
    CHECK(z.visitors == 9007199254740993);
    CHECK(z.rating == 4.5F);
    CHECK(z.area == 1e22);
    CHECK(z.name == "a <b> \xc3\xa9");
    CHECK(z.safe_code == secret("1234"));
    CHECK(z.map_image == "hi");
    CHECK(z.founded == timestamp(1576540098, 250'000'000));
    CHECK(z.has_cafe == false);
    CHECK(z.keepers == 0);
    CHECK(z.motto == "");
    CHECK(z.renovated == timestamp(1576540098, 0));
    CHECK_FALSE(z.budget);
}

TEST_CASE("xml: lists are read whatever their elements are called") {
    CHECK(zoo("<Streets><member>a</member><member>b</member></Streets>").streets ==
          std::vector<std::string>{"a", "b"});
    CHECK(zoo("<Renamed><item>a</item></Renamed>").renamed == std::vector<std::string>{"a"});
    CHECK(zoo("<Flat>a</Flat><Cages>1</Cages><Flat>b</Flat>").flat ==
          std::vector<std::string>{"a", "b"});
    CHECK(zoo("<Streets/>").streets.empty());
    CHECK(zoo("<Streets>\n</Streets>").streets.empty());
    CHECK(zoo("<Grid><member><member>x</member></member><member/></Grid>").grid ==
          std::vector<std::vector<std::string>>{{"x"}, {}});
}

TEST_CASE("xml: maps are read, flattened or not") {
    const auto z =
        zoo("<Labels><entry><key>a</key><value>1</value></entry><entry><value/><key>b</key></entry>"
            "</Labels><FlatMap><K>a</K><V>1</V></FlatMap><FlatMap><K>b</K><V>2</V></FlatMap>"
            "<Stars><entry><key>lion</key><value><Name>Leo</Name></value></entry></Stars>");

    CHECK(z.labels == std::map<std::string, std::string>{{"a", "1"}, {"b", ""}});
    CHECK(z.flat_map == std::map<std::string, std::string>{{"a", "1"}, {"b", "2"}});
    CHECK(z.stars.at("lion").name == "Leo");
}

TEST_CASE("xml: structures are read, alone and in lists") {
    const auto z =
        zoo("<Mascot><Name>Max</Name></Mascot>"
            "<Pets><member><Name>Tom</Name><Kind>CAT</Kind><Age>3</Age></member><member/></Pets>");

    REQUIRE(z.mascot);
    CHECK(z.mascot->name == "Max");
    REQUIRE(z.pets.size() == 2);
    CHECK(z.pets[0].kind == test::animal_kind::cat);
    CHECK(z.pets[0].age == 3);
    CHECK_FALSE(z.pets[1].age);
}

TEST_CASE("xml: prefixes, attributes, comments and unknown elements do not matter") {
    const auto z = read<test::zoo>(
        "\xef\xbb\xbf<?xml version=\"1.0\"?><!-- hello --><a:Zoo xmlns:a='urn:a' b='c'>"
        "<a:Name>Z<!-- -->o<![CDATA[<o>]]></a:Name><New><Name>x</Name></New><?pi?>"
        "<a:Cages>1</a:Cages></a:Zoo>");

    REQUIRE(z);
    CHECK(z->name == "Zo<o>");
    CHECK(z->cages == 1);
}

TEST_CASE("xml: text keeps its blanks, even if it is nothing else") {
    CHECK(zoo("<Name>  a </Name>").name == "  a ");
    CHECK(zoo("<Name> </Name>").name == " ");
    CHECK(zoo("<Name></Name>").name.empty());
}

TEST_CASE("xml: text in pieces is one text, with the blanks between them") {
    CHECK(zoo("<Name>a<!-- --> <![CDATA[ b]]><?pi d?> c</Name>").name == "a  b c");
    CHECK(zoo("<Name> <!-- --> </Name>").name == "  ");
    CHECK(zoo("<Name><![CDATA[<a>]]></Name>").name == "<a>");
    CHECK(zoo("<Name><![CDATA[]]></Name>").name.empty());
    CHECK(zoo("<Name><!----></Name>").name.empty());
    CHECK(zoo("<Name>&lt;!-- why? --&gt;!?</Name>").name == "<!-- why? -->!?");
    CHECK(zoo("<!-- 1 -->\n<Name>\n a\n</Name> <Cages>2</Cages>\n").name == "\n a\n");
}

TEST_CASE("xml: text in pieces is one text in the shortest document, too") {
    const auto start = GENERATE(as<std::string>(), "", "\xef\xbb\xbf", "<?xml version='1.0'?>",
                                "\xef\xbb\xbf<?xml version='1.0'?>");
    const auto pieces = GENERATE(as<std::string>(), "x<?p?>y", "<?p?>xy", "xy<?p?>", "x<!---->y",
                                 "<!---->xy", "<![CDATA[x]]>y", "x<![CDATA[y]]>");
    INFO(start + pieces);
    const auto document = codec::xml::document::parse(start + "<a>" + pieces + "</a>");

    REQUIRE(document);
    CHECK(document->root().text() == "xy");
}

TEST_CASE("xml: of the texts between elements the first counts") {
    const auto before = GENERATE(as<std::string>(), "", "<!-- pieces -->", "<?pi?>");
    INFO(before);
    CHECK(zoo(before + "<Name>a<New>b</New>c</Name>").name == "a");
    CHECK(zoo(before + "<Name><New>b</New>c<New/>d</Name>").name == "c");
    CHECK(zoo(before + "<Name><New>b</New></Name>").name.empty());
}

TEST_CASE("xml: a number without text is absent") {
    const auto z = zoo("<Keepers/><Cages></Cages><Renovated/>");

    CHECK_FALSE(z.keepers);
    CHECK_FALSE(z.renovated);
}

TEST_CASE("xml: bytes that cannot be read are absent, unlike those that are none") {
    struct picture {
        std::optional<std::string> bytes{};
    };
    static constexpr model::type optional_bytes =
        model::optional_type<std::optional<std::string>>(model::blob);
    static constexpr model::field fields[] = {{"Bytes", &optional_bytes, offsetof(picture, bytes)}};
    static constexpr model::type type = model::structure(fields);
    const auto bytes_of = [](const std::string& text) {
        const auto whole = codec::xml::document::parse("<P><Bytes>" + text + "</Bytes></P>");
        REQUIRE(whole);
        picture out;
        static_cast<void>(codec::xml::read(whole->root(), type, &out));
        return out.bytes;
    };
    CHECK(bytes_of("YQ==") == "a");
    CHECK(bytes_of("") == "");
    CHECK_FALSE(bytes_of("?"));
}

TEST_CASE("xml: an error names the path of the element") {
    CHECK(refusal("<Cages>many</Cages>") == "at Zoo.Cages: expected a 32-bit integer");
    CHECK(refusal("<Cages>4294967296</Cages>") == "at Zoo.Cages: expected a 32-bit integer");
    CHECK(refusal("<Pets><member/><member><Age>x</Age></member></Pets>") ==
          "at Zoo.Pets[1].Age: expected a 32-bit integer");
    CHECK(refusal("<Stars><entry><key>lion</key><value><Age>x</Age></value></entry></Stars>") ==
          "at Zoo.Stars.lion.Age: expected a 32-bit integer");
    CHECK(refusal("<Open>perhaps</Open>") == "at Zoo.Open: expected true or false");
    CHECK(refusal("<Area>wide</Area>") == "at Zoo.Area: expected a number");
    CHECK(refusal("<MapImage>?</MapImage>") == "at Zoo.MapImage: expected base64");
    CHECK(refusal("<Founded>once</Founded>") == "at Zoo.Founded: expected a date");
    CHECK(refusal("<Labels><entry/></Labels>") == "at Zoo.Labels: expected an entry with a key");
}

TEST_CASE("xml: no error shows what a secret was") {
    CHECK(refusal("<SafeCode>hunter2</SafeCode><Cages>hunter2</Cages>").find("hunter2") ==
          std::string::npos);
}

TEST_CASE("xml: what is not XML is refused") {
    const auto text =
        GENERATE(as<std::string>(), "", " ", "plain text", "{\"a\":1}", "<", "<a", "<a>", "<a></b>",
                 "<a b></a>", "<!DOCTYPE a><a/>", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>");
    INFO(text);

    const auto document = codec::xml::document::parse(text);

    REQUIRE_FALSE(document);
    CHECK(document.error().kind == error_kind::malformed_answer);
    CHECK(document.error().code == "MalformedXml");
}

TEST_CASE("xml: a zero byte is refused wherever it is") {
    std::string text("<a>b\0</a>", 9);

    CHECK_FALSE(codec::xml::document::parse(text));
    CHECK_FALSE(codec::xml::document::parse(std::string_view("<a/>\0", 5)));
    CHECK(codec::xml::document::parse_in_place(text).error().message == "byte 4: a zero byte");
}

TEST_CASE("xml: an answer cut anywhere is refused") {
    const std::string whole =
        "<Zoo><Name>Zoo</Name><Pets><member><Name>Tom</Name></member></Pets></Zoo>";
    REQUIRE(read<test::zoo>(whole));

    for (std::size_t size = 0; size < whole.size(); ++size) {
        INFO(whole.substr(0, size));
        CHECK_FALSE(read<test::zoo>(whole.substr(0, size)));
    }
}

TEST_CASE("xml: what is nested 10,000 deep is refused or skipped, never followed") {
    std::string open;
    std::string close;
    for (int i = 0; i < 10000; ++i) {
        open += "<Child>";
        close += "</Child>";
    }

    const auto tree = read<test::tree>("<Tree>" + open + close + "</Tree>");

    REQUIRE_FALSE(tree);
    CHECK(tree.error().message.ends_with("nested too deep"));
    CHECK(read<test::zoo>("<Zoo>" + open + close + "</Zoo>"));
    CHECK_FALSE(read<test::tree>("<Tree>" + open));
}

TEST_CASE("xml: a document parsed in place reads the same") {
    std::string text = "<Zoo><Name>a&amp;b</Name></Zoo>";
    const auto document = codec::xml::document::parse_in_place(text);
    REQUIRE(document);
    test::zoo z;

    REQUIRE(codec::xml::read(document->root(), test::type_of<test::zoo>, &z));

    CHECK(z.name == "a&b");
}

TEST_CASE("xml: text that a service encodes once more is decoded, or left as it came") {
    struct policy {
        std::optional<std::string> document{};
    };
    static constexpr model::field fields[] = {
        {"Document", &model::optional_text, offsetof(policy, document), model::percent_encoded}};
    static constexpr model::type type = model::structure(fields);
    const auto read_one = [](const std::string& text) {
        const auto whole = codec::xml::document::parse("<P><Document>" + text + "</Document></P>");
        REQUIRE(whole);
        policy out;
        REQUIRE(codec::xml::read(whole->root(), type, &out));
        return out.document.value_or("(none)");
    };
    CHECK(read_one("%7B%22a%22%3A1%7D+") == "{\"a\":1}+");
    CHECK(read_one("{100%}") == "{100%}");
    CHECK(read_one("") == "");
}
