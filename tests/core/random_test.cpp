// SPDX-License-Identifier: MIT
#include <awsxx/core/random.hpp>

#include <support/catch.hpp>
#include <support/fixed_random.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <limits>
#include <set>
#include <string_view>
#include <thread>

namespace {

std::string_view view(const std::array<char, 36>& text) { return {text.data(), text.size()}; }

}  // namespace

TEST_CASE("random: a thread does not repeat itself") {
    awsxx::system_random random;
    std::set<std::uint64_t> seen;
    for (int i = 0; i < 1000; ++i) seen.insert(random.next());
    CHECK(seen.size() == 1000);
}

TEST_CASE("random: two threads draw different numbers") {
    awsxx::system_random random;
    std::uint64_t theirs = 0;
    std::thread other([&] { theirs = random.next(); });
    other.join();
    CHECK(random.next() != theirs);
}

TEST_CASE("random: parent and child draw different numbers after a fork") {
    awsxx::system_random random;
    random.next();
    int ends[2];
    REQUIRE(::pipe(ends) == 0);

    const pid_t child = ::fork();
    if (child == 0) {
        const std::uint64_t number = random.next();
        ::_exit(::write(ends[1], &number, sizeof number) == sizeof number ? 0 : 1);
    }
    std::uint64_t theirs = 0;
    REQUIRE(::read(ends[0], &theirs, sizeof theirs) == sizeof theirs);
    ::waitpid(child, nullptr, 0);
    ::close(ends[0]);
    ::close(ends[1]);

    CHECK(random.next() != theirs);
}

TEST_CASE("random: uniform stays at or above 0 and below 1") {
    test::fixed_random smallest(0);
    test::fixed_random largest(std::numeric_limits<std::uint64_t>::max());
    CHECK(awsxx::uniform(smallest) == 0.0);
    CHECK(awsxx::uniform(largest) < 1.0);
    CHECK(awsxx::uniform(largest) > 0.999999);
}

TEST_CASE("random: a UUID carries version 4 and the RFC's variant") {
    test::fixed_random zeros(0);
    test::fixed_random ones(std::numeric_limits<std::uint64_t>::max());
    CHECK(view(awsxx::uuid(zeros)) == "00000000-0000-4000-8000-000000000000");
    CHECK(view(awsxx::uuid(ones)) == "ffffffff-ffff-4fff-bfff-ffffffffffff");
}

TEST_CASE("random: UUIDs differ") {
    awsxx::system_random random;
    CHECK(awsxx::uuid(random) != awsxx::uuid(random));
}
