// SPDX-License-Identifier: MIT
#include <awsxx/protocols/aws_query.hpp>

#include <support/catch.hpp>
#include <support/shapes.hpp>

#include <string>

using namespace awsxx;

namespace {

constexpr model::service service{
    .id = "Zoo", .version = "2020-01-01", .protocol = &aws_query::protocol};
constexpr model::operation open_zoo{.name = "OpenZoo",
                                    .service = &service,
                                    .input = &test::type_of<test::zoo>,
                                    .output = &test::type_of<test::zoo>};
constexpr model::operation adopt{.name = "Adopt",
                                 .service = &service,
                                 .input = &test::type_of<test::pet>,
                                 .output = &model::empty_structure};

http::request encoded(const std::string& base_path) {
    const test::pet tom{.name = "Tom & Co"};
    http::request draft;
    draft.target.path = base_path;
    REQUIRE(aws_query::protocol.encode(adopt, &tom, draft, {}));
    return draft;
}

expected<std::string> decode(const std::string& body, test::zoo& out) {
    http::response answer{.status = 200, .body = body};
    return aws_query::protocol.decode(open_zoo, answer, &out);
}

error failure(int status, const std::string& body, http::headers headers = {}) {
    return aws_query::protocol.decode_error(
        open_zoo, {.status = status, .headers = std::move(headers), .body = body});
}

}  // namespace

TEST_CASE("aws query: an operation is a form, posted to the endpoint") {
    const http::request draft = encoded("/");

    CHECK(draft.method == "POST");
    CHECK(draft.target.path == "/");
    CHECK(draft.headers.find("content-type") == "application/x-www-form-urlencoded; charset=utf-8");
    CHECK(draft.body.bytes() == "Action=Adopt&Version=2020-01-01&Name=Tom%20%26%20Co");
}

TEST_CASE("aws query: the endpoint's own path ends with one slash") {
    CHECK(encoded("").target.path == "/");
    CHECK(encoded("/base").target.path == "/base/");
    CHECK(encoded("/base/").target.path == "/base/");
}

TEST_CASE("aws query: the result is read from its wrapper") {
    test::zoo out;

    REQUIRE(
        decode("<OpenZooResponse xmlns='urn:zoo'><OpenZooResult><Name>Zoo</Name>"
               "<Pets><member><Name>Tom</Name></member></Pets></OpenZooResult>"
               "<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>"
               "</OpenZooResponse>",
               out));

    CHECK(out.name == "Zoo");
    REQUIRE(out.pets.size() == 1);
}

TEST_CASE("aws query: a wrapper of another name is found, a missing one is an empty result") {
    test::zoo out;

    REQUIRE(decode("<X><ZooResult><Name>Zoo</Name></ZooResult></X>", out));
    CHECK(out.name == "Zoo");
    CHECK(decode("<OpenZooResponse/>", out));
    CHECK(decode("", out));
    CHECK(decode("\n", out));
}

TEST_CASE("aws query: without output any answer will do") {
    http::response answer{.status = 200, .body = "ok"};

    CHECK(aws_query::protocol.decode(adopt, answer, nullptr));
}

TEST_CASE("aws query: a member that cannot be read is named, and all others arrive") {
    test::zoo out;

    const auto done = decode(
        "<OpenZooResponse><OpenZooResult><Cages>x</Cages><Keepers>y</Keepers><Pets><member>"
        "<Age>old</Age><Name>Tom</Name></member></Pets><Name>Zoo</Name></OpenZooResult>"
        "</OpenZooResponse>",
        out);

    REQUIRE(done);
    CHECK(*done == "at OpenZooResult.Cages: expected a 32-bit integer");
    CHECK(out.cages == 0);
    CHECK_FALSE(out.keepers);
    REQUIRE(out.pets.size() == 1);
    CHECK_FALSE(out.pets[0].age);
    CHECK(out.pets[0].name == "Tom");
    CHECK(out.name == "Zoo");
}

TEST_CASE("aws query: an answer that cannot be read leaves nothing behind") {
    const std::string start = "<OpenZooResponse><OpenZooResult><Name>Zoo</Name><Pets><member/>";
    const auto body =
        GENERATE_COPY(as<std::string>{}, start, std::string("<html><body>Welcome</body></html>"),
                      std::string("{\"Name\":\"Zoo\"}"),
                      std::string("<ErrorResponse><Error><Code>A</Code></Error></ErrorResponse>"));
    INFO(body);
    test::zoo out;

    const auto done = decode(body, out);

    REQUIRE_FALSE(done);
    CHECK(done.error().kind == error_kind::malformed_answer);
    CHECK(out.name.empty());
    CHECK(out.pets.empty());
}

