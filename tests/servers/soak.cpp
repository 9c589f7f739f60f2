// SPDX-License-Identifier: MIT
// Sessions of seconds on threads and on an event loop, over connections on which things go wrong, for as long as
// one likes. What failed that had to succeed, what came back wrong, and what was not given back is counted.
//
//   soak SECONDS        started by run_soak.sh; prints a table, and fails where something is lost or leaks
#include <awsxx/async.hpp>
#include <awsxx/services/s3.hpp>
#include <awsxx/session.hpp>
#include <awsxx/testing/isolated_world.hpp>

#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace {

namespace s3 = awsxx::s3;
using awsxx::milliseconds;
using steady = std::chrono::steady_clock;

std::string variable(const char* name) {
    const char* const value = std::getenv(name);
    if (value != nullptr) return value;
    std::cerr << name << " is not set: start this with run_soak.sh\n";
    std::exit(EXIT_FAILURE);
}

// --- what is counted ---------------------------------------------------------------------------

struct counts {
    std::atomic<std::uint64_t> blocking{0};
    std::atomic<std::uint64_t> async{0};
    std::atomic<std::uint64_t> chains{0};     ///< Made, and most of them dropped again.
    std::atomic<std::uint64_t> renewals{0};   ///< Of the keys of roles.
    std::atomic<std::uint64_t> again{0};      ///< Attempts that failed and were made again.
    std::atomic<std::uint64_t> refused{0};    ///< As it had to be.
    std::atomic<std::uint64_t> cancelled{0};  ///< As it was wished.
    std::atomic<std::uint64_t> lost{0};
    std::mutex mutex{};

    /// A call failed that had to succeed, or gave something wrong.
    void lose(std::string_view what, const std::string& why) {
        const std::lock_guard lock(mutex);
        if (++lost <= 20) std::cerr << "lost: " << what << ": " << why << '\n';
    }
} seen;

template <class T>
bool good(std::string_view what, const awsxx::expected<T>& answer) {
    if (answer) return true;
    seen.lose(what, to_string(answer.error()));
    return false;
}

template <class T>
void must_be_refused(std::string_view what, const awsxx::expected<T>& answer,
                     std::string_view code) {
    const awsxx::error* why = answer ? nullptr : &answer.error();
    while (why != nullptr && why->code != code) why = why->cause.get();
    if (why != nullptr)
        ++seen.refused;
    else
        seen.lose(what, answer ? "succeeded" : to_string(answer.error()));
}

void must_match(std::string_view what, const std::string& got, const std::string& put) {
    if (got != put)
        seen.lose(what, std::to_string(got.size()) + " bytes came back for " +
                            std::to_string(put.size()) + ", or others");
}

// --- what a program holds ----------------------------------------------------------------------

struct held {
    std::size_t descriptors{};
    std::size_t heap{};
};

held held_now() {
    namespace fs = std::filesystem;
    const auto now = ::mallinfo2();
    return {.descriptors = static_cast<std::size_t>(
                std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator())),
            .heap = now.uordblks + now.hblkhd};
}

// --- sessions ----------------------------------------------------------------------------------

constexpr int session_seconds = 6;

awsxx::settings over(const std::string& endpoint) {
    awsxx::settings choices{.region = variable("RGW_REGION"),
                            .endpoint_url = endpoint,
                            .max_attempts = 10,
                            .ca_bundle = variable("RGW_CA_FILE"),
                            .outside = awsxx::testing::isolated_world(nullptr)};
    // No attempt outlives its keys: radosgw says AccessDenied then, where AWS says ExpiredToken.
    choices.limits.total = milliseconds(2500);
    choices.refresh.mandatory = milliseconds(2800);
    // Two roles of a chain get their first keys; what they get later is a renewal.
    const auto got = std::make_shared<std::atomic<unsigned>>(0);
    choices.observer = {.note =
                            [got](awsxx::channel, std::string_view line) {
                                if (line.find("the next one follows") != line.npos) ++seen.again;
                                if (line.starts_with("got ") && ++*got > 2) ++seen.renewals;
                            },
                        .listens_to = awsxx::channel::retry | awsxx::channel::credentials};
    return choices;
}

