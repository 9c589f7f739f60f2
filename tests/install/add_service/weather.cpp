// SPDX-License-Identifier: MIT
// A service that is not shipped, called, listed and waited for against a transport in the program.
#include <awsxx/services/forecasts.hpp>
#include <awsxx/services/weather.hpp>

#include <awsxx/core/expected.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/protocols/modeled_error.hpp>
#include <awsxx/runtime/page_tokens.hpp>

#include <cstddef>
#include <cstdio>
#include <string>
#include <vector>

namespace {

template <class Op>
typename Op::output decoded(const std::string& body) {
    const auto& what = Op::template wire<void>::operation;
    typename Op::output out;
    awsxx::http::response answer{.status = 200, .body = body};
    if (!what.service->protocol->decode(what, answer, &out)) std::puts("not decoded");
    return out;
}

template <class Op>
awsxx::http::request encoded(const Op& in) {
    const auto& what = Op::template wire<void>::operation;
    awsxx::http::request draft;
    if (!what.service->protocol->encode(what, &in, draft, "token")) std::puts("not encoded");
    return draft;
}

/// The shapes' first use is in a call of one of two functions: see `model::settled`.
std::size_t count(const std::vector<awsxx::weather::combined>& all) {
    std::size_t found = 0;
    for (const auto& one : all) found += one.shapes.size();
    return found;
}
std::size_t count(const std::string& name, int times) {
    return name.size() * static_cast<std::size_t>(times);
}

bool uses_shapes_first() { return count({{}, {.shapes = {{}, {.celsius = 1.5}}}}) == 2; }

bool encodes() {
    const auto get = encoded(awsxx::weather::get_station{.station_id = "a/b"});
    const auto start = encoded(awsxx::forecasts::start_forecast{.operator_ = "me"});
    return get.method == "GET" && get.target.path == "/stations/a%2Fb" &&
           start.body.bytes() == R"({"clientToken":"token","days":3,"operator":"me"})";
}

bool lists() {
    awsxx::weather::list_stations op{.max_results = 2};
    const auto page =
        decoded<awsxx::weather::list_stations>(R"({"stations":["x","y"],"nextToken":"n"})");
    const auto behind = awsxx::runtime::advance(op, page);
    return behind == awsxx::runtime::following::page && op.next_token == "n" &&
           page.stations.size() == 2;
}

bool reads_unions() {
    const auto out = decoded<awsxx::weather::get_station>(
        R"({"state":"NULL","latest":{"several":{"first":{"celsius":1.5},"others":{"n":null}}}})");
    return out.state == awsxx::weather::station_state::null && out.latest && out.latest->several &&
           out.latest->several->first->celsius == 1.5 && out.latest->several->others.size() == 1;
}

bool waits() {
    const awsxx::model::waiter ready = awsxx::weather::waiters::station_ready;
    return ready.min_delay == 1 && ready.acceptors.size() == 3 &&
           ready.acceptors[0].path == "state" &&
           ready.acceptors[2].expected == "StationBusy Weather.Busy";
}

}  // namespace

int main() {
    const bool fine = uses_shapes_first() && encodes() && lists() && reads_unions() && waits();
    std::puts(fine ? "weather: fine" : "weather: wrong");
    return fine ? 0 : 1;
}
