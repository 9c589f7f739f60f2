// SPDX-License-Identifier: MIT
#include <awsxx/protocols/rest_json.hpp>

#include <awsxx/http/message.hpp>

#include <support/catch.hpp>
#include <support/shapes.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace awsxx;

namespace {

// clang-format off: one line a member, however long

/// A member in each place a request has.
struct order {
    std::string shop{};
    std::string path{};
    std::optional<std::string> note{};
    std::optional<bool> urgent{};
    std::vector<std::string> sizes{};
    std::optional<timestamp> since{};
    std::map<std::string, std::string> extra{};
    std::optional<std::string> coupon{};
    std::vector<std::string> flavours{};
    std::optional<timestamp> until{};
    std::map<std::string, std::string> meta{};
    std::optional<std::string> json{};
    std::optional<int> amount{};
    std::optional<timestamp> when{};
    secret code{};
    std::optional<std::string> content_type{};
};
constexpr model::type json_text{.kind = model::kind::text, .media_type = "application/json"};
constexpr model::type optional_json{
    .kind = model::kind::optional, .element = &json_text, .access = model::optional_text.access};
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Winvalid-offsetof"
constexpr model::field order_fields[] = {
    {"Shop", &model::text, offsetof(order, shop), model::required, model::place::label},
    {"Path", &model::text, offsetof(order, path), model::required, model::place::greedy_label},
    {"note", &model::optional_text, offsetof(order, note), {}, model::place::query},
    {"urgent", &model::optional_boolean, offsetof(order, urgent), {}, model::place::query},
    {"size", &model::text_list, offsetof(order, sizes), {}, model::place::query},
    {"since", &model::optional_timestamp, offsetof(order, since), {}, model::place::query},
    {"", &model::text_map<>, offsetof(order, extra), {}, model::place::query_map},
    {"X-Coupon", &model::optional_text, offsetof(order, coupon), {}, model::place::header},
    {"X-Flavours", &model::text_list, offsetof(order, flavours), {}, model::place::header},
    {"X-Until", &model::optional_timestamp, offsetof(order, until), {}, model::place::header},
    {"X-Meta-", &model::text_map<>, offsetof(order, meta), {}, model::place::prefix_headers},
    {"X-Json", &optional_json, offsetof(order, json), {}, model::place::header},
    {"amount", &model::optional_integer, offsetof(order, amount)},
    {"when", &model::optional_timestamp, offsetof(order, when)},
    {"X-Code", &model::sensitive, offsetof(order, code), {}, model::place::header},
    {"Content-Type",
     &model::optional_text,
     offsetof(order, content_type),
     {},
     model::place::header},
};
constexpr model::type order_type = model::structure(order_fields);

/// A member in each place an answer has.
struct receipt {
    int status{};
    std::optional<int> number{};
    std::vector<std::string> flavours{};
    std::vector<timestamp> dates{};
    std::optional<timestamp> at{};
    std::map<std::string, std::string> meta{};
    std::optional<std::string> json{};
    std::optional<std::string> name{};
    std::string body_of_header_name{};
};
constexpr model::type dates{.kind = model::kind::list,
                            .element = &model::timestamp,
                            .access = &model::list_access<std::vector<timestamp>>};
constexpr model::field receipt_fields[] = {
    {"status", &model::integer, offsetof(receipt, status), {}, model::place::status},
    {"X-Number", &model::optional_integer, offsetof(receipt, number), {}, model::place::header},
    {"X-Flavours", &model::text_list, offsetof(receipt, flavours), {}, model::place::header},
    {"X-Dates", &dates, offsetof(receipt, dates), {}, model::place::header},
    {"X-At", &model::optional_timestamp, offsetof(receipt, at), {}, model::place::header},
    {"X-Meta-", &model::text_map<>, offsetof(receipt, meta), {}, model::place::prefix_headers},
    {"X-Json", &optional_json, offsetof(receipt, json), {}, model::place::header},
    {"name", &model::optional_text, offsetof(receipt, name)},
    {"X-Number", &model::text, offsetof(receipt, body_of_header_name)},
};
constexpr model::type receipt_type = model::structure(receipt_fields);

struct upload {
    std::string data{};
    std::optional<std::string> text{};
    awsxx::maybe<test::pet> pet{};
};
constexpr model::field data_fields[] = {
    {"data", &model::blob, offsetof(upload, data), {}, model::place::payload}};
constexpr model::field text_fields[] = {
    {"text", &model::optional_text, offsetof(upload, text), {}, model::place::payload}};
constexpr model::field pet_fields[] = {
    {"pet", model::maybe_of<test::pet, void>, offsetof(upload, pet), {}, model::place::payload}};
constexpr model::type data_type = model::structure(data_fields);
constexpr model::type text_type = model::structure(text_fields);
constexpr model::type pet_type = model::structure(pet_fields);
#pragma GCC diagnostic pop

constexpr model::service service{.id = "Shop", .protocol = &rest_json::protocol};
constexpr model::operation place_order{.name = "PlaceOrder",
                                       .service = &service,
                                       .input = &order_type,
                                       .output = &receipt_type,
                                       .http = {"PUT", "/shops/{Shop}/x/{Path+}?list&v=2"}};
constexpr model::operation send_data{.name = "SendData",
                                     .service = &service,
                                     .input = &data_type,
                                     .output = &data_type,
                                     .http = {"POST", "/"}};
constexpr model::operation send_text{.name = "SendText",
                                     .service = &service,
                                     .input = &text_type,
                                     .output = &text_type,
                                     .http = {"POST", "/t"}};
constexpr model::operation send_pet{.name = "SendPet",
                                    .service = &service,
                                    .input = &pet_type,
                                    .output = &pet_type,
                                    .http = {"POST", "/p"}};
constexpr model::operation ping{.name = "Ping",
                                .service = &service,
                                .input = &model::empty_structure,
                                .output = &model::empty_structure,
                                .http = {"GET", "/ping"}};
// clang-format on

template <class In>
http::request encoded(const model::operation& what, const In& in, const char* base = "/") {
    http::request draft;
    draft.target.path = base;
    REQUIRE(rest_json::protocol.encode(what, &in, draft, {}));
    return draft;
}

template <class Out>
expected<std::string> decode(const model::operation& what, http::response answer, Out& out) {
    return rest_json::protocol.decode(what, answer, &out);
}

http::response with_header(std::string_view name, std::string_view value) {
    http::response answer{.status = 200};
    answer.headers.add(name, value);
    return answer;
}

}  // namespace

