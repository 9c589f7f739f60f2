// SPDX-License-Identifier: MIT
#include <awsxx/core/name_resolver.hpp>

#include <support/catch.hpp>

#include <string>

using namespace awsxx;

TEST_CASE("names: an address is its own") {
    system_names names;

    const auto found = names.addresses_of("127.0.0.1");

    REQUIRE(found);
    CHECK(found->front() == "127.0.0.1");
}

TEST_CASE("names: what cannot be a name is an error that tells it") {
    system_names names;

    const std::string host(300, 'a');  // too long to ask anybody about

    const auto found = names.addresses_of(host);

    REQUIRE_FALSE(found);
    CHECK(found.error().code == "NameNotResolved");
    CHECK(found.error().message.find(host + ": ") == 0);
}
