// SPDX-License-Identifier: MIT
// Shapes of no service, with every kind of member there is.
#pragma once

#include <awsxx/core/date.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/field.hpp>
#include <awsxx/model/value.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace test {

namespace model = awsxx::model;

// clang-format off: one line a member, however long

struct animal_kind : awsxx::open_enum {
    using open_enum::open_enum;
    static constexpr std::string_view cat = "CAT";
};

struct pet {
    std::string name{};
    test::animal_kind kind{};
    std::optional<int> age{};
    template <class>
    struct wire;
};

/// A member of each kind.
struct zoo {
    bool open{};
    int cages{};
    std::int64_t visitors{};
    float rating{};
    double area{};
    std::string name{};
    awsxx::secret safe_code{};
    std::string map_image{};
    awsxx::timestamp founded{};
    std::optional<bool> has_cafe{};
    std::optional<int> keepers{};
    std::optional<std::int64_t> budget{};
    std::optional<double> latitude{};
    std::optional<std::string> motto{};
    std::optional<awsxx::timestamp> renovated{};
    awsxx::timestamp inspected{};
    std::vector<std::string> streets{};
    std::vector<test::pet> pets{};
    std::map<std::string, std::string> labels{};
    std::map<std::string, test::pet> stars{};
    awsxx::maybe<test::pet> mascot{};
    std::vector<std::vector<std::string>> grid{};
    std::vector<std::optional<std::string>> gaps{};
    std::vector<std::string> flat{};
    std::vector<std::string> renamed{};
    std::map<std::string, std::string> flat_map{};
    template <class>
    struct wire;
};

/// A shape that holds its own kind, alone and in a list.
struct tree {
    std::optional<int> value{};
    awsxx::box<test::tree> child{};
    std::vector<test::tree> children{};
    template <class>
    struct wire;
};

/// Reaches a shape that holds itself through a list, a map and an optional.
struct forest {
    std::vector<test::tree> trees{};
    std::map<std::string, test::tree> named{};
    awsxx::maybe<test::tree> oldest{};
    template <class>
    struct wire;
};

/// What has to be sent even if it is empty.
struct demanding {
    std::string text{};
    std::vector<std::string> list{};
    std::map<std::string, std::string> map{};
    std::string optional_text{};
    template <class>
    struct wire;
};

