// SPDX-License-Identifier: MIT
#include <awsxx/runtime/observer.hpp>

#include <support/catch.hpp>

#include <string_view>

using awsxx::channel;
using awsxx::observer;

TEST_CASE("observer: by default nobody listens") {
    const observer nobody;
    for (const channel one : {channel::credentials, channel::wire, channel::all})
        CHECK_FALSE(nobody.wants(one));
}

TEST_CASE("observer: hears the channels it listens to, and all unless it chooses") {
    const auto deaf = [](channel, std::string_view) {};
    CHECK(observer{.note = deaf}.wants(channel::connection));

    const observer some{.note = deaf, .listens_to = channel::retry | channel::credentials};
    CHECK(some.wants(channel::retry));
    CHECK(some.wants(channel::credentials));
    CHECK_FALSE(some.wants(channel::wire));
    CHECK_FALSE(observer{.note = deaf, .listens_to = channel::none}.wants(channel::retry));
}

TEST_CASE("observer: each channel has a name, several together have none") {
    CHECK(to_string(channel::configuration) == "configuration");
    CHECK(to_string(channel::credentials) == "credentials");
    CHECK(to_string(channel::signing) == "signing");
    CHECK(to_string(channel::retry) == "retry");
    CHECK(to_string(channel::wire) == "wire");
    CHECK(to_string(channel::connection) == "connection");
    CHECK(to_string(channel::wire | channel::retry).empty());
}
