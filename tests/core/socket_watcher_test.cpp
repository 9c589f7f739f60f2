// SPDX-License-Identifier: MIT
#include <awsxx/core/socket_watcher.hpp>  // first: it must compile on its own

#include <support/catch.hpp>

TEST_CASE("socket watcher: one that the process could not get is not watched") {
    awsxx::socket_watcher all;
    CHECK_FALSE(all.watch(-1, {.read = true, .write = false}));
    CHECK_FALSE(all.watch(-1, {}));
    CHECK(all.wait(awsxx::milliseconds(0)).empty());
}
