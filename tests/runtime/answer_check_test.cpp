// SPDX-License-Identifier: MIT
#include <awsxx/runtime/answer_check.hpp>

#include <support/catch.hpp>

#include <string>
#include <string_view>

namespace http = awsxx::http;
namespace model = awsxx::model;
namespace runtime = awsxx::runtime;

namespace {

constexpr model::checksum_algorithms all =
    model::crc32 | model::crc32c | model::crc64nvme | model::sha1 | model::sha256;

http::response answer(std::string_view name, std::string_view value) {
    http::response made{.status = 200, .headers = {}, .body = "hello"};
    made.headers.set(name, value);
    return made;
}

std::optional<awsxx::error> checked(const http::response& what) {
    runtime::answer_check check;
    check.begin(all, what.headers);
    check.update(what.body);
    return check.verdict();
}

class text_sink final : public http::body_sink {
public:
    awsxx::expected<void> write(std::string_view piece) override {
        text += piece;
        return {};
    }
    bool restart() override {
        text.clear();
        return true;
    }
    std::string text{};
};

}  // namespace

TEST_CASE("answer check: a body that fits its checksum is fine, another one is worth a retry") {
    CHECK(!checked(answer("x-amz-checksum-crc32", "NhCmhg==")));
    const auto wrong = checked(answer("x-amz-checksum-crc32", "AAAAAA=="));
    REQUIRE(wrong);
    CHECK(wrong->code == "ChecksumMismatch");
    CHECK(wrong->retryable);
    CHECK(wrong->message == "CRC32 of the body that came is NhCmhg==, not AAAAAA==");
}

TEST_CASE("answer check: a checksum of parts, an unknown one and none at all prove nothing") {
    CHECK(!checked(answer("x-amz-checksum-crc32", "AAAAAA==-3")));
    CHECK(!checked(answer("x-amz-checksum-xxhash64", "AAAAAA==")));
    CHECK(!checked(answer("Content-Type", "text/plain")));
}

TEST_CASE("answer check: of several checksums the cheapest is computed") {
    auto both = answer("x-amz-checksum-sha256", "wrong, but not looked at");
    both.headers.set("x-amz-checksum-crc32", "NhCmhg==");
    CHECK(!checked(both));
}

TEST_CASE("answer check: a sink's body is checked on its way") {
    text_sink kept;
    runtime::checking_sink sink(kept, all);
    for (const bool right : {false, true}) {
        REQUIRE(sink.begin(answer("x-amz-checksum-crc32", right ? "NhCmhg==" : "AAAAAA==")));
        REQUIRE(sink.write("hel"));
        REQUIRE(sink.write("lo"));
        CHECK(sink.verdict().has_value() == !right);
        CHECK(kept.text == "hello");
        CHECK(sink.restart());
    }
}

TEST_CASE("answer check: DynamoDB's own checksum counts the body as it came") {
    CHECK(!runtime::check_crc32(answer("x-amz-crc32", "907060870")));
    CHECK(!runtime::check_crc32(answer("x-amz-crc32", "not a number")));
    REQUIRE(runtime::check_crc32(answer("x-amz-crc32", "1")));
    CHECK(runtime::check_crc32(answer("x-amz-crc32", "1"))->retryable);
}
