// SPDX-License-Identifier: MIT
// Certificates of authorities, read once a process and shared by all TLS connections.
#pragma once

#include <awsxx/core/fork.hpp>
#include <awsxx/core/guarded.hpp>
#include <awsxx/core/os.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/openssl_guard.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <openssl/crypto.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>

namespace awsxx::inline AWSXX_ABI::crypto {

namespace detail::trust_store {

/// What PEM files hold, by path. A file is read again once it has changed, which is looked at once an
/// hour; where it cannot be read then, what was read before stays. A forked child reads for itself:
/// other threads of its parent may have held locks of OpenSSL's. Any number of threads may ask.
class stores {
public:
    using moment = std::chrono::steady_clock::time_point;

    /// An `X509_STORE` of that file's certificates; null where there are none to be read.
    std::shared_ptr<X509_STORE> get(std::string_view path, moment now) const {
        const auto all = entries_.lock();
        const auto found = std::find_if(all->begin(), all->end(), [&](const entry& one) {
            return one.path == path && one.generation == fork_generation();
        });
        entry& one = found != all->end()
                         ? *found
                         : all->emplace_back(entry{std::string(path), fork_generation()});
        if (one.store == nullptr || now - one.looked >= std::chrono::hours(1)) look(one, now);
        return one.store;
    }

private:
    struct entry {
        std::string path{};
        unsigned generation{};
        moment looked{};
        os::file_state state{};
        std::shared_ptr<X509_STORE> store{};
    };

    static void look(entry& one, moment now) {
        one.looked = now;
        const os::file_state state = os::state_of(one.path).value_or(os::file_state{});
        if (one.store != nullptr && state.is_unchanged_since(one.state)) return;
        auto read = load(one.path);
        if (read == nullptr) return;
        one.store = std::move(read);
        one.state = state;
    }

    /// As libcurl does: one certificate of a chain is enough, and chains end as soon as they can.
    static std::shared_ptr<X509_STORE> load(const std::string& path) {
        const error_queue_guard errors;
        std::shared_ptr<X509_STORE> made(X509_STORE_new(),
                                         [](X509_STORE* one) { X509_STORE_free(one); });
        if (made == nullptr || X509_STORE_load_locations(made.get(), path.c_str(), nullptr) != 1)
            return nullptr;
        X509_STORE_set_flags(made.get(), X509_V_FLAG_TRUSTED_FIRST | X509_V_FLAG_PARTIAL_CHAIN);
        return made;
    }

    guarded<std::vector<entry>> entries_{};
};

using set_store = void (*)(void* context, X509_STORE* store);

/// libssl's function. Programs do not link that library, but their libcurl has brought it along.
inline set_store find_set_store() noexcept {
    static const auto found =
        reinterpret_cast<set_store>(os::find_function("SSL_CTX_set1_cert_store"));
    return found;
}

}  // namespace detail::trust_store

/// True if `trust_file` works for TLS contexts of that library, as "OpenSSL/3.0.17": the one that the
/// program itself uses.
inline bool can_trust_files(std::string_view library) noexcept {
    constexpr std::string_view name = "OpenSSL/";
    return library.starts_with(name) &&
           library.substr(name.size()) == OpenSSL_version(OPENSSL_VERSION_STRING) &&
           detail::trust_store::find_set_store() != nullptr;
}

/// Makes a TLS context, an `SSL_CTX`, trust the certificates in the file at `path` and no others.
/// False: there are none to be read. The file is read for the first context of the process.
inline bool trust_file(void* context, std::string_view path) {
    using detail::trust_store::stores;
    static const stores& all = *new stores;  // used until the process has ended
    const auto store = all.get(path, std::chrono::steady_clock::now());
    if (store == nullptr) return false;
    detail::trust_store::find_set_store()(context, store.get());
    return true;
}

}  // namespace awsxx::inline AWSXX_ABI::crypto
