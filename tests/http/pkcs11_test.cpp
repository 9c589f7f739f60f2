// SPDX-License-Identifier: MIT
#include <awsxx/http/client_certificate.hpp>  // first: it must compile on its own

#include <http/requests.hpp>
#include <support/key_pairs.hpp>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <string>

#include <unistd.h>

namespace http = awsxx::http;
namespace fs = std::filesystem;

namespace {

constexpr const char* modules[] = {"/usr/lib/softhsm/libsofthsm2.so",
                                   "/usr/lib64/pkcs11/libsofthsm2.so",
                                   "/usr/lib/pkcs11/libsofthsm2.so"};

std::string module() {
    for (const char* one : modules)
        if (fs::exists(one)) return one;
    return {};
}

/// A token of SoftHSM in a folder of its own. One a process: the engine looks for it only once.
class soft_token {
public:
    explicit soft_token(const test::key_pair& key) : key_(key) {
        fs::create_directories(folder_ / "tokens");
        std::ofstream(folder_ / "softhsm2.conf")
            << "directories.tokendir = " << (folder_ / "tokens").string()
            << "\nobjectstore.backend = file\nlog.level = ERROR\n";
        std::ofstream(folder_ / "key.pem") << key.pkcs8();
        ::setenv("SOFTHSM2_CONF", (folder_ / "softhsm2.conf").c_str(), 1);
        ::setenv("PKCS11_MODULE_PATH", module().c_str(), 1);
        run("--init-token --free --label device --so-pin 4321 --pin 1234");
        run("--import " + (folder_ / "key.pem").string() +
            " --token device --label key --id a1 --pin 1234");
    }
    ~soft_token() { fs::remove_all(folder_); }
    soft_token(const soft_token&) = delete;
    soft_token& operator=(const soft_token&) = delete;

    const test::key_pair& key() const { return key_; }
    /// Puts a certificate beside the key. False: the program that can do it is not there.
    bool keep(const std::string& certificate) const {
        if (std::system("command -v pkcs11-tool >/dev/null") != 0) return false;
        std::ofstream(folder_ / "certificate.pem") << certificate;
        const std::string command = "pkcs11-tool --module " + module() +
                                    " --token-label device --login --pin 1234 --type cert"
                                    " --label certificate --id a1 --write-object ";
        return std::system((command + (folder_ / "certificate.pem").string() + " >/dev/null 2>&1")
                               .c_str()) == 0;
    }

private:
    static fs::path make_folder() {
        std::string name = "/tmp/awsxx-test-XXXXXX";
        if (::mkdtemp(name.data()) == nullptr) std::abort();
        return name;
    }
    static void run(const std::string& arguments) {
        const int status = std::system(("softhsm2-util " + arguments + " >/dev/null 2>&1").c_str());
        REQUIRE(status == 0);
    }

    const test::key_pair& key_;
    fs::path folder_ = make_folder();
};

using pin_source = std::function<awsxx::expected<awsxx::secret>()>;

pin_source saying(const char* pin) {
    return [pin]() -> awsxx::expected<awsxx::secret> { return awsxx::secret(pin); };
}

}  // namespace

TEST_CASE("pkcs11: a key in a token opens connections, with its PIN only") {
    if (module().empty() || std::system("command -v softhsm2-util >/dev/null") != 0) {
        WARN("skipped: softhsm2 is not installed");
        return;
    }
    const soft_token token(test::an_rsa_key());
    const auto authority = test::key_pair::ec();
    test::tls_identity identity;
    identity.demand_certificates_of(authority.certificate({.subject = "devices"}));
    test::http_server server([](const test::received& got) { return test::answer(200, got.peer); },
                             {.tls = true, .identity = &identity});
    http::curl_transport transport({.ca_file = identity.ca_file()});
    const std::string certificate = token.key().certificate(
        {.subject = "thing", .serial = "2", .issuer = "devices", .signer = &authority});
    const auto with = [&](const char* key, pin_source pin) -> http::exchange {
        return {.certificate =
                    std::make_shared<const http::client_certificate>(http::client_certificate{
                        .certificate = certificate, .key = key, .pin = std::move(pin)})};
    };
    constexpr const char* key = "pkcs11:token=device;object=key;type=private";
    const auto request = test::get(server.url());
    const auto first = transport.send(request, with("pkcs11:token=none", nullptr));
    REQUIRE_FALSE(first);
    if (first.error().code == "Pkcs11Unavailable") {
        WARN("skipped: libengine-pkcs11-openssl is not installed");
        return;
    }

    for (const auto& how : {with(key, saying("9999")), with(key, nullptr),
                            with("pkcs11:token=device;object=other", saying("1234"))}) {
        const auto refused = test::failure_of(transport, request, how);
        CHECK(refused.code == "ClientCertificateUnusable");
        CHECK(to_string(refused).find("9999") == std::string::npos);
        CHECK(to_string(refused).find("pkcs11:") == std::string::npos);
    }
    const auto own = with(key, saying("1234"));
    CHECK(test::answer_of(transport, request, own).body == "thing");
    CHECK(test::answer_of(transport, request, own).body == "thing");
    CHECK(server.connections() == 5);  // four refused, and one kept

    if (!token.keep(certificate)) {
        WARN("skipped: pkcs11-tool (opensc), which puts certificates into tokens");
        return;
    }
    const auto all_in_token = std::make_shared<const http::client_certificate>(
        http::client_certificate{.certificate = "pkcs11:token=device;object=certificate;type=cert",
                                 .key = key,
                                 .pin = saying("1234")});
    CHECK(test::answer_of(transport, request, {.certificate = all_in_token}).body == "thing");
}
