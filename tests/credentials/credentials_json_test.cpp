// SPDX-License-Identifier: MIT
#include <awsxx/credentials/credentials_json.hpp>

#include <support/catch.hpp>

#include <string>

using namespace awsxx;

namespace {

/// Keys whose expiration is spelled like that.
expected<credentials> until(const std::string& spelling) {
    return parse_credentials_json(R"({"AccessKeyId":"A","SecretAccessKey":"S","Expiration":)" +
                                  spelling + "}");
}

std::string complaint(std::string_view text, const credentials_json_rules& rules = {}) {
    const auto read = parse_credentials_json(text, rules);
    return read ? "none" : to_string(read.error());
}

const instant noon{milliseconds{1'767'268'800'000}};

}  // namespace

TEST_CASE("credentials in JSON: are read in the words of the metadata service") {
    const auto keys = parse_credentials_json(R"({
        "Code" : "Success", "LastUpdated" : "2026-01-01T11:00:00Z", "Type" : "AWS-HMAC",
        "AccessKeyId" : "AKID", "SecretAccessKey" : "SECRET", "Token" : "TOKEN",
        "Expiration" : "2026-01-01T12:00:00Z", "AccountId": "111122223333" })",
                                             {.temporary = true});

    REQUIRE(keys);
    CHECK(keys->access_key_id == "AKID");
    CHECK(keys->secret_access_key.expose() == "SECRET");
    CHECK(keys->session_token.expose() == "TOKEN");
    CHECK(keys->expiration == noon);
    CHECK(keys->account_id == "111122223333");
}

TEST_CASE("credentials in JSON: names may be in any case and go by their other words") {
    const auto keys = parse_credentials_json(
        R"({"accesskeyid":"A","secretAccessKey":"a\/b","SESSIONTOKEN":"T","expiresAt":"2026-01-01T12:00:00Z"})",
        {.temporary = true});

    REQUIRE(keys);
    CHECK(keys->access_key_id == "A");
    CHECK(keys->secret_access_key.expose() == "a/b");
    CHECK(keys->session_token.expose() == "T");
    CHECK(keys->expiration == noon);
}

TEST_CASE("credentials in JSON: every spelling of an expiration is the same time") {
    const std::string spelling =
        GENERATE(as<std::string>(), R"("2026-01-01T12:00:00Z")", R"("2026-01-01T12:00:00UTC")",
                 R"("2026-01-01T12:00:00+00:00")", R"("2026-01-01T14:00:00+02:00")",
                 R"("2026-01-01T12:00:00.000Z")", "1767268800", "1767268800.0", "1.7672688e9",
                 "1767268800000", R"("1767268800")");
    INFO(spelling);

    const auto keys = until(spelling);

    REQUIRE(keys);
    CHECK(keys->expiration == noon);
}

TEST_CASE("credentials in JSON: an expiration that is none is an error") {
    CHECK(to_string(until(R"("tomorrow")").error()) ==
          "MalformedCredentials: Expiration is not a date");
    CHECK(until("9999999999999999999").error().message == "Expiration is not a point in time");
    CHECK(until("true").error().message == "Expiration is not a string");
    CHECK_FALSE(until("null")->expiration);
    CHECK_FALSE(until("\"\"")->expiration);
}

TEST_CASE("credentials in JSON: what is missing is named") {
    CHECK(complaint("{}") == "MalformedCredentials: AccessKeyId is missing");
    CHECK(complaint(R"({"AccessKeyId":"","SecretAccessKey":"S"})") ==
          "MalformedCredentials: AccessKeyId is missing");
    CHECK(complaint(R"({"AccessKeyId":"A","SecretAccessKey":null})") ==
          "MalformedCredentials: SecretAccessKey is missing");
    const credentials_json_rules temporary{.temporary = true};
    CHECK(complaint(R"({"AccessKeyId":"A","SecretAccessKey":"S"})", temporary) ==
          "MalformedCredentials: Token is missing");
    CHECK(complaint(R"({"AccessKeyId":"A","SecretAccessKey":"S","Token":"T"})", temporary) ==
          "MalformedCredentials: Expiration is missing");
}

TEST_CASE("credentials in JSON: the version is asked for where it has to be 1") {
    const credentials_json_rules versioned{.versioned = true};
    const std::string rest = R"("AccessKeyId":"A","SecretAccessKey":"S"})";

    CHECK(complaint("{\"Version\":1," + rest, versioned) == "none");
    CHECK(complaint("{" + rest, versioned) ==
          "MalformedCredentials: Version is missing or not a number");
    CHECK(complaint("{\"Version\":2," + rest, versioned) ==
          "MalformedCredentials: Version is 2, not 1");
    CHECK(complaint("{\"Version\":\"1\"," + rest, versioned) ==
          "MalformedCredentials: Version is missing or not a number");
}

TEST_CASE("credentials in JSON: are found inside objects and lists") {
    const char* anywhere = R"({"credentialSet":[{"roleArn":"r","credentials":{"accessKeyId":"A",
        "secretAccessKey":"S","sessionToken":"T","expiration":"2026-01-01T12:00:00Z"}},
        {"credentials":{"accessKeyId":"B"}}],"subjectArn":"s"})";

    const auto keys = parse_credentials_json(
        anywhere, {.inside = "credentialSet.credentials", .temporary = true});

    REQUIRE(keys);
    CHECK(keys->access_key_id == "A");
    CHECK(complaint(anywhere, {.inside = "credentials"}) ==
          "MalformedCredentials: the member credentials is missing");
    CHECK(complaint(anywhere) == "MalformedCredentials: AccessKeyId is missing");
}

TEST_CASE("credentials in JSON: a code other than Success is the failure") {
    const auto refused = parse_credentials_json(
        R"({"Code":"AssumeRoleUnauthorizedAccess","Message":"EC2 cannot assume the role r"})");

    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == error_kind::credentials);
    CHECK(to_string(refused.error()) ==
          "AssumeRoleUnauthorizedAccess: EC2 cannot assume the role r");
}

TEST_CASE("credentials in JSON: a broken document is told by its place, never by its text") {
    const std::string text = GENERATE(as<std::string>(), "", "PLANTED", "[\"PLANTED\"]",
                                      R"({"AccessKeyId":"A","SecretAccessKey":"PLANTED)",
                                      R"({"SecretAccessKey":"PLANTED"})",
                                      R"({"AccessKeyId":["PLANTED"],"SecretAccessKey":"PLANTED"})",
                                      R"({"AccessKeyId":"A","SecretAccessKey":{"a":"PLANTED"}})",
                                      R"({"AccessKeyId":"A","SecretAccessKey":"PLANTED"} PLANTED)");
    INFO(text);

    const auto read = parse_credentials_json(text);

    REQUIRE_FALSE(read);
    CHECK(read.error().kind == error_kind::malformed_answer);
    CHECK(to_string(read.error()).find("PLANTED") == std::string::npos);
}
