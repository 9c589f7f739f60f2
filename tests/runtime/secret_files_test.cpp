// SPDX-License-Identifier: MIT
#include <awsxx/runtime/secret_files.hpp>

#include <support/catch.hpp>
#include <support/fake_files.hpp>

#include <memory>
#include <string>
#include <vector>

using namespace awsxx;

namespace {

/// What is said about a file with this text in it that everybody may read.
std::vector<std::string> warnings_about(const std::string& text) {
    const auto files = std::make_shared<test::fake_files>();
    files->all["/f"] = text;
    files->open = {"/f"};
    settings choices;
    choices.outside.files = files;
    const runtime::configuration from(std::move(choices));
    for (int i = 0; i < 2; ++i) CHECK(*runtime::secret_files(from).read("/f", 1000) == text);
    return from.warnings();
}

}  // namespace

TEST_CASE("secret files: one that others may read is told of, once") {
    const std::vector<std::string> told{config::open_to_others("/f")};
    CHECK(warnings_about("token") == told);
    CHECK(warnings_about("-----BEGIN PRIVATE KEY-----") == told);
    CHECK(warnings_about("-----BEGIN CERTIFICATE-----\n-----BEGIN EC PRIVATE KEY-----") == told);
}

TEST_CASE("secret files: a certificate is for everybody") {
    CHECK(warnings_about("-----BEGIN CERTIFICATE-----\n").empty());
}

TEST_CASE("secret files: those that only their owner may read are not told of") {
    settings choices;
    choices.outside.files = std::make_shared<test::fake_files>(test::fake_files{{"/f", "token"}});
    const runtime::configuration from(std::move(choices));

    CHECK(*runtime::secret_files(from).read("/f", 1000) == "token");
    CHECK(from.warnings().empty());
}
