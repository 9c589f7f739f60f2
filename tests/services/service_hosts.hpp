// SPDX-License-Identifier: MIT
// Compares the hosts of a service with those that its published model gives as examples.
#pragma once

#include <awsxx/runtime/endpoint.hpp>

#include <services/service_model.hpp>
#include <support/catch.hpp>

#include <string>

namespace test {

/// Examples for operations elsewhere, for addresses of one's own and for errors are left out.
inline void compare_hosts(const service_model& all, const model::service& traits) {
    const json cases = trait(all.service(), "smithy.rules#endpointTests").at("testCases");
    int seen = 0;
    for (const json& one : cases) {
        const json params = one.value("params", json::object());
        if (params.value("IsControlPlane", false) || params.contains("Endpoint")) continue;
        if (!params.contains("Region") || !one.at("expect").contains("endpoint")) continue;
        INFO(one.at("documentation"));
        const std::string region = params.at("Region");
        const auto found =
            awsxx::runtime::resolve_endpoint(traits, {.region = region,
                                                      .fips = params.at("UseFIPS"),
                                                      .dual_stack = params.at("UseDualStack")});
        REQUIRE(found);
        CHECK("https://" + found->base.host == one.at("expect").at("endpoint").at("url"));
        ++seen;
    }
    CHECK(seen >= 10);
}

}  // namespace test
