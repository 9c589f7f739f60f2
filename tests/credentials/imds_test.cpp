// SPDX-License-Identifier: MIT
#include <awsxx/credentials/imds.hpp>

#include <support/catch.hpp>
#include <support/obtain.hpp>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

using namespace awsxx;
using namespace std::chrono_literals;

namespace {

const error unreachable{.kind = error_kind::network, .retryable = true, .code = "ConnectionFailed"};
const error silent{.kind = error_kind::timeout, .retryable = true, .code = "TimedOut"};

http::response says(int status, std::string body = {}) {
    return {.status = status, .headers = {}, .body = std::move(body)};
}
http::response token(std::string text, const char* lifetime = "21600") {
    auto answer = says(200, std::move(text));
    answer.headers.add("X-Aws-Ec2-Metadata-Token-Ttl-Seconds", lifetime);
    return answer;
}
http::response keys(const std::string& id = "A") {
    return says(200, R"({"Code":"Success","LastUpdated":"2026-01-01T00:00:00Z","Type":"AWS-HMAC",
                         "AccessKeyId":")" +
                         id + R"(","SecretAccessKey":"S","Token":"T",
                         "Expiration":"2026-01-01T06:00:00Z"})");
}

/// A world whose metadata service gives these answers, and a provider in it.
struct instance {
    explicit instance(std::vector<testing::scripted_transport::answer> answers,
                      imds_options how = {}, testing::made_up_environment::variables variables = {})
        : world({.environment = std::move(variables)}), provider(world.from, std::move(how)) {
        then(std::move(answers));
    }
    void then(std::vector<testing::scripted_transport::answer> answers) {
        for (auto& one : answers) world.network.then(std::move(one));
    }
    std::string outcome() { return world.outcome(provider); }
    /// "PUT /latest/api/token", and the token where one was sent.
    std::vector<std::string> asked() const {
        std::vector<std::string> all;
        for (const http::request& one : world.network.requests())
            all.push_back(one.method + " " + one.target.path + " " +
                          std::string(one.headers.find("x-aws-ec2-metadata-token").value_or("-")));
        return all;
    }

    test::made_up_world world;
    imds_credentials provider;
};

using lines = std::vector<std::string>;
const std::string list = "/latest/meta-data/iam/security-credentials/";

}  // namespace

TEST_CASE("imds: token, role and credentials are asked for in turn") {
    instance ec2({token("tok=="), says(200, "my-role\n"), keys()});

    const auto got = ec2.world.obtain(ec2.provider);

    REQUIRE(got);
    CHECK((*got)->access_key_id == "A");
    CHECK((*got)->secret_access_key.expose() == "S");
    CHECK((*got)->session_token.expose() == "T");
    CHECK((*got)->expiration == ec2.world.time->now() + 6h);
    CHECK((*got)->source == "instance role my-role");
    CHECK((*got)->via == auth::feature::credentials_imds);
    CHECK(ec2.asked() == lines{"PUT /latest/api/token -",
                               "GET " + list + " tok==", "GET " + list + "my-role tok=="});
    const auto first = ec2.world.network.requests().at(0);
    CHECK(first.target.host == "169.254.169.254");
    CHECK(first.headers.find("x-aws-ec2-metadata-token-ttl-seconds") == "21600");
    CHECK(ec2.world.network.exchanges().at(0).limits.connect == 1s);
    CHECK(ec2.world.network.exchanges().at(0).limits.first_byte == 1s);
    CHECK(ec2.provider.style() == refresh_style::static_stability);
}

TEST_CASE("imds: the token is kept until two minutes before its end, the role is not") {
    instance ec2({token("one", "600"), says(200, "r"), keys(), says(200, "s"), keys("B")});
    CHECK(ec2.outcome() == "A");
    ec2.world.time->advance(479s);
    CHECK(ec2.outcome() == "B");
    CHECK(ec2.asked().at(3) == "GET " + list + " one");
    CHECK(ec2.asked().at(4) == "GET " + list + "s one");

    ec2.world.time->advance(2s);
    ec2.then({token("two"), says(200, "r"), keys("C")});

    CHECK(ec2.outcome() == "C");
    CHECK(ec2.asked().at(5) == "PUT /latest/api/token -");
    CHECK(ec2.asked().at(6) == "GET " + list + " two");
}

TEST_CASE("imds: a token without a lifetime is used for one fetch") {
    instance ec2(
        {says(200, "one"), says(200, "r"), keys(), says(200, "two"), says(200, "r"), keys("B")});

    CHECK(ec2.outcome() == "A");
    CHECK(ec2.outcome() == "B");
    CHECK(ec2.asked().at(3) == "PUT /latest/api/token -");
}

TEST_CASE("imds: a token that is no longer good is replaced, once a fetch") {
    instance ec2({token("one"), says(401), token("two"), says(200, "r"), says(401, "PLANTED")});

    CHECK(ec2.outcome() ==
          "NoInstanceCredentials: metadata service at http://169.254.169.254/ <- HttpStatus (401)");
    CHECK(ec2.asked() == lines{"PUT /latest/api/token -", "GET " + list + " one",
                               "PUT /latest/api/token -", "GET " + list + " two",
                               "GET " + list + "r two"});
}

TEST_CASE("imds: without a service it is not configured, after one attempt") {
    const error why = GENERATE(unreachable, silent);
    instance nowhere({why});

    const auto failure = nowhere.world.obtain(nowhere.provider).error();

    CHECK(failure.kind == error_kind::not_configured);
    CHECK(to_string(failure) ==
          "NoInstanceCredentials: there is no metadata service at http://169.254.169.254/ <- " +
              why.code);
    CHECK(nowhere.world.network.requests().size() == 1);
}

