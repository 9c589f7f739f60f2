// SPDX-License-Identifier: MIT
#include <awsxx/http/parse_uri.hpp>
#include <awsxx/protocols/rest_xml.hpp>

#include <awsxx/http/message.hpp>
#include <awsxx/protocols/modeled_error.hpp>

#include <support/catch.hpp>
#include <support/shapes.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace awsxx;

namespace {

// clang-format off: one line a member, however long
struct put {
    std::string bucket{};
    std::optional<std::string> mode{};
    awsxx::maybe<test::pet> pet{};
};
struct upload {
    std::string key{};
    http::body body{};
};
struct listing {
    std::optional<std::string> request{};
    std::vector<std::string> keys{};
    std::optional<int> count{};
};
struct location {
    std::optional<std::string> constraint{};
};
struct zone {
    std::string id{};
};
struct sealed {
    secret key{};
    std::optional<std::string> md5{};
};
struct too_busy {
    std::optional<std::string> message{};
    std::optional<int> retry_after{};
    template <class>
    struct wire;
};
template <class>
struct too_busy::wire {
    static constexpr model::field fields[] = {
        {"Message", &model::optional_text, offsetof(too_busy, message)},
        {"Retry-After",
         &model::optional_integer,
         offsetof(too_busy, retry_after),
         {},
         model::place::header},
    };
    static constexpr model::type type = model::structure(fields);
    static constexpr model::error_shape error{.name = "TooBusy"};
};
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Winvalid-offsetof"
constexpr model::type flat_keys{.kind = model::kind::list,
                                .element = &model::text,
                                .access = model::text_list.access,
                                .flattened = true};
constexpr model::type named_pet{.kind = model::kind::optional,
                                .element = &test::type_of<test::pet>,
                                .access = &model::optional_access<awsxx::maybe<test::pet>>,
                                .xml_name = "ThePet"};
constexpr model::field put_fields[] = {
    {"Bucket", &model::text, offsetof(put, bucket), model::required, model::place::label},
    {"X-Mode", &model::optional_text, offsetof(put, mode), {}, model::place::header},
    {"Pet", &named_pet, offsetof(put, pet), {}, model::place::payload},
};
constexpr model::field upload_fields[] = {
    {"Key", &model::text, offsetof(upload, key), model::required, model::place::greedy_label},
    {"Body", &model::stream, offsetof(upload, body), {}, model::place::payload},
};
constexpr model::field listing_fields[] = {
    {"X-Request", &model::optional_text, offsetof(listing, request), {}, model::place::header},
    {"Key", &flat_keys, offsetof(listing, keys)},
    {"Count", &model::optional_integer, offsetof(listing, count)},
};
constexpr model::field location_fields[] = {
    {"LocationConstraint", &model::optional_text, offsetof(location, constraint)}};
constexpr model::type put_type = model::structure(put_fields);
constexpr model::type upload_type = model::structure(upload_fields);
constexpr model::type listing_type = model::structure(listing_fields);
constexpr model::type location_type = model::structure(location_fields);
constexpr model::field zone_fields[] = {{"Id", &model::text, offsetof(zone, id),
                                         model::required | model::last_segment,
                                         model::place::label}};
constexpr model::field sealed_fields[] = {
    {"x-key", &model::sensitive, offsetof(sealed, key), model::customer_key, model::place::header},
    {"x-key-MD5", &model::optional_text, offsetof(sealed, md5), {}, model::place::header},
};
constexpr model::type zone_type = model::structure(zone_fields);
constexpr model::type sealed_type = model::structure(sealed_fields);
#pragma GCC diagnostic pop
constexpr model::service store{.id = "Store",
                               .protocol = &rest_xml::protocol,
                               .xml_namespace = "urn:store",
                               .errors_in_success = true};
constexpr model::service plain{.id = "Plain", .protocol = &rest_xml::protocol};
constexpr model::operation put_pet{.name = "PutPet",
                                   .service = &store,
                                   .input = &put_type,
                                   .output = &listing_type,
                                   .http = {"PUT", "/{Bucket}?pet"}};
constexpr model::operation send_body{.name = "Send",
                                     .service = &store,
                                     .input = &upload_type,
                                     .output = &model::empty_structure,
                                     .http = {"PUT", "/b/{Key+}"}};
constexpr model::operation list{.name = "List",
                                .service = &plain,
                                .input = &listing_type,
                                .output = &listing_type,
                                .http = {"POST", "/"}};
constexpr model::operation locate{.name = "Locate",
                                  .service = &store,
                                  .input = &put_type,
                                  .output = &location_type,
                                  .http = {"GET", "/{Bucket}?location"},
                                  .bare_output = true};
constexpr model::operation get_zone{.name = "GetZone",
                                    .service = &plain,
                                    .input = &zone_type,
                                    .output = &model::empty_structure,
                                    .http = {"GET", "/zone/{Id}"}};
constexpr model::operation seal{.name = "Seal",
                                .service = &plain,
                                .input = &sealed_type,
                                .output = &model::empty_structure,
                                .http = {"GET", "/"}};
// clang-format on

template <class In>
http::request encoded(const model::operation& what, const In& in) {
    http::request draft;
    REQUIRE(rest_xml::protocol.encode(what, &in, draft, {}));
    return draft;
}

template <class Out>
expected<std::string> decode(const model::operation& what, std::string body, Out& out) {
    http::response answer{.status = 200, .body = std::move(body)};
    return rest_xml::protocol.decode(what, answer, &out);
}

}  // namespace

