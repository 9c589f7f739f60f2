// SPDX-License-Identifier: MIT
// Compares the hosts of a service with those that its published model gives as examples.
#pragma once

#include <awsxx/runtime/endpoint.hpp>

#include <services/service_model.hpp>
#include <support/catch.hpp>

#include <string>

namespace test {

/// Examples for operations elsewhere, for addresses of one's own and for errors are left out.
/// `what`: an operation that says where it is; null: none of this service does.
inline void compare_hosts(const service_model& all, const model::service& traits,
                          const model::operation* what = nullptr) {
    const json cases = trait(all.service(), "smithy.rules#endpointTests").at("testCases");
    int seen = 0;
    for (const json& one : cases) {
        const json params = one.value("params", json::object());
        if (params.value("IsControlPlane", false) || params.contains("Endpoint")) continue;
        if (!params.contains("Region") || !one.at("expect").contains("endpoint")) continue;
        INFO(one.at("documentation"));
        const std::string region = params.at("Region");
        const awsxx::runtime::endpoint_inputs inputs{.region = region,
                                                     .fips = params.at("UseFIPS"),
                                                     .dual_stack = params.at("UseDualStack")};
        awsxx::runtime::endpoint_search search(traits, inputs);
        REQUIRE(search.run({.what = what}));
        const auto found = search.take();
        REQUIRE(found);
        CHECK(one.at("expect").at("endpoint").at("url") == "https://" + found->base.host);
        ++seen;
    }
    CHECK(seen >= 10);
}

}  // namespace test