TEST_CASE("imds: a service that once answered is configured for ever") {
    instance ec2({token("one", "0"), says(200, "r"), keys(), unreachable});
    CHECK(ec2.outcome() == "A");

    CHECK(ec2.world.obtain(ec2.provider).error().kind == error_kind::network);
}

TEST_CASE("imds: without a role it is not configured") {
    const auto answer = GENERATE(says(404), says(200, " \n"));
    instance ec2({token("tok"), answer});

    CHECK(ec2.world.obtain(ec2.provider).error().kind == error_kind::not_configured);
}

TEST_CASE("imds: switched off, nothing is asked") {
    instance off({}, {}, {{"AWS_EC2_METADATA_DISABLED", "True"}});

    CHECK(off.outcome() == "NoInstanceCredentials: AWS_EC2_METADATA_DISABLED is true");
    CHECK(off.world.obtain(off.provider).error().kind == error_kind::not_configured);
    CHECK(off.world.network.requests().empty());
}

TEST_CASE("imds: a service that gives no token is an error") {
    const int status = GENERATE(403, 404, 405);
    instance ec2({says(status)});

    const auto failure = ec2.world.obtain(ec2.provider).error();

    CHECK(failure.kind == error_kind::credentials);
    CHECK(to_string(failure) ==
          "NoInstanceCredentials: metadata service at http://169.254.169.254/ <- HttpStatus (" +
              std::to_string(status) +
              "): no token for the metadata service: it may be switched off");
    CHECK(ec2.world.network.requests().size() == 1);
}

TEST_CASE("imds: a token request that is refused for another reason is an error") {
    instance ec2({says(400, R"({"code":"Bad","message":"odd"})")}, {.allow_v1 = true});

    CHECK(ec2.outcome() ==
          "NoInstanceCredentials: metadata service at http://169.254.169.254/ <- Bad (400): odd");
}

TEST_CASE("imds: the old version is used if it was asked for") {
    const testing::scripted_transport::answer first = GENERATE(
        as<testing::scripted_transport::answer>(), says(403), says(404), says(405), silent);
    instance ec2({first, says(200, "r"), keys()}, {.allow_v1 = true});

    CHECK(ec2.outcome() == "A");
    CHECK(ec2.asked() ==
          lines{"PUT /latest/api/token -", "GET " + list + " -", "GET " + list + "r -"});
}

TEST_CASE("imds: each answer that may pass is asked for four times") {
    instance ec2({says(503), says(500), token("two words"), token("tok"), says(503), says(429),
                  says(200, "../x"), says(200, "r"), says(503), says(200, "{"), says(200, "{}"),
                  keys()});

    CHECK(ec2.outcome() == "A");
    CHECK(ec2.world.time->sleeps() == std::vector<milliseconds>(9, 50ms));

    instance busy({says(503), says(503), says(503), says(503)});
    CHECK(busy.outcome() ==
          "NoInstanceCredentials: metadata service at http://169.254.169.254/ <- HttpStatus "
          "(503)");
    CHECK(busy.world.network.left() == 0);
}

TEST_CASE("imds: a code other than Success is the failure") {
    instance ec2({token("PLANTED"), says(200, "r"),
                  says(200, R"({"Code":"AssumeRoleUnauthorizedAccess","Message":"no trust",
                                "SecretAccessKey":"PLANTED"})")});

    CHECK(ec2.outcome() ==
          "NoInstanceCredentials: metadata service at http://169.254.169.254/ <- "
          "AssumeRoleUnauthorizedAccess (200): no trust");
    CHECK(ec2.world.network.left() == 0);
}

TEST_CASE("imds: attempts and time limits can be set from outside") {
    instance ec2(
        {says(503), says(503)}, {},
        {{"AWS_METADATA_SERVICE_TIMEOUT", "3"}, {"AWS_METADATA_SERVICE_NUM_ATTEMPTS", "2"}});

    CHECK(ec2.outcome().find("(503)") != std::string::npos);
    CHECK(ec2.world.network.exchanges().at(1).limits.connect == 3s);
    CHECK(ec2.world.network.left() == 0);
}

TEST_CASE("imds: the instance profile that is named is asked for by its name") {
    instance one({token("t"), keys("AKPROFILE")}, {}, {{"AWS_EC2_INSTANCE_PROFILE_NAME", " web "}});
    CHECK(one.outcome() == "AKPROFILE");
    CHECK(one.asked() == lines{"PUT /latest/api/token -",
                               "GET /latest/meta-data/iam/security-credentials-extended/web t"});

    instance in_code({token("t"), keys("AKPROFILE")}, {.profile_name = "db"},
                     {{"AWS_EC2_INSTANCE_PROFILE_NAME", "web"}});
    const auto got = in_code.world.obtain(in_code.provider);
    REQUIRE(got);
    CHECK((*got)->source == "instance profile db");
}

TEST_CASE("imds: an instance that does not know the newer path is asked by the older one") {
    instance one({token("t"), says(404), keys("AKPROFILE")}, {.profile_name = "web"});
    CHECK(one.outcome() == "AKPROFILE");
    CHECK(one.asked().back() == "GET " + list + "web t");
}

TEST_CASE("imds: an instance profile that is named has to be there") {
    instance one({token("t"), says(404), says(404)}, {},
                 {{"AWS_EC2_INSTANCE_PROFILE_NAME", "web"}});
    const auto why = one.world.obtain(one.provider).error();
    CHECK(why.kind == error_kind::configuration);
    CHECK(why.message == "the instance has no profile web (from AWS_EC2_INSTANCE_PROFILE_NAME)");

    instance odd({}, {}, {{"AWS_EC2_INSTANCE_PROFILE_NAME", "../x"}});
    CHECK(odd.world.obtain(odd.provider).error().code == "InvalidSetting");
    CHECK(odd.asked().empty());
}
