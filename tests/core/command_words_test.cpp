// SPDX-License-Identifier: MIT
#include <awsxx/core/command_words.hpp>

#include <support/catch.hpp>

#include <string>
#include <vector>

using namespace awsxx;

namespace {

using words = std::vector<std::string>;

words split(std::string_view command) {
    auto all = split_command(command);
    return all ? *std::move(all) : words{to_string(all.error())};
}

}  // namespace

TEST_CASE("command words: are separated by white space") {
    CHECK(split("tool") == words{"tool"});
    CHECK(split("  tool \t a\n b ") == words{"tool", "a", "b"});
}

TEST_CASE("command words: quotes keep what they enclose together") {
    CHECK(split("'/opt/my tool' \"a b\" c'd'\"e\"f") == words{"/opt/my tool", "a b", "cdef"});
    CHECK(split("tool '' \"\"") == words{"tool", "", ""});
    CHECK(split(R"(tool '"' "'")") == words{"tool", "\"", "'"});
}

TEST_CASE("command words: a backslash takes the meaning of the next character") {
    CHECK(split(R"(tool a\ b \" \' \\)") == words{"tool", "a b", "\"", "'", "\\"});
    CHECK(split(R"(tool "a\"b\\c\$d\`e\n")") == words{"tool", R"(a"b\c$d`e\n)"});
    CHECK(split(R"(tool 'a\b')") == words{"tool", R"(a\b)"});
}

TEST_CASE("command words: nothing is expanded") {
    CHECK(split("~/tool $HOME * `id` $(id) a=b #c") ==
          words{"~/tool", "$HOME", "*", "`id`", "$(id)", "a=b", "#c"});
    CHECK(split("tool https://host/?a=1&b=2") == words{"tool", "https://host/?a=1&b=2"});
}

TEST_CASE("command words: what only a shell understands is refused unless it is quoted") {
    const std::string word = GENERATE(as<std::string>(), "|", "||", "&&", "&", ";", "b;", ">x",
                                      "2>/dev/null", "2>&1", "<x", "&>x", "(");

    CHECK(split("tool a " + word + " c") ==
          words{"CommandNeedsShell: the command has an unquoted " +
                word.substr(word.find_first_of("|&;<>()"), 1) +
                ", which only a shell understands; to have one, write /bin/sh -c '...'"});
    CHECK(split("tool '" + word + "'") == words{"tool", word});
}

TEST_CASE("command words: unbalanced quotes and empty commands are errors") {
    CHECK(split("tool 'a") == words{"UnbalancedQuotes: the command lacks a closing '"});
    CHECK(split("tool \"a\\\"") == words{"UnbalancedQuotes: the command lacks a closing \""});
    CHECK(split("tool \\") == words{"UnbalancedQuotes: the command ends with a backslash"});
    CHECK(split(" \n") == words{"EmptyCommand: the command names no program"});
    CHECK(split("'' a") == words{"EmptyCommand: the command names no program"});
}
