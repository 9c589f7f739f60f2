// SPDX-License-Identifier: MIT
// DynamoDB by typed calls on a dynalite, behind a gate that checks every signature.
#include <awsxx/protocols/modeled_error.hpp>
#include <awsxx/services/dynamodb.hpp>
#include <awsxx/session.hpp>
#include <awsxx/testing/isolated_world.hpp>

#include <support/catch.hpp>

#include <chrono>
#include <cstdlib>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace {

namespace dynamodb = awsxx::dynamodb;
using value = dynamodb::attribute_value;
using item = std::map<std::string, value>;

std::string variable(const char* name) {
    const char* const found = std::getenv(name);
    if (found == nullptr) FAIL(name << " is not set: run it by run_dynalite.sh");
    return found;
}

awsxx::session with_secret(std::string secret) {
    return awsxx::session({.access_key_id = variable("DYNAMODB_ACCESS_KEY"),
                           .secret_access_key = awsxx::secret(std::move(secret)),
                           .session_token = awsxx::secret(variable("DYNAMODB_SESSION_TOKEN"))},
                          {.region = variable("DYNAMODB_REGION"),
                           .endpoint_url = variable("DYNAMODB_ENDPOINT"),
                           .outside = awsxx::testing::isolated_world(nullptr)});
}
awsxx::session home() { return with_secret(variable("DYNAMODB_SECRET_KEY")); }

template <class T>
T good(awsxx::expected<T> answer) {
    if (!answer) FAIL(to_string(answer.error()));
    return *std::move(answer);
}
template <class T>
awsxx::error bad(awsxx::expected<T> answer) {
    if (answer) FAIL("it succeeded");
    return answer ? awsxx::error{} : answer.error();
}

value text(std::string is) { return {.s = std::move(is)}; }
value number(int is) { return {.n = std::to_string(is)}; }

/// A new table of folders with numbered things; there when this returns.
std::string new_table(const awsxx::session& by) {
    static int last = 0;
    const std::string name = "things-" + std::to_string(++last);
    good(by.try_call(dynamodb::create_table{
        .attribute_definitions = {{.attribute_name = "folder", .attribute_type = "S"},
                                  {.attribute_name = "number", .attribute_type = "N"}},
        .table_name = name,
        .key_schema = {{.attribute_name = "folder", .key_type = "HASH"},
                       {.attribute_name = "number", .key_type = "RANGE"}},
        .billing_mode = dynamodb::billing_mode::pay_per_request}));
    const auto there = good(by.try_wait(dynamodb::waiters::table_exists,
                                        dynamodb::describe_table{.table_name = name},
                                        {.at_most = std::chrono::seconds(30),
                                         .min_delay = std::chrono::milliseconds(100),
                                         .max_delay = std::chrono::milliseconds(200)}));
    CHECK(there.attempts > 1);
    CHECK(there.output->table->table_status == dynamodb::table_status::active);
    return name;
}

item key(int n) { return {{"folder", text("a")}, {"number", number(n)}}; }

/// One attribute of every type there is.
item of_everything() {
    item one = key(1);
    one["text"] = text("\"quotes\" \\ \t \u00fc \U0001f511");
    one["float"] = {.n = "-1.5e-10"};
    one["long"] = {.n = "12345678901234567890123456789012345678"};
    one["bytes"] = {.b = std::string("\x00\xff\x01", 3)};
    one["texts"] = {.ss = std::vector<std::string>{"one", "two"}};
    one["numbers"] = {.ns = std::vector<std::string>{"1", "2.5"}};
    one["blobs"] = {.bs = std::vector<std::string>{std::string("\x00", 1), "b"}};
    one["yes"] = {.bool_ = true};
    one["no"] = {.bool_ = false};
    one["nothing"] = {.null = true};
    one["list"] = {.l = std::vector<value>{text("x"), number(7), {.l = std::vector<value>{}}}};
    one["map"] = {.m = item{{"in", {.m = item{{"deeper", text("y")}}}}, {"empty", {.m = item{}}}}};
    return one;
}

}  // namespace

TEST_CASE("dynalite: tables are made, waited for, listed and deleted") {
    const auto by = home();
    const std::string name = new_table(by);

    bool listed = false;
    for (const auto& one : by.try_items(dynamodb::list_tables{.limit = 1}))
        listed |= good(one) == name;
    CHECK(listed);
    good(by.try_call(dynamodb::delete_table{.table_name = name}));
    good(by.try_wait(dynamodb::waiters::table_not_exists,
                     dynamodb::describe_table{.table_name = name},
                     {.at_most = std::chrono::seconds(30),
                      .min_delay = std::chrono::milliseconds(50),
                      .max_delay = std::chrono::milliseconds(100)}));
    const auto gone = bad(by.try_call(dynamodb::describe_table{.table_name = name}));
    CHECK(gone.kind == awsxx::error_kind::not_found);
    CHECK(awsxx::modeled<dynamodb::resource_not_found_exception>(gone));
}

