// SPDX-License-Identifier: MIT
#include <awsxx/config/ini.hpp>

#include <support/catch.hpp>

#include <string>

using awsxx::config::nested_value;
using awsxx::config::parse_ini;

namespace {

std::string value_of(const std::string& lines) {
    return parse_ini("[a]\n" + lines, "f")->at(0).properties.at(0).value;
}

std::string problem(std::string_view text) {
    const auto read = parse_ini(text, "/home/me/.aws/config");
    return read ? "none" : read.error().message;
}

}  // namespace

TEST_CASE("ini: sections and properties know their lines") {
    const auto read = parse_ini("# first\r\n[ profile a ]; x\r\n\tx\r\nKey\t= v \r\n\n[b]#", "f");
    CHECK_FALSE(read.has_value());  // the indented line continues nothing

    const auto good = parse_ini("# first\r\n[ profile a ]; x\r\nKey\t= v \r\n\n[b]#", "f");
    REQUIRE(good.has_value());
    REQUIRE(good->size() == 2);
    CHECK(good->at(0).title == "profile a");
    CHECK(good->at(0).line == 2);
    CHECK(good->at(0).properties.at(0).key == "key");
    CHECK(good->at(0).properties.at(0).value == "v");
    CHECK(good->at(0).properties.at(0).line == 3);
    CHECK(good->at(1).title == "b");
}

TEST_CASE("ini: a comment needs white space before it, except behind a section") {
    CHECK(value_of("k = v # c") == "v");
    CHECK(value_of("k = v\t;c") == "v");
    CHECK(value_of("k = v#c;d") == "v#c;d");
    CHECK(value_of("k =#c") == "#c");
    CHECK(value_of("k = # c") == "");
    CHECK(value_of("k = a=b") == "a=b");
}

TEST_CASE("ini: continued lines stay as they are, comments included") {
    CHECK(value_of("k = v\n  w # c \n\tx") == "v\nw # c\nx");
    CHECK(value_of("k =\n  a = 1\n  b = 2 # c") == "\na = 1\nb = 2 # c");
    CHECK(value_of("k = v\n\n  w") == "v\nw");
}

TEST_CASE("ini: a byte order mark is skipped") {
    CHECK(parse_ini("\xef\xbb\xbf[a]\nk = v", "f")->at(0).title == "a");
}

TEST_CASE("ini: errors name file and line and never the text") {
    CHECK(problem("[a") == "/home/me/.aws/config:1: the ] that ends a section's name is missing");
    CHECK(problem("[a]\nkey : value") == "/home/me/.aws/config:2: a property has no =");
    CHECK(problem("[a]\n= value") == "/home/me/.aws/config:2: a property has no name");
    CHECK(problem("key = v") ==
          "/home/me/.aws/config:1: a property stands before the first section");
    CHECK(problem(" v") == "/home/me/.aws/config:1: an indented line continues nothing");
    CHECK(problem("[a]\n v") == "/home/me/.aws/config:2: an indented line continues nothing");
    CHECK(problem("[a]\nk =\n v") == "/home/me/.aws/config:3: a nested property has no =");
    CHECK(problem("[a]\nk =\n = v") == "/home/me/.aws/config:3: a nested property has no name");
    CHECK(parse_ini("x", "f").error().kind == awsxx::error_kind::configuration);
}

TEST_CASE("ini: the last of equal keys in a nested block counts") {
    CHECK(nested_value("\na = 1\nb=2\nA = 3", "a") == "3");
    CHECK(nested_value("\na = 1", "b") == "");
    CHECK(nested_value("", "a") == "");
}
