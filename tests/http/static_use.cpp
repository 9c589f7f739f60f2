// Calls from everywhere but main: before it, after it, and while the program ends.
#include <awsxx/async.hpp>
#include <awsxx/services/sts.hpp>
#include <awsxx/session.hpp>

#include <support/loopback_server.hpp>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <thread>

#include <unistd.h>

namespace {

using namespace awsxx;

sts::assume_role question() {
    return {.role_arn = "arn:aws:iam::123456789012:role/demo", .role_session_name = "test"};
}

constexpr int wanted = 7;
int made = 0;

/// A call by each driver.
void call(const session& with, const char* where) {
    if (const auto got = with.try_call(question()); !got) {
        std::fprintf(stderr, "%s: %s\n", where, to_string(got.error()).c_str());
        ::_exit(1);
    }
    event_loop loop;
    with.async_call(loop, question(), [where](const auto& got) {
        if (got) return;
        std::fprintf(stderr, "%s, on a loop: %s\n", where, to_string(got.error()).c_str());
        ::_exit(1);
    });
    loop.run();
    ++made;
}

/// The server; the last to go, it sees whether all of them have called.
class world {
public:
    world() = default;
    world(const world&) = delete;
    world& operator=(const world&) = delete;
    ~world() {
        if (made == wanted) return;
        std::fprintf(stderr, "%d of %d have called\n", made, wanted);
        ::_exit(2);
    }
    session home() const {
        return session(credentials{.access_key_id = "AKIDEXAMPLE", .secret_access_key = "secret"},
                       {.region = "us-east-1", .endpoint_url = server_.url()});
    }

private:
    test::loopback_server server_{};
};

/// Calls when it comes and when it goes.
class caller {
public:
    explicit caller(session with, const char* where) : with_(std::move(with)), where_(where) {
        call(with_, where_);
    }
    caller(const caller&) = delete;
    caller& operator=(const caller&) = delete;
    ~caller() { call(with_, where_); }

private:
    session with_;
    const char* where_;
};

// Before the initialisers of all other files, the library's among them.
__attribute__((init_priority(101))) const world everything;
__attribute__((init_priority(102))) const caller first(everything.home(), "static object");

}  // namespace

int main() {
    static const std::unique_ptr<session> kept = std::make_unique<session>(everything.home());
    std::atexit([] { call(*kept, "atexit"); });
    std::thread([] {
        thread_local const caller of_thread(everything.home(), "thread-local object");
        static_cast<void>(&of_thread);
    }).join();
    static const caller local(everything.home(), "static object of a function");
    static_cast<void>(&local);
}