TEST_CASE("dynalite: the gate refuses another secret") {
    const auto refusal = bad(with_secret("another").try_call(dynamodb::list_tables{}));
    CHECK(refusal.code == "InvalidSignatureException");
    CHECK(refusal.kind == awsxx::error_kind::not_authenticated);
}

TEST_CASE("dynalite: an item with attributes of every type comes back as it was") {
    const auto by = home();
    const std::string name = new_table(by);
    const item put = of_everything();

    good(by.try_call(dynamodb::put_item{.table_name = name, .item = put}));
    const auto got = good(by.try_call(
        dynamodb::get_item{.table_name = name, .key = key(1), .consistent_read = true}));

    REQUIRE(got.item.size() == put.size());
    CHECK(got.item.at("text").s == put.at("text").s);
    CHECK(got.item.at("float").n == "-0.00000000015");
    CHECK(got.item.at("long").n == put.at("long").n);
    CHECK(got.item.at("bytes").b == put.at("bytes").b);
    CHECK(*got.item.at("texts").ss == *put.at("texts").ss);
    CHECK(*got.item.at("numbers").ns == *put.at("numbers").ns);
    CHECK(*got.item.at("blobs").bs == *put.at("blobs").bs);
    CHECK(got.item.at("yes").bool_ == true);
    CHECK(got.item.at("no").bool_ == false);
    CHECK(got.item.at("nothing").null == true);
    REQUIRE(got.item.at("list").l->size() == 3);
    CHECK(got.item.at("list").l->at(0).s == "x");
    CHECK(got.item.at("list").l->at(1).n == "7");
    CHECK(got.item.at("list").l->at(2).l->empty());
    CHECK(got.item.at("map").m->at("in").m->at("deeper").s == "y");
    CHECK(got.item.at("map").m->at("empty").m->empty());
    const auto none = good(by.try_call(dynamodb::get_item{.table_name = name, .key = key(2)}));
    CHECK(none.item.empty());
}

TEST_CASE("dynalite: items are written and read by the batch, and queried in pages") {
    const auto by = home();
    const std::string name = new_table(by);
    std::vector<dynamodb::write_request> writes;
    for (int i = 0; i < 25; ++i) {
        item one = key(i);
        one["text"] = text("number " + std::to_string(i));
        writes.push_back({.put_request = dynamodb::put_request{.item = std::move(one)}});
    }

    const auto written =
        good(by.try_call(dynamodb::batch_write_item{.request_items = {{name, std::move(writes)}}}));
    const auto read = good(by.try_call(
        dynamodb::batch_get_item{.request_items = {{name, {.keys = {key(3), key(24), key(99)}}}}}));

    CHECK(written.unprocessed_items.empty());
    REQUIRE(read.responses.at(name).size() == 2);
    CHECK(read.unprocessed_keys.empty());
    const dynamodb::query all{
        .table_name = name,
        .limit = 10,
        .scan_index_forward = false,
        .key_condition_expression = "folder = :f AND #n >= :from",
        .expression_attribute_names = {{"#n", "number"}},
        .expression_attribute_values = {{":f", text("a")}, {":from", number(2)}}};
    int pages = 0;
    for (const auto& page : by.try_pages(all)) pages += good(page).count.value_or(0) > 0;
    CHECK(pages == 3);
    int expected = 24;
    for (const auto& one : by.try_items(all))
        CHECK(good(one).at("number").n == std::to_string(expected--));
    CHECK(expected == 1);
}

TEST_CASE("dynalite: a condition that does not hold is an error of its own type") {
    const auto by = home();
    const std::string name = new_table(by);
    const dynamodb::put_item once{
        .table_name = name, .item = key(1), .condition_expression = "attribute_not_exists(folder)"};
    good(by.try_call(once));

    const auto refusal = bad(by.try_call(once));

    CHECK(refusal.code == "ConditionalCheckFailedException");
    CHECK(refusal.http_status == 400);
    CHECK_FALSE(refusal.retryable);
    const auto typed = awsxx::modeled<dynamodb::conditional_check_failed_exception>(refusal);
    REQUIRE(typed);
    CHECK(typed->message == "The conditional request failed");
    CHECK_FALSE(awsxx::modeled<dynamodb::resource_not_found_exception>(refusal));
    const auto invalid = bad(by.try_call(dynamodb::put_item{.table_name = name, .item = {}}));
    CHECK(invalid.code == "ValidationException");
}
