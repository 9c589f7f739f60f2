// SPDX-License-Identifier: MIT
#include <awsxx/auth/signing.hpp>

#include <support/catch.hpp>

using awsxx::auth::body_rule;
using awsxx::auth::rules_for;

TEST_CASE("signing rules: S3's family signs paths as they are sent and says the body's hash") {
    for (const char* service : {"s3", "s3express", "s3-outposts", "s3-object-lambda"}) {
        const auto rules = rules_for(service);
        CHECK(!rules.double_encode);
        CHECK(!rules.normalize_path);
        CHECK(rules.content_sha256_header);
        CHECK(rules.body == body_rule::streams_not_over_tls);
        CHECK(rules.presigned_body == body_rule::not_hashed);
    }
}

TEST_CASE("signing rules: most services have the defaults") {
    for (const char* service : {"dynamodb", "sts", "s3tables", "S3", ""}) {
        const auto rules = rules_for(service);
        CHECK(rules.double_encode);
        CHECK(rules.normalize_path);
        CHECK(!rules.content_sha256_header);
        CHECK(rules.sign_token);
        CHECK(rules.body == body_rule::hashed);
        CHECK(rules.presigned_body == body_rule::hashed);
    }
}

TEST_CASE("signing rules: three services have one of their own") {
    CHECK(rules_for("vpc-lattice-svcs").body == body_rule::not_hashed);
    CHECK(rules_for("vpc-lattice-svcs").presigned_body == body_rule::not_hashed);
    CHECK(rules_for("aoss").content_sha256_header);
    CHECK(!rules_for("iotdevicegateway").sign_token);
}