TEST_CASE("rest json: labels are encoded, greedy ones keep their slashes, the base stays") {
    const auto draft = encoded(place_order, order{.shop = "a b/ü", .path = "//k/~ 1"}, "/base");

    CHECK(draft.method == "PUT");
    CHECK(draft.target.path == "/base/shops/a%20b%2F%C3%BC/x///k/~%201");
    CHECK(draft.target.query == "list&v=2");
    CHECK(encoded(ping, 0).target.path == "/ping");
    CHECK(encoded(send_data, upload{}).target.path == "/");
}

TEST_CASE("rest json: a label that is missing is an error that names it") {
    const order in{.shop = "s"};
    http::request draft;
    const auto done = rest_json::protocol.encode(place_order, &in, draft, {});

    REQUIRE_FALSE(done);
    CHECK(done.error().kind == error_kind::invalid_argument);
    CHECK(done.error().message ==
          "PlaceOrder: member Path is part of the path and is missing or empty");
}

TEST_CASE("rest json: members go into the query, and a map gives way to them") {
    order in{.shop = "s", .path = "p"};
    in.note = "";
    in.urgent = false;
    in.sizes = {"S", "a&b"};
    in.since = timestamp(1576540098, 0);
    in.extra = {{"note", "lost"}, {"v", "lost"}, {"z z", "kept"}};

    CHECK(encoded(place_order, in).target.query ==
          "list&v=2&note=&urgent=false&size=S&size=a%26b&since=2019-12-16T23%3A48%3A18Z"
          "&z%20z=kept");
}

TEST_CASE("rest json: members go into headers, lists joined and quoted where they need it") {
    order in{.shop = "s", .path = "p"};
    in.coupon = "";
    in.flavours = {"mint", "a,b", "say \"hi\""};
    in.until = timestamp(1576540098, 0);
    in.meta = {{"a", "1"}};
    in.json = "[1]";
    in.code = "c0de";
    const auto draft = encoded(place_order, in);

    CHECK(draft.headers.find("x-coupon") == "");
    CHECK(draft.headers.find("x-flavours") == R"(mint, "a,b", "say \"hi\"")");
    in.flavours = {"", "mint", ""};
    CHECK(encoded(place_order, in).headers.find("x-flavours") == ", mint, ");
    CHECK(draft.headers.find("x-until") == "Mon, 16 Dec 2019 23:48:18 GMT");
    CHECK(draft.headers.find("x-meta-a") == "1");
    CHECK(draft.headers.find("x-json") == "WzFd");
    CHECK(draft.headers.find("x-code") == "c0de");
}

TEST_CASE("rest json: a stream of events is asked for where the answer is one") {
    model::operation watch = place_order;
    watch.events = true;
    const order in{.shop = "s", .path = "p"};
    CHECK(encoded(watch, in).headers.find("Accept") == "application/vnd.amazon.eventstream");
    CHECK_FALSE(encoded(place_order, in).headers.contains("Accept"));
}

TEST_CASE("rest json: the body has the other members, and is an object even if it is empty") {
    order in{.shop = "s", .path = "p"};
    CHECK(encoded(place_order, in).body.bytes() == "{}");
    CHECK(encoded(place_order, in).headers.find("content-type") == "application/json");

    in.amount = 3;
    in.when = timestamp(1576540098, 500'000'000);
    in.content_type = "application/own+json";
    const auto draft = encoded(place_order, in);
    CHECK(draft.body.bytes() == R"({"amount":3,"when":1576540098.5})");
    CHECK(draft.headers.find("content-type") == "application/own+json");
}

