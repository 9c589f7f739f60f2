// SPDX-License-Identifier: MIT
#include <awsxx/credentials/bucket_session.hpp>

#include <awsxx/credentials/static.hpp>
#include <awsxx/prepared_call.hpp>
#include <awsxx/services/s3.hpp>
#include <awsxx/session.hpp>
#include <awsxx/testing/fake_clock.hpp>
#include <awsxx/testing/isolated_world.hpp>
#include <awsxx/testing/scripted_transport.hpp>

#include <support/catch.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace awsxx;
using namespace std::chrono_literals;

namespace {

constexpr const char* bucket = "data--usw2-az1--x-s3";

/// A directory bucket that opens sessions of five minutes, each with keys of its own, and refuses
/// the keys that are in `refused`.
struct directory_bucket {
    explicit directory_bucket(settings with = {}) : choices(std::move(with)) {
        choices.region = "us-west-2";
        choices.outside = testing::isolated_world(time);
    }

    basic_session<testing::scripted_transport> session() const {
        return basic_session<testing::scripted_transport>(
            credentials{.access_key_id = "AKIDUSER",
                        .secret_access_key = secret("own"),
                        .session_token = secret("own token")},
            choices, network);
    }
    expected<http::response> answer(const http::request& what) {
        const std::string by(what.headers.find("Authorization").value_or(""));
        if (what.target.query == "session") return open();
        if (!refused.empty() && by.find(refused) != by.npos)
            return http::response{.status = 400,
                                  .body = "<Error><Code>ExpiredToken</Code></Error>"};
        return http::response{.status = 200, .body = "hello"};
    }
    http::response open() {
        if (closed)
            return {.status = 403,
                    .body = "<Error><Code>AccessDenied</Code><Message>no</Message></Error>"};
        const std::string number = std::to_string(++opened);
        return {.status = 200,
                .body = "<CreateSessionResult><Credentials><SessionToken>token" + number +
                        "</SessionToken><SecretAccessKey>secret" + number +
                        "</SecretAccessKey><AccessKeyId>AKIDSESSION" + number +
                        "</AccessKeyId><Expiration>" +
                        format_date(time->now() + 5min, date_format::date_time) +
                        "</Expiration></Credentials></CreateSessionResult>"};
    }
    const http::request& sent(std::size_t at) {
        requests = network->requests();
        return requests.at(at);
    }

    std::shared_ptr<testing::fake_clock> time = std::make_shared<testing::fake_clock>();
    std::shared_ptr<testing::scripted_transport> network =
        std::make_shared<testing::scripted_transport>(
            [this](const http::request& what, const http::exchange&) { return answer(what); });
    settings choices;
    std::vector<http::request> requests{};
    int opened = 0;
    bool closed = false;
    std::string refused{};
};

std::string signed_by(const http::request& what) {
    const std::string proof(what.headers.find("Authorization").value_or("="));
    const auto begin = proof.find('=') + 1;
    return proof.substr(begin, proof.find('/', begin) - begin);
}

const s3::get_object get{.bucket = bucket, .key = "a"};

}  // namespace

TEST_CASE("bucket session: one that a prepared call has opened is renewed when that is gone") {
    directory_bucket place;
    const auto session = place.session();
    {
        const auto prepared = session.prepare(get);
        REQUIRE(prepared.try_call());
        REQUIRE(prepared.try_call());
        CHECK(place.opened == 1);
    }
    place.time->advance(10min);
    REQUIRE(session.try_call(get));

    CHECK(place.opened == 2);
    CHECK(signed_by(place.sent(1)) == "AKIDSESSION1");
    CHECK(signed_by(place.network->requests().back()) == "AKIDSESSION2");
}

