// SPDX-License-Identifier: MIT
#include <awsxx/default_session.hpp>  // first: it must compile on its own

#include <support/catch.hpp>

#include <type_traits>

using namespace awsxx;

TEST_CASE("default session: there is one, whoever asks") {
    CHECK(&default_session() == &default_session());
}

TEST_CASE("default session: it is a session that nobody changes") {
    STATIC_REQUIRE(std::is_same_v<decltype(default_session()), const session&>);
    CHECK_FALSE(default_session().parent());
}
