// SPDX-License-Identifier: MIT
#include <awsxx/config/location.hpp>

#include <support/catch.hpp>
#include <support/fake_environment.hpp>

using awsxx::config::locate_files;
using awsxx::config::platform;
using awsxx::config::with_home;
using test::fake_environment;

TEST_CASE("locations: the home folder has them unless variables say otherwise") {
    const auto plain = locate_files(fake_environment{{"HOME", "/home/me"}}, platform::posix);
    CHECK(plain.config == "/home/me/.aws/config");
    CHECK(plain.credentials == "/home/me/.aws/credentials");

    const auto set = locate_files(fake_environment{{"HOME", "/home/me"},
                                                   {"AWS_CONFIG_FILE", "~/c"},
                                                   {"AWS_SHARED_CREDENTIALS_FILE", "/k"}},
                                  platform::posix);
    CHECK(set.config == "/home/me/c");
    CHECK(set.credentials == "/k");
}

TEST_CASE("locations: Windows has other home folders and separators") {
    const auto at = [](const fake_environment& from) {
        return locate_files(from, platform::windows).config;
    };
    CHECK(at(fake_environment{{"HOME", "C:\\a"}, {"USERPROFILE", "C:\\b"}}) ==
          "C:\\a\\.aws\\config");
    CHECK(at(fake_environment{{"USERPROFILE", "C:\\b"}}) == "C:\\b\\.aws\\config");
    CHECK(at(fake_environment{{"HOMEDRIVE", "C:"}, {"HOMEPATH", "\\c"}}) == "C:\\c\\.aws\\config");
}

TEST_CASE("locations: without a home folder there are no files") {
    CHECK(locate_files(fake_environment{}, platform::posix).config.empty());
    CHECK(locate_files(fake_environment{{"USERPROFILE", "/b"}}, platform::posix).config.empty());
}

TEST_CASE("locations: only a tilde that stands alone in front is the home folder") {
    const fake_environment here{{"HOME", "/home/me"}};
    CHECK(with_home("~/x", here, platform::posix) == "/home/me/x");
    CHECK(with_home("~you/x", here, platform::posix) == "~you/x");
    CHECK(with_home("/a/~/x", here, platform::posix) == "/a/~/x");
    CHECK(with_home("~\\x", here, platform::posix) == "~\\x");
    CHECK(with_home("~\\x", here, platform::windows) == "/home/me\\x");
}
