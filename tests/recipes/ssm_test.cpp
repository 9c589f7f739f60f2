// SPDX-License-Identifier: MIT
#include <awsxx/recipes/ssm.hpp>  // first: it must compile on its own

#include <support/api_scene.hpp>
#include <support/catch.hpp>

#include <string>

using namespace awsxx;
using test::api_scene;
namespace recipe = recipes::ssm;

#if defined(__cpp_exceptions)
TEST_CASE("ssm: a parameter comes decrypted, its value as a secret") {
    const auto scene = api_scene::of(
        {R"({"Parameter":{"Name":"/a","Type":"SecureString","Value":"s3cr3t","Version":3,)"
         R"("ARN":"arn:a","DataType":"text"}})"});
    const auto found = recipe::get_parameter({.name = "/a"}, scene.home);
    CHECK(found.name == "/a");
    CHECK(found.value == secret("s3cr3t"));
    CHECK(found.type == "SecureString");
    CHECK(found.version == 3);
    CHECK(found.arn == "arn:a");
    CHECK(scene.sent() == R"({"Name":"/a","WithDecryption":true})");
}
#endif

#if defined(__cpp_exceptions)
TEST_CASE("ssm: who wants it encrypted says so") {
    const auto scene = api_scene::of({R"({"Parameter":{}})"});
    CHECK(
        recipe::get_parameter({.name = "/a", .with_decryption = false}, scene.home).value.empty());
    CHECK(scene.sent() == R"({"Name":"/a","WithDecryption":false})");
}
#endif

TEST_CASE("ssm: an answer without a parameter is an error, and so is one that is not there") {
    CHECK(recipe::try_get_parameter({.name = "/a"}, api_scene::of({"{}"}).home).error().kind ==
          error_kind::malformed_answer);
    const api_scene scene({{.status = 400, .body = R"({"__type":"ParameterNotFound"})"}});
    CHECK(recipe::try_get_parameter({.name = "/a"}, scene.home).error().code ==
          "ParameterNotFound");
}

#if defined(__cpp_exceptions)
TEST_CASE("ssm: the parameters below a path are those of all pages") {
    const auto scene =
        api_scene::of({R"({"Parameters":[{"Name":"/a/1","Value":"x"}],"NextToken":"n"})",
                       R"({"Parameters":[],"NextToken":"o"})",
                       R"({"Parameters":[{"Name":"/a/2","Value":"y"}]})"});
    const auto all = recipe::get_parameters_by_path({.path = "/a"}, scene.home);
    REQUIRE(all.size() == 2);
    CHECK(all[1].value == secret("y"));
    CHECK(scene.sent(2) == R"({"Path":"/a","WithDecryption":true,"NextToken":"o"})");
}
#endif

#if defined(__cpp_exceptions)
TEST_CASE("ssm: the caller says what becomes of a parameter that is there") {
    const auto scene = api_scene::of({R"({"Version":1})", R"({"Version":2})"});
    const recipe::new_parameter what{.name = "/a", .value = "s3cr3t"};
    CHECK(recipe::put_parameter(what, recipe::if_exists::fail, scene.home).version == 1);
    CHECK(recipe::put_parameter(what, recipe::if_exists::overwrite, scene.home).version == 2);
    CHECK(scene.sent(0) ==
          R"({"Name":"/a","Value":"s3cr3t","Type":"SecureString","Overwrite":false})");
    CHECK(scene.sent(1) ==
          R"({"Name":"/a","Value":"s3cr3t","Type":"SecureString","Overwrite":true})");
}
#endif

TEST_CASE("ssm: a parameter that exists is an error that does not tell the value") {
    const api_scene scene(
        {{.status = 400, .body = R"({"__type":"ParameterAlreadyExists","message":"there"})"}});
    const auto why = recipe::try_put_parameter({.name = "/a", .value = "s3cr3t"},
                                               recipe::if_exists::fail, scene.home)
                         .error();
    CHECK(why.code == "ParameterAlreadyExists");
    CHECK(to_string(why).find("s3cr3t") == std::string::npos);
    CHECK(scene.notes->find("s3cr3t") == std::string::npos);
}

TEST_CASE("ssm: all that a new parameter can have is sent") {
    const auto scene = api_scene::of({"{}"});
    const auto put = recipe::try_put_parameter({.name = "/a",
                                                .value = "x",
                                                .type = "String",
                                                .description = "d",
                                                .key_id = "k",
                                                .allowed_pattern = ".*",
                                                .tags = {{.key = "t", .value = "v"}},
                                                .tier = "Advanced",
                                                .policies = "[]",
                                                .data_type = "text"},
                                               recipe::if_exists::fail, scene.home);
    REQUIRE(put);
    CHECK(put->note == "the answer has no Version that can be read");
    CHECK(scene.sent() ==
          R"({"Name":"/a","Description":"d","Value":"x","Type":"String","KeyId":"k",)"
          R"("Overwrite":false,"AllowedPattern":".*","Tags":[{"Key":"t","Value":"v"}],)"
          R"("Tier":"Advanced","Policies":"[]","DataType":"text"})");
}

#if defined(__cpp_exceptions)
TEST_CASE("ssm: a parameter is removed") {
    const auto scene = api_scene::of({"{}"});
    CHECK(recipe::delete_parameter({.name = "/a"}, scene.home).note.empty());
    CHECK(scene.sent() == R"({"Name":"/a"})");
}
#endif
