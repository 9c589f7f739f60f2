// SPDX-License-Identifier: MIT
#include <awsxx/testing/fake_aws.hpp>

#include <awsxx/auth/presign.hpp>
#include <awsxx/auth/sigv4.hpp>
#include <awsxx/http/percent.hpp>
#include <awsxx/http/transport.hpp>
#include <awsxx/testing/fake_clock.hpp>

#include <support/catch.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace awsxx;
using testing::fake_aws;
using testing::fake_clock;
using testing::fake_fault;

static_assert(http::transport<fake_aws>);

namespace {

const std::string role = "arn:aws:iam::111122223333:role/audit";

/// One user, one role, a few groups, and a client whose clock may differ.
struct world {
    world() {
        cloud.add_user({.arn = "arn:aws:iam::111122223333:user/dev",
                        .access_key_id = "AKIDEXAMPLE",
                        .secret_access_key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"});
        cloud.add_role({.arn = role, .trusts = {"arn:aws:iam::111122223333:user/dev"}});
        cloud.add_groups("d-9067", {"admins", "readers", "writers"});
    }

    http::response send(const http::request& draft, std::string_view service) {
        http::request ready;
        const auto done = auth::sign(
            draft, keys, {.region = region, .service = service, .when = mine->now()}, ready);
        REQUIRE(done);
        auto answer = cloud.send(ready, {});
        REQUIRE(answer);
        return *std::move(answer);
    }
    http::response sts(const std::string& form) { return send(sts_draft(form), "sts"); }
    http::response who() { return sts("Action=GetCallerIdentity&Version=2011-06-15"); }
    http::response assume() {
        return sts("Action=AssumeRole&Version=2011-06-15&RoleSessionName=me&RoleArn=" +
                   http::encoded(role));
    }
    http::response groups(const std::string& json) {
        http::request draft{.method = "POST", .body = json};
        draft.target.host = "identitystore.us-east-1.amazonaws.com";
        draft.headers.add("X-Amz-Target", "AWSIdentityStore.ListGroups");
        draft.headers.add("Content-Type", "application/x-amz-json-1.1");
        return send(draft, "identitystore");
    }
    static http::request sts_draft(const std::string& form) {
        http::request draft{.method = "POST", .body = form};
        draft.target.host = "sts.us-east-1.amazonaws.com";
        draft.headers.add("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
        return draft;
    }

    std::shared_ptr<fake_clock> time = std::make_shared<fake_clock>();
    std::shared_ptr<fake_clock> mine = std::make_shared<fake_clock>();
    fake_aws cloud{time};
    credentials keys{.access_key_id = "AKIDEXAMPLE",
                     .secret_access_key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"};
    std::string region = "us-east-1";
};

/// What stands between the first such tags.
std::string between(const std::string& text, const std::string& tag) {
    const std::size_t begin = text.find("<" + tag + ">") + tag.size() + 2;
    return text.substr(begin, text.find("</" + tag + ">") - begin);
}

credentials handed_out(const std::string& answer) {
    return {.access_key_id = between(answer, "AccessKeyId"),
            .secret_access_key = between(answer, "SecretAccessKey"),
            .session_token = between(answer, "SessionToken")};
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("fake aws: a caller with the right key is told who it is") {
    world w;
    const auto answer = w.who();

    CHECK(answer.status == 200);
    CHECK(between(answer.body, "Arn") == "arn:aws:iam::111122223333:user/dev");
    CHECK(between(answer.body, "Account") == "111122223333");
    CHECK(between(answer.body, "RequestId") == answer.headers.find("x-amzn-RequestId"));
    CHECK(answer.headers.find("Date") == "Thu, 01 Jan 2026 00:00:00 GMT");
}

TEST_CASE("fake aws: keys of an assumed role work with their token") {
    world w;
    w.keys = handed_out(w.assume().body);

    CHECK(between(w.who().body, "Arn") == "arn:aws:sts::111122223333:assumed-role/audit/me");
    CHECK(w.cloud.calls("AssumeRole") == 1);
    CHECK(w.cloud.calls("AssumeRole", role) == 1);
    CHECK(w.cloud.calls("GetCallerIdentity", role) == 1);
    CHECK(w.cloud.calls("AssumeRole", "arn:aws:iam::111122223333:role/other") == 0);
}

TEST_CASE("fake aws: a wrong secret is refused") {
    world w;
    w.keys.secret_access_key = "wrong";
    const auto answer = w.who();

    CHECK(answer.status == 403);
    CHECK(between(answer.body, "Code") == "SignatureDoesNotMatch");
    CHECK(between(answer.body, "Type") == "Sender");
    CHECK(has(answer.body, "The request signature we calculated does not match"));
    CHECK(w.cloud.log().at(0).code == "SignatureDoesNotMatch");
    CHECK(w.cloud.log().at(0).caller.empty());
}

TEST_CASE("fake aws: a changed body, header or query is refused") {
    world w;
    http::request ready;
    const auto draft = world::sts_draft("Action=GetCallerIdentity&Version=2011-06-15");
    REQUIRE(auth::sign(draft, w.keys,
                       {.region = "us-east-1", .service = "sts", .when = w.mine->now()}, ready));
    REQUIRE(w.cloud.send(ready, {})->status == 200);

    auto body = ready;
    body.body = "Action=GetCallerIdentity&Version=2011-06-16";
    CHECK(between(w.cloud.send(body, {})->body, "Code") == "SignatureDoesNotMatch");
    auto header = ready;
    header.headers.set("Content-Type", "text/plain");
    CHECK(between(w.cloud.send(header, {})->body, "Code") == "SignatureDoesNotMatch");
    auto query = ready;
    query.target.query = "a=b";
    CHECK(between(w.cloud.send(query, {})->body, "Code") == "SignatureDoesNotMatch");
    auto method = ready;
    method.method = "PUT";
    CHECK(between(w.cloud.send(method, {})->body, "Code") == "SignatureDoesNotMatch");
    auto added = ready;
    added.headers.add("X-Unsigned", "is fine");
    CHECK(w.cloud.send(added, {})->status == 200);
}

TEST_CASE("fake aws: unknown keys and foreign tokens are refused") {
    world w;
    const credentials session = handed_out(w.assume().body);

    w.keys = session;
    w.keys.session_token = "another";
    CHECK(between(w.who().body, "Code") == "InvalidClientTokenId");
    w.keys.session_token = {};
    CHECK(between(w.who().body, "Code") == "InvalidClientTokenId");
    w.keys.access_key_id = "AKIDNOBODY";
    const auto answer = w.who();
    CHECK(answer.status == 403);
    CHECK(between(answer.body, "Message") ==
          "The security token included in the request is invalid.");
}

TEST_CASE("fake aws: an expired session is refused") {
    world w;
    w.keys = handed_out(w.assume().body);
    w.time->advance(seconds(3600));
    w.mine->advance(seconds(3600));
    const auto answer = w.who();

    CHECK(answer.status == 403);
    CHECK(between(answer.body, "Code") == "ExpiredToken");
    CHECK(between(answer.body, "Message") ==
          "The security token included in the request is expired");
}

TEST_CASE("fake aws: sessions can be ended before their time") {
    world w;
    w.keys = handed_out(w.assume().body);
    REQUIRE(w.who().status == 200);
    w.cloud.expire_sessions(role);

    CHECK(between(w.who().body, "Code") == "ExpiredToken");
}

TEST_CASE("fake aws: a clock that is off by more than the tolerance is refused") {
    world w;
    w.mine->advance(-std::chrono::minutes(15));
    CHECK(w.who().status == 200);
    w.mine->advance(seconds(-1));
    const auto late = w.who();
    CHECK(late.status == 403);
    CHECK(between(late.body, "Code") == "SignatureDoesNotMatch");
    CHECK(between(late.body, "Message") ==
          "Signature expired: 20251231T234459Z is now earlier than 20251231T234500Z "
          "(20260101T000000Z - 15 min.)");

    w.mine->advance(std::chrono::minutes(10));
    const auto json = w.groups(R"({"IdentityStoreId":"d-9067"})");
    CHECK(json.status == 400);
    CHECK(has(json.body, R"("__type":"InvalidSignatureException","Message":"Signature expired)"));

    w.mine->advance(std::chrono::minutes(21));
    CHECK(has(w.who().body, "Signature not yet current: 20260101T001559Z is still later than"));
}

TEST_CASE("fake aws: a signature for another region or service is refused") {
    world w;
    CHECK(has(w.send(world::sts_draft("Action=GetCallerIdentity"), "iam").body,
              "Credential should be scoped to correct service: 'sts'."));
    w.region = "eu-west-1";
    CHECK(has(w.who().body, "Credential should be scoped to a valid region."));
}

TEST_CASE("fake aws: a request without a signature, or with half of one, is refused") {
    world w;
    auto draft = world::sts_draft("Action=GetCallerIdentity&Version=2011-06-15");
    CHECK(between(w.cloud.send(draft, {})->body, "Code") == "MissingAuthenticationToken");
    draft.headers.add("Authorization", "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE");
    CHECK(between(w.cloud.send(draft, {})->body, "Code") == "IncompleteSignature");
    draft.headers.set("Authorization",
                      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/sts/aws4_request"
                      ", SignedHeaders=host, Signature=00");
    CHECK(between(w.cloud.send(draft, {})->body, "Code") == "IncompleteSignature");
    draft.headers.add("X-Amz-Date", "yesterday");
    CHECK(between(w.cloud.send(draft, {})->body, "Code") == "IncompleteSignature");
}

TEST_CASE("fake aws: a presigned request works until its time is over") {
    world w;
    w.keys = handed_out(w.assume().body);
    http::request draft;
    draft.target.host = "sts.us-east-1.amazonaws.com";
    draft.target.query = "Action=GetCallerIdentity&Version=2011-06-15";
    const auto link = auth::presign(
        draft, w.keys, {.region = "us-east-1", .service = "sts", .when = w.mine->now()},
        seconds(1800));
    REQUIRE(link);

    CHECK(w.cloud.send(*link, {})->status == 200);
    auto changed = *link;
    changed.target.query += "&a=b";
    CHECK(between(w.cloud.send(changed, {})->body, "Code") == "SignatureDoesNotMatch");
    w.time->advance(seconds(1799));
    CHECK(w.cloud.send(*link, {})->status == 200);
    w.time->advance(seconds(1));
    CHECK(has(w.cloud.send(*link, {})->body, "Signature expired: 20260101T000000Z"));
    w.time->advance(seconds(1800));
    CHECK(between(w.cloud.send(*link, {})->body, "Code") == "ExpiredToken");
}

TEST_CASE("fake aws: a role that does not trust the caller is refused in AWS's shape") {
    world w;
    w.cloud.add_role({.arn = role, .trusts = {}});
    const auto answer = w.assume();

    CHECK(answer.status == 403);
    CHECK(answer.body ==
          "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\n"
          "<Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User: "
          "arn:aws:iam::111122223333:user/dev is not authorized to perform: sts:AssumeRole on "
          "resource: arn:aws:iam::111122223333:role/audit</Message></Error>\n"
          "<RequestId>fa4e0000-0000-4000-8000-000000000001</RequestId>\n</ErrorResponse>\n");
}

TEST_CASE("fake aws: the form's fields reach the role") {
    world w;
    w.cloud.add_role({.arn = role, .trusts = {"*"}, .external_id = "x 1", .needs_mfa = false});
    const std::string form =
        "Action=AssumeRole&Version=2011-06-15&RoleSessionName=me&RoleArn=" + http::encoded(role);

    CHECK(between(w.sts(form).body, "Code") == "AccessDenied");
    CHECK(w.sts(form + "&ExternalId=x%201").status == 200);
    CHECK(between(w.sts(form + "&ExternalId=x%201&DurationSeconds=899").body, "Code") ==
          "ValidationError");
    CHECK(between(w.sts(form + "&ExternalId=x%201&DurationSeconds=x").body, "Code") ==
          "ValidationError");
    const auto named = w.sts(form + "&ExternalId=x+1&SourceIdentity=alice&DurationSeconds=900");
    CHECK(between(named.body, "SourceIdentity") == "alice");
    CHECK(between(named.body, "Expiration") == "2026-01-01T00:15:00Z");
}

TEST_CASE("fake aws: groups are listed page by page") {
    world w;
    const auto first = w.groups(R"({"IdentityStoreId":"d-9067","MaxResults":2})");

    CHECK(first.status == 200);
    CHECK(has(first.body, R"("DisplayName":"admins")"));
    CHECK(has(first.body, R"("DisplayName":"readers")"));
    CHECK_FALSE(has(first.body, "writers"));
    const std::size_t begin = first.body.find(R"("NextToken":)") + 12;
    const std::string token = first.body.substr(begin, first.body.find('"', begin + 1) + 1 - begin);
    const auto second = w.groups(R"({"IdentityStoreId":"d-9067","NextToken":)" + token + "}");
    CHECK(has(second.body, R"("DisplayName":"writers")"));
    CHECK_FALSE(has(second.body, "NextToken"));
}

TEST_CASE("fake aws: refusals in JSON have JSON's names") {
    world w;
    CHECK(has(w.groups(R"({"IdentityStoreId":"d-1"})").body, R"("ResourceNotFoundException")"));
    CHECK(has(w.groups("[").body, R"("SerializationException")"));
    w.cloud.deny("identitystore:ListGroups", "arn:aws:iam::111122223333:user/dev");
    const auto denied = w.groups(R"({"IdentityStoreId":"d-9067"})");
    CHECK(denied.status == 403);
    CHECK(has(denied.body, R"({"__type":"AccessDeniedException","Message":"User: )"));
    w.keys.access_key_id = "AKIDNOBODY";
    CHECK(has(w.groups("{}").body, R"("UnrecognizedClientException")"));
}

TEST_CASE("fake aws: operations that it lacks are unknown, as with AWS") {
    world w;
    const auto answer = w.sts("Action=GetLost&Version=2011-06-15");

    CHECK(answer.status == 400);
    CHECK(between(answer.body, "Code") == "InvalidAction");
    CHECK(between(answer.body, "Message") ==
          "Could not find operation GetLost for version 2011-06-15");
}

TEST_CASE("fake aws: failures come when they are planned, in order") {
    world w;
    w.cloud.fail_next(fake_fault::throttled, 1, "AssumeRole");
    w.cloud.fail_next(fake_fault::server_error);

    CHECK(between(w.who().body, "Code") == "InternalFailure");
    CHECK(between(w.assume().body, "Code") == "Throttling");
    CHECK(w.assume().status == 200);
}

TEST_CASE("fake aws: a broken connection before or after the work") {
    world w;
    http::request ready;
    const auto draft = world::sts_draft(
        "Action=AssumeRole&Version=2011-06-15&RoleSessionName=me"
        "&RoleArn=" +
        http::encoded(role));
    REQUIRE(auth::sign(draft, w.keys,
                       {.region = "us-east-1", .service = "sts", .when = w.mine->now()}, ready));

    w.cloud.fail_next(fake_fault::no_connection);
    const auto unreachable = w.cloud.send(ready, {});
    CHECK(unreachable.error().kind == error_kind::network);
    CHECK(unreachable.error().retryable);
    CHECK(w.cloud.calls("AssumeRole") == 0);
    w.cloud.fail_next(fake_fault::cut_answer);
    CHECK(w.cloud.send(ready, {}).error().kind == error_kind::network);
    CHECK(w.cloud.calls("AssumeRole") == 1);
    w.cloud.fail_next(fake_fault::nonsense);
    CHECK(has(w.cloud.send(ready, {})->body, "<html>"));
}

TEST_CASE("fake aws: observers see each request before it is answered") {
    world w;
    std::vector<std::string> seen;
    w.cloud.observe([&](const testing::fake_request& asked) {
        seen.push_back(asked.operation + " " + std::to_string(w.cloud.log().size()));
    });
    w.assume();
    w.who();

    CHECK(seen == std::vector<std::string>{"AssumeRole 0", "GetCallerIdentity 1"});
}

TEST_CASE("fake aws: many threads may use it at once") {
    world w;
    w.keys = handed_out(w.assume().body);
    http::request ready;
    const auto draft = world::sts_draft("Action=GetCallerIdentity&Version=2011-06-15");
    REQUIRE(auth::sign(draft, w.keys,
                       {.region = "us-east-1", .service = "sts", .when = w.mine->now()}, ready));
    std::vector<std::thread> threads;
    threads.reserve(8);
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&] {
            for (int n = 0; n < 20; ++n) static_cast<void>(w.cloud.send(ready, {}));
        });
    for (auto& thread : threads) thread.join();

    CHECK(w.cloud.calls("GetCallerIdentity", role) == 160);
}
