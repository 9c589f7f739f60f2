// SPDX-License-Identifier: MIT
// Where a certificate and its key come from: PEM in memory or in files.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/guarded.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/system.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/private_key.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// A certificate, those that vouch for it behind it, and its key. What is given in memory goes
/// before a file; without a key of its own it is looked for behind the certificate.
struct pem_source {
    std::string certificate{};
    std::string certificate_file{};
    secret key{};
    std::string key_file{};
    crypto::passphrase_source passphrase{};  ///< Asked if the key is encrypted.
};

/// The texts that a source leads to.
struct pem_texts {
    secret certificate{};  ///< Secret, because a key may stand in it.
    secret key{};

    friend bool operator==(const pem_texts&, const pem_texts&) = default;
};

namespace detail::pem_source {

inline expected<secret> read(const std::string& path, const file_system& files) {
    constexpr std::size_t limit = std::size_t{1} << 20;
    auto text = files.read(path, limit);
    if (text) return secret(*std::move(text));
    error why = std::move(text).error();
    why.kind = error_kind::configuration;  // somebody has named it
    return why;
}

}  // namespace detail::pem_source

/// Reads what is in files. Fails with `configuration` if there is nothing, or no such file.
inline expected<pem_texts> read_pem(const pem_source& from, const file_system& files) {
    pem_texts texts{.certificate = from.certificate, .key = from.key};
    if (from.certificate.empty()) {
        if (from.certificate_file.empty())
            return error{.kind = error_kind::configuration,
                         .code = "MissingCertificate",
                         .message = "no certificate is given, neither as text nor as a file"};
        auto read = detail::pem_source::read(from.certificate_file, files);
        if (!read) return std::move(read).error();
        texts.certificate = *std::move(read);
    }
    if (from.key.empty() && from.key_file.empty()) {
        texts.key = texts.certificate;
    } else if (from.key.empty()) {
        auto read = detail::pem_source::read(from.key_file, files);
        if (!read) return std::move(read).error();
        texts.key = *std::move(read);
    }
    return texts;
}

/// Makes something of a source's texts and keeps it as long as they stay the same, so that
/// replaced files count and nobody is asked twice for a passphrase. From any thread.
template <class T>
class made_of_pem {
public:
    using value = std::shared_ptr<const T>;

    explicit made_of_pem(pem_source from) : from_(std::move(from)) {}

    /// `make(texts, passphrase) -> expected<value>`. Reads files; its failures name them.
    template <class Make>
    expected<value> get(const file_system& files, Make make) const {
        auto texts = read_pem(from_, files);
        if (!texts) return std::move(texts).error();
        const auto last = last_.lock();
        if (last->made && last->of == *texts) return last->made;
        expected<value> made = make(*texts, from_.passphrase);
        if (!made) return broken(std::move(made).error());
        last->of = *std::move(texts);
        last->made = *made;
        return made;
    }

private:
    struct state {
        pem_texts of{};
        value made{};
    };

    AWSXX_COLD error broken(const error& why) const {
        std::string where;
        if (from_.certificate.empty()) where = "certificate " + from_.certificate_file;
        if (from_.key.empty() && !from_.key_file.empty())
            where.append(where.empty() ? "" : ", ").append("key ").append(from_.key_file);
        if (where.empty()) return why;
        return caused_by({.kind = why.kind,
                          .retryable = why.retryable,
                          .code = "UnusableCertificate",
                          .message = std::move(where)},
                         why);
    }

    const pem_source from_;
    guarded<state> last_{};
};

}  // namespace awsxx::inline AWSXX_ABI