awsxx::credentials keys(const char* id, const char* key) {
    return {.access_key_id = variable(id), .secret_access_key = awsxx::secret(variable(key))};
}

/// From the user to role A to role B, each with keys for seconds.
awsxx::session chain(const std::string& endpoint) {
    const awsxx::session user(keys("RGW_ACCESS_KEY", "RGW_SECRET_KEY"), over(endpoint));
    auto a = user.try_assume_role(
        {.role_arn = variable("RGW_ROLE_A"), .duration_seconds = session_seconds});
    auto b = a->try_assume_role(
        {.role_arn = variable("RGW_ROLE_B"), .duration_seconds = session_seconds});
    ++seen.chains;
    return *std::move(b);
}

// --- what is done with them --------------------------------------------------------------------

/// Numbers that are the same in every run.
class numbers {
public:
    explicit numbers(std::uint32_t seed) : state_(seed * 2654435761u + 1) {}
    std::uint32_t below(std::uint32_t end) {
        state_ = state_ * 1664525u + 1013904223u;
        return (state_ >> 8) % end;
    }

private:
    std::uint32_t state_;
};

std::string content(numbers& from) {
    const bool large = from.below(16) == 0;
    std::string made(1 + from.below(large ? 300'000 : 20'000), '\0');
    for (char& c : made) c = static_cast<char>(from.below(256));
    return made;
}

/// A key is written once in its life: an attempt that arrives late changes nothing.
std::string fresh_key() {
    static std::atomic<std::uint64_t> last{0};
    return "soak/" + std::to_string(++last) + " of ä+b";
}

s3::get_object nothing() { return {.bucket = variable("RGW_BUCKET"), .key = "nothing/here"}; }

void round_trip(const awsxx::session& by, numbers& from) {
    const std::string bucket = variable("RGW_BUCKET"), key = fresh_key(), text = content(from);
    const auto put = by.try_call(
        s3::put_object{.body = awsxx::http::body::view(text), .bucket = bucket, .key = key});
    const auto got = by.try_call(s3::get_object{.bucket = bucket, .key = key});
    if (good("PutObject", put) && good("GetObject", got)) must_match("GetObject", got->body, text);
    const auto listed = by.try_call(s3::list_objects_v2{.bucket = bucket, .prefix = key});
    if (good("ListObjectsV2", listed) && put && listed->contents.size() != 1)
        seen.lose("ListObjectsV2", std::to_string(listed->contents.size()) + " objects");
    good("DeleteObject", by.try_call(s3::delete_object{.bucket = bucket, .key = key}));
    must_be_refused("GetObject of nothing", by.try_call(nothing()), "NoSuchKey");
    seen.blocking += 5;
}

/// A session of its own; and one that must not get in.
void come_and_go(const std::string& endpoint, numbers& from) {
    round_trip(chain(endpoint), from);
    const awsxx::session other(keys("RGW_OTHER_ACCESS_KEY", "RGW_OTHER_SECRET_KEY"),
                               over(endpoint));
    const auto role = other.try_assume_role({.role_arn = variable("RGW_ROLE_A")});
    must_be_refused("a role that trusts others", role->try_call(nothing()), "AccessDenied");
    ++seen.blocking;
}

struct task {
    struct promise_type {
        task get_return_object() noexcept { return {}; }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() noexcept {}
        void unhandled_exception() noexcept { std::terminate(); }
    };
};

