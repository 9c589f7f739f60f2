// SPDX-License-Identifier: MIT
#include <awsxx/model/clear.hpp>

#include <awsxx/codec/json.hpp>

#include <support/catch.hpp>
#include <support/shapes.hpp>

#include <string>

using namespace awsxx;

TEST_CASE("model clear: nothing is left of a value that was full") {
    test::zoo full = test::full_zoo();
    const test::zoo empty;
    std::string expected;
    std::string cleared;
    REQUIRE(codec::json::write(test::type_of<test::zoo>, &empty, expected));

    model::clear(test::type_of<test::zoo>, &full);

    REQUIRE(codec::json::write(test::type_of<test::zoo>, &full, cleared));
    CHECK(cleared == expected);
}
