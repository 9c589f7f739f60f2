// SPDX-License-Identifier: MIT
#include <awsxx/recipes/servicecatalog.hpp>  // first: it must compile on its own

#include <support/api_scene.hpp>
#include <support/catch.hpp>

#if defined(__cpp_exceptions)

using namespace awsxx;
using test::api_scene;
namespace recipe = recipes::servicecatalog;

TEST_CASE("servicecatalog: outputs of a provisioned product, from all pages") {
    const auto scene =
        api_scene::of({R"({"Outputs":[{"OutputKey":"Url","OutputValue":"u"}],"NextPageToken":"n"})",
                       R"({"Outputs":[{"OutputKey":"Arn","OutputValue":"a"}]})"});
    const auto all =
        recipe::get_provisioned_product_outputs({.provisioned_product_name = "vpc"}, scene.home);
    REQUIRE(all.size() == 2);
    CHECK(all[1].output_key == "Arn");
    CHECK(scene.sent(0) == R"({"ProvisionedProductName":"vpc"})");
    CHECK(scene.sent(1) == R"({"ProvisionedProductName":"vpc","PageToken":"n"})");
}

TEST_CASE("servicecatalog: a scan goes on although the model knows of no pages") {
    const auto scene =
        api_scene::of({R"({"ProvisionedProducts":[{"Name":"a"}],"NextPageToken":"n"})",
                       R"({"ProvisionedProducts":[{"Name":"b"}]})"});
    const auto all = recipe::scan_provisioned_products(
        {.access_level_filter = {{.key = "Account", .value = "self"}}}, scene.home);
    REQUIRE(all.size() == 2);
    CHECK(all[1].name == "b");
    CHECK(scene.sent(1) ==
          R"({"AccessLevelFilter":{"Key":"Account","Value":"self"},"PageToken":"n"})");
}

TEST_CASE("servicecatalog: a scan whose token repeats is an error") {
    const auto scene =
        api_scene::of({R"({"ProvisionedProducts":[{"Name":"a"}],"NextPageToken":"n"})",
                       R"({"ProvisionedProducts":[{"Name":"b"}],"NextPageToken":"n"})"});
    CHECK(recipe::try_scan_provisioned_products({}, scene.home).error().code == "RepeatedToken");
}

TEST_CASE("servicecatalog: searches are of all pages") {
    const auto scene =
        api_scene::of({R"({"ProductViewSummaries":[{"Name":"a"}],"NextPageToken":"n"})",
                       R"({"ProductViewSummaries":[{"Name":"b"}]})",
                       R"({"ProvisionedProducts":[{"Name":"c"}],"NextPageToken":"n"})",
                       R"({"ProvisionedProducts":[{"Name":"d"}]})"});
    CHECK(recipe::search_products({.filters = {{"Owner", {"me"}}}}, scene.home).size() == 2);
    const auto found = recipe::search_provisioned_products({}, scene.home);
    REQUIRE(found.size() == 2);
    CHECK(found[1].name == "d");
    CHECK(scene.sent(0) == R"({"Filters":{"Owner":["me"]}})");
    CHECK(scene.sent(2) == "{}");
}

#endif