/// What `round_trip` does, on a loop.
task round_trips(const awsxx::session& by, awsxx::event_loop& on, std::uint32_t seed,
                 steady::time_point until) {
    numbers from(seed);
    const std::string bucket = variable("RGW_BUCKET");
    while (steady::now() < until) {
        const std::string key = fresh_key(), text = content(from);
        const s3::put_object put{
            .body = awsxx::http::body::view(text), .bucket = bucket, .key = key};
        const s3::get_object get{.bucket = bucket, .key = key};
        const s3::delete_object remove{.bucket = bucket, .key = key};
        const s3::get_object none = nothing();
        const auto done = co_await by.try_co_call(on, put);
        const auto got = co_await by.try_co_call(on, get);
        if (good("async PutObject", done) && good("async GetObject", got))
            must_match("async GetObject", got->body, text);
        const auto removed = co_await by.try_co_call(on, remove);
        good("async DeleteObject", removed);
        const auto refused = co_await by.try_co_call(on, none);
        must_be_refused("async GetObject of nothing", refused, "NoSuchKey");
        seen.async += 4;
    }
}

/// What may be tried again, or had no time for that.
bool passing(const awsxx::error& why) {
    return why.retryable || why.kind == awsxx::error_kind::timeout;
}

/// Listings by callback, one after the other; every other one has too little time to be made again.
class lister {
public:
    lister(const awsxx::session& by, awsxx::event_loop& on, steady::time_point until)
        : by_(&by), on_(&on), until_(until) {}

    void go_on() {
        if (steady::now() >= until_) return;
        const bool patient = ++calls_ % 2 == 0;
        const milliseconds at_most(patient ? 0 : calls_ % 40);
        by_->async_call(*on_, s3::list_objects_v2{.bucket = variable("RGW_BUCKET"), .max_keys = 20},
                        [this, patient](const auto& answer) {
                            ++seen.async;
                            if (!patient && !answer && passing(answer.error()))
                                ++seen.cancelled;
                            else
                                good("async ListObjectsV2", answer);
                            go_on();
                        },
                        {.at_most = at_most});
    }

private:
    const awsxx::session* by_;
    awsxx::event_loop* on_;
    steady::time_point until_;
    unsigned calls_ = 0;
};

/// A loop that is destroyed while calls are under way on it.
void leave_early(const awsxx::session& by) {
    awsxx::event_loop on;
    std::stop_source stop;
    unsigned ended = 0;
    for (int i = 0; i < 4; ++i)
        by.async_call(on, nothing(), [&](const auto&) { ++ended; }, {.stop = stop.get_token()});
    on.poll(milliseconds(5));
    stop.request_stop();
    on.run();
    if (ended != 4) seen.lose("calls that were stopped", std::to_string(ended) + " of 4 ended");
    by.async_call(on, nothing(), [](const auto&) {});
    on.poll(milliseconds(1));
    seen.async += 5;
    seen.cancelled += 5;
}

/// What lives as long as a program does.
struct world {
    std::vector<std::string> endpoints{variable("SOAK_ENDPOINT"), variable("SOAK_TLS_ENDPOINT")};
    awsxx::session plain = chain(endpoints[0]);
    awsxx::session tls = chain(endpoints[1]);
    awsxx::event_loop loop{};
    std::uint32_t round = 0;
};

void work(const world& in, std::uint32_t seed, steady::time_point until) {
    numbers from(seed);
    while (steady::now() < until) {
        const std::uint32_t what = from.below(24);
        if (what == 0)
            come_and_go(in.endpoints[seed % 2], from);
        else if (what == 1)
            leave_early(in.plain);
        else
            round_trip(seed % 2 == 0 ? in.plain : in.tls, from);
    }
}

/// Threads, and this one with the loop.
void round(world& in, steady::time_point until) {
    const std::uint32_t seed = ++in.round * 100;
    std::vector<std::thread> threads;
    for (std::uint32_t i = 0; i < 6; ++i)
        threads.emplace_back([&in, seed, i, until] { work(in, seed + i, until); });
    for (std::uint32_t i = 10; i < 18; ++i)
        round_trips(i % 2 == 0 ? in.plain : in.tls, in.loop, seed + i, until);
    lister plain(in.plain, in.loop, until), tls(in.tls, in.loop, until);
    plain.go_on();
    tls.go_on();
    in.loop.run();
    for (std::thread& one : threads) one.join();
}

