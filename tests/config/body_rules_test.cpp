// SPDX-License-Identifier: MIT
#include <awsxx/config/body_rules.hpp>

#include <support/catch.hpp>
#include <support/fake_environment.hpp>

#include <map>
#include <string>
#include <vector>

namespace config = awsxx::config;

namespace {

struct reading {
    config::body_rules rules{};
    std::vector<std::string> warnings{};
    std::vector<awsxx::error> problems{};
};

reading read(const std::map<std::string, std::string>& variables,
             const config::body_choices& code = {}) {
    test::fake_environment environment;
    for (const auto& [name, value] : variables) environment.set(name, value);
    reading got;
    got.rules = config::read_body_rules({&environment, nullptr}, code, got.warnings, got.problems);
    return got;
}

}  // namespace

TEST_CASE(
    "body rules: checksums wherever they are known and compression from 10 KiB, unless said") {
    const auto usual = read({});
    CHECK(usual.rules.request_checksums.use == config::checksum_use::when_supported);
    CHECK(usual.rules.answer_checksums.use == config::checksum_use::when_supported);
    CHECK(usual.rules.compression.value);
    CHECK(usual.rules.compress_from == 10240);
    CHECK(usual.problems.empty());
}

TEST_CASE("body rules: the environment is read whatever the case of its words") {
    const auto got = read({{"AWS_REQUEST_CHECKSUM_CALCULATION", "When_Required"},
                           {"AWS_RESPONSE_CHECKSUM_VALIDATION", "WHEN_REQUIRED"},
                           {"AWS_DISABLE_REQUEST_COMPRESSION", "true"},
                           {"AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "0"}});
    CHECK(got.rules.request_checksums.use == config::checksum_use::when_required);
    CHECK(got.rules.request_checksums.source == "AWS_REQUEST_CHECKSUM_CALCULATION");
    CHECK(got.rules.answer_checksums.use == config::checksum_use::when_required);
    CHECK(!got.rules.compression.value);
    CHECK(got.rules.compress_from == 0);
}

TEST_CASE("body rules: code goes before the environment") {
    const auto got = read({{"AWS_REQUEST_CHECKSUM_CALCULATION", "when_required"},
                           {"AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "7"}},
                          {.request_checksums = config::checksum_use::when_supported,
                           .compression = false,
                           .compress_from = 99});
    CHECK(got.rules.request_checksums.use == config::checksum_use::when_supported);
    CHECK(got.rules.request_checksums.source == "code");
    CHECK(!got.rules.compression.value);
    CHECK(got.rules.compress_from == 99);
}

TEST_CASE("body rules: words and sizes that cannot be meant are problems that name their source") {
    for (const auto& [name, value] : std::map<std::string, std::string>{
             {"AWS_REQUEST_CHECKSUM_CALCULATION", "always"},
             {"AWS_RESPONSE_CHECKSUM_VALIDATION", "yes"},
             {"AWS_DISABLE_REQUEST_COMPRESSION", "maybe"},
             {"AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "10485761"}}) {
        const auto got = read({{name, value}});
        REQUIRE(got.problems.size() == 1);
        CHECK(got.problems[0].code == "InvalidSetting");
        CHECK(got.problems[0].message.find(name) != std::string::npos);
    }
    CHECK(read({{"AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "-1"}}).problems.size() == 1);
}
