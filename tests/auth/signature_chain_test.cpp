// SPDX-License-Identifier: MIT
#include <awsxx/auth/signature_chain.hpp>  // first: it must compile on its own

#include <awsxx/auth/presign.hpp>
#include <awsxx/auth/sigv4.hpp>

#include <support/catch.hpp>
#include <support/signing_samples.hpp>

#include <string>

using namespace awsxx;
using test::sample_keys;
using test::sample_request;
using test::sample_signing;

TEST_CASE("signature chain: it begins with the signature of a header, or of an address") {
    http::request signed_request;
    REQUIRE(auth::sign(sample_request(), sample_keys(), sample_signing(), signed_request));
    const auto link = auth::presign(sample_request(), sample_keys(), sample_signing(), seconds(60));
    REQUIRE(link);

    const auto in_header = auth::signature_of(signed_request);
    const auto in_query = auth::signature_of(*link);

    REQUIRE(in_header);
    REQUIRE(in_query);
    CHECK(signed_request.headers.find("authorization")->ends_with(*in_header));
    CHECK(in_header->size() == 64);
    CHECK(link->target.query.ends_with(*in_query));
    CHECK(in_query->size() == 64);
}

TEST_CASE("signature chain: an unsigned request begins none") {
    http::request with_token = sample_request();
    with_token.headers.add("Authorization", "Bearer Signature=xyz");
    for (const http::request& one : {sample_request(), with_token}) {
        const auto chain = auth::signature_chain::after(one, sample_keys(), sample_signing());
        REQUIRE_FALSE(chain);
        CHECK(chain.error().code == "NotSigned");
    }
}

TEST_CASE("signature chain: every signature covers those before it, and a restart forgets them") {
    http::request signed_request;
    REQUIRE(auth::sign(sample_request(), sample_keys(), sample_signing(), signed_request));
    auto chain = auth::signature_chain::after(signed_request, sample_keys(), sample_signing());
    REQUIRE(chain);

    const std::string first(*chain->sign_chunk("a"));
    const std::string second(*chain->sign_chunk("a"));
    const std::string trailer(*chain->sign_trailer("a:b\n"));
    chain->restart();

    CHECK(first != second);
    CHECK(trailer != second);
    CHECK(chain->width() == 64);
    CHECK(*chain->sign_chunk("a") == first);
    CHECK(*chain->sign_chunk("b") != second);
}

TEST_CASE("signature chain: keys that cannot sign are refused") {
    http::request signed_request;
    REQUIRE(auth::sign(sample_request(), sample_keys(), sample_signing(), signed_request));
    CHECK_FALSE(auth::signature_chain::after(signed_request, {}, sample_signing()));
}
