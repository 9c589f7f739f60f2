// SPDX-License-Identifier: MIT
#include <awsxx/services/sts.hpp>

#include <services/service_model.hpp>
#include <support/catch.hpp>

#include <string>

using namespace awsxx;

namespace {

std::string body_of(const model::operation& what, const void* in) {
    http::request draft;
    const auto encoded = what.service->protocol->encode(what, in, draft, {});
    REQUIRE(encoded);
    CHECK(draft.method == "POST");
    return std::string(draft.body.bytes());
}

template <class Op>
std::string encoded(const Op& in) {
    return body_of(Op::template wire<void>::operation, &in);
}

template <class Op>
typename Op::output decoded(const std::string& body) {
    const model::operation& what = Op::template wire<void>::operation;
    typename Op::output out;
    http::response answer{.status = 200, .body = body};
    REQUIRE(what.service->protocol->decode(what, answer, &out));
    return out;
}

}  // namespace

TEST_CASE("sts: an AssumeRole with every member is the form that AWS documents") {
    const sts::assume_role in{
        .role_arn = "arn:aws:iam::123456789012:role/demo",
        .role_session_name = "TestAR",
        .policy_arns = {{.arn = "arn:aws:iam::123456789012:policy/one"},
                        {.arn = "arn:aws:iam::123456789012:policy/two"}},
        .policy = R"({"Version":"2012-10-17"})",
        .duration_seconds = 1800,
        .tags = {{.key = "Project", .value = "Pegasus"}, {.key = "Cost Center", .value = ""}},
        .transitive_tag_keys = {"Project", "Cost Center"},
        .external_id = "123ABC",
        .serial_number = "arn:aws:iam::123456789012:mfa/alice",
        .token_code = "123456",
        .source_identity = "alice",
        .provided_contexts = {{.provider_arn = "arn:aws:iam::aws:contextProvider/IdentityCenter",
                               .context_assertion = "assertion"}},
    };
    CHECK(encoded(in) ==
          "Action=AssumeRole&Version=2011-06-15"
          "&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fdemo"
          "&RoleSessionName=TestAR"
          "&PolicyArns.member.1.arn=arn%3Aaws%3Aiam%3A%3A123456789012%3Apolicy%2Fone"
          "&PolicyArns.member.2.arn=arn%3Aaws%3Aiam%3A%3A123456789012%3Apolicy%2Ftwo"
          "&Policy=%7B%22Version%22%3A%222012-10-17%22%7D"
          "&DurationSeconds=1800"
          "&Tags.member.1.Key=Project&Tags.member.1.Value=Pegasus"
          "&Tags.member.2.Key=Cost%20Center&Tags.member.2.Value="
          "&TransitiveTagKeys.member.1=Project&TransitiveTagKeys.member.2=Cost%20Center"
          "&ExternalId=123ABC"
          "&SerialNumber=arn%3Aaws%3Aiam%3A%3A123456789012%3Amfa%2Falice"
          "&TokenCode=123456"
          "&SourceIdentity=alice"
          "&ProvidedContexts.member.1.ProviderArn="
          "arn%3Aaws%3Aiam%3A%3Aaws%3AcontextProvider%2FIdentityCenter"
          "&ProvidedContexts.member.1.ContextAssertion=assertion");
}

TEST_CASE("sts: what is left out of an AssumeRole is not sent") {
    const sts::assume_role in{.role_arn = "r", .role_session_name = "s"};
    CHECK(encoded(in) == "Action=AssumeRole&Version=2011-06-15&RoleArn=r&RoleSessionName=s");
}

TEST_CASE("sts: the other operations send their members under AWS's names") {
    CHECK(encoded(sts::get_caller_identity{}) == "Action=GetCallerIdentity&Version=2011-06-15");
    CHECK(encoded(sts::assume_root{.target_principal = "111122223333",
                                   .task_policy_arn = {.arn = "arn"},
                                   .duration_seconds = 900}) ==
          "Action=AssumeRoot&Version=2011-06-15&TargetPrincipal=111122223333"
          "&TaskPolicyArn.arn=arn&DurationSeconds=900");
    CHECK(encoded(sts::assume_role_with_saml{
              .role_arn = "r", .principal_arn = "p", .saml_assertion = "a=="}) ==
          "Action=AssumeRoleWithSAML&Version=2011-06-15&RoleArn=r&PrincipalArn=p"
          "&SAMLAssertion=a%3D%3D");
    CHECK(encoded(sts::get_web_identity_token{.audience = {"https://a.example"},
                                              .signing_algorithm = "ES384"}) ==
          "Action=GetWebIdentityToken&Version=2011-06-15"
          "&Audience.member.1=https%3A%2F%2Fa.example&SigningAlgorithm=ES384");
}

