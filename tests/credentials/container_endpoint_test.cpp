// SPDX-License-Identifier: MIT
#include <awsxx/credentials/container_endpoint.hpp>

#include <awsxx/testing/isolated_world.hpp>

#include <support/catch.hpp>
#include <support/fake_environment.hpp>
#include <support/fake_files.hpp>

#include <string>

using namespace awsxx;

namespace {

const char* const relative = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
const char* const full = "AWS_CONTAINER_CREDENTIALS_FULL_URI";

std::string place(const test::fake_environment& variables) {
    const auto found = find_container_endpoint(variables);
    return found ? to_string(found->target) : to_string(found.error());
}

/// Where a request to that URI goes, in a world where `near` is this computer and `far` is not.
std::string host(const std::string& uri) {
    testing::made_up_names names(
        {{"near", {"::1", "127.0.0.2"}}, {"far", {"127.0.0.1", "1.2.3.4"}}});
    const auto found = find_container_endpoint(test::fake_environment{{full, uri}});
    REQUIRE(found);
    const auto where = container_host(*found, names);
    return where ? *where : to_string(where.error());
}

std::string token(const container_endpoint& of, const test::fake_files& files = {}) {
    const auto found = container_token(of, files);
    return found ? std::string(found->expose()) : to_string(found.error());
}

}  // namespace

TEST_CASE("container endpoint: is on ECS's address, or anywhere") {
    CHECK(place({{relative, "/credentials?a=b"}}) == "http://169.254.170.2/credentials?a=b");
    CHECK(place({{full, "https://mypersonalsite/credentials"}}) ==
          "https://mypersonalsite/credentials");
    CHECK(place({{full, "http://[fd00:ec2::23]/v1/credentials"}}) ==
          "http://[fd00:ec2::23]/v1/credentials");
    CHECK(place({{full, "http://localhost:8080/credentials"}}) ==
          "http://localhost:8080/credentials");
}

TEST_CASE("container endpoint: the relative address goes before the full one, empty ones do not") {
    CHECK(place({{relative, "/r"}, {full, "http://localhost/f"}}) == "http://169.254.170.2/r");
    CHECK(place({{relative, ""}, {full, "http://localhost/f"}}) == "http://localhost/f");
    CHECK(find_container_endpoint(test::fake_environment{{relative, ""}}).error().kind ==
          error_kind::not_configured);
}

TEST_CASE("container endpoint: an address that is none is an error") {
    CHECK(place({{relative, "credentials"}}) ==
          "InvalidContainerUri: AWS_CONTAINER_CREDENTIALS_RELATIVE_URI does not begin with /");
    CHECK(place({{relative, "/a b"}}).find("InvalidContainerUri") == 0);
    CHECK(place({{relative, "@evil/"}}).find("InvalidContainerUri") == 0);
    CHECK(place({{full, "ftp://localhost/"}}) ==
          "InvalidContainerUri: AWS_CONTAINER_CREDENTIALS_FULL_URI <- InvalidUri: the URI is "
          "neither http nor https");
}

TEST_CASE("container endpoint: over http only near hosts are trusted") {
    CHECK(host("http://localhost/") == "localhost");
    CHECK(host("http://127.1.2.3/") == "127.1.2.3");
    CHECK(host("http://[::1]/") == "::1");
    CHECK(host("http://169.254.170.2/") == "169.254.170.2");
    CHECK(host("http://169.254.170.23/") == "169.254.170.23");
    CHECK(host("http://[fd00:ec2::23]/") == "fd00:ec2::23");
    CHECK(host("https://1.2.3.4/") == "1.2.3.4");
    CHECK(host("http://1.2.3.4/") ==
          "ContainerHostNotAllowed: 1.2.3.4 (from AWS_CONTAINER_CREDENTIALS_FULL_URI) is neither "
          "this computer nor the address of ECS or EKS: only https may be used with it");
    CHECK(host("http://169.254.169.254/").find("ContainerHostNotAllowed") == 0);
}

TEST_CASE("container endpoint: of a name, all addresses have to be near") {
    CHECK(host("http://near:80/") == "::1");
    CHECK(host("http://far/") ==
          "ContainerHostNotAllowed: far (from AWS_CONTAINER_CREDENTIALS_FULL_URI), which is "
          "1.2.3.4, is neither this computer nor the address of ECS or EKS: only https may be used "
          "with it");
    CHECK(host("http://unknown/").find("ContainerHostNotAllowed: unknown") == 0);
    CHECK(host("https://far/") == "far");
}

TEST_CASE("container endpoint: the token's file goes before the token") {
    const auto found = find_container_endpoint(
        test::fake_environment{{relative, "/"},
                               {"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/token"},
                               {"AWS_CONTAINER_AUTHORIZATION_TOKEN", "other"}});
    REQUIRE(found);

    CHECK(token(*found, {{"/token", "from file\r\n"}}) == "from file");
    CHECK(token(*found).find("ContainerTokenUnreadable: the file that AWS_CONTAINER_AUTHORIZATION_"
                             "TOKEN_FILE names <- FileNotFound: /token") == 0);
    CHECK(token({.token = "Basic x"}) == "Basic x");
    CHECK(token({}).empty());
}

TEST_CASE("container endpoint: a token of several lines is refused and not repeated") {
    CHECK(token({.token_file = "/t"}, {{"/t", "PLANTED\n\n"}}) ==
          "InvalidContainerToken: /t has more than one line");
    CHECK(token({.token_file = "/t"}, {{"/t", "\n"}}) == "InvalidContainerToken: /t is empty");
    CHECK(token({.token = "PLANTED\n"}) ==
          "InvalidContainerToken: the container's authorization token has more than one line");
}

TEST_CASE("container endpoint: a token with control characters is refused, a tab is none") {
    for (const char* text : {"PLANTED\x01", "\x7fPLANTED"})
        CHECK(token({.token = text}) ==
              "InvalidContainerToken: the container's authorization token has control characters "
              "in it");
    CHECK(token({.token = "Basic\tx"}) == "Basic\tx");
}
