// SPDX-License-Identifier: MIT
#include <awsxx/http/trailer_source.hpp>  // first: it must compile on its own

#include <support/catch.hpp>

using namespace awsxx;

TEST_CASE("trailer source: what is known beforehand stays the same whatever goes by") {
    http::fixed_trailers known({{"x-a", "1"}, {"x-b", "two"}});
    known.update("bytes");
    known.restart();
    REQUIRE(known.trailers().size() == 2);
    CHECK(known.trailers()[1].name == "x-b");
    CHECK(known.trailers()[1].value_size == 3);
    CHECK(*known.value(0) == "1");
    CHECK(*known.value(1) == "two");
}
