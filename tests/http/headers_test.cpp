#include <awsxx/http/headers.hpp>  // first: it must compile on its own

#include <support/catch.hpp>

#include <string>

namespace http = awsxx::http;

TEST_CASE("headers: names compare without case, repeats and order are kept") {
    http::headers fields;
    fields.add("B", "1");
    fields.add("a", "2");
    fields.add("b", "3");
    CHECK(fields.size() == 3);
    CHECK(fields.find("b") == "1");
    CHECK(fields[2].name == "b");
    CHECK_FALSE(fields.contains("c"));
}

TEST_CASE("headers: setting replaces every field of the name") {
    http::headers fields;
    fields.add("B", "1");
    fields.add("a", "2");
    fields.set("b", "3");
    CHECK(fields.size() == 2);
    CHECK(fields.find("B") == "3");
}

TEST_CASE("headers: a line is the whole field") {
    http::headers fields;
    fields.add("a", "");
    fields.add("name", "value");
    CHECK(std::string(fields.line_text(0)) == "a: ");
    CHECK(std::string(fields.line_text(1)) == "name: value");
}

TEST_CASE("headers: the last value can be continued") {
    http::headers fields;
    fields.extend_last("ignored");
    fields.add("a", "one");
    fields.extend_last("two");
    fields.add("b", "three");
    CHECK(fields.find("a") == "one two");
    CHECK(fields.find("b") == "three");
}

TEST_CASE("headers: clearing forgets the fields") {
    http::headers fields;
    fields.add("a", "1");
    fields.clear();
    CHECK(fields.empty());
    CHECK_FALSE(fields.contains("a"));
}

TEST_CASE("headers: what was cleared cannot be read in their memory any more") {
    http::headers fields;
    fields.add("X-Amz-Security-Token", "planted");
    const char* const there = fields.line_text(0);

    fields.clear();

    CHECK(std::string(there, 30).find("planted") == std::string::npos);
    CHECK(std::string(there, 30) == std::string(30, '\0'));
}
