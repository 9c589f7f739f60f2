// SPDX-License-Identifier: MIT
#include <awsxx/config/preference.hpp>

#include <support/catch.hpp>

using namespace awsxx;
using config::place_in;

TEST_CASE("preference: earlier words are preferred, however they are written") {
    constexpr const char* list = "sigv4a, SigV4,httpBearerAuth";
    CHECK(place_in(list, "sigv4a") == 0);
    CHECK(place_in(list, "sigv4") == 1);
    CHECK(place_in(list, "httpBearerAuth") == 2);
}

TEST_CASE("preference: what is not in the list comes last, all of it alike") {
    CHECK(place_in("sigv4a,sigv4", "noAuth") == 2);
    CHECK(place_in("", "sigv4") == 0);
    CHECK(place_in("", "noAuth") == 0);
    CHECK(place_in("sigv4", "sigv4a") == 1);
}