TEST_CASE("rest xml: a payload is an element of its own name and the service's namespace") {
    const auto draft =
        encoded(put_pet, put{.bucket = "b", .mode = "fast", .pet = test::pet{.name = "Tom"}});

    CHECK(draft.method == "PUT");
    CHECK(draft.target.path == "/b");
    CHECK(draft.target.query == "pet");
    CHECK(draft.headers.find("x-mode") == "fast");
    CHECK(draft.headers.find("content-type") == "application/xml");
    CHECK(draft.body.bytes() == "<ThePet xmlns=\"urn:store\"><Name>Tom</Name></ThePet>");
}

TEST_CASE("rest xml: a payload that is absent is no body") {
    const auto draft = encoded(put_pet, put{.bucket = "b"});

    CHECK(draft.body.empty());
    CHECK_FALSE(draft.headers.contains("Content-Type"));
}

TEST_CASE("rest xml: a stream is sent as it is, and what is in memory is not copied") {
    const upload in{.key = "//a b/", .body = http::body("hi")};
    const auto draft = encoded(send_body, in);

    CHECK(draft.target.path == "/b///a%20b/");
    CHECK(draft.body.bytes().data() == in.body.bytes().data());
    CHECK(draft.headers.find("content-type") == "application/octet-stream");
}

TEST_CASE("rest xml: without a payload the members are the body") {
    const auto draft = encoded(list, listing{.request = "r", .keys = {"a", "b"}, .count = 2});

    CHECK(draft.headers.find("x-request") == "r");
    CHECK(draft.body.bytes() == "<List><Key>a</Key><Key>b</Key><Count>2</Count></List>");
}

TEST_CASE("rest xml: the output is in headers and body, and what cannot be read is named") {
    listing out;
    const auto done = decode(put_pet,
                             "\n\n<?xml version='1.0'?><L><Key>a</Key><Count>x</Count>"
                             "<Key>b</Key></L>",
                             out);

    REQUIRE(done);
    CHECK(*done == "at L.Count: expected a 32-bit integer");
    CHECK(out.keys == std::vector<std::string>{"a", "b"});
    CHECK_FALSE(out.count);
}

TEST_CASE("rest xml: an output may be the root element itself") {
    location out;
    REQUIRE(
        decode(locate, "<LocationConstraint xmlns='urn:s'>us-west-2</LocationConstraint>", out));
    CHECK(out.constraint == "us-west-2");
}

TEST_CASE("rest xml: regions of buckets have the names that they have elsewhere") {
    const auto region = [](const std::string& said) {
        location out;
        REQUIRE(decode(locate, "<LocationConstraint>" + said + "</LocationConstraint>", out));
        return out.constraint.value_or("(none)");
    };
    CHECK(region("") == "us-east-1");
    CHECK(region("EU") == "eu-west-1");
    CHECK(region("eu-central-1") == "eu-central-1");
}

