// SPDX-License-Identifier: MIT
// Sessions of three seconds, renewed by a radosgw while calls go on. Here, and only here, time passes.
#include <servers/radosgw.hpp>

#include <awsxx/http/curl_transport.hpp>

#include <chrono>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace {

using namespace test::radosgw;
using steady = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// Sends as a curl transport does and notes when each role was assumed and what was refused.
class counting_transport {
public:
    awsxx::expected<awsxx::http::response> send(const awsxx::http::request& what,
                                                const awsxx::http::exchange& how) {
        note(what.body.bytes());
        auto answer = inner_.send(what, how);
        if (!answer || answer->status / 100 != 2) {
            const std::lock_guard lock(mutex_);
            refused_.push_back(answer ? answer->body : to_string(answer.error()));
        }
        return answer;
    }

    std::vector<steady::time_point> assumptions_of(const std::string& role) const {
        const auto found = assumptions_.find(awsxx::http::encoded(role));
        return found == assumptions_.end() ? std::vector<steady::time_point>() : found->second;
    }
    const std::vector<std::string>& refused() const { return refused_; }

private:
    void note(std::string_view form) {
        if (form.find("Action=AssumeRole&") == form.npos) return;
        constexpr std::string_view name = "RoleArn=";
        const auto role = form.substr(form.find(name) + name.size());
        const std::lock_guard lock(mutex_);
        assumptions_[std::string(role.substr(0, role.find('&')))].push_back(steady::now());
    }

    awsxx::http::curl_transport inner_{};
    std::mutex mutex_{};
    std::map<std::string, std::vector<steady::time_point>> assumptions_{};
    std::vector<std::string> refused_{};
};

using counted_session = awsxx::basic_session<counting_transport>;

counted_session short_lived_b(const std::shared_ptr<counting_transport>& transport) {
    const counted_session user(user_keys(), over_http(), transport);
    return *user.try_assume_role({.role_arn = role_a(), .duration_seconds = 3})
                ->try_assume_role({.role_arn = role_b(), .duration_seconds = 3});
}

/// Calls every `pause` for `long_enough`; returns the failures.
std::vector<std::string> call_steadily(const counted_session& by, milliseconds pause,
                                       milliseconds long_enough) {
    std::vector<std::string> failures;
    const auto end = steady::now() + long_enough;
    for (auto next = steady::now(); next < end; next += pause) {
        std::this_thread::sleep_until(next);
        const auto answer = by.try_send(object("GET", "steady"), s3("GetObject"));
        if (!answer) failures.push_back(to_string(answer.error()));
    }
    return failures;
}

/// Often enough that three seconds never pass, and never twice within one.
void check_renewals(const std::vector<steady::time_point>& times, std::size_t at_least) {
    CHECK(times.size() >= at_least);
    for (std::size_t i = 1; i < times.size(); ++i) {
        const auto apart = std::chrono::duration_cast<milliseconds>(times[i] - times[i - 1]);
        CHECK(apart.count() >= 1000);
    }
}

void put_steady_object() {
    const awsxx::session user(user_keys(), over_http());
    REQUIRE(user.try_send(object("PUT", "steady", "still here"), s3("PutObject")));
}

}  // namespace

TEST_CASE("radosgw: sessions of three seconds are renewed for twenty without a failure") {
    put_steady_object();
    const auto transport = std::make_shared<counting_transport>();

    const auto failures =
        call_steadily(short_lived_b(transport), milliseconds(50), milliseconds(20'000));

    CHECK(failures == std::vector<std::string>());
    CHECK(transport->refused() == std::vector<std::string>());
    check_renewals(transport->assumptions_of(role_a()), 7);
    check_renewals(transport->assumptions_of(role_b()), 7);
}

TEST_CASE("radosgw: 32 threads share sessions of three seconds without a failure") {
    put_steady_object();
    const auto transport = std::make_shared<counting_transport>();
    const counted_session b = short_lived_b(transport);
    std::vector<std::vector<std::string>> failures(32);

    std::vector<std::thread> threads;
    for (auto& mine : failures)
        threads.emplace_back(
            [&] { mine = call_steadily(b, milliseconds(40), milliseconds(5'000)); });
    for (std::thread& one : threads) one.join();

    for (const auto& mine : failures) CHECK(mine == std::vector<std::string>());
    CHECK(transport->refused() == std::vector<std::string>());
    check_renewals(transport->assumptions_of(role_a()), 2);
    check_renewals(transport->assumptions_of(role_b()), 2);
}