TEST_CASE("sts: operations that carry their own proof are not signed") {
    CHECK(sts::assume_role_with_saml::wire<void>::operation.auth == model::auth::none);
    CHECK(sts::assume_role_with_web_identity::wire<void>::operation.auth == model::auth::none);
    CHECK(sts::assume_role::wire<void>::operation.auth == model::auth::sigv4);
}

TEST_CASE("sts: the documented answer to AssumeRole is understood") {
    const auto out = decoded<sts::assume_role>(R"(
<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleResult>
    <SourceIdentity>Alice</SourceIdentity>
    <AssumedRoleUser>
      <Arn>arn:aws:sts::123456789012:assumed-role/demo/TestAR</Arn>
      <AssumedRoleId>ARO123EXAMPLE123:TestAR</AssumedRoleId>
    </AssumedRoleUser>
    <Credentials>
      <AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId>
      <SecretAccessKey>wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKEY</SecretAccessKey>
      <SessionToken>AQoDYXdzEPT//////////wEXAMPLE==</SessionToken>
      <Expiration>2019-11-09T13:34:41Z</Expiration>
    </Credentials>
    <PackedPolicySize>6</PackedPolicySize>
  </AssumeRoleResult>
  <ResponseMetadata><RequestId>c6104cbe-af31-11e0-8154-cbc7ccf896c7</RequestId></ResponseMetadata>
</AssumeRoleResponse>)");

    REQUIRE(out.credentials);
    CHECK(out.credentials->access_key_id == "ASIAIOSFODNN7EXAMPLE");
    CHECK(out.credentials->secret_access_key.expose() ==
          "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKEY");
    CHECK(out.credentials->session_token.expose() == "AQoDYXdzEPT//////////wEXAMPLE==");
    CHECK(out.credentials->expiration == timestamp(1573306481, 0));
    REQUIRE(out.assumed_role_user);
    CHECK(out.assumed_role_user->arn == "arn:aws:sts::123456789012:assumed-role/demo/TestAR");
    CHECK(out.packed_policy_size == 6);
    CHECK(out.source_identity == "Alice");
}

TEST_CASE("sts: the documented answer to GetCallerIdentity is understood") {
    const auto out = decoded<sts::get_caller_identity>(R"(
<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <GetCallerIdentityResult>
    <Arn>arn:aws:iam::123456789012:user/Alice</Arn>
    <UserId>AIDACKCEVSQ6C2EXAMPLE</UserId>
    <Account>123456789012</Account>
  </GetCallerIdentityResult>
  <ResponseMetadata><RequestId>01234567-89ab-cdef-0123-456789abcdef</RequestId></ResponseMetadata>
</GetCallerIdentityResponse>)");

    CHECK(out.arn == "arn:aws:iam::123456789012:user/Alice");
    CHECK(out.user_id == "AIDACKCEVSQ6C2EXAMPLE");
    CHECK(out.account == "123456789012");
}

TEST_CASE("sts: the tables are those of the published model") {
    test::with_model("sts", [](const test::service_model& all) {
        CHECK(all.service().at("operations").size() == 11);
        test::compare_service(all, sts::service_traits);
        test::compare_operation<sts::assume_role>(all);
        test::compare_operation<sts::assume_role_with_saml>(all);
        test::compare_operation<sts::assume_role_with_web_identity>(all);
        test::compare_operation<sts::assume_root>(all);
        test::compare_operation<sts::decode_authorization_message>(all);
        test::compare_operation<sts::get_access_key_info>(all);
        test::compare_operation<sts::get_caller_identity>(all);
        test::compare_operation<sts::get_delegated_access_token>(all);
        test::compare_operation<sts::get_federation_token>(all);
        test::compare_operation<sts::get_session_token>(all);
        test::compare_operation<sts::get_web_identity_token>(all);
    });
}

TEST_CASE("sts: the credentials it issues expire by its clock") {
    CHECK(sts::service_traits.issues_credentials);
}
