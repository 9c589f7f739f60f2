// SPDX-License-Identifier: MIT
// A page of DynamoDB items: its shapes, tables and text.
#pragma once

#include <awsxx/model/field.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace bench {

namespace model = awsxx::model;

/// A value of DynamoDB's: one of many kinds.
struct attribute_value {
    std::optional<std::string> s{};
    std::optional<std::string> n{};
    std::optional<std::string> b{};
    awsxx::maybe<std::vector<std::string>> ss{};
    awsxx::maybe<std::vector<std::string>> ns{};
    awsxx::maybe<std::map<std::string, bench::attribute_value>> m{};
    awsxx::maybe<std::vector<bench::attribute_value>> l{};
    std::optional<bool> null{};
    std::optional<bool> boolean{};
    std::string unknown_member{};
    template <class>
    struct wire;
};

using item = std::map<std::string, attribute_value>;

struct page {
    std::vector<bench::item> items{};
    std::optional<int> count{};
    std::optional<int> scanned_count{};
    bench::item last_evaluated_key{};
    template <class>
    struct wire;
};

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Winvalid-offsetof"
template <class D>
struct attribute_value::wire {
    using texts = awsxx::maybe<std::vector<std::string>>;
    using map_type = std::map<std::string, bench::attribute_value>;
    using list_type = std::vector<bench::attribute_value>;
    static constexpr model::type optional_blob =
        model::optional_type<std::optional<std::string>>(model::blob);
    static constexpr model::type optional_texts = model::optional_type<texts>(model::text_list);
    static constexpr model::type optional_map{
        .kind = model::kind::optional,
        .element = &model::map_of<bench::attribute_value, D>,
        .access = &model::optional_access<awsxx::maybe<map_type>>};
    static constexpr model::type optional_list{
        .kind = model::kind::optional,
        .element = &model::list_of<bench::attribute_value, D>,
        .access = &model::optional_access<awsxx::maybe<list_type>>};
    static constexpr model::field fields[] = {
        {"S", &model::optional_text, offsetof(bench::attribute_value, s)},
        {"N", &model::optional_text, offsetof(bench::attribute_value, n)},
        {"B", &optional_blob, offsetof(bench::attribute_value, b)},
        {"SS", &optional_texts, offsetof(bench::attribute_value, ss)},
        {"NS", &optional_texts, offsetof(bench::attribute_value, ns)},
        {"M", &optional_map, offsetof(bench::attribute_value, m)},
        {"L", &optional_list, offsetof(bench::attribute_value, l)},
        {"NULL", &model::optional_boolean, offsetof(bench::attribute_value, null)},
        {"BOOL", &model::optional_boolean, offsetof(bench::attribute_value, boolean)},
    };
    static constexpr model::type type =
        model::choice(fields, offsetof(bench::attribute_value, unknown_member));
};

template <class D>
struct page::wire {
    static constexpr model::type item_list{.kind = model::kind::list,
                                           .element = &model::map_of<bench::attribute_value, D>,
                                           .access = &model::list_access<std::vector<bench::item>>};
    static constexpr model::field fields[] = {
        {"Items", &item_list, offsetof(bench::page, items)},
        {"Count", &model::optional_integer, offsetof(bench::page, count)},
        {"ScannedCount", &model::optional_integer, offsetof(bench::page, scanned_count)},
        {"LastEvaluatedKey", model::map_of<bench::attribute_value, D>,
         offsetof(bench::page, last_evaluated_key)},
    };
    static constexpr model::type type = model::structure(fields);
};
#pragma GCC diagnostic pop

/// The answer of a query that found that many orders.
inline std::string page_text(int items) {
    std::string text = "{\"Items\":[";
    for (int i = 0; i < items; ++i) {
        const std::string id = std::to_string(100000 + i);
        if (i > 0) text += ',';
        text += R"({"pk":{"S":"CUSTOMER#)" + id + R"("},"sk":{"S":"ORDER#2026-01-15T10:22:33Z#)" +
                id + R"("},"amount":{"N":"129.95"},"quantity":{"N":")" + std::to_string(i % 7) +
                R"("},"paid":{"BOOL":true},"note":{"NULL":true},)" +
                R"("title":{"S":"A \"good\" book, second edition, as new"},)" +
                R"("tags":{"SS":["books","gift","priority"]},)" +
                R"("address":{"M":{"street":{"S":"1 Main Street"},"city":{"S":"Springfield"},)" +
                R"("zip":{"N":"12345"}}},)" +
                R"("events":{"L":[{"S":"created"},{"S":"packed"},{"S":"shipped"}]}})";
    }
    return text + "],\"Count\":" + std::to_string(items) +
           ",\"ScannedCount\":" + std::to_string(items) + "}";
}

}  // namespace bench
