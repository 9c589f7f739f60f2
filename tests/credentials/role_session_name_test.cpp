// SPDX-License-Identifier: MIT
#include <awsxx/credentials/role_session_name.hpp>  // first: it must compile on its own

#include <support/catch.hpp>

#include <string>

TEST_CASE("role session name: what AWS takes for one") {
    for (const std::string good : {"ab", "a_b+c=d,e.f@g-h", "awsxx-1792339200000"})
        CHECK(awsxx::is_role_session_name(good));
    CHECK(awsxx::is_role_session_name(std::string(64, 'a')));
    for (const std::string bad : {"", "a", "a b", "a/b", "a\n"})
        CHECK_FALSE(awsxx::is_role_session_name(bad));
    CHECK_FALSE(awsxx::is_role_session_name(std::string(65, 'a')));
    CHECK(awsxx::is_role_session_name(awsxx::default_role_session_name({})));
}
