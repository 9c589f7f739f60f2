// SPDX-License-Identifier: MIT
#include <awsxx/identity/sts_doors.hpp>

#include <awsxx/credentials/saml.hpp>
#include <awsxx/credentials/session_token.hpp>
#include <awsxx/credentials/web_identity.hpp>

#include <support/catch.hpp>
#include <support/cloud_scene.hpp>
#include <support/providers.hpp>

#include <memory>
#include <string>

using namespace awsxx;
using test::cloud_scene;

namespace {

constexpr const char* web_arn = "arn:aws:iam::111122223333:role/web";

struct doors : cloud_scene {
    doors() {
        cloud->add_user({.arn = "arn:aws:iam::111122223333:user/careful",
                         .access_key_id = "AKIDCAREFUL",
                         .secret_access_key = "planted-secret-of-the-user",
                         .mfa_serial = "arn:aws:iam::111122223333:mfa/careful",
                         .mfa_code = "123456"});
        cloud->add_web_identity("web-token", "system:app");
        cloud->add_role({.arn = web_arn, .trusts = {"system:app"}});
        cloud->add_role({.arn = test::hub_arn, .trusts = {test::user_arn, web_arn}});
    }
    session start() const {
        settings chosen = choices({.files = {{"/token", "web-token"}}});
        chosen.region = "eu-west-1";
        return with(std::move(chosen));
    }
    std::string arn(const expected<session>& of) const {
        if (!of) return of.error().code;
        const auto who = of->try_whoami();
        return who ? who->arn : to_string(who.error());
    }
};

}  // namespace

TEST_CASE("STS doors: each gives a session of who is behind it, in the same region") {
    doors s;
    const auto base = s.start();

    CHECK(s.arn(try_enter(
              base, assume_role_options{.role_arn = test::hub_arn, .role_session_name = "me"})) ==
          "arn:aws:sts::111122223333:assumed-role/hub/me");
    CHECK(s.arn(try_enter(base, web_identity_options{.role_arn = web_arn,
                                                     .token_file = "/token",
                                                     .role_session_name = "app"})) ==
          "arn:aws:sts::111122223333:assumed-role/web/app");
    CHECK(s.arn(try_enter(base, session_token_options{})) == test::user_arn);
    CHECK(s.arn(try_enter(base, sts::get_federation_token{.name = "guest"})) ==
          "arn:aws:sts::111122223333:federated-user/guest");
    for (const auto& call : s.cloud->log())
        CHECK(call.request.target.host == "sts.eu-west-1.amazonaws.com");
}

TEST_CASE("STS doors: an assertion goes to AssumeRoleWithSAML, unsigned") {
    doors s;
    const auto behind = try_enter(
        s.start(), saml_options{.role_arn = web_arn,
                                .principal_arn = "arn:aws:iam::111122223333:saml-provider/idp",
                                .assertion = [] { return expected<secret>(secret("PHNhbWw+")); }});
    REQUIRE(behind);

    CHECK_FALSE(behind->try_whoami());
    CHECK(s.cloud->log().front().operation == "AssumeRoleWithSAML");
    CHECK_FALSE(s.cloud->log().front().request.headers.contains("Authorization"));
}

TEST_CASE("STS doors: any provider is one, and the sessions' settings stay") {
    doors s;
    const auto keys = std::make_shared<test::immediate_provider>(credentials{
        .access_key_id = "AKIDCAREFUL", .secret_access_key = "planted-secret-of-the-user"});
    const auto behind = try_enter(s.start(), keys);

    CHECK(s.arn(behind) == "arn:aws:iam::111122223333:user/careful");
    CHECK(behind->parent()->try_whoami()->arn == test::user_arn);
    CHECK(try_enter(s.start(), std::shared_ptr<credentials_provider>())
              ->try_whoami()
              .error()
              .cause->code == "NoProvider");
}

TEST_CASE("STS doors: roles may stand behind any of them") {
    doors s;
    const auto web =
        *try_enter(s.start(), web_identity_options{.role_arn = web_arn, .token_file = "/token"});

    const auto hub =
        web.try_assume_role({.role_arn = test::hub_arn, .role_session_name = "onwards"});

    CHECK(s.arn(hub) == "arn:aws:sts::111122223333:assumed-role/hub/onwards");
    CHECK(web.try_assume_role({.role_arn = test::hub_arn, .duration_seconds = 7200}).error().code ==
          "SessionTooLong");
}

TEST_CASE("STS doors: what cannot be right is refused before anybody is asked") {
    doors s;
    const auto base = s.start();

    CHECK(try_enter(base, web_identity_options{.role_arn = "web"}).error().code ==
          "InvalidRoleArn");
    CHECK(try_enter(base, saml_options{.role_arn = "web"}).error().code == "InvalidRoleArn");
    CHECK(try_enter(base, session_token_options{.serial_number = "device"}).error().kind ==
          error_kind::action_needed);
    CHECK(s.cloud->log().empty());
}
