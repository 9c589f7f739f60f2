// SPDX-License-Identifier: MIT
#include <support/slow_name.hpp>

#include <condition_variable>
#include <cstring>
#include <mutex>

#include <dlfcn.h>
#include <netdb.h>

namespace {

struct gate {
    std::mutex lock{};
    std::condition_variable changed{};
    int waiting = 0;
    bool open = true;

    void pass() {
        std::unique_lock guard(lock);
        ++waiting;
        changed.wait(guard, [this] { return open; });
        --waiting;
        changed.notify_all();
    }
};

/// Never destroyed: look-ups may outlive the program's static objects.
gate& only_gate() {
    static gate& only = *new gate;
    return only;
}

}  // namespace

// In front of the C library's, for libcurl too: there is no other way to have a slow name server.
extern "C" int getaddrinfo(const char* name, const char* service, const addrinfo* hints,
                           addrinfo** found) {
    if (name != nullptr && std::strcmp(name, "slow.invalid") == 0) {
        only_gate().pass();
        return EAI_AGAIN;
    }
    static const auto real =
        reinterpret_cast<decltype(&getaddrinfo)>(::dlsym(RTLD_NEXT, "getaddrinfo"));
    return real(name, service, hints, found);
}

namespace test {

slow_name::slow_name() {
    const std::lock_guard guard(only_gate().lock);
    only_gate().open = false;
}

slow_name::~slow_name() {
    std::unique_lock guard(only_gate().lock);
    only_gate().open = true;
    only_gate().changed.notify_all();
    only_gate().changed.wait(guard, [] { return only_gate().waiting == 0; });
}

int slow_name::waiting() const {
    const std::lock_guard guard(only_gate().lock);
    return only_gate().waiting;
}

}  // namespace test
