// SPDX-License-Identifier: MIT
// The same exchanges by a transport that waits and by a loop.
#pragma once

#include <http/requests.hpp>
#include <support/exchange_pump.hpp>

#include <utility>

namespace test {

using exchanged = awsxx::expected<awsxx::http::response>;

class driver {
public:
    virtual ~driver() = default;
    virtual exchanged send(const awsxx::http::request& what,
                           const awsxx::http::exchange& how = {}) = 0;
};

class blocking_driver final : public driver {
public:
    explicit blocking_driver(const awsxx::http::curl_options& options) : transport_(options) {}
    exchanged send(const awsxx::http::request& what, const awsxx::http::exchange& how) override {
        return transport_.send(what, how);
    }

private:
    awsxx::http::curl_transport transport_;
};

class loop_driver final : public driver {
public:
    explicit loop_driver(const awsxx::http::curl_options& options) : options_(options) {}
    exchanged send(const awsxx::http::request& what, const awsxx::http::exchange& how) override {
        kept_answer answer;
        const auto begun = pump_.loop.start(options_, what, how, answer);
        if (!begun) return begun.error();
        pump_.run();
        REQUIRE(answer.got.has_value());
        return *std::move(answer.got);
    }

private:
    awsxx::http::curl_options options_;
    exchange_pump pump_{};
};

/// Lets one after the other do the same.
template <class Meet>
void by_both(const Meet& meet, const awsxx::http::curl_options& options = {}) {
    {
        INFO("blocking");
        blocking_driver one(options);
        meet(static_cast<driver&>(one));
    }
    INFO("on a loop");
    loop_driver one(options);
    meet(static_cast<driver&>(one));
}

}  // namespace test
