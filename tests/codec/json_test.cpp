// SPDX-License-Identifier: MIT
#include <awsxx/codec/json.hpp>

#include <support/catch.hpp>
#include <support/shapes.hpp>

#include <cmath>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace awsxx;

namespace {

template <class Shape>
expected<Shape> read(std::string_view text) {
    Shape out;
    if (auto done = codec::json::read(text, test::type_of<Shape>, &out); !done) return done.error();
    return out;
}

test::zoo zoo(std::string_view text) {
    auto z = read<test::zoo>(text);
    INFO(text);
    if (!z) INFO(z.error().message);
    REQUIRE(z);
    return *z;
}

std::string refusal(std::string_view text) {
    const auto z = read<test::zoo>(text);
    INFO(text);
    REQUIRE_FALSE(z);
    CHECK(z.error().kind == error_kind::malformed_answer);
    CHECK(z.error().code == "MalformedJson");
    return z.error().message;
}

template <class Shape>
std::string written(const Shape& value) {
    std::string out;
    REQUIRE(codec::json::write(test::type_of<Shape>, &value, out));
    return out;
}

}  // namespace

TEST_CASE("json: a value with every kind of member survives the journey") {
    const test::zoo z = test::full_zoo();
    const std::string text = written(z);

    CHECK(text == R"({"Open":true,"Cages":-7,"Visitors":9007199254740993,"Rating":4.5,"Area":0.1,)"
                  R"("Name":"Zoo","SafeCode":"1234","MapImage":"AP8Q","Founded":1576540098.25,)"
                  R"("HasCafe":false,"Keepers":0,"Budget":-1,"Latitude":-52.5,"Motto":"",)"
                  R"("Renovated":1576540098,"Inspected":"Mon, 16 Dec 2019 23:48:18 GMT",)"
                  R"("Streets":["a","b"],"Pets":[{"Name":"Tom","Kind":"CAT","Age":3},{"Name":""}],)"
                  R"("Labels":{"k1":"v1","k2":""},"Stars":{"lion":{"Name":"Leo"}},)"
                  R"("Mascot":{"Name":"Max"},"Grid":[["x","y"],[]],"Gaps":["one",null],)"
                  R"("Flat":["f1","f2"],"Renamed":["r"],"FlatMap":{"fk":"fv"}})");
    CHECK(written(zoo(text)) == text);
}

TEST_CASE("json: a shape that holds itself is read wherever it is reached from") {
    const std::string text = R"({"Trees":[{"Value":1,"Children":[{"Value":2}]}],)"
                             R"("Named":{"a":{"Child":{"Value":3}}},"Oldest":{"Value":4}})";
    test::forest out;

    REQUIRE(codec::json::read(text, test::type_of<test::forest>, &out));

    CHECK(out.trees.at(0).children.at(0).value == 2);
    CHECK(out.named.at("a").child->value == 3);
    CHECK(out.oldest->value == 4);
}

TEST_CASE("json: nothing at all is an empty object") {
    CHECK(written(test::tree{}) == "{}");
    CHECK_FALSE(zoo("{}").motto);
    CHECK_FALSE(zoo("null").motto);
}

TEST_CASE("json: what is required is written empty") {
    CHECK(written(test::demanding{}) == R"({"Text":"","List":[],"Map":{}})");
}

TEST_CASE("json: null is the same as absent") {
    const auto z =
        zoo(R"({"Motto":null,"Keepers":null,"Name":null,"Pets":null,"Labels":null,"Mascot":null,)"
            R"("Streets":["a",null,"b"],"Gaps":["a",null]})");

    CHECK_FALSE(z.motto);
    CHECK_FALSE(z.keepers);
    CHECK_FALSE(z.mascot);
    CHECK(z.streets == std::vector<std::string>{"a", "b"});
    REQUIRE(z.gaps.size() == 2);
    CHECK_FALSE(z.gaps[1]);
}

TEST_CASE("json: members in any order, unknown members and a byte order mark do not matter") {
    const auto z = zoo(
        "\xef\xbb\xbf { \"New\" : [ { \"Name\" : \"x\" , \"n\" : [1e9,true,null,\"\\n\"] } ] ,\n"
        "\t\"Name\" : \"Zoo\" , \"Open\" : true\r\n } ");

    CHECK(z.name == "Zoo");
    CHECK(z.open);
}

TEST_CASE("json: of members that come twice the last one counts") {
    const auto z =
        zoo(R"({"Name":"a","Streets":["a","b"],"Mascot":{"Name":"x","Age":1},"Motto":"m",)"
            R"("Labels":{"k":"1","k":"2","l":"3"},"Stars":{"s":{"Age":1},"s":{"Name":"y"}},)"
            R"("Name":"b","Streets":["c"],"Mascot":{"Name":"y"},"Motto":null,"Labels":{"k":"4"}})");

    CHECK(z.name == "b");
    CHECK(z.streets == std::vector<std::string>{"c"});
    REQUIRE(z.mascot);
    CHECK(z.mascot->name == "y");
    CHECK_FALSE(z.mascot->age);
    CHECK_FALSE(z.motto);
    CHECK(z.labels == std::map<std::string, std::string>{{"k", "4"}});
    CHECK(z.stars.at("s").name == "y");
    CHECK_FALSE(z.stars.at("s").age);
}

