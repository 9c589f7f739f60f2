// SPDX-License-Identifier: MIT
#include <awsxx/auth/event_signer.hpp>  // first: it must compile on its own

#include <awsxx/auth/presign.hpp>
#include <awsxx/auth/sigv4.hpp>
#include <awsxx/core/date.hpp>

#include <support/catch.hpp>
#include <support/signing_samples.hpp>

#include <string>
#include <string_view>

using namespace awsxx;
using test::sample_keys;
using test::sample_request;
using test::sample_signing;

namespace {

instant at(std::string_view basic) { return parse_date(basic, date_format::basic)->to_instant(); }

std::string hex(const expected<crypto::sha256_digest>& signature) {
    REQUIRE(signature);
    return crypto::to_hex(crypto::as_text(*signature));
}

auth::event_signer sample_signer() {
    http::request signed_request;
    auto how = sample_signing();
    how.payload = auth::streaming_events;
    REQUIRE(auth::sign(sample_request(), sample_keys(), how, signed_request));
    CHECK(signed_request.headers.find("x-amz-content-sha256") == auth::streaming_events);
    return *auth::event_signer::after(signed_request, sample_keys(), how);
}

}  // namespace

TEST_CASE("event signer: events are signed as by a reference, across midnight as well") {
    const credentials keys{.access_key_id = "AKIAUKQFUM2UF4IIV5XS",
                           .secret_access_key = "546+dd55D6fc3AA+2c+dBbB+bfbde6/76aEfeEB3"};
    http::request signed_request;
    signed_request.headers.add(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=AKIAUKQFUM2UF4IIV5XS/20200307/cn-north-1/sqs/aws4_request, "
        "SignedHeaders=host, Signature="
        "6c82a4b69e916ac02478145ebb6829cba777f4a637a6ed01ef352f1240aaf000");
    auto events = auth::event_signer::after(
        signed_request, keys,
        {.region = "cn-north-1", .service = "sqs", .when = at("20200307T155618Z")});
    REQUIRE(events);

    CHECK(hex(events->sign("\xb5", at("20200308T001429Z"))) ==
          "f6d3fb491600a346fb0841394b6a0eec2a1e6c74e4dc4632bb130aabd1b32719");
    CHECK(hex(events->sign("\x97", at("20200308T101953Z"))) ==
          "4d27280bc88e21b342501b64aad7b52a032334360ee0eb7eb83eac9ef24f2e55");
}

TEST_CASE("event signer: the date is fifteen bytes, in whole seconds") {
    const auto header = auth::event_date_header(instant(milliseconds(1583625600999)));
    CHECK(crypto::to_hex({header.data(), header.size()}) == "053a646174650800000170b770fc00");
    const auto before_1970 = auth::event_date_header(instant(milliseconds(-1)));
    CHECK(crypto::to_hex({before_1970.data(), before_1970.size()}) ==
          "053a6461746508fffffffffffffc18");
}

TEST_CASE("event signer: the empty event at the end is signed like others") {
    auto events = sample_signer();
    auto same = sample_signer();
    const auto when = sample_signing().when;
    CHECK(hex(events.sign("a", when)) == hex(same.sign("a", when)));
    const std::string end = hex(events.sign({}, when));
    CHECK(end == hex(same.sign({}, when + milliseconds(999))));
    CHECK(end != hex(sample_signer().sign({}, when)));
}

TEST_CASE("event signer: a stream may follow a presigned address") {
    const auto link = auth::presign(sample_request(), sample_keys(), sample_signing(), seconds(60));
    REQUIRE(link);
    auto events = auth::event_signer::after(*link, sample_keys(), sample_signing());
    REQUIRE(events);
    CHECK(events->sign("a", sample_signing().when));
}

TEST_CASE("event signer: what cannot be signed is refused") {
    CHECK(
        auth::event_signer::after(sample_request(), sample_keys(), sample_signing()).error().code ==
        "NotSigned");
    auto events = sample_signer();
    CHECK_FALSE(events.sign("a", instant(std::chrono::sys_days(std::chrono::year(10000) / 1 / 1))));
    CHECK(events.sign("a", sample_signing().when));
}
