// SPDX-License-Identifier: MIT
#include <awsxx/protocols/ec2_query.hpp>

#include <support/catch.hpp>
#include <support/shapes.hpp>
#include <support/treats.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace awsxx;

namespace {

constexpr model::service service{
    .id = "EC2", .version = "2016-11-15", .protocol = &ec2_query::protocol};
constexpr model::operation run{.name = "Run",
                               .service = &service,
                               .input = &test::type_of<test::feeding>,
                               .output = &test::type_of<test::pet>};
constexpr model::operation open_zoo{.name = "OpenZoo",
                                    .service = &service,
                                    .input = &test::type_of<test::demanding>,
                                    .output = &test::type_of<test::zoo>};

}  // namespace

TEST_CASE("ec2 query: names begin upper-case, and an absent token is filled in") {
    const test::feeding in{.given = test::treat{.mixed = std::vector<std::string>{"a", "b"}}};
    http::request draft;
    REQUIRE(ec2_query::protocol.encode(run, &in, draft, "0-1"));

    CHECK(draft.method == "POST");
    CHECK(draft.body.bytes() ==
          "Action=Run&Version=2016-11-15&Given.Mixed.1=a&Given.Mixed.2=b&Size=0&Token=0-1");
}

TEST_CASE("ec2 query: empty lists are left out") {
    const test::demanding in;
    http::request draft;
    REQUIRE(ec2_query::protocol.encode(open_zoo, &in, draft, {}));

    CHECK(draft.body.bytes() == "Action=OpenZoo&Version=2016-11-15&Text=");
}

TEST_CASE("ec2 query: the output lies in the response itself") {
    http::response answer{.status = 200,
                          .body =
                              "<OpenZooResponse xmlns='urn:e'><requestId>r</requestId>"
                              "<Name>Zoo</Name><Streets><item>a</item></Streets>"
                              "</OpenZooResponse>"};
    test::zoo out;
    REQUIRE(ec2_query::protocol.decode(open_zoo, answer, &out));
    CHECK(out.name == "Zoo");
    CHECK(out.streets == std::vector<std::string>{"a"});

    answer.body = "<html/>";
    CHECK_FALSE(ec2_query::protocol.decode(open_zoo, answer, &out));
}

TEST_CASE("ec2 query: errors are in a list of one") {
    const http::response answer{
        .status = 412,
        .body =
            "<Response><Errors><Error><Code>DryRunOperation</Code><Message>Fine</Message>"
            "</Error></Errors><RequestID>r</RequestID></Response>"};
    const error why = ec2_query::protocol.decode_error(run, answer);

    CHECK(why.code == "DryRunOperation");
    CHECK(why.message == "Fine");
    CHECK(why.details->request_id == "r");
}
