// SPDX-License-Identifier: MIT
#include <awsxx/protocols/rpc_v2_cbor.hpp>

#include <awsxx/http/message.hpp>
#include <awsxx/protocols/modeled_error.hpp>

#include <support/catch.hpp>
#include <support/shapes.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

using namespace awsxx;
using namespace std::string_view_literals;

namespace {

struct not_found {
    std::optional<std::string> message{};
    template <class>
    struct wire;
};
template <class>
struct not_found::wire {
    static constexpr model::field fields[] = {
        {"message", &model::optional_text, offsetof(not_found, message)}};
    static constexpr model::type type = model::structure(fields);
    static constexpr model::error_shape error{.name = "NotFound", .query_code = "Zoo.NoSuch"};
};

constexpr model::service service{
    .id = "Zoo", .target = "ZooService", .protocol = &rpc_v2_cbor::protocol};
constexpr model::service older{.id = "Zoo",
                               .target = "ZooService",
                               .protocol = &rpc_v2_cbor::protocol,
                               .query_compatible = true};
constexpr model::operation adopt{.name = "Adopt",
                                 .service = &service,
                                 .input = &test::type_of<test::pet>,
                                 .output = &test::type_of<test::zoo>};
constexpr model::operation older_adopt{.name = "Adopt",
                                       .service = &older,
                                       .input = &test::type_of<test::pet>,
                                       .output = &test::type_of<test::zoo>};
constexpr model::operation ping{.name = "Ping",
                                .service = &service,
                                .input = &model::empty_structure,
                                .output = &model::empty_structure};

http::response answer(int status, std::string_view body) {
    http::response made{.status = status, .body = std::string(body)};
    made.headers.add("smithy-protocol", "rpc-v2-cbor");
    return made;
}

}  // namespace

TEST_CASE("rpc v2 cbor: a stream of events is asked for where the answer is one") {
    model::operation watch = adopt;
    watch.events = true;
    const test::pet tom{.name = "Tom"};
    http::request draft;
    REQUIRE(rpc_v2_cbor::protocol.encode(watch, &tom, draft, {}));
    CHECK(draft.headers.find("accept") == "application/vnd.amazon.eventstream");
}

TEST_CASE("rpc v2 cbor: the operation is in the path, the input a map") {
    const test::pet tom{.name = "Tom"};
    http::request draft;
    draft.target.path = "/base/";
    REQUIRE(rpc_v2_cbor::protocol.encode(adopt, &tom, draft, {}));

    CHECK(draft.method == "POST");
    CHECK(draft.target.path == "/base/service/ZooService/operation/Adopt");
    CHECK(draft.headers.find("smithy-protocol") == "rpc-v2-cbor");
    CHECK(draft.headers.find("accept") == "application/cbor");
    CHECK(draft.headers.find("content-type") == "application/cbor");
    CHECK_FALSE(draft.headers.contains("x-amzn-query-mode"));
    CHECK(draft.body.bytes() == "\xbf\x64Name\x63Tom\xff");
}

TEST_CASE("rpc v2 cbor: without an input there is no body") {
    const int nothing = 0;
    http::request draft;
    REQUIRE(rpc_v2_cbor::protocol.encode(ping, &nothing, draft, {}));

    CHECK(draft.body.empty());
    CHECK_FALSE(draft.headers.contains("content-type"));
}

TEST_CASE("rpc v2 cbor: the output is a map, or nothing at all") {
    test::zoo out;
    auto full = answer(200, "\xa1\x64Name\x63Zoo"sv);
    REQUIRE(rpc_v2_cbor::protocol.decode(adopt, full, &out));
    CHECK(out.name == "Zoo");
    auto empty = answer(200, "");
    CHECK(rpc_v2_cbor::protocol.decode(adopt, empty, &out));
}

TEST_CASE("rpc v2 cbor: who does not say that he speaks it is not understood") {
    test::zoo out;
    http::response stranger{.status = 200, .body = "\xa0"};
    CHECK_FALSE(rpc_v2_cbor::protocol.decode(adopt, stranger, &out));
    stranger = {.status = 400,
                .body =
                    "\xa1\x66__type\x61"
                    "A"};
    CHECK(rpc_v2_cbor::protocol.decode_error(adopt, stranger).code == "400");
    auto cut = answer(200, "\xa2\x64Name\x63Zoo"sv);
    CHECK_FALSE(rpc_v2_cbor::protocol.decode(adopt, cut, &out));
    CHECK(out.name.empty());
}

TEST_CASE("rpc v2 cbor: an error has its shape's name, and what the shape has") {
    auto told = answer(400,
                       "\xbf\x66__type\x6czoo#NotFound\x67message\x64Gone\x64"
                       "code\x61X\xff"sv);
    const error why = rpc_v2_cbor::protocol.decode_error(adopt, told);
    CHECK(why.code == "NotFound");
    CHECK(why.message == "Gone");
    REQUIRE(modeled<not_found>(why));
    CHECK(modeled<not_found>(why)->message == "Gone");

    told.headers.add("x-amzn-query-error", "Zoo.NoSuch;Sender");
    const error old = rpc_v2_cbor::protocol.decode_error(older_adopt, told);
    CHECK(old.code == "Zoo.NoSuch");
    CHECK(old.details->modeled_code == "NotFound");
    CHECK(modeled<not_found>(old));
    CHECK(to_string(old).find("Gone") != std::string::npos);
}
