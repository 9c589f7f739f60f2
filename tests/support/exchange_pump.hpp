// SPDX-License-Identifier: MIT
// Drives the exchanges of a curl loop with nothing else on it.
#pragma once

#include <awsxx/core/io_host.hpp>
#include <awsxx/core/mailbox.hpp>
#include <awsxx/core/socket_watcher.hpp>
#include <awsxx/http/curl_loop.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

namespace test {

/// Keeps the answer to one exchange.
class kept_answer final : public awsxx::http::exchange_listener {
public:
    void answered(awsxx::expected<awsxx::http::response> answer) override {
        got = std::move(answer);
    }
    std::optional<awsxx::expected<awsxx::http::response>> got{};
};

class exchange_pump final : public awsxx::io_host {
public:
    exchange_pump() { watcher_.watch(news_.signal().descriptor(), {.read = true, .write = false}); }
    void on_socket(int descriptor, awsxx::io_interest wanted) override {
        watcher_.watch(descriptor, wanted);
    }
    void on_timer(std::optional<awsxx::milliseconds>) override {}

    /// Until nothing is in flight, or for ten seconds.
    void run() {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (loop.in_flight() != 0 && std::chrono::steady_clock::now() < end) once();
    }
    void once(awsxx::milliseconds at_most = awsxx::milliseconds(1000)) {
        while (loop.advance()) {}
        if (loop.in_flight() == 0) return;
        for (const auto& one : watcher_.wait(std::min(loop.pause().value_or(at_most), at_most)))
            if (one.descriptor == news_.signal().descriptor())
                news_.signal().clear();
            else
                loop.ready(one.descriptor, one.events);
        while (news_.deliver_one()) {}
        while (loop.advance()) {}
    }

private:
    awsxx::socket_watcher watcher_{};
    awsxx::mailbox news_{};

public:
    awsxx::http::curl_loop loop{*this, news_};
};

}  // namespace test