template <class D>
struct pet::wire {
    static constexpr model::field fields[] = {
        {"Name", &model::text, offsetof(test::pet, name), model::required},
        {"Kind", &model::text, offsetof(test::pet, kind)},
        {"Age", &model::optional_integer, offsetof(test::pet, age)},
    };
    static constexpr model::type type = model::structure(fields);
};

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Winvalid-offsetof"
template <class D>
struct zoo::wire {
    static constexpr model::type text_lists{
        .kind = model::kind::list,
        .element = &model::text_list,
        .access = &model::list_access<std::vector<std::vector<std::string>>>};
    static constexpr model::type sparse_list{
        .kind = model::kind::list,
        .element = &model::optional_text,
        .access = &model::list_access<std::vector<std::optional<std::string>>>,
        .sparse = true};
    static constexpr model::type flat_list{.kind = model::kind::list,
                                           .element = &model::text,
                                           .access = model::text_list.access,
                                           .flattened = true};
    static constexpr model::type renamed_list{.kind = model::kind::list,
                                              .element = &model::text,
                                              .access = model::text_list.access,
                                              .element_name = "item"};
    static constexpr model::type flattened_map{.kind = model::kind::map,
                                               .element = &model::text,
                                               .access = model::text_map<>.access,
                                               .flattened = true,
                                               .key_name = "K",
                                               .value_name = "V"};
    static constexpr model::type spelled_date{.kind = model::kind::timestamp,
                                              .format = awsxx::date_format::http_date};
    static constexpr model::field fields[] = {
        {"Open", &model::boolean, offsetof(test::zoo, open)},
        {"Cages", &model::integer, offsetof(test::zoo, cages)},
        {"Visitors", &model::long_integer, offsetof(test::zoo, visitors)},
        {"Rating", &model::float_number, offsetof(test::zoo, rating)},
        {"Area", &model::double_number, offsetof(test::zoo, area)},
        {"Name", &model::text, offsetof(test::zoo, name)},
        {"SafeCode", &model::sensitive, offsetof(test::zoo, safe_code)},
        {"MapImage", &model::blob, offsetof(test::zoo, map_image)},
        {"Founded", &model::timestamp, offsetof(test::zoo, founded)},
        {"HasCafe", &model::optional_boolean, offsetof(test::zoo, has_cafe)},
        {"Keepers", &model::optional_integer, offsetof(test::zoo, keepers)},
        {"Budget", &model::optional_long, offsetof(test::zoo, budget)},
        {"Latitude", &model::optional_double, offsetof(test::zoo, latitude)},
        {"Motto", &model::optional_text, offsetof(test::zoo, motto)},
        {"Renovated", &model::optional_timestamp, offsetof(test::zoo, renovated)},
        {"Inspected", &spelled_date, offsetof(test::zoo, inspected)},
        {"Streets", &model::text_list, offsetof(test::zoo, streets)},
        {"Pets", model::list_of<test::pet, D>, offsetof(test::zoo, pets)},
        {"Labels", &model::text_map<>, offsetof(test::zoo, labels)},
        {"Stars", model::map_of<test::pet, D>, offsetof(test::zoo, stars)},
        {"Mascot", model::maybe_of<test::pet, D>, offsetof(test::zoo, mascot)},
        {"Grid", &text_lists, offsetof(test::zoo, grid)},
        {"Gaps", &sparse_list, offsetof(test::zoo, gaps)},
        {"Flat", &flat_list, offsetof(test::zoo, flat)},
        {"Renamed", &renamed_list, offsetof(test::zoo, renamed)},
        {"FlatMap", &flattened_map, offsetof(test::zoo, flat_map)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct tree::wire {
    static constexpr model::field fields[] = {
        {"Value", &model::optional_integer, offsetof(test::tree, value)},
        {"Child", model::box_of<test::tree, D>, offsetof(test::tree, child)},
        {"Children", model::list_of<test::tree, D>, offsetof(test::tree, children)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct forest::wire {
    static constexpr model::field fields[] = {
        {"Trees", model::list_of<test::tree, D>, offsetof(test::forest, trees)},
        {"Named", model::map_of<test::tree, D>, offsetof(test::forest, named)},
        {"Oldest", model::maybe_of<test::tree, D>, offsetof(test::forest, oldest)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct demanding::wire {
    static constexpr model::field fields[] = {
        {"Text", &model::text, offsetof(test::demanding, text), model::required},
        {"List", &model::text_list, offsetof(test::demanding, list), model::required},
        {"Map", &model::text_map<>, offsetof(test::demanding, map), model::required},
        {"OptionalText", &model::text, offsetof(test::demanding, optional_text)},
    };
    static constexpr model::type type = model::structure(fields);
};
#pragma GCC diagnostic pop
// clang-format on

template <class Shape>
inline constexpr const model::type& type_of = Shape::template wire<void>::type;

/// A zoo with something in every member.
inline zoo full_zoo() {
    zoo z{.open = true,
          .cages = -7,
          .visitors = 9007199254740993,
          .rating = 4.5F,
          .area = 0.1,
          .name = "Zoo",
          .safe_code = "1234",
          .map_image = std::string("\x00\xff\x10", 3),
          .founded = {1576540098, 250'000'000},
          .has_cafe = false,
          .keepers = 0,
          .budget = -1,
          .latitude = -52.5,
          .motto = "",
          .renovated = awsxx::timestamp(1576540098, 0),
          .inspected = {1576540098, 0},
          .streets = {"a", "b"},
          .pets = {{.name = "Tom", .kind = animal_kind::cat, .age = 3}, {.name = ""}},
          .labels = {{"k1", "v1"}, {"k2", ""}},
          .stars = {{"lion", {.name = "Leo"}}},
          .mascot = pet{.name = "Max"},
          .grid = {{"x", "y"}, {}},
          .gaps = {"one", std::nullopt},
          .flat = {"f1", "f2"},
          .renamed = {"r"},
          .flat_map = {{"fk", "fv"}}};
    return z;
}

}  // namespace test