TEST_CASE("rest json: without members for a body there is none, nor a content type") {
    const auto draft = encoded(ping, 0);

    CHECK(draft.body.empty());
    CHECK_FALSE(draft.headers.contains("content-type"));
}

TEST_CASE("rest json: a payload is the whole body") {
    const upload in{.data = "\x01\x02", .text = "hi", .pet = test::pet{.name = "Tom"}};

    CHECK(encoded(send_data, in).body.bytes() == "\x01\x02");
    CHECK(encoded(send_data, in).headers.find("content-type") == "application/octet-stream");
    CHECK(encoded(send_text, in).body.bytes() == "hi");
    CHECK(encoded(send_text, in).headers.find("content-type") == "text/plain");
    CHECK(encoded(send_pet, in).body.bytes() == R"({"Name":"Tom"})");
    CHECK(encoded(send_pet, in).headers.find("content-type") == "application/json");
}

TEST_CASE("rest json: a payload that is absent is nothing, but an empty object for a structure") {
    const upload nothing;

    CHECK_FALSE(encoded(send_data, nothing).headers.contains("content-type"));
    CHECK_FALSE(encoded(send_text, nothing).headers.contains("content-type"));
    CHECK(encoded(send_pet, nothing).body.bytes() == "{}");
    CHECK(encoded(send_pet, nothing).headers.find("content-type") == "application/json");
}

TEST_CASE("rest json: an answer is read from status, headers and body") {
    http::response answer{.status = 202, .body = R"({"name":"n","X-Number":"b","status":9})"};
    answer.headers.add("x-number", "7");
    answer.headers.add("x-flavours", R"(mint, "a,b" ,"say \"hi\"")");
    answer.headers.add("x-flavours", "last");
    answer.headers.add("x-dates", "Mon, 16 Dec 2019 23:48:18 GMT, Mon, 16 Dec 2019 23:48:18 GMT");
    answer.headers.add("x-at", "Mon, 16 Dec 2019 23:48:18 GMT");
    answer.headers.add("X-META-Key", "value");
    answer.headers.add("x-json", "WzFd");
    receipt out;
    REQUIRE(decode(place_order, answer, out));

    CHECK(out.status == 202);
    CHECK(out.number == 7);
    CHECK(out.flavours == std::vector<std::string>{"mint", "a,b", "say \"hi\"", "last"});
    CHECK(out.dates == std::vector<timestamp>(2, timestamp(1576540098, 0)));
    CHECK(out.at == timestamp(1576540098, 0));
    CHECK(out.meta == std::map<std::string, std::string>{{"key", "value"}});
    CHECK(out.json == "[1]");
    CHECK(out.name == "n");
    CHECK(out.body_of_header_name == "b");
}

TEST_CASE("rest json: what the answer does not have stays absent") {
    receipt out;
    REQUIRE(decode(place_order, with_header("X-Number", ""), out));

    CHECK(out.status == 200);
    CHECK_FALSE(out.number);
    CHECK_FALSE(out.name);
}

TEST_CASE("rest json: a header that cannot be read is named, and all else arrives") {
    receipt out;
    const auto number = decode(place_order, with_header("X-Number", "many"), out);
    REQUIRE(number);
    CHECK(*number == "header X-Number: expected a 32-bit integer");
    CHECK_FALSE(out.number);
    CHECK(out.status == 200);
}

TEST_CASE("rest json: an answer that is no JSON leaves nothing behind") {
    receipt out;

    auto answer = with_header("X-Json", "WzFd");
    answer.body = "[";
    CHECK_FALSE(decode(place_order, answer, out));
    CHECK_FALSE(out.json);
}

TEST_CASE("rest json: a payload is read as what it is") {
    upload out;
    REQUIRE(decode(send_data, {.status = 200, .body = "\x01"}, out));
    REQUIRE(decode(send_text, {.status = 200, .body = "hi"}, out));
    REQUIRE(decode(send_pet, {.status = 200, .body = R"({"Name":"Tom"})"}, out));

    CHECK(out.data == "\x01");
    CHECK(out.text == "hi");
    REQUIRE(out.pet);
    CHECK(out.pet->name == "Tom");
    CHECK(decode(send_pet, {.status = 204}, out));
}

TEST_CASE("rest json: errors say their code in a header, and OAuth's reason is kept") {
    auto answer = with_header("x-amzn-ErrorType", "AccessDeniedException:http://x/");
    answer.status = 400;
    answer.body = R"({"error":"TOKEN_EXPIRED","error_description":"too old"})";
    const error why = rest_json::protocol.decode_error(place_order, answer);

    CHECK(why.code == "AccessDeniedException");
    CHECK(why.message == "too old");
    CHECK(why.details->reason == "TOKEN_EXPIRED");
    answer.body = R"({"error":"two words"})";
    CHECK(rest_json::protocol.decode_error(place_order, answer).details->reason.empty());
}