TEST_CASE("json: whole numbers may be spelled as real ones") {
    CHECK(zoo(R"({"Cages":1.0})").cages == 1);
    CHECK(zoo(R"({"Cages":1e3})").cages == 1000);
    CHECK(zoo(R"({"Cages":-2147483648})").cages == std::numeric_limits<int>::min());
    CHECK(zoo(R"({"Visitors":9223372036854775807})").visitors ==
          std::numeric_limits<std::int64_t>::max());
    CHECK(zoo(R"({"Visitors":-9.223372036854775808e18})").visitors ==
          std::numeric_limits<std::int64_t>::min());
    CHECK(refusal(R"({"Cages":1.5})") == "at Cages, byte 9: expected a 32-bit integer");
    refusal(R"({"Cages":2147483648})");
    refusal(R"({"Visitors":9223372036854775808})");
    refusal(R"({"Visitors":9.3e18})");
    refusal(R"({"Cages":"1"})");
}

TEST_CASE("json: real numbers are exact, and what is no number has a name") {
    CHECK(zoo(R"({"Area":0.1})").area == 0.1);
    CHECK(zoo(R"({"Area":5e-324})").area == std::numeric_limits<double>::denorm_min());
    CHECK(zoo(R"({"Area":1e-400})").area == 0);
    CHECK(zoo(R"({"Rating":3.4028235e38})").rating == std::numeric_limits<float>::max());
    CHECK(std::isnan(zoo(R"({"Area":"NaN"})").area));
    CHECK(zoo(R"({"Area":"-Infinity"})").area == -std::numeric_limits<double>::infinity());
    refusal(R"({"Area":1e400})");
    refusal(R"({"Rating":3.5e38})");
    refusal(R"({"Area":NaN})");
    CHECK(written(zoo(R"({"Area":"NaN","Rating":"-Infinity"})"))
              .find(R"("Rating":"-Infinity","Area":"NaN")") != std::string::npos);
}

TEST_CASE("json: dates are read in whatever spelling they have") {
    const auto text =
        GENERATE(as<std::string>(), "1576540098", "1576540098.0", "1.576540098e9", "\"1576540098\"",
                 "\"2019-12-16T23:48:18Z\"", "\"2019-12-17T00:48:18+01:00\"",
                 "\"Mon, 16 Dec 2019 23:48:18 GMT\"");
    INFO(text);

    CHECK(zoo("{\"Founded\":" + text + "}").founded == timestamp(1576540098, 0));
}

TEST_CASE("json: escapes are undone, and half a surrogate pair is replaced") {
    const auto name = [](const std::string& inside) {
        return zoo(R"({"Name":")" + inside + R"("})").name;
    };

    CHECK(name(R"(\"\\\/\b\f\n\r\t)") == "\"\\/\b\f\n\r\t");
    CHECK(name(R"(\u0041\u00e9\u20AC\ud83d\ude00)") == "A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");
    CHECK(name(R"(a\ud83d)") == "a\xef\xbf\xbd");
    CHECK(name(R"(\ude00z)") == "\xef\xbf\xbdz");
    CHECK(name(R"(\ud83d\ud83d\ude00)") == "\xef\xbf\xbd\xf0\x9f\x98\x80");
    CHECK(name(R"(\ud83d\u0041)") ==
          "\xef\xbf\xbd"
          "A");
    CHECK(name("12345678\xe2\x82\xac") == "12345678\xe2\x82\xac");
    CHECK(name(R"(\u0000)") == std::string(1, '\0'));
}

TEST_CASE("json: an escaped name is the same name") {
    CHECK(zoo(R"({"\u004eame":"Zoo"})").name == "Zoo");
    CHECK(zoo(R"({"Labels":{"\n":"a"}})").labels.at("\n") == "a");
}

TEST_CASE("json: an error names the path and the byte") {
    CHECK(refusal(R"({"Pets":[{},{"Name":5}]})") == "at Pets[1].Name, byte 20: expected a string");
    CHECK(refusal(R"({"Stars":{"lion":{"Age":[]}}})") ==
          "at Stars.lion.Age, byte 24: expected a number");
    CHECK(refusal(R"({"Open":1})") == "at Open, byte 8: expected true or false");
    CHECK(refusal(R"({"Pets":{}})") == "at Pets, byte 8: expected an array");
    CHECK(refusal(R"({"Mascot":[]})") == "at Mascot, byte 10: expected an object");
    CHECK(refusal(R"({"Grid":[["x"],[1]]})") == "at Grid[1][0], byte 16: expected a string");
    CHECK(refusal(R"({"MapImage":"?"})") == "at MapImage, byte 12: expected base64");
    CHECK(refusal(R"({"Founded":"once"})") == "at Founded, byte 11: expected a date");
    CHECK(refusal("[]") == "byte 0: expected an object");
    CHECK(refusal("") == "byte 0: expected an object");
    CHECK(refusal("{}x") == "byte 2: expected the end");
}

