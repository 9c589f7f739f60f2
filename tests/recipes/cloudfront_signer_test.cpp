// SPDX-License-Identifier: MIT
#include <awsxx/recipes/cloudfront_signer.hpp>  // first: it must compile on its own

#include <support/catch.hpp>
#include <support/key_pairs.hpp>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>

using namespace awsxx;
using recipes::cloudfront_policy;
using recipes::cloudfront_signer;

namespace {

const std::string url = "https://d111111abcdef8.cloudfront.net/image.jpg?size=large";
const instant end{seconds(1426500000)};

cloudfront_signer sample_signer() {
    return *cloudfront_signer::from_pem("K2JCJMDEHXQW5F", test::an_rsa_key().pkcs8());
}

/// Undoes CloudFront's base64.
std::string bytes_of(std::string text) {
    for (char& c : text) c = c == '-' ? '+' : c == '_' ? '=' : c == '~' ? '/' : c;
    return crypto::from_base64(text).value_or("not base64");
}

std::string parameter(const std::string& of, const std::string& name) {
    const std::size_t at = of.find(name + "=");
    REQUIRE(at != std::string::npos);
    const std::size_t begin = at + name.size() + 1;
    return of.substr(begin, of.find('&', begin) - begin);
}

bool verifies(const cloudfront_policy& what, const std::string& signature) {
    return test::an_rsa_key().verifies(*recipes::policy_json(what), bytes_of(signature),
                                       EVP_sha1());
}

}  // namespace

TEST_CASE("cloudfront signer: an address until some time carries no policy") {
    const auto link = sample_signer().sign_url(url, end);
    REQUIRE(link);
    CHECK(link->starts_with(url + "&Expires=1426500000&Signature="));
    CHECK(link->ends_with("&Key-Pair-Id=K2JCJMDEHXQW5F"));
    CHECK(parameter(*link, "Signature").find_first_of("+/= ") == std::string::npos);
    CHECK(verifies({.resource = url, .expires = end}, parameter(*link, "Signature")));
}

TEST_CASE("cloudfront signer: the first parameter follows a question mark") {
    const auto link = sample_signer().sign_url("https://example.com/a", end);
    REQUIRE(link);
    CHECK(link->starts_with("https://example.com/a?Expires=1426500000&"));
}

TEST_CASE("cloudfront signer: a policy of one's own is in the address") {
    const cloudfront_policy wide{.resource = "https://d111111abcdef8.cloudfront.net/*",
                                 .expires = end,
                                 .source_ip = "192.0.2.0/24"};
    const auto link = sample_signer().sign_url(url, wide);
    REQUIRE(link);
    CHECK(link->starts_with(url + "&Policy="));
    CHECK(bytes_of(parameter(*link, "Policy")) == *recipes::policy_json(wide));
    CHECK(verifies(wide, parameter(*link, "Signature")));

    const auto narrow = sample_signer().sign_url(url, cloudfront_policy{.expires = end});
    REQUIRE(narrow);
    CHECK(verifies({.resource = url, .expires = end}, parameter(*narrow, "Signature")));
}

TEST_CASE("cloudfront signer: cookies have the same values under other names") {
    const auto canned = sample_signer().sign_cookies(url, end);
    REQUIRE(canned);
    REQUIRE(canned->size() == 3);
    CHECK((*canned)[0].name == "CloudFront-Expires");
    CHECK((*canned)[0].value == "1426500000");
    CHECK((*canned)[1].name == "CloudFront-Signature");
    CHECK((*canned)[2].name == "CloudFront-Key-Pair-Id");
    CHECK((*canned)[2].value == "K2JCJMDEHXQW5F");
    CHECK(verifies({.resource = url, .expires = end}, (*canned)[1].value));

    const cloudfront_policy wide{.resource = "https://a.cloudfront.net/*", .expires = end};
    const auto custom = sample_signer().sign_cookies(wide);
    REQUIRE(custom);
    CHECK((*custom)[0].name == "CloudFront-Policy");
    CHECK(bytes_of((*custom)[0].value) == *recipes::policy_json(wide));
}

TEST_CASE("cloudfront signer: the key may lie in a file, and be encrypted") {
    const auto path = std::filesystem::temp_directory_path() / "awsxx-cloudfront-signer-test.pem";
    std::ofstream(path) << test::an_rsa_key().pkcs8("open sesame");
    const auto words = [] { return expected<secret>(secret("open sesame")); };
    CHECK(cloudfront_signer::from_file("K1", path.string(), words));
    CHECK(cloudfront_signer::from_file("K1", path.string()).error().code == "PassphraseNeeded");
    std::filesystem::remove(path);
    const auto gone = cloudfront_signer::from_file("K1", path.string());
    REQUIRE_FALSE(gone);
    CHECK(gone.error().kind == error_kind::configuration);
}

TEST_CASE("cloudfront signer: keys and ids that CloudFront does not know are refused") {
    const std::string pem = test::an_rsa_key().pkcs8();
    CHECK_FALSE(cloudfront_signer::from_pem("", pem));
    CHECK_FALSE(cloudfront_signer::from_pem("K1&a=b", pem));
    CHECK_FALSE(cloudfront_signer::from_pem("K1", "no PEM"));
    CHECK_FALSE(cloudfront_signer::from_pem("K1", test::an_ec_key().pkcs8()));
}

TEST_CASE("cloudfront signer: addresses that cannot carry a signature are refused") {
    const auto signer = sample_signer();
    for (const char* bad : {"", "a.jpg", "https://a/b#c", "https://a/b c", "rtmp://a/b",
                            "https://a/b?Signature=x", "https://a/b?x=1&Policy", "https://a/*"}) {
        INFO(bad);
        CHECK_FALSE(signer.sign_url(bad, end));
    }
    CHECK_FALSE(signer.sign_url("https://a/b#c", cloudfront_policy{.expires = end}));
    CHECK_FALSE(signer.sign_url("https://a/b", instant{}));
    CHECK_FALSE(signer.sign_cookies("https://a/*", end));
    CHECK_FALSE(signer.sign_cookies(cloudfront_policy{.expires = end}));
}
