// SPDX-License-Identifier: MIT
#include <awsxx/auth/signing_key.hpp>

#include <awsxx/crypto/encode.hpp>

#include <support/catch.hpp>
#include <support/signing_samples.hpp>

#include <chrono>
#include <set>
#include <string>

using namespace awsxx;
using test::sample_keys;
using test::sample_signing;

namespace {

std::string mark(const auth::signing_key& key) {
    return crypto::to_hex(crypto::as_text(key.hmac.sign("text")));
}

std::string mark(auth::signing_keys& keys, const secret& secret_key, const auth::signing& how) {
    const auto found = keys.find(secret_key, how);
    REQUIRE(found);
    return mark(**found);
}

}  // namespace

TEST_CASE("signing key: the example of the AWS manual") {
    auto how = sample_signing();
    how.service = "iam";
    const auto key = auth::derive_signing_key(sample_keys().secret_access_key, how);
    REQUIRE(key);
    CHECK(key->scope == "20150830/us-east-1/iam/aws4_request");
    CHECK(key->date() == "20150830");
    CHECK(crypto::to_hex(crypto::as_text(key->hmac.sign(
              "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/iam/aws4_request\n"
              "f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59"))) ==
          "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
}

TEST_CASE("signing keys: what is found is what is derived, however many there are") {
    auth::signing_keys keys;
    auto how = sample_signing();
    for (int round = 0; round < 2; ++round)
        for (int i = 0; i < 100; ++i) {
            const secret one("secret " + std::to_string(i));
            how.when = sample_signing().when + std::chrono::days(i % 7);
            REQUIRE(mark(keys, one, how) == mark(*auth::derive_signing_key(one, how)));
        }
}

TEST_CASE("signing keys: a key is found again, not derived again") {
    auth::signing_keys keys;
    const auto secret_key = sample_keys().secret_access_key;
    const auto first = keys.find(secret_key, sample_signing());
    auto later = sample_signing();
    later.when += std::chrono::hours(11);
    const auto second = keys.find(secret_key, later);
    REQUIRE(first);
    REQUIRE(second);
    CHECK(*first == *second);
}

TEST_CASE("signing keys: nothing but the same secret, day, region and service is the same") {
    auth::signing_keys keys;
    std::set<std::string> marks;
    const auto use = [&](const char* secret_key, const char* region, const char* service, int day) {
        auto how = sample_signing();
        how.region = region;
        how.service = service;
        how.when += std::chrono::days(day);
        marks.insert(mark(keys, secret(secret_key), how));
    };
    use("secret", "ab", "c", 0);
    use("secret", "a", "bc", 0);
    use("secreta", "b", "c", 0);
    use("secret", "c", "ab", 0);
    use("Secret", "ab", "c", 0);
    use("secret", "AB", "c", 0);
    use("secret", "ab", "c", 1);
    use("secret", "ab", "c", -1);
    use("a long secret that ends alike", "ab", "c", 0);
    use("b long secret that ends alike", "ab", "c", 0);
    CHECK(marks.size() == 10);
}

TEST_CASE("signing keys: midnight begins another key") {
    using namespace std::chrono;
    auth::signing_keys keys;
    auto how = sample_signing();
    how.when = sys_days(2024y / February / 28) + 24h - 1ms;
    CHECK((*keys.find("s", how))->date() == "20240228");
    how.when += 1ms;
    CHECK((*keys.find("s", how))->date() == "20240229");
    how.when += 24h;
    CHECK((*keys.find("s", how))->date() == "20240301");
    how.when = sys_days(1970y / January / 1) - 1ms;
    CHECK((*keys.find("s", how))->date() == "19691231");
    how.when = sys_days(1y / January / 1);
    CHECK((*keys.find("s", how))->date() == "00010101");
}

TEST_CASE("signing keys: a scope that is refused leaves the kept keys alone") {
    auth::signing_keys keys;
    const std::string before = mark(keys, "secret", sample_signing());
    auto how = sample_signing();
    how.region = "not a region";
    CHECK(!keys.find("secret", how));
    CHECK(!keys.find("", sample_signing()));
    CHECK(mark(keys, "secret", sample_signing()) == before);
}
