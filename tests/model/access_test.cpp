// SPDX-License-Identifier: MIT
#include <awsxx/model/access.hpp>

#include <awsxx/core/secret.hpp>
#include <awsxx/core/timestamp.hpp>
#include <awsxx/model/field.hpp>

#include <support/catch.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

using namespace awsxx;

namespace {

/// What the flag says has to be what the optional says.
template <class Optional>
void check_flag() {
    const model::access& how = model::optional_access<Optional>;
    Optional holder;
    const auto flag = [&] { return reinterpret_cast<const unsigned char*>(&holder)[how.flag]; };
    if (how.flag == 0) return;
    CHECK(how.flag < sizeof holder);
    CHECK(flag() == 0);
    CHECK(how.held(&holder) == nullptr);
    CHECK(how.emplace(&holder) == static_cast<void*>(&holder));
    CHECK(flag() == 1);
    CHECK(how.held(&holder) == static_cast<const void*>(&holder));
    how.clear(&holder);
    CHECK(flag() == 0);
}

}  // namespace

TEST_CASE("access: the flag of an optional lies where codecs look for it") {
    check_flag<std::optional<bool>>();
    check_flag<std::optional<int>>();
    check_flag<std::optional<std::int64_t>>();
    check_flag<std::optional<float>>();
    check_flag<std::optional<double>>();
    check_flag<std::optional<std::string>>();
    check_flag<std::optional<awsxx::timestamp>>();
    check_flag<std::optional<secret>>();
    check_flag<std::optional<open_enum>>();
    check_flag<std::optional<open_int_enum>>();
    check_flag<maybe<open_enum>>();
    check_flag<maybe<std::vector<std::string>>>();
    check_flag<maybe<std::map<std::string, std::string>>>();
    CHECK(model::optional_access<box<int>>.flag == 0);
}

TEST_CASE("access: an optional without a flag tells itself what it holds") {
    const model::access& how = model::optional_access<box<int>>;
    box<int> holder;
    CHECK(how.held(&holder) == nullptr);
    *static_cast<int*>(how.emplace(&holder)) = 7;
    CHECK(how.held(&holder) == static_cast<const void*>(&*holder));
    how.clear(&holder);
    CHECK(how.held(&holder) == nullptr);
}

TEST_CASE("access: the element of a key that comes again begins anew, wherever the key belongs") {
    using numbers = std::map<std::string, std::vector<std::string>>;
    const model::access& how = model::map_access<numbers>;
    numbers all;
    const auto add = [&](std::string key, const char* text) {
        static_cast<std::vector<std::string>*>(how.insert(&all, std::move(key)))
            ->emplace_back(text);
    };
    add("b", "first");
    add("c", "last");
    add("a", "before all");
    add("b", "again");
    add("c", "again");
    CHECK(all == numbers{{"a", {"before all"}}, {"b", {"again"}}, {"c", {"again"}}});
}
