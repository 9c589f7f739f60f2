// SPDX-License-Identifier: MIT
#include <awsxx/core/fork.hpp>

#include <support/catch.hpp>

#include <sys/wait.h>
#include <unistd.h>

TEST_CASE("fork generation: changes in the child, stays in the parent") {
    const unsigned before = awsxx::fork_generation();

    const pid_t child = ::fork();
    if (child == 0) ::_exit(awsxx::fork_generation() == before ? 1 : 0);
    int status = -1;
    ::waitpid(child, &status, 0);

    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    CHECK(awsxx::fork_generation() == before);
}
