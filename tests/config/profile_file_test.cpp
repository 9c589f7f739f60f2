// SPDX-License-Identifier: MIT
#include <awsxx/config/profile_file.hpp>

#include <support/catch.hpp>
#include <support/fake_files.hpp>

#include <string>
#include <vector>

using awsxx::config::find_filled;
using awsxx::config::load_profile_file;
using awsxx::config::parse_profile_file;
using awsxx::config::profile_file;

namespace config = awsxx::config;

namespace {

const awsxx::config::file_locations paths{.config = "/c", .credentials = "/k"};

profile_file parsed(std::string_view config, std::string_view credentials = {}) {
    auto read = parse_profile_file(config, credentials, paths);
    REQUIRE(read.has_value());
    return *std::move(read);
}

std::string value(const profile_file& of, const char* profile, const char* key) {
    const auto* found = find_filled(of.profiles.at(profile), key);
    return found == nullptr ? "none" : found->text;
}

}  // namespace

TEST_CASE("profile file: sections of one name are merged, the last of equal keys counts") {
    const auto all = parsed("[profile a]\nx = 1\ny = 1\n[profile b]\n[profile a]\nx = 2");
    CHECK(value(all, "a", "x") == "2");
    CHECK(value(all, "a", "y") == "1");
}

TEST_CASE("profile file: the credentials file wins, key by key") {
    const auto all = parsed("[profile a]\nregion = r\nx = 1", "[a]\nx = 2");
    CHECK(value(all, "a", "region") == "r");
    CHECK(value(all, "a", "x") == "2");
}

TEST_CASE("profile file: an access key never gets another one's secret or token") {
    const auto all = parsed(
        "[profile a]\naws_access_key_id = OLD\naws_secret_access_key = old\n"
        "aws_session_token = stale\nregion = r",
        "[a]\naws_access_key_id = NEW\naws_secret_access_key = new");
    CHECK(value(all, "a", "aws_secret_access_key") == "new");
    CHECK(value(all, "a", "aws_session_token") == "none");
    CHECK(value(all, "a", "region") == "r");
}

TEST_CASE("profile file: what is left of other keys is not mixed with a whole pair") {
    const std::string pair =
        "[profile a]\naws_access_key_id = KEY\naws_secret_access_key = secret\n";
    for (const char* left : {"aws_session_token = stale", "aws_security_token = stale",
                             "aws_secret_access_key = stale", "aws_access_key_id =",
                             "aws_access_key_id =\naws_secret_access_key = stale\n"
                             "aws_session_token = stale"}) {
        CAPTURE(left);
        const auto all = parsed(pair, "[a]\nx = 1\n" + std::string(left));
        CHECK(value(all, "a", "aws_access_key_id") == "KEY");
        CHECK(value(all, "a", "aws_secret_access_key") == "secret");
        CHECK(value(all, "a", "aws_session_token") == "none");
        CHECK(value(all, "a", "aws_security_token") == "none");
        CHECK(value(all, "a", "x") == "1");
        REQUIRE_FALSE(all.warnings.empty());
        CHECK(all.warnings[0] ==
              "/k:3: a property is ignored: the access key is in the other file");
    }
}

TEST_CASE("profile file: halves of keys from two files make no pair") {
    const auto half = parsed("[profile a]\naws_access_key_id = KEY",
                             "[a]\naws_secret_access_key = stale\naws_session_token = stale");
    CHECK(value(half, "a", "aws_access_key_id") == "KEY");
    CHECK(value(half, "a", "aws_secret_access_key") == "none");
    CHECK(value(half, "a", "aws_session_token") == "none");

    const auto other =
        parsed("[profile a]\naws_secret_access_key = stale", "[a]\naws_access_key_id = KEY");
    CHECK(value(other, "a", "aws_access_key_id") == "KEY");
    CHECK(value(other, "a", "aws_secret_access_key") == "none");

    const auto no_key =
        parsed("[profile a]\naws_session_token = stale", "[a]\naws_secret_access_key = secret");
    CHECK(value(no_key, "a", "aws_secret_access_key") == "secret");
    CHECK(value(no_key, "a", "aws_session_token") == "none");
}

