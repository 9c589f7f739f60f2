// SPDX-License-Identifier: MIT
#include <awsxx/session.hpp>

#include <awsxx/protocols/rest_json.hpp>
#include <awsxx/testing/fake_clock.hpp>
#include <awsxx/testing/scripted_transport.hpp>

#include <support/catch.hpp>
#include <support/fake_environment.hpp>
#include <support/fake_files.hpp>
#include <support/fixed_random.hpp>
#include <support/providers.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

using namespace awsxx;

namespace {

/// An operation whose answer is bytes, with a header beside them.
struct fetch_response {
    std::optional<std::string> kind{};
    http::body content{};
    template <class>
    struct wire;
};
struct fetch {
    using output = fetch_response;
    template <class>
    struct wire;
};
constexpr model::service store{.id = "Store",
                               .endpoint_prefix = "store",
                               .version = "2026-01-01",
                               .protocol = &rest_json::protocol};
template <class>
struct fetch_response::wire {
    static constexpr model::field fields[] = {
        {"x-kind", &model::optional_text, offsetof(fetch_response, kind), {}, model::place::header},
        {"content", &model::stream, offsetof(fetch_response, content), {}, model::place::payload},
    };
    static constexpr model::type type = model::structure(fields);
};
template <class D>
struct fetch::wire {
    static constexpr model::operation operation{.name = "Fetch",
                                                .service = &store,
                                                .input = &model::empty_structure,
                                                .output = &output::wire<D>::type,
                                                .http = {"GET", "/thing"}};
};

// What has no such body has nothing for a sink.
static_assert(protocols::has_raw_payload(fetch_response::wire<void>::type));
static_assert(!protocols::has_raw_payload(sts::get_caller_identity_response::wire<void>::type));

}  // namespace

TEST_CASE("session: the body of an answer goes to a sink, the rest into the output") {
    const auto network = std::make_shared<testing::scripted_transport>();
    http::response answer{.status = 200, .body = "bytes"};
    answer.headers.add("x-kind", "text");
    network->then(std::move(answer));
    const settings choices{
        .region = "eu-west-1",
        .outside = {std::make_shared<testing::fake_clock>(), std::make_shared<test::fixed_random>(),
                    std::make_shared<test::fake_environment>(),
                    std::make_shared<test::fake_files>()}};
    const basic_session<testing::scripted_transport> session(test::keys("AKID"), choices, network);
    char room[16];
    http::span_sink sink(room);

    const auto done = session.try_call(fetch{}, sink);

    REQUIRE(done);
    CHECK(sink.written() == "bytes");
    CHECK(done->kind == "text");
    CHECK(done->content.empty());
}