TEST_CASE("rest xml: an id may come with the path that answers have before it") {
    for (const char* id : {"Z1", "/hostedzone/Z1"})
        CHECK(encoded(get_zone, zone{.id = id}).target.path == "/zone/Z1");
    http::request draft;
    const zone nothing{.id = "/hostedzone/"};
    CHECK_FALSE(rest_xml::protocol.encode(get_zone, &nothing, draft, {}));
}

TEST_CASE("rest xml: a key that encrypts goes with its checksum, over https only") {
    const auto header = [](const http::request& from, const char* name) {
        return std::string(from.headers.find(name).value_or("(none)"));
    };
    const auto sent = [](const sealed& in, const char* url) {
        http::request draft{.target = *http::parse_uri(url)};
        const auto done = rest_xml::protocol.encode(seal, &in, draft, {});
        return done ? draft : http::request{};
    };
    const auto made = sent({.key = "0123456789abcdef"}, "https://s3.example/");
    CHECK(header(made, "x-key") == "MDEyMzQ1Njc4OWFiY2RlZg==");
    CHECK(header(made, "x-key-MD5") == "QDKvjWEDUSOQbljgZxQMxQ==");
    const auto ready = sent({.key = "a2V5", .md5 = "bWQ1"}, "https://s3.example/");
    CHECK(header(ready, "x-key") == "a2V5");
    CHECK(header(ready, "x-key-MD5") == "bWQ1");
    CHECK(header(sent({.key = "k"}, "http://s3.example/"), "x-key") == "(none)");
    CHECK(header(sent({.key = "k"}, "http://127.0.0.1:9000/"), "x-key") == "aw==");
    CHECK_FALSE(sent({}, "http://s3.example/").headers.contains("x-key"));
}

TEST_CASE("rest xml: an error in place of the answer is told as one that can be retried") {
    const std::string error =
        " <Error><Code>InternalError</Code><Message>Oops</Message><RequestId>r</RequestId></Error>";
    listing out;
    const auto done = decode(put_pet, error, out);
    REQUIRE_FALSE(done);
    CHECK(done.error().http_status == 500);
    CHECK(done.error().code == "InternalError");
    CHECK(done.error().message == "Oops");
    CHECK(done.error().details->request_id == "r");

    int nothing = 0;
    CHECK_FALSE(decode(send_body, error, nothing));
    for (const char* broken : {"", "<L><Key>a</Key>", "hi"}) {
        const auto cut = decode(put_pet, broken, out);
        REQUIRE_FALSE(cut);
        CHECK(cut.error().http_status == 500);
        CHECK(cut.error().code == "MalformedXml");
        CHECK(out.keys.empty());
    }
    CHECK(decode(send_body, "", nothing));
}

TEST_CASE("rest xml: other services' answers are what they are") {
    listing out;
    CHECK(decode(list, "<Error><Key>a</Key></Error>", out));
    CHECK(decode(list, "", out));
    const auto cut = decode(list, "<L>", out);
    REQUIRE_FALSE(cut);
    CHECK(cut.error().http_status == 0);
}

TEST_CASE("rest xml: an error is read whatever it is wrapped in, and by its shape if it is asked") {
    for (const char* body : {"<Error><Code>TooBusy</Code><Message>Later</Message></Error>",
                             "<ErrorResponse><Error><Code>TooBusy</Code><Message>Later</Message>"
                             "</Error></ErrorResponse>"}) {
        http::response answer{.status = 503, .body = body};
        answer.headers.add("Retry-After", "7");
        const error why = rest_xml::protocol.decode_error(list, answer);

        CHECK(why.code == "TooBusy");
        CHECK(why.message == "Later");
        const auto busy = modeled<too_busy>(why);
        REQUIRE(busy);
        CHECK(busy->message == "Later");
        CHECK(busy->retry_after == 7);
    }
}

TEST_CASE("rest xml: an error may be the name of the root") {
    const http::response answer{
        .status = 400,
        .body =
            "<InvalidChangeBatch xmlns='urn:r'><Messages><Message>No such zone</Message>"
            "</Messages><RequestId>r</RequestId></InvalidChangeBatch>"};
    const error why = rest_xml::protocol.decode_error(list, answer);

    CHECK(why.code == "InvalidChangeBatch");
    CHECK(why.message == "No such zone");
    CHECK(why.details->request_id == "r");
    CHECK_FALSE(modeled<too_busy>(why));
}
