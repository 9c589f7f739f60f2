// SPDX-License-Identifier: MIT
#include <awsxx/runtime/call_keys.hpp>

#include <support/catch.hpp>
#include <support/providers.hpp>

#include <memory>
#include <string>

using namespace awsxx;

namespace {

credentials_snapshot made(const std::string& id) {
    return std::make_shared<const credentials>(test::keys(id));
}
const error expired{.http_status = 403, .code = "ExpiredToken"};
const error denied{.http_status = 403, .code = "AccessDenied"};

}  // namespace

TEST_CASE("call keys: those that AWS called expired are lost once, and not taken again") {
    const auto source = test::answering(test::keys("OLD"));
    runtime::call_keys keys;
    keys.come_from(source.get());
    CHECK_FALSE(keys.lose(expired, {}));  // there are none
    REQUIRE(keys.take(made("OLD")));
    CHECK_FALSE(keys.lose(denied, {}));
    CHECK(keys.lose(expired, {}));

    CHECK_FALSE(keys.take(made("OLD")));
    REQUIRE(keys.take(made("NEW")));
    CHECK(keys.get()->access_key_id == "NEW");
    CHECK_FALSE(keys.lose(expired, {}));
}
