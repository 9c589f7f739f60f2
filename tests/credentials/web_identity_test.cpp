// SPDX-License-Identifier: MIT
#include <awsxx/credentials/web_identity.hpp>

#include <support/catch.hpp>
#include <support/provider_scene.hpp>
#include <support/sts_answers.hpp>

#include <string>

using namespace awsxx;
using test::provider_scene;

namespace {

const web_identity_options audit{.role_arn = "arn:aws:iam::111122223333:role/audit",
                                 .token_file = "/token",
                                 .role_session_name = "ci"};

error failure(provider_scene& s, const web_identity_options& role = audit) {
    web_identity_credentials provider(s.configuration, role);
    return s.obtain(provider).error();
}

}  // namespace

TEST_CASE("web identity: the token in the file is traded, unsigned") {
    provider_scene s(test::files{{"/token", "e.y.J\n"}});
    s.network.then(test::sts_answer("AssumeRoleWithWebIdentity", "AKROLE"));
    web_identity_credentials provider(s.configuration, audit);
    const auto keys = s.obtain(provider);

    REQUIRE(keys);
    CHECK((*keys)->access_key_id == "AKROLE");
    CHECK((*keys)->account_id == "111122223333");
    CHECK((*keys)->expiration);
    CHECK_FALSE(s.sent().headers.find("authorization"));
    const std::string body(s.sent().body.bytes());
    CHECK(body.find("WebIdentityToken=e.y.J") != std::string::npos);
    CHECK(body.find("e.y.J%0A") == std::string::npos);
    CHECK(body.find("RoleSessionName=ci") != std::string::npos);
}

TEST_CASE("web identity: the file is read again for each fetch") {
    provider_scene s(test::files{{"/token", "first"}});
    web_identity_credentials provider(s.configuration, audit);
    for (const char* token : {"first", "second"}) {
        REQUIRE(s.configuration->outside().files->write("/token", token));
        s.network.then(test::sts_answer("AssumeRoleWithWebIdentity", "AK"));
        REQUIRE(s.obtain(provider));
    }
    CHECK(s.sent(1).body.bytes().find("WebIdentityToken=second") != std::string_view::npos);
}

TEST_CASE("web identity: a session without a name is called after awsxx and the time") {
    provider_scene s(test::files{{"/token", "e.y.J"}});
    s.network.then(test::sts_answer("AssumeRoleWithWebIdentity", "AK"));
    web_identity_options unnamed = audit;
    unnamed.role_session_name.clear();
    web_identity_credentials provider(s.configuration, unnamed);
    REQUIRE(s.obtain(provider));
    CHECK(s.sent().body.bytes().find("RoleSessionName=awsxx-1767225600000") !=
          std::string_view::npos);
}

TEST_CASE("web identity: a file that is missing or has no token in it is named") {
    provider_scene none;
    CHECK(failure(none).kind == error_kind::credentials);
    CHECK(to_string(failure(none)).find("/token") != std::string::npos);
    for (const char* text : {"", " \n", "two words", "ctrl\x01"}) {
        provider_scene s(test::files{{"/token", text}});
        REQUIRE(failure(s).cause);
        CHECK(failure(s).cause->code == "InvalidToken");
        CHECK(s.network.requests().empty());
    }
}

TEST_CASE("web identity: a role that cannot be one is refused before the file is read") {
    provider_scene s;
    CHECK(failure(s, {.role_arn = "audit", .token_file = "/token"}).code == "InvalidRoleArn");
}

TEST_CASE("web identity: a token that STS does not believe is final") {
    provider_scene s(test::files{{"/token", "e.y.J"}});
    s.network.then(test::sts_refusal(400, "InvalidIdentityToken"));
    web_identity_credentials provider(s.configuration, audit);
    const auto why = s.obtain(provider).error();
    CHECK(why.code == "RoleNotAssumed");
    CHECK(why.cause->code == "InvalidIdentityToken");
    CHECK(provider.is_final(why));
    CHECK(to_string(why).find("e.y.J") == std::string::npos);
}

TEST_CASE("web identity: an identity provider that cannot be reached is asked again") {
    provider_scene s(test::files{{"/token", "e.y.J"}});
    s.network.then(test::sts_refusal(400, "IDPCommunicationError"));
    web_identity_credentials provider(s.configuration, audit);
    const auto why = s.obtain(provider).error();
    CHECK(why.retryable);
    CHECK_FALSE(provider.is_final(why));
}
