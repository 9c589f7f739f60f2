// SPDX-License-Identifier: MIT
#include <awsxx/recipes/dynamodb.hpp>  // first: it must compile on its own

#include <support/api_scene.hpp>
#include <support/catch.hpp>

#include <string>

#if defined(__cpp_exceptions)

using namespace awsxx;
using test::api_scene;

TEST_CASE("dynamodb: a scan is of all pages: items, counts and consumed capacity") {
    const auto scene = api_scene::of(
        {R"({"Items":[{"id":{"S":"a"}},{"id":{"S":"b"}}],"Count":2,"ScannedCount":5,)"
         R"("LastEvaluatedKey":{"id":{"S":"b"}},"ConsumedCapacity":{"TableName":"t",)"
         R"("CapacityUnits":1.5,"Table":{"CapacityUnits":1},)"
         R"("GlobalSecondaryIndexes":{"by-date":{"CapacityUnits":0.5}}}})",
         R"({"Items":[{"id":{"S":"c"}}],"Count":1,"ScannedCount":2,"ConsumedCapacity":)"
         R"({"TableName":"t","CapacityUnits":2,"Table":{"CapacityUnits":0.5,)"
         R"("ReadCapacityUnits":4},"GlobalSecondaryIndexes":{"by-date":{"CapacityUnits":1.5}}}})"});
    const auto all = recipes::dynamodb::scan({.table_name = "t"}, scene.home);
    REQUIRE(all.items.size() == 3);
    CHECK(all.items[2].at("id").s == "c");
    CHECK(all.count == 3);
    CHECK(all.scanned_count == 7);
    CHECK(all.last_evaluated_key.empty());
    REQUIRE(all.consumed_capacity);
    CHECK(all.consumed_capacity->table_name == "t");
    CHECK(all.consumed_capacity->capacity_units == 3.5);
    CHECK_FALSE(all.consumed_capacity->read_capacity_units);
    CHECK(all.consumed_capacity->table->capacity_units == 1.5);
    CHECK(all.consumed_capacity->table->read_capacity_units == 4.0);
    CHECK(all.consumed_capacity->global_secondary_indexes.at("by-date").capacity_units == 2.0);
    CHECK(scene.sent(0) == R"({"TableName":"t"})");
    CHECK(scene.sent(1) == R"({"TableName":"t","ExclusiveStartKey":{"id":{"S":"b"}}})");
}

TEST_CASE("dynamodb: a filter without values is sent without values") {
    const auto scene = api_scene::of({R"({"Items":[],"Count":0})"});
    const auto all = recipes::dynamodb::scan(
        {.table_name = "t", .filter_expression = "attribute_exists(a)"}, scene.home);
    CHECK(all.items.empty());
    CHECK_FALSE(all.consumed_capacity);
    CHECK(scene.sent() == R"-({"TableName":"t","FilterExpression":"attribute_exists(a)"})-");
}

TEST_CASE("dynamodb: half a table is an error, not a table") {
    const api_scene scene({{.status = 200,
                            .body = R"({"Items":[{"id":{"S":"a"}}],)"
                                    R"("LastEvaluatedKey":{"id":{"S":"a"}}})"},
                           {.status = 400,
                            .body = R"({"__type":"com.amazonaws.dynamodb.v20120810#)"
                                    R"(ResourceNotFoundException","message":"gone"})"}});
    CHECK(recipes::dynamodb::try_scan({.table_name = "t"}, scene.home).error().code ==
          "ResourceNotFoundException");
}

#endif
