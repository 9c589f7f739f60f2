// SPDX-License-Identifier: MIT
#include <awsxx/protocols/aws_json.hpp>

#include <support/catch.hpp>
#include <support/shapes.hpp>

#include <string>
#include <utility>

using namespace awsxx;

namespace {

constexpr model::service service{
    .id = "Zoo", .target = "Zoo_20200101", .protocol = &aws_json::protocol_1_1};
constexpr model::operation open_zoo{.name = "OpenZoo",
                                    .service = &service,
                                    .input = &test::type_of<test::pet>,
                                    .output = &test::type_of<test::zoo>};
constexpr model::operation ping{.name = "Ping",
                                .service = &service,
                                .input = &model::empty_structure,
                                .output = &model::empty_structure};

expected<std::string> decode(const std::string& body, test::zoo& out) {
    http::response answer{.status = 200, .body = body};
    return aws_json::protocol_1_1.decode(open_zoo, answer, &out);
}

error failure(const std::string& body, http::headers headers = {}) {
    return aws_json::protocol_1_1.decode_error(
        open_zoo, {.status = 400, .headers = std::move(headers), .body = body});
}

http::headers header(std::string_view name, std::string_view value) {
    http::headers all;
    all.add(name, value);
    return all;
}

}  // namespace

TEST_CASE("aws json: an operation is an object, posted with its name in a header") {
    const test::pet tom{.name = "Tom"};
    http::request draft;
    draft.target.path = "/base";

    REQUIRE(aws_json::protocol_1_1.encode(open_zoo, &tom, draft, {}));

    CHECK(draft.method == "POST");
    CHECK(draft.target.path == "/base/");
    CHECK(draft.headers.find("content-type") == "application/x-amz-json-1.1");
    CHECK(draft.headers.find("x-amz-target") == "Zoo_20200101.OpenZoo");
    CHECK(draft.body.bytes() == R"({"Name":"Tom"})");
}

TEST_CASE("aws json: version 1.0 differs in its content type, and no input is an empty object") {
    const int nothing = 0;
    http::request draft;

    REQUIRE(aws_json::protocol_1_0.encode(ping, &nothing, draft, {}));

    CHECK(draft.headers.find("content-type") == "application/x-amz-json-1.0");
    CHECK(draft.body.bytes() == "{}");
}

TEST_CASE("aws json: the output is the object in the body, and may be missing") {
    test::zoo out;

    REQUIRE(decode(R"({"Name":"Zoo"})", out));
    CHECK(out.name == "Zoo");
    CHECK(decode("", out));
    CHECK(decode("{}", out));
}

TEST_CASE("aws json: a member that cannot be read is named, and all others arrive") {
    test::zoo out;

    const auto done = decode(
        R"({"Name":"Zoo","Cages":"x","Keepers":{},"Pets":[{"Name":7,"Age":3},[],{"Name":"Tom"}],)"
        R"("Labels":{"a":1,"b":"2"},"Open":true})",
        out);

    REQUIRE(done);
    CHECK(*done == "at Cages, byte 22: expected a number");
    CHECK(out.name == "Zoo");
    CHECK(out.cages == 0);
    CHECK_FALSE(out.keepers);
    REQUIRE(out.pets.size() == 3);
    CHECK(out.pets[0].age == 3);
    CHECK(out.pets[2].name == "Tom");
    CHECK(out.labels == std::map<std::string, std::string>{{"a", ""}, {"b", "2"}});
    CHECK(out.open);
}

TEST_CASE("aws json: an answer that is no JSON leaves nothing behind") {
    const auto body =
        GENERATE(as<std::string>(), R"({"Name":"Zoo","Pets":[{"Name":"Tom"})", "<html></html>",
                 "[]", R"({"Name":"Zoo"}x)", R"({"Name":"Zoo","Cages":"x)");
    INFO(body);
    test::zoo out;

    const auto done = decode(body, out);

    REQUIRE_FALSE(done);
    CHECK(done.error().kind == error_kind::malformed_answer);
    CHECK(out.name.empty());
    CHECK(out.pets.empty());
}

TEST_CASE("aws json: a code is the name of the shape in whatever it is wrapped") {
    for (const char* type : {"FooError", "FooError:http://x/", "ns.a#FooError",
                             "ns.a#FooError:http://x/", " FooError "}) {
        INFO(type);
        CHECK(failure(std::string(R"({"__type":")") + type + R"("})").code == "FooError");
        CHECK(failure("", header("X-Amzn-ErrorType", type)).code == "FooError");
        CHECK(failure(std::string(R"({"code":")") + type + R"("})").code == "FooError");
    }
}

TEST_CASE("aws json: the header outdoes __type, which outdoes code") {
    CHECK(failure(R"({"code":"C","__type":"B"})", header("x-amzn-errortype", "A")).code == "A");
    CHECK(failure(R"({"code":"C","__type":"B"})").code == "B");
    CHECK(failure(R"({"code":7,"__type":null})").code == "400");
}

TEST_CASE("aws json: the message is found in every spelling") {
    for (const char* name : {"message", "Message", "errorMessage", "MESSAGE"}) {
        INFO(name);
        CHECK(failure(std::string(R"({"__type":"A",")") + name + R"(":"Hi"})").message == "Hi");
    }
    CHECK(failure(R"({"__type":"A","message":null,"Message":"Hi"})").message == "Hi");
    CHECK(failure(R"({"__type":"A"})").message.empty());
}

TEST_CASE("aws json: a code of the older protocol is what callers see") {
    const std::string body = R"({"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"no"})";

    const error old = failure(
        body, header("x-amzn-query-error", "AWS.SimpleQueueService.NonExistentQueue;Sender"));
    CHECK(old.code == "AWS.SimpleQueueService.NonExistentQueue");
    CHECK(old.details->modeled_code == "QueueDoesNotExist");
    for (const char* malformed : {"A", ";Sender", "A;B;C", "", "A;"}) {
        INFO(malformed);
        CHECK(failure(body, header("x-amzn-query-error", malformed)).code == "QueueDoesNotExist");
    }
}

TEST_CASE("aws json: what is no error document tells of its status") {
    const auto body =
        GENERATE(as<std::string>(), "", "{}", "[]", "null", "<html></html>", "busy",
                 R"({"__type":"Cut","message":"x)", R"({"__type":"Cut"}x)", "{\"a\":\"\xff\"}");
    INFO(body);

    const error e = failure(body);

    CHECK(e.code == "400");
    CHECK(e.message == "Bad Request");
}

TEST_CASE("aws json: request ids come from the headers") {
    for (const char* name : {"x-amzn-RequestId", "x-amz-request-id", "x-amzn-request-id"}) {
        INFO(name);
        const error e = failure(R"({"__type":"A"})", header(name, "r1"));
        CHECK(e.details->request_id == "r1");
        CHECK(e.details->service == "Zoo");
    }
}