TEST_CASE("aws query: an answer cut anywhere is an error and leaves nothing behind") {
    const std::string whole =
        "<OpenZooResponse><OpenZooResult><Name>Zoo</Name></OpenZooResult></OpenZooResponse>";

    for (std::size_t size = 1; size < whole.size(); ++size) {
        INFO(size);
        test::zoo out;
        CHECK_FALSE(decode(whole.substr(0, size), out));
        CHECK(out.name.empty());
    }
}

TEST_CASE("aws query: an error is told in ErrorResponse") {
    const error e = failure(403,
                            "<ErrorResponse xmlns='urn:zoo'><Error><Type>Sender</Type>"
                            "<Code>AccessDenied</Code><Message>Not today</Message></Error>"
                            "<RequestId>7f-1</RequestId></ErrorResponse>");

    CHECK(e.code == "AccessDenied");
    CHECK(e.message == "Not today");
    CHECK(e.http_status == 403);
    CHECK(e.kind == error_kind::unknown);
    REQUIRE(e.details);
    CHECK(e.details->service == "Zoo");
    CHECK(e.details->operation == "OpenZoo");
    CHECK(e.details->request_id == "7f-1");
}

TEST_CASE("aws query: an error is told in Response and Errors") {
    const error e = failure(400,
                            "<?xml version='1.0'?><Response><Errors><Error><Code>Bad</Code>"
                            "<Message>no</Message></Error></Errors><RequestID>9</RequestID>"
                            "</Response>");

    CHECK(e.code == "Bad");
    CHECK(e.message == "no");
    CHECK(e.details->request_id == "9");
}

TEST_CASE("aws query: an error is told as S3 does, with an empty message") {
    const error e = failure(403,
                            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error>"
                            "<Code>AccessDenied</Code><Message></Message>"
                            "<RequestId>tx1</RequestId><HostId>h1</HostId></Error>");

    CHECK(e.code == "AccessDenied");
    CHECK(e.message.empty());
    CHECK(e.details->request_id == "tx1");
    CHECK(e.details->extended_id == "h1");
}

TEST_CASE("aws query: what is no error document tells of its status") {
    const auto body =
        GENERATE(as<std::string>(), "", "<html><body>Service Unavailable</body></html>", "busy",
                 "<ErrorResponse><Error><Code>Cut</Code>", "{\"__type\":\"X\"}",
                 "<a><Code>X</Code></a>", "<!DOCTYPE html><html></html>", "\xff\xfe");
    INFO(body);

    const error e = failure(503, body);

    CHECK(e.code == "503");
    CHECK(e.message == "Service Unavailable");
    CHECK(e.http_status == 503);
}

TEST_CASE("aws query: ids missing in the body are taken from the headers") {
    http::headers headers;
    headers.add("X-Amzn-RequestId", "r1");
    headers.add("x-amz-id-2", "e1");
    headers.add("x-amz-bucket-region", "eu-west-1");

    const error e = failure(500, "", headers);

    CHECK(e.details->request_id == "r1");
    CHECK(e.details->extended_id == "e1");
    CHECK(e.details->region == "eu-west-1");
}

TEST_CASE("aws query: a quoted canonical request does not show the session token") {
    const error e = failure(
        403,
        "<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code><Message>The Canonical String "
        "should have been 'POST\n/\n\nhost:zoo\nx-amz-security-token:FwoGZXIvYXdzEXAMPLE\n\nhost'"
        " or /?X-Amz-Security-Token=FwoGZXIvYXdzEXAMPLE&amp;X=1</Message></Error>"
        "</ErrorResponse>");

    CHECK(e.message.find("FwoG") == std::string::npos);
    CHECK(e.message.ends_with("X-Amz-Security-Token=[redacted]&X=1"));
}

TEST_CASE("aws query: input that cannot be written is an error before anything is sent") {
    const test::zoo z{.founded = {999'999'999'999, 0}};
    http::request draft;

    const auto done = aws_query::protocol.encode(open_zoo, &z, draft, {});

    REQUIRE_FALSE(done);
    CHECK(done.error().kind == error_kind::invalid_argument);
    CHECK(draft.body.empty());
}
