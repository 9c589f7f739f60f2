// SPDX-License-Identifier: MIT
#include <awsxx/model/field.hpp>

#include <support/catch.hpp>
#include <support/shapes.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

using namespace awsxx;

TEST_CASE("field: a table finds its members in memory") {
    const test::pet tom{.name = "Tom", .age = 3};
    const model::type& shape = test::type_of<test::pet>;

    REQUIRE(shape.field_count == 3);
    CHECK(*static_cast<const std::string*>(model::member(&tom, shape.fields[0])) == "Tom");
    const void* age = shape.fields[2].shape->access->held(model::member(&tom, shape.fields[2]));
    REQUIRE(age != nullptr);
    CHECK(*static_cast<const int*>(age) == 3);
}

TEST_CASE("field: a list is reached without its type") {
    std::vector<std::string> list{"a"};
    const model::access& reach = *model::text_list.access;

    *static_cast<std::string*>(reach.append(&list)) = "b";

    CHECK(reach.size(&list) == 2);
    CHECK(*static_cast<const std::string*>(reach.at(&list, 1)) == "b");
    reach.clear(&list);
    CHECK(list.empty());
}

TEST_CASE("field: an entry put into a map again is made new") {
    std::map<std::string, std::string> map{{"k", "old"}};
    const model::access& reach = *model::text_map<>.access;

    auto* entry = static_cast<std::string*>(reach.insert(&map, "k"));

    CHECK(entry->empty());
    CHECK(reach.size(&map) == 1);
}

TEST_CASE("field: a map is walked in the order of its keys") {
    const std::map<std::string, std::string> map{{"b", "2"}, {"a", "1"}};
    std::string seen;

    model::text_map<>.access->each(
        &map, &seen, [](void* context, const std::string& key, const void* value) {
            *static_cast<std::string*>(context) += key + *static_cast<const std::string*>(value);
        });

    CHECK(seen == "a1b2");
}
