// SPDX-License-Identifier: MIT
#include <awsxx/http/curl_interest.hpp>

#include <support/catch.hpp>

#include <optional>

using awsxx::io_interest;
using awsxx::http::detail::curl_interest;

namespace {

struct deaf_host final : awsxx::io_host {
    void on_socket(int, io_interest) override {}
    void on_timer(std::optional<awsxx::milliseconds>) override {}
};

}  // namespace

TEST_CASE("curl interest: a connection that the next exchange is on does not rest") {
    deaf_host host;
    curl_interest interest(host);
    interest.opened(7);
    interest.wants(7, {.read = true, .write = false}, nullptr);
    CHECK_FALSE(interest.rests(7));
    interest.wants(7, {}, nullptr);
    CHECK(interest.rests(7));
    CHECK(interest.is_resting(7));
    interest.wants(7, {.read = true, .write = false}, nullptr);
    CHECK_FALSE(interest.is_resting(7));
}
