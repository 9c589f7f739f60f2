#include <awsxx/http/file_body.hpp>  // first: it must compile on its own

#include <support/catch.hpp>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <unistd.h>

namespace http = awsxx::http;

namespace {

/// A file with some text, gone at the end.
class text_file {
public:
    explicit text_file(const std::string& text) {
        const int descriptor = ::mkstemp(name_);
        REQUIRE(descriptor >= 0);
        REQUIRE(::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
        ::close(descriptor);
    }
    ~text_file() { std::remove(name_); }
    std::string name() const { return name_; }

private:
    char name_[32] = "/tmp/awsxx-test-body-XXXXXX";
};

std::string all_of(http::body_source& source) {
    std::string text;
    std::array<char, 3> room;
    while (const auto got = source.read(room)) {
        if (*got == 0) return text;
        text.append(room.data(), *got);
    }
    return "failed";
}

}  // namespace

TEST_CASE("file body: a file is read whole, again after a rewind") {
    const text_file file("0123456789");
    const auto body = http::file_body(file.name());
    REQUIRE(body);
    CHECK(body->size() == 10);
    CHECK_FALSE(body->in_memory());
    CHECK(body->bytes().data() == nullptr);  // other addresses are sent from
    CHECK(all_of(*body->source()) == "0123456789");
    CHECK(body->source()->rewind());
    CHECK(all_of(*body->source()) == "0123456789");
}

TEST_CASE("file body: a part begins where it is told, again after a rewind") {
    const text_file file("0123456789");
    const auto body = http::file_body(file.name(), 4, 3);
    REQUIRE(body);
    CHECK(body->size() == 3);
    std::array<char, 3> room;
    REQUIRE(*body->source()->read(room) == 3);
    CHECK(std::string(room.data(), 3) == "456");
    CHECK(body->source()->rewind());
    REQUIRE(*body->source()->read(room) == 3);
    CHECK(std::string(room.data(), 3) == "456");
}

TEST_CASE("file body: what is no readable file is refused by name") {
    const text_file file("0123456789");
    for (const auto& body : {http::file_body("/nonexistent/file"), http::file_body("/tmp"),
                             http::file_body("/dev/null"), http::file_body(file.name(), 4, 7),
                             http::file_body(file.name(), 11, 0)}) {
        REQUIRE_FALSE(body);
        CHECK(body.error().kind == awsxx::error_kind::invalid_argument);
        CHECK(body.error().code == "FileUnusable");
        CHECK(body.error().message.front() == '/');
    }
}

TEST_CASE("file body: an empty file is an empty body") {
    const text_file file("");
    const auto body = http::file_body(file.name());
    REQUIRE(body);
    CHECK(body->empty());
}