TEST_CASE("profile file: [profile default] displaces [default] of the same file") {
    const auto all = parsed("[default]\nx = 1\n[profile default]\ny = 1", "[default]\nz = 1");
    CHECK(value(all, "default", "x") == "none");
    CHECK(value(all, "default", "y") == "1");
    CHECK(value(all, "default", "z") == "1");
    REQUIRE(all.warnings.size() == 1);
    CHECK(all.warnings[0].find("/c:1: ") == 0);
}

TEST_CASE("profile file: sessions, services and sections of others are kept apart") {
    const auto all = parsed(
        "[sso-session s]\nsso_region = r\n[services v]\nsts =\n  endpoint_url = u\n"
        "[plugins p]\nx = 1");
    CHECK(all.profiles.empty());
    CHECK(all.sso_sessions.at("s").at("sso_region").text == "r");
    CHECK(all.services.at("v").at("sts").text == "\nendpoint_url = u");
    CHECK(all.others.contains("plugins p"));
}

TEST_CASE("profile file: a name in quotes may hold what others may not") {
    CHECK(parsed("[profile \"my profile\"]\nx = 1").profiles.contains("my profile"));
    CHECK(parsed("", "[\"my profile\"]\nx = 1").profiles.contains("my profile"));
}

TEST_CASE("profile file: what has no valid name is ignored with a warning") {
    const auto all = parsed("[a]\n[profile in valid]\n[profile b]\nk y = 1", "[profile c]\nx = 1");
    CHECK(all.profiles.size() == 1);
    CHECK(all.profiles.at("b").empty());
    REQUIRE(all.warnings.size() == 4);
    CHECK(all.warnings[0].find("/c:1: ") == 0);
    CHECK(all.warnings[1].find("/c:2: ") == 0);
    CHECK(all.warnings[2].find("/c:4: ") == 0);
    CHECK(all.warnings[3].find("/k:1: ") == 0);
}

TEST_CASE("profile file: a value knows where it stands") {
    CHECK(parsed("[profile a]\n\nx = 1").profiles.at("a").at("x").source() == "/c:3");
    CHECK(parsed("", "[a]\nx = 1").profiles.at("a").at("x").source() == "/k:2");
}

TEST_CASE("profile file: missing files are empty, unreadable and malformed ones are errors") {
    test::fake_files files{{"/k", "[a]\nx = 1"}};
    CHECK(load_profile_file(paths, files)->profiles.size() == 1);

    files.broken = "/c";
    CHECK(load_profile_file(paths, files).error().message.find("/c: ") == 0);

    files.broken.clear();
    files.all["/k"] = "[a]\nsecret";
    CHECK(load_profile_file(paths, files).error().message == "/k:2: a property has no =");
}

TEST_CASE("profile file: a property that stands twice is told with its first place") {
    const auto all = config::parse_profile_file("[default]\nregion = a\n[default]\nregion = b\n",
                                                "[default]\nregion = c\n",
                                                {.config = "/c", .credentials = "/k"});
    REQUIRE(all);
    CHECK(all->profiles.at("default").at("region").text == "c");
    CHECK(all->warnings ==
          std::vector<std::string>{"/c:2: a property is ignored: it stands again further down"});
}

TEST_CASE("profile file: files with keys in them that others may read are told of") {
    const config::file_locations at{.config = "/c", .credentials = "/k"};
    test::fake_files files{{"/c", "[default]\nregion = a\n"}, {"/k", "[x]\n"}};
    files.open = {"/c"};
    CHECK(config::load_profile_file(at, files)->warnings.empty());

    files.open = {"/c", "/k"};
    CHECK(config::load_profile_file(at, files)->warnings ==
          std::vector<std::string>{config::open_to_others("/k")});

    files.all["/c"] = "[profile x]\naws_access_key_id = a\naws_secret_access_key = planted\n";
    const auto both = config::load_profile_file(at, files)->warnings;
    CHECK(both ==
          std::vector<std::string>{config::open_to_others("/c"), config::open_to_others("/k")});
}