TEST_CASE("bucket session: opened with the caller's keys, then all calls are signed with its own") {
    directory_bucket place;
    const auto session = place.session();

    REQUIRE(session.try_call(get));
    REQUIRE(session.try_call(s3::put_object{.body = "text", .bucket = bucket, .key = "b"}));

    CHECK(place.opened == 1);
    REQUIRE(place.network->requests().size() == 3);
    const http::request opening = place.sent(0);
    CHECK(opening.method == "GET");
    CHECK(opening.target.host ==
          std::string(bucket) + ".s3express-usw2-az1.us-west-2.amazonaws.com");
    CHECK(opening.target.path == "/");
    CHECK(signed_by(opening) == "AKIDUSER");
    CHECK(opening.headers.find("x-amz-security-token") == "own token");
    CHECK(opening.headers.find("Authorization")->find("/us-west-2/s3express/") !=
          std::string::npos);
    for (const std::size_t data : {1U, 2U}) {
        const http::request call = place.sent(data);
        CHECK(signed_by(call) == "AKIDSESSION1");
        CHECK(call.headers.find("x-amz-s3session-token") == "token1");
        CHECK_FALSE(call.headers.find("x-amz-security-token"));
        CHECK(call.headers.find("User-Agent")->find(",J") != std::string_view::npos);
        CHECK(call.headers.find("Authorization")->find("x-amz-s3session-token") !=
              std::string::npos);
    }
}

TEST_CASE("bucket session: each bucket has its own, each is opened anew before it ends") {
    directory_bucket place;
    const auto session = place.session();
    REQUIRE(session.try_call(get));
    REQUIRE(session.try_call(s3::get_object{.bucket = "logs--usw2-az1--x-s3", .key = "a"}));
    CHECK(place.opened == 2);

    place.time->advance(5min - 5s);

    REQUIRE(session.try_call(get));
    CHECK(place.opened == 3);
    CHECK(signed_by(place.sent(place.network->requests().size() - 1)) == "AKIDSESSION3");
}

TEST_CASE("bucket session: one that S3 calls expired is opened anew, and the call goes on") {
    directory_bucket place;
    const auto session = place.session();
    REQUIRE(session.try_call(get));
    place.refused = "AKIDSESSION1";

    REQUIRE(session.try_call(get));

    CHECK(place.opened == 2);
}

TEST_CASE("bucket session: where none is opened, the call says why") {
    directory_bucket place;
    place.closed = true;

    const auto answer = place.session().try_call(get);

    REQUIRE_FALSE(answer);
    const std::string told = to_string(answer.error());
    CHECK(told.find("NoBucketSession") != std::string::npos);
    CHECK(told.find(bucket) != std::string::npos);
    CHECK(told.find("AccessDenied") != std::string::npos);
}

TEST_CASE("bucket session: an answer without all parts of the keys is none") {
    directory_bucket place;
    place.network->then(http::response{
        .status = 200,
        .body = "<CreateSessionResult><Credentials><AccessKeyId>AKIDHALF</AccessKeyId>"
                "</Credentials></CreateSessionResult>"});
    CHECK(to_string(place.session().try_call(get).error()).find("only a part") !=
          std::string::npos);
}

TEST_CASE("bucket session: what manages buckets is signed with the caller's keys") {
    directory_bucket place;
    REQUIRE(place.session().try_call(s3::head_bucket{.bucket = bucket}));
    CHECK(place.opened == 0);
    CHECK(signed_by(place.sent(0)) == "AKIDUSER");
    CHECK(place.sent(0).headers.find("x-amz-security-token") == "own token");
}

TEST_CASE("bucket session: none is opened where the settings forbid it") {
    directory_bucket place;
    place.choices.outside = testing::isolated_world(
        place.time, {.environment = {{"AWS_S3_DISABLE_EXPRESS_SESSION_AUTH", "true"}}});
    REQUIRE(place.session().try_call(get));
    CHECK(place.opened == 0);
    CHECK(signed_by(place.sent(0)) == "AKIDUSER");
}

TEST_CASE("bucket session: a presigned URL has its token") {
    directory_bucket place;
    const auto link = place.session().try_presign(get, 60s);
    REQUIRE(link);
    CHECK(place.opened == 1);
    CHECK(link->target.query.find("X-Amz-S3session-Token=token1") != std::string::npos);
    CHECK(link->target.query.find("X-Amz-Security-Token") == std::string::npos);
}

TEST_CASE("bucket session: explains itself by whose keys it is opened with") {
    directory_bucket place;
    const auto caller = std::make_shared<const runtime::identity>(
        std::make_shared<const runtime::configuration>(place.choices),
        std::make_shared<static_credentials>(
            credentials{.access_key_id = "AKIDUSER", .secret_access_key = secret("own")}));
    credentials_report told;
    bucket_session_credentials(caller, s3::service_traits, bucket).explain(told);
    CHECK(told.source == "CreateSession at data--usw2-az1--x-s3");
    REQUIRE(told.callers.size() == 1);
    CHECK(told.callers.front().source == "keys given in code");
}
