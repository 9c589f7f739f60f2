// SPDX-License-Identifier: MIT
#include <awsxx/crypto/trust_store.hpp>  // first: it must compile on its own

#include <support/catch.hpp>
#include <support/tls_identity.hpp>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <memory>
#include <string>

#include <sys/wait.h>
#include <unistd.h>

namespace crypto = awsxx::crypto;
using namespace std::chrono_literals;

namespace {

using trust_stores = crypto::detail::trust_store::stores;
using context = std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)>;

context new_context() { return {SSL_CTX_new(TLS_client_method()), &SSL_CTX_free}; }

int certificates(X509_STORE* in) {
    int count = 0;
    STACK_OF(X509_OBJECT)* const all = X509_STORE_get0_objects(in);
    for (int i = 0; i < sk_X509_OBJECT_num(all); ++i)
        if (X509_OBJECT_get0_X509(sk_X509_OBJECT_value(all, i)) != nullptr) ++count;
    return count;
}

std::string content(const std::string& path) {
    std::ifstream from(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(from), {}};
}

const trust_stores::moment start{100h};

}  // namespace

TEST_CASE("trust store: all TLS contexts share what was read of a file once") {
    const test::tls_identity identity;
    const context first = new_context();
    const context second = new_context();

    REQUIRE(crypto::trust_file(first.get(), identity.ca_file()));
    std::remove(identity.ca_file().c_str());
    REQUIRE(crypto::trust_file(second.get(), identity.ca_file()));

    CHECK(SSL_CTX_get_cert_store(first.get()) == SSL_CTX_get_cert_store(second.get()));
    CHECK(certificates(SSL_CTX_get_cert_store(first.get())) == 1);
}

TEST_CASE("trust store: a file without certificates, or none at all, is trusted by nobody") {
    const context some = new_context();
    X509_STORE* const before = SSL_CTX_get_cert_store(some.get());

    CHECK_FALSE(crypto::trust_file(some.get(), "/nonexistent/authorities.pem"));
    CHECK_FALSE(crypto::trust_file(some.get(), "/dev/null"));

    CHECK(SSL_CTX_get_cert_store(some.get()) == before);
    CHECK(ERR_peek_error() == 0);
}

TEST_CASE("trust store: a file that has changed is read again, an hour later") {
    const test::tls_identity one;
    const test::tls_identity other;
    const trust_stores stores;
    const auto before = stores.get(one.ca_file(), start);
    std::ofstream(one.ca_file(), std::ios::app | std::ios::binary) << content(other.ca_file());

    CHECK(stores.get(one.ca_file(), start + 59min) == before);
    const auto after = stores.get(one.ca_file(), start + 60min);

    CHECK(certificates(before.get()) == 1);
    CHECK(certificates(after.get()) == 2);
    CHECK(stores.get(one.ca_file(), start + 121min) == after);
    std::remove(one.ca_file().c_str());
    CHECK(stores.get(one.ca_file(), start + 200min) == after);
}

TEST_CASE("trust store: a forked child reads for itself") {
    const test::tls_identity identity;
    const trust_stores stores;
    const auto before = stores.get(identity.ca_file(), start);
    const pid_t child = ::fork();
    if (child == 0) {
        const auto own = stores.get(identity.ca_file(), start);
        ::_exit(own != nullptr && own != before ? 0 : 1);
    }
    int status = -1;
    ::waitpid(child, &status, 0);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    CHECK(stores.get(identity.ca_file(), start) == before);
}

TEST_CASE("trust store: it works for the OpenSSL of this program and for no other library") {
    const std::string own = std::string("OpenSSL/") + OpenSSL_version(OPENSSL_VERSION_STRING);
    CHECK(crypto::can_trust_files(own));
    CHECK_FALSE(crypto::can_trust_files("OpenSSL/1.0.2u"));
    CHECK_FALSE(crypto::can_trust_files("GnuTLS/3.7.9"));
    CHECK_FALSE(crypto::can_trust_files(""));
}
