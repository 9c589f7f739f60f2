// SPDX-License-Identifier: MIT
// A union, and a structure with the rarer kinds of members.
#pragma once

#include <awsxx/core/secret.hpp>
#include <awsxx/model/field.hpp>
#include <awsxx/model/value.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace test {

namespace model = awsxx::model;

/// One of several things that an animal may get.
struct treat {
    std::optional<std::string> fish{};
    std::optional<int> nuts{};
    awsxx::maybe<std::vector<std::string>> mixed{};
    awsxx::box<test::treat> wrapped{};
    std::string unknown_member{};
    template <class>
    struct wire;
};

struct feeding {
    awsxx::maybe<test::treat> given{};
    awsxx::secret key{};
    awsxx::open_int_enum size{};
    std::map<std::string, std::optional<int>> gaps{};
    std::optional<std::string> token{};
    std::optional<float> weight{};
    template <class>
    struct wire;
};

// clang-format off: one line a member, however long
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Winvalid-offsetof"
template <class D>
struct treat::wire {
    static constexpr model::type optional_texts =
        model::optional_type<awsxx::maybe<std::vector<std::string>>>(model::text_list);
    static constexpr model::field fields[] = {
        {"fish", &model::optional_text, offsetof(test::treat, fish)},
        {"nuts", &model::optional_integer, offsetof(test::treat, nuts)},
        {"mixed", &optional_texts, offsetof(test::treat, mixed)},
        {"wrapped", model::box_of<test::treat, D>, offsetof(test::treat, wrapped)},
    };
    static constexpr model::type type =
        model::choice(fields, offsetof(test::treat, unknown_member));
};

template <class D>
struct feeding::wire {
    static constexpr model::type sparse_map{
        .kind = model::kind::map,
        .element = &model::optional_integer,
        .access = &model::map_access<std::map<std::string, std::optional<int>>>,
        .sparse = true};
    static constexpr model::type optional_float =
        model::optional_type<std::optional<float>>(model::float_number);
    static constexpr model::field fields[] = {
        {"given", model::maybe_of<test::treat, D>, offsetof(test::feeding, given)},
        {"key", &model::sensitive_blob, offsetof(test::feeding, key)},
        {"size", &model::integer, offsetof(test::feeding, size)},
        {"gaps", &sparse_map, offsetof(test::feeding, gaps)},
        {"token", &model::optional_text, offsetof(test::feeding, token), model::idempotency_token},
        {"weight", &optional_float, offsetof(test::feeding, weight)},
    };
    static constexpr model::type type = model::structure(fields);
};
#pragma GCC diagnostic pop
// clang-format on

}  // namespace test
