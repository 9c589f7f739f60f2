// SPDX-License-Identifier: MIT
#include <awsxx/identity/frame_list.hpp>

#include <support/catch.hpp>
#include <support/sanitized.hpp>

#include <memory>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

using awsxx::frame_list;
using values = std::vector<std::string>;

TEST_CASE("frame list: the lowest value stays, whatever is popped") {
    frame_list<std::string> list("base");
    CHECK(list.top()->depth == 0);
    CHECK_FALSE(list.pop());

    list.push("a");
    list.push("b");
    CHECK(list.values() == values{"base", "a", "b"});
    CHECK(list.top()->depth == 2);

    CHECK(list.pop()->value == "b");
    CHECK(list.pop()->value == "a");
    CHECK_FALSE(list.pop());
    CHECK(list.values() == values{"base"});
}

TEST_CASE("frame list: a frame is taken out from wherever it is, once") {
    frame_list<std::string> list("base");
    const auto a = list.push("a");
    const auto b = list.push("b");
    const auto c = list.push("c");

    CHECK(list.remove(b->number));
    CHECK(list.values() == values{"base", "a", "c"});
    CHECK(list.top()->number == c->number);
    CHECK(list.top()->depth == 2);
    CHECK(b->value == "b");  // whoever has it keeps it

    CHECK_FALSE(list.remove(b->number));
    CHECK(list.remove(a->number));
    CHECK(list.remove(c->number));
    CHECK(list.values() == values{"base"});
}

TEST_CASE("frame list: the lowest cannot be taken out") {
    frame_list<std::string> list("base");
    const auto base = list.top();
    list.push("a");

    CHECK_FALSE(list.remove(base->number));
    CHECK(list.values() == values{"base", "a"});
}

TEST_CASE("frame list: a push on what is no longer the top does nothing") {
    frame_list<std::string> list("base");
    const auto a = list.push("a");
    const auto b = list.push("b");

    CHECK_FALSE(list.push_on(a->number, "c"));
    CHECK(list.values() == values{"base", "a", "b"});

    list.remove(a->number);  // the top is made anew, but the same frame
    CHECK(list.push_on(b->number, "c"));
    CHECK(list.values() == values{"base", "b", "c"});
}

TEST_CASE("frame list: lets go of what it gave up, and of a hundred thousand without recursion") {
    const auto seen = std::make_shared<int>(1);
    {
        frame_list<std::shared_ptr<int>> list(nullptr);
        list.push(seen);
        list.pop();
        CHECK(seen.use_count() == 1);
        for (int i = 0; i < 100'000; ++i) list.push(seen);
        CHECK(list.top()->depth == 100'000);
    }
    CHECK(seen.use_count() == 1);
}

#if !AWSXX_TEST_SANITIZED
TEST_CASE("frame list: a child that is forked in the middle of changes finds it whole") {
    frame_list<std::string> list("base");
    list.push("kept");
    std::jthread busy([&](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            const auto own = list.push("a");
            list.push("b");
            list.remove(own->number);
            list.pop();
        }
    });
    int whole = 0;
    constexpr int children = 50;
    for (int i = 0; i < children; ++i) {
        const pid_t child = ::fork();
        if (child == 0) {
            ::alarm(10);  // a lock that nobody opens would hold it up for ever
            const auto all = list.values();
            list.push("c");
            const bool same = all.size() >= 2 && all[0] == "base" && all[1] == "kept" &&
                              list.pop()->value == "c" && list.values() == all;
            ::_exit(same ? 0 : 1);
        }
        int status = 1;
        REQUIRE(::waitpid(child, &status, 0) == child);
        whole += status == 0 ? 1 : 0;
    }
    busy.request_stop();
    busy.join();

    CHECK(whole == children);
    CHECK(list.values() == values{"base", "kept"});
}
#endif
