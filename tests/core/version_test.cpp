// SPDX-License-Identifier: MIT
#include <awsxx/core/version.hpp>

#include <support/catch.hpp>

#include <string>

TEST_CASE("version: its text is made of its numbers") {
    CHECK(std::string(AWSXX_VERSION_STRING) == std::to_string(AWSXX_VERSION_MAJOR) + "." +
                                                   std::to_string(AWSXX_VERSION_MINOR) + "." +
                                                   std::to_string(AWSXX_VERSION_PATCH));
}
