// SPDX-License-Identifier: MIT
#include <awsxx/credentials/instance_region.hpp>

#include <awsxx/services/sts.hpp>
#include <awsxx/session.hpp>
#include <awsxx/testing/fake_clock.hpp>
#include <awsxx/testing/isolated_world.hpp>
#include <awsxx/testing/scripted_transport.hpp>

#include <support/catch.hpp>
#include <support/fixed_random.hpp>
#include <support/sts_answers.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

using namespace awsxx;

namespace {

using set = testing::made_up_environment::variables;
using session_over_script = basic_session<testing::scripted_transport>;

const std::string who =
    "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::1:user/me</Arn>"
    "</GetCallerIdentityResult></GetCallerIdentityResponse>";

/// A session without a region, on an instance.
struct scene {
    explicit scene(const set& variables = {}) {
        choices.max_attempts = 1;
        choices.region_source = std::make_shared<instance_region>();
        choices.outside = testing::isolated_world(time, {.environment = variables});
        choices.outside.random = std::make_shared<test::fixed_random>();
    }
    session_over_script session() const {
        return session_over_script({.access_key_id = "AKID", .secret_access_key = "planted-secret"},
                                   choices, network);
    }
    void token() const {
        http::response made{.status = 200, .body = "token"};
        made.headers.add("x-aws-ec2-metadata-token-ttl-seconds", "21600");
        network->then(std::move(made));
    }
    void answer(int status, const std::string& body) const {
        network->then(http::response{.status = status, .body = body});
    }
    std::string url(std::size_t index) const {
        return network->requests().at(index).method + " " +
               to_string(network->requests().at(index).target);
    }

    std::shared_ptr<testing::fake_clock> time = std::make_shared<testing::fake_clock>();
    std::shared_ptr<testing::scripted_transport> network =
        std::make_shared<testing::scripted_transport>();
    settings choices{};
};

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("instance region: is asked for by the first call that needs one, once") {
    scene s;
    const auto session = s.session();
    CHECK(s.network->requests().empty());
    CHECK(session.core().region().error().code == "MissingRegion");
    s.token();
    s.answer(200, "ap-south-2\n");
    s.answer(200, who);
    s.answer(200, who);

    REQUIRE(session.try_whoami());
    const auto region = session.core().region();
    REQUIRE(region);
    CHECK(*region == "ap-south-2");
    REQUIRE(session.try_whoami());

    REQUIRE(s.network->requests().size() == 4);
    CHECK(s.url(0) == "PUT http://169.254.169.254/latest/api/token");
    CHECK(s.url(1) == "GET http://169.254.169.254/latest/meta-data/placement/region");
    CHECK(s.network->requests().at(1).headers.find("x-aws-ec2-metadata-token") == "token");
    CHECK(s.network->requests().at(2).target.host == "sts.ap-south-2.amazonaws.com");
    CHECK(s.network->requests().at(3).target.host == "sts.ap-south-2.amazonaws.com");
}

TEST_CASE("instance region: comes last; whoever has a region does not ask") {
    scene s(set{{"AWS_REGION", "eu-west-1"}});
    s.answer(200, who);
    REQUIRE(s.session().try_whoami());
    CHECK(s.network->requests().at(0).target.host == "sts.eu-west-1.amazonaws.com");
}

TEST_CASE("instance region: sessions with the same settings ask once") {
    scene s;
    s.token();
    s.answer(200, "ap-south-2");
    s.answer(200, who);
    s.answer(200, who);
    REQUIRE(s.session().try_whoami());
    REQUIRE(s.session().try_whoami());
    CHECK(s.network->requests().size() == 4);
}

TEST_CASE("instance region: a URL that is signed needs it, too") {
    scene s;
    s.token();
    s.answer(200, "ap-south-2");
    const auto url = s.session().try_presign(sts::get_caller_identity{}, std::chrono::seconds(60));
    REQUIRE(url);
    CHECK(url->target.host == "sts.ap-south-2.amazonaws.com");
}

TEST_CASE("instance region: a role that is renewed before any call needs it, too") {
    scene s;
    s.token();
    s.answer(200, "ap-south-2");
    s.network->then(test::sts_answer("AssumeRole", "AKROLE"));
    const auto role =
        s.session().try_assume_role({.role_arn = "arn:aws:iam::111122223333:role/audit"});
    REQUIRE(role);
    const auto keys = role->try_fetch_credentials();
    REQUIRE(keys);
    CHECK((*keys)->access_key_id == "AKROLE");
    CHECK(s.network->requests().back().target.host == "sts.ap-south-2.amazonaws.com");
}

TEST_CASE("instance region: where it cannot be had, the error tells all places and the reason") {
    scene s;
    s.network->then(
        error{.kind = error_kind::timeout, .retryable = true, .code = "ConnectTimeout"});
    const auto why = s.session().try_whoami();
    REQUIRE_FALSE(why);
    const std::string text = to_string(why.error());
    CHECK(why.error().code == "MissingRegion");
    CHECK(why.error().kind == error_kind::configuration);
    for (const char* part : {"AWS_REGION", "AWS_DEFAULT_REGION", "the instance has not told it",
                             "NoInstanceRegion", "169.254.169.254", "ConnectTimeout"})
        CHECK(has(text, part));

    scene off(set{{"AWS_EC2_METADATA_DISABLED", "true"}});
    CHECK(has(to_string(off.session().try_whoami().error()), "AWS_EC2_METADATA_DISABLED is true"));
    CHECK(off.network->requests().empty());
}

TEST_CASE("instance region: after a failure the next call asks again") {
    scene s;
    s.network->then(
        error{.kind = error_kind::timeout, .retryable = true, .code = "ConnectTimeout"});
    const auto session = s.session();
    CHECK_FALSE(session.try_whoami());
    s.token();
    s.answer(200, "ap-south-2");
    s.answer(200, who);
    CHECK(session.try_whoami());
}

TEST_CASE("instance region: a forked child does not wait for its parent's search") {
    scene s;
    const auto from = std::make_shared<const runtime::configuration>(s.choices);
    const auto search = s.choices.region_source->search(from);
    REQUIRE(search->claim());
    REQUIRE(search->next() == renewal::step::send);
    s.token();
    s.answer(200, "ap-south-2");
    s.answer(200, who);

    const pid_t child = ::fork();
    if (child == 0) {
        ::alarm(30);
        ::_exit(s.session().try_whoami() ? 0 : 1);
    }
    int status = -1;
    REQUIRE(::waitpid(child, &status, 0) == child);

    CHECK(status == 0);
    CHECK(s.choices.region_source->search(from) == search);
}

TEST_CASE("instance region: what cannot be in a host name is refused") {
    scene s;
    s.choices.region_source = std::make_shared<instance_region>(imds_options{.attempts = 1});
    s.token();
    s.answer(200, "evil.example.com/");
    const auto why = s.session().try_whoami();
    REQUIRE_FALSE(why);
    CHECK(has(to_string(why.error()), "the name of the region is not one"));
    CHECK(s.network->requests().size() == 2);
}

TEST_CASE("instance region: without it, the error says that nobody asks the instance") {
    scene s;
    s.choices.region_source = nullptr;
    const auto why = s.session().try_whoami();
    REQUIRE_FALSE(why);
    CHECK(has(why.error().message, "the instance is not asked"));
    CHECK(s.network->requests().empty());
}