TEST_CASE("json: no error shows what a secret was") {
    CHECK(refusal(R"({"SafeCode":"hunter2","MapImage":"hunter2!"})").find("hunter2") ==
          std::string::npos);
}

TEST_CASE("json: text that is not JSON is refused, in unknown members as well") {
    const auto value =
        GENERATE(as<std::string>(), "", "nul", "truer", "01", "-", "1.", ".5", "+1", "1e", "0x1",
                 "'a'", "\"\n\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"", "\"\\", "\"\xff\"",
                 "\"\xc0\x80\"", "\"\xed\xa0\x80\"", "\"\xf4\x90\x80\x80\"", "\"\xe2\x82\"", "[1,]",
                 "[,1]", "[1 2]", "[1", "[1}", "{\"a\"}", "{\"a\":}", "{a:1}", "{\"a\":1,}", "{,}",
                 "{\"a\":1 \"b\":2}", "NaN", "undefined", "/* */1", "1//", "\"\x01\"");
    INFO(value);

    refusal("{\"Unknown\":" + value + "}");
    refusal("{\"Name\":" + value + "}");
}

TEST_CASE("json: an answer cut anywhere is refused") {
    const std::string whole = written(test::full_zoo());

    for (std::size_t size = 0; size < whole.size(); ++size) {
        INFO(whole.substr(0, size));
        CHECK_FALSE(read<test::zoo>(whole.substr(0, size)));
    }
}

TEST_CASE("json: what is nested 10,000 deep is refused") {
    const std::string brackets(10000, '[');
    std::string children;
    for (int i = 0; i < 10000; ++i) children += "{\"Child\":";

    CHECK(refusal("{\"Unknown\":" + brackets + std::string(10000, ']') + "}") ==
          "byte 266: nested too deep");
    const auto tree = read<test::tree>(children + "{}" + std::string(10000, '}'));
    REQUIRE_FALSE(tree);
    CHECK(tree.error().message.ends_with("nested too deep"));
}

TEST_CASE("json: 255 levels are not too deep") {
    std::string text = R"({"Value":1})";
    for (int i = 0; i < 255; ++i) text.insert(0, R"({"Child":)").append("}");

    const auto tree = read<test::tree>(text);

    REQUIRE(tree);
    CHECK(written(*tree) == text);
    CHECK_FALSE(read<test::tree>(R"({"Child":)" + text + "}"));
}

TEST_CASE("json: strings are escaped as little as possible") {
    const auto name = [](std::string_view text) {
        return written(test::pet{.name = std::string(text)});
    };

    CHECK(name("a\"b\\c/d") == R"({"Name":"a\"b\\c/d"})");
    CHECK(name("\n\r\t\x01\x1f\x7f") == "{\"Name\":\"\\n\\u000d\\u0009\\u0001\\u001f\x7f\"}");
    CHECK(name("12345678\xf0\x9f\x98\x80 9") == "{\"Name\":\"12345678\xf0\x9f\x98\x80 9\"}");
    CHECK(name(std::string_view("\0", 1)) == R"({"Name":"\u0000"})");
}

TEST_CASE("json: text that is not UTF-8 is refused before it is sent, by the member's name") {
    const auto failure = [](const test::zoo& z) {
        std::string out;
        const auto done = codec::json::write(test::type_of<test::zoo>, &z, out);
        REQUIRE_FALSE(done);
        CHECK(done.error().kind == error_kind::invalid_argument);
        return done.error().message;
    };

    CHECK(failure({.name = "a\xff"}) == "at Name: not UTF-8");
    CHECK(failure({.pets = {{}, {.name = "\xc3"}}}) == "at Pets[1].Name: not UTF-8");
    CHECK(failure({.labels = {{"k", "\x80"}}}) == "at Labels.k: not UTF-8");
    CHECK(failure({.labels = {{"\x80", "v"}}}) == "at Labels: a key that is not UTF-8");
    CHECK(failure({.inspected = {999'999'999'999, 0}}).starts_with("at Inspected: no date"));
}

TEST_CASE("json: a structure without end is not written") {
    test::tree root;
    for (int depth = 0; depth < 300; ++depth) {
        test::tree parent;
        parent.child = std::move(root);
        root = std::move(parent);
    }
    std::string out;

    const auto failure = codec::json::write(test::type_of<test::tree>, &root, out).error();

    CHECK(failure.message.ends_with("nested too deep"));
}
