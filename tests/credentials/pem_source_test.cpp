// SPDX-License-Identifier: MIT
#include <awsxx/credentials/pem_source.hpp>  // first: it must compile on its own

#include <awsxx/testing/isolated_world.hpp>

#include <support/catch.hpp>

#include <memory>
#include <string>
#include <utility>

using namespace awsxx;

namespace {

const testing::made_up_files files{{{"/c", "certificate in a file"}, {"/k", "key in a file"}}};

std::string texts(const pem_source& from) {
    const auto read = read_pem(from, files);
    if (!read) return to_string(read.error());
    return std::string(read->certificate.expose()) + ", " + std::string(read->key.expose());
}

/// Makes a string of the certificate and counts how often.
struct counting {
    int& made;
    expected<std::shared_ptr<const std::string>> operator()(const pem_texts& of,
                                                            const crypto::passphrase_source&) {
        ++made;
        if (of.certificate.expose() == "bad")
            return error{.kind = error_kind::configuration, .code = "Bad"};
        return std::make_shared<const std::string>(of.certificate.expose());
    }
};

}  // namespace

TEST_CASE("PEM source: memory goes before files, and a key may stand behind its certificate") {
    CHECK(texts({.certificate = "c", .key = "k"}) == "c, k");
    CHECK(texts({.certificate_file = "/c", .key_file = "/k"}) ==
          "certificate in a file, key in a file");
    CHECK(
        texts({.certificate = "c", .certificate_file = "/none", .key = "k", .key_file = "/none"}) ==
        "c, k");
    CHECK(texts({.certificate = "both"}) == "both, both");
    CHECK(texts({.certificate_file = "/c"}) == "certificate in a file, certificate in a file");
}

TEST_CASE("PEM source: what is missing is named, as an error of the configuration") {
    CHECK(texts({}) ==
          "MissingCertificate: no certificate is given, neither as text nor as a file");
    CHECK(texts({.certificate_file = "/none"}).find("/none") != std::string::npos);
    const auto read = read_pem({.certificate = "c", .key_file = "/none"}, files);
    REQUIRE_FALSE(read);
    CHECK(read.error().kind == error_kind::configuration);
    CHECK(read.error().code == "FileNotFound");
}

TEST_CASE("PEM source: what is made of it stays while the texts do") {
    testing::made_up_files changing{{{"/c", "one"}}};
    const made_of_pem<std::string> source({.certificate_file = "/c"});
    int made = 0;
    const auto first = source.get(changing, counting{made});
    CHECK(*source.get(changing, counting{made}) == *first);
    CHECK(made == 1);
    REQUIRE(changing.write("/c", "bad"));
    const auto broken = source.get(changing, counting{made});
    REQUIRE_FALSE(broken);
    CHECK(to_string(broken.error()) == "UnusableCertificate: certificate /c <- Bad");
    REQUIRE(changing.write("/c", "two"));
    CHECK(**source.get(changing, counting{made}) == "two");
    CHECK(made == 3);
}
