// SPDX-License-Identifier: MIT
#include <awsxx/protocols/host_prefix.hpp>

#include <support/catch.hpp>
#include <support/shapes.hpp>

#include <string>

using namespace awsxx;

namespace {

constexpr model::service service{.id = "Zoo"};
constexpr model::operation plain{
    .name = "A", .service = &service, .input = &test::type_of<test::pet>};
constexpr model::operation fixed{
    .name = "B", .service = &service, .input = &test::type_of<test::pet>, .host_prefix = "data."};
constexpr model::operation named{.name = "C",
                                 .service = &service,
                                 .input = &test::type_of<test::pet>,
                                 .host_prefix = "x-{0}.data."};

std::string host(const model::operation& what, const std::string& name) {
    const test::pet in{.name = name};
    const auto prefix = protocols::host_prefix_of(what, &in);
    return prefix ? *prefix + "zoo.example" : prefix.error().message;
}

}  // namespace

TEST_CASE("host prefix: it comes before the endpoint's host, members filled in") {
    CHECK(host(plain, "tom") == "zoo.example");
    CHECK(host(fixed, "tom") == "data.zoo.example");
    CHECK(host(named, "tom") == "x-tom.data.zoo.example");
}

TEST_CASE("host prefix: a member that would build another host is refused") {
    for (const std::string name : {"", "a/b", "a@b", "a:1", "\xc3\xa9"})
        CHECK(host(named, name) ==
              "C: member Name is part of the host and is missing or no host label");
}
