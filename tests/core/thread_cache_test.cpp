// SPDX-License-Identifier: MIT
#include <awsxx/core/thread_cache.hpp>

#include <support/catch.hpp>

#include <atomic>
#include <thread>

namespace {

struct number {
    int value = 7;
};

struct counted {
    counted() { ++alive(); }
    counted(const counted&) = delete;
    counted& operator=(const counted&) = delete;
    ~counted() { --alive(); }
    static std::atomic<int>& alive() {
        static std::atomic<int> count{0};
        return count;
    }
};

struct late {
    int value = 3;
};

/// Asks for a cache when the thread's caches are gone already.
struct straggler {
    bool* found_none;
    int* passing;
    ~straggler() {
        *found_none = awsxx::per_thread<late>() == nullptr;
        *passing = awsxx::with_per_thread<late>([](late& one) { return one.value; });
    }
};

}  // namespace

TEST_CASE("thread cache: a thread finds its own object again") {
    awsxx::per_thread<number>()->value = 8;
    CHECK(awsxx::per_thread<number>()->value == 8);
    int theirs = 0;
    std::thread([&] { theirs = awsxx::per_thread<number>()->value; }).join();
    CHECK(theirs == 7);
}

TEST_CASE("thread cache: objects go with their thread") {
    std::thread([] {
        awsxx::per_thread<counted>();
        CHECK(counted::alive() == 1);
    }).join();
    CHECK(counted::alive() == 0);
}

TEST_CASE("thread cache: destructors that run later do without") {
    bool found_none = false;
    int passing = 0;
    std::thread([&] {
        static thread_local straggler last{&found_none, &passing};  // outlives what comes after
        static_cast<void>(last);
        awsxx::per_thread<late>();
    }).join();
    CHECK(found_none);
    CHECK(passing == 3);
}
