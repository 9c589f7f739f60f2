// SPDX-License-Identifier: MIT
#include <awsxx/runtime/shared_parts.hpp>

#include <support/catch.hpp>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

using awsxx::runtime::shared_parts;

TEST_CASE("shared parts: are made once for each name") {
    shared_parts parts;
    int made = 0;
    const auto make = [&] { return std::make_shared<int>(++made); };
    const auto first = parts.get<int>("a", make);
    CHECK(parts.get<int>("a", make) == first);
    CHECK(*parts.get<int>("b", make) == 2);
    CHECK(made == 2);
}

TEST_CASE("shared parts: of different types may have the same name") {
    shared_parts parts;
    CHECK(*parts.get<int>("a", [] { return std::make_shared<int>(7); }) == 7);
    CHECK(*parts.get<std::string>("a", [] { return std::make_shared<std::string>("x"); }) == "x");
}

TEST_CASE("shared parts: many threads that ask at once get the same") {
    shared_parts parts;
    std::atomic<int> made{0};
    std::vector<std::shared_ptr<int>> got(8);
    std::vector<std::thread> threads;
    for (auto& one : got)
        threads.emplace_back([&parts, &made, &one] {
            one = parts.get<int>("a", [&] { return std::make_shared<int>(++made); });
        });
    for (std::thread& one : threads) one.join();
    CHECK(made == 1);
    for (const auto& one : got) CHECK(one == got[0]);
}