/// Rounds of five seconds; what is held after each.
std::vector<held> live(std::chrono::seconds so_long) {
    world in;
    std::vector<held> samples;
    const auto end = steady::now() + so_long;
    while (steady::now() < end) {
        round(in, std::min(end, steady::now() + std::chrono::seconds(5)));
        samples.push_back(held_now());
    }
    return samples;
}

// --- the table ---------------------------------------------------------------------------------

std::map<std::string, std::uint64_t> faults() {
    std::map<std::string, std::uint64_t> sum;
    std::string files = variable("SOAK_FAULTS") + ":";
    for (std::size_t at = 0, end; (end = files.find(':', at)) != files.npos; at = end + 1) {
        std::ifstream from(files.substr(at, end - at));
        std::string kind;
        for (std::uint64_t n = 0; from >> kind >> n;) sum[kind] += n;
    }
    return sum;
}

/// The least that was held in a third of the time: what there was besides is in use for a moment.
std::size_t least(const std::vector<held>& samples, std::size_t third) {
    const std::size_t begin = samples.size() * third / 3;
    const std::size_t end = std::max(begin + 1, samples.size() * (third + 1) / 3);
    std::size_t found = SIZE_MAX;
    for (std::size_t i = begin; i < end; ++i) found = std::min(found, samples[i].heap);
    return found;
}

std::size_t beyond(std::size_t now, std::size_t before) { return now > before ? now - before : 0; }

template <class T>
void row(std::string_view what, const T& value) {
    std::cout << "| " << what << " | " << value << " |\n";
}

void print_counts(std::chrono::seconds so_long) {
    std::cout << "\n| | |\n|---|---|\n";
    row("seconds", so_long.count());
    row("blocking calls", seen.blocking.load());
    row("calls on event loops", seen.async.load());
    row("chains of two roles made", seen.chains.load());
    row("renewals of their keys", seen.renewals.load());
    row("refused, as it had to be", seen.refused.load());
    row("cancelled, as it was wished", seen.cancelled.load());
    std::uint64_t all = 0;
    std::string each;
    for (const auto& [kind, n] : faults()) {
        all += n;
        each += (each.empty() ? "" : ", ") + kind + " " + std::to_string(n);
    }
    row("faults injected", std::to_string(all) + " (" + each + ")");
    row("attempts that failed and were made again", seen.again.load());
    row("losses", seen.lost.load());
}

bool print_leaks(const held& before, const held& after, const std::vector<held>& samples) {
    const std::size_t descriptors = beyond(after.descriptors, before.descriptors);
    const std::size_t heap = beyond(after.heap, before.heap);
    const std::size_t growth = beyond(least(samples, 2), least(samples, 0));
    row("descriptors leaked", descriptors);
    row("heap beyond that after the warm-up, bytes", heap);
    row("heap while it ran, first and last third, bytes",
        std::to_string(least(samples, 0)) + ", " + std::to_string(least(samples, 2)));
    // What other libraries keep once and for all; a connection more or less is some ten thousand.
    return descriptors == 0 && heap < 256'000 && growth < 1'000'000;
}

}  // namespace

int main(int count, char** words) {
    const std::chrono::seconds so_long(count == 2 ? std::atoi(words[1]) : 0);
    if (so_long.count() <= 0) {
        std::cerr << "usage: soak SECONDS\n";
        return EXIT_FAILURE;
    }
    live(std::chrono::seconds(6));
    const held before = held_now();
    const std::vector<held> samples = live(so_long);
    const held after = held_now();
    std::this_thread::sleep_for(milliseconds(500));  // the proxies write their numbers
    print_counts(so_long);
    const bool kept_nothing = print_leaks(before, after, samples);
    return seen.lost == 0 && kept_nothing ? EXIT_SUCCESS : EXIT_FAILURE;
}
