// SPDX-License-Identifier: MIT
// The role chain on a radosgw again, this time as profiles of a config file say it.
#include <servers/radosgw.hpp>

#include <filesystem>
#include <fstream>

#include <unistd.h>

namespace {

using namespace test::radosgw;

/// Shared files in a folder of their own, which goes with this.
class profile_folder {
public:
    profile_folder() {
        std::string name = (std::filesystem::temp_directory_path() / "awsxx.XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) FAIL("no temporary folder");
        path_ = name;
    }
    profile_folder(const profile_folder&) = delete;
    profile_folder& operator=(const profile_folder&) = delete;
    ~profile_folder() { std::filesystem::remove_all(path_); }

    void write(const char* name, const std::string& text) const {
        std::ofstream(path_ / name) << text;
    }
    std::string path(const char* name) const { return (path_ / name).string(); }

private:
    std::filesystem::path path_{};
};

/// A user, role A on top of it, and role B on top of that.
void write_profiles(const profile_folder& to, const std::string& secret_key) {
    const std::string where = "region = " + variable("RGW_REGION") +
                              "\nendpoint_url = " + variable("RGW_TLS_ENDPOINT") +
                              "\nca_bundle = " + variable("RGW_CA_FILE") + "\n";
    to.write("config", "[profile a]\nrole_arn = " + role_a() + "\nsource_profile = user\n" + where +
                           "[profile b]\nrole_arn = " + role_b() + "\nsource_profile = a\n" +
                           where + "[profile direct]\nrole_arn = " + role_b() +
                           "\nsource_profile = user\n" + where);
    to.write("credentials", "[user]\naws_access_key_id = " + variable("RGW_ACCESS_KEY") +
                                "\naws_secret_access_key = " + secret_key + "\n");
}

/// Everything is in the files; the environment says only where those are.
awsxx::session of_profile(const char* name, const profile_folder& in) {
    auto outside = awsxx::testing::isolated_world(
        nullptr, {.environment = {{"AWS_CONFIG_FILE", in.path("config")},
                                  {"AWS_SHARED_CREDENTIALS_FILE", in.path("credentials")},
                                  {"AWS_PROFILE", name}}});
    outside.files = nullptr;
    return awsxx::session(awsxx::settings{.outside = outside});
}

}  // namespace

TEST_CASE("radosgw: a profile's chain of two roles is accepted") {
    const profile_folder folder;
    write_profiles(folder, variable("RGW_SECRET_KEY"));
    const awsxx::session b = of_profile("b", folder);

    const auto listed = b.try_send(object("GET", ""), s3("ListObjects"));

    INFO((listed ? "" : to_string(listed.error())));
    CHECK(listed);
    const auto told = b.explain();
    REQUIRE(told.identities.size() == 3);
    CHECK(told.identities[2].source.find(role_b()) != std::string::npos);
    CHECK(to_string(told).find(variable("RGW_SECRET_KEY")) == std::string::npos);
}

TEST_CASE("radosgw: a profile's role that does not trust its source is refused and named") {
    const profile_folder folder;
    write_profiles(folder, variable("RGW_SECRET_KEY"));

    const auto listed = of_profile("direct", folder).try_send(object("GET", ""), s3("ListObjects"));

    REQUIRE_FALSE(listed);
    const std::string text = to_string(listed.error());
    INFO(text);
    CHECK(text.find("RoleNotAssumed: " + role_b()) != std::string::npos);
    CHECK(text.find("(403)") != std::string::npos);
}

TEST_CASE("radosgw: a wrong secret in a file is refused at the first of a profile's hops") {
    const profile_folder folder;
    write_profiles(folder, "not-the-secret-of-the-user");

    const auto listed = of_profile("b", folder).try_send(object("GET", ""), s3("ListObjects"));

    REQUIRE_FALSE(listed);
    const std::string text = to_string(listed.error());
    INFO(text);
    CHECK(text.find("RoleNotAssumed: " + role_a()) != std::string::npos);
    CHECK(text.find("not-the-secret-of-the-user") == std::string::npos);
}
