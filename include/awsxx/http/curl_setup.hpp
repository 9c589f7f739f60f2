// SPDX-License-Identifier: MIT
// What is set on every libcurl handle, whatever it sends: the defaults that libcurl has wrong for us.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/trust_store.hpp>
#include <awsxx/http/curl_options.hpp>
#include <awsxx/http/proxy.hpp>
#include <awsxx/http/uri.hpp>

#include <string>
#include <string_view>

#include <curl/curl.h>

namespace awsxx::inline AWSXX_ABI::http::detail {

/// Sets options and remembers the first that libcurl refused.
class curl_setter {
public:
    explicit curl_setter(CURL* easy) : easy_(easy) {}

    curl_setter& set(CURLoption option, bool value) { return set(option, value ? 1L : 0L); }
    curl_setter& set(CURLoption option, const char* value) { return put(option, value); }
    template <class Value>
    curl_setter& set(CURLoption option, Value value) {
        return put(option, value);
    }
    CURLcode result() const noexcept { return result_; }

private:
    template <class Value>
    curl_setter& put(CURLoption option, Value value) {
        const CURLcode code = curl_easy_setopt(easy_, option, value);
        if (result_ == CURLE_OK) result_ = code;
        return *this;
    }

    CURL* easy_;
    CURLcode result_ = CURLE_OK;
};

inline void set_manners(curl_setter& easy, const curl_options& options) {
    easy.set(CURLOPT_NOSIGNAL, true)
        .set(CURLOPT_QUICK_EXIT, true)  // or giving up waits for the thread that resolves a name
        .set(CURLOPT_TCP_NODELAY, true)
        .set(CURLOPT_TCP_KEEPALIVE, options.tcp_keepalive)
        .set(CURLOPT_MAXAGE_CONN, 50L)            // idle; load balancers wait for a minute
        .set(CURLOPT_MAXLIFETIME_CONN, 15L * 60)  // names may lead elsewhere by then
        .set(CURLOPT_DNS_SHUFFLE_ADDRESSES, true)
        .set(CURLOPT_PROTOCOLS_STR, "http,https")
        .set(CURLOPT_FOLLOWLOCATION, false)  // signed headers go nowhere else
        .set(CURLOPT_HTTP_VERSION,
             long{options.http2 ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1})
        .set(CURLOPT_PATH_AS_IS, true)  // S3 keys may be "a/../b"
        .set(CURLOPT_NETRC, long{CURL_NETRC_IGNORED})
        .set(CURLOPT_DISALLOW_USERNAME_IN_URL, true)
        .set(CURLOPT_UPLOAD_BUFFERSIZE, 48L << 10)  // three records of TLS
        .set(CURLOPT_SUPPRESS_CONNECT_HEADERS, true);
}

/// Whether all handles may share one copy of what the system's certificates are.
inline bool shares_trust() noexcept {
    static const bool can = [] {
        const char* const library = curl_version_info(CURLVERSION_NOW)->ssl_version;
        return library != nullptr && crypto::can_trust_files(library);
    }();
    return can;
}

/// Called for each new connection, before it is made.
inline CURLcode trust_system(CURL*, void* context, void* file) noexcept {
    return crypto::trust_file(context, static_cast<const char*>(file)) ? CURLE_OK
                                                                       : CURLE_SSL_CACERT_BADFILE;
}

/// libcurl's own way is to parse the whole bundle for every handle. Others than the system's stay with
/// that: by their names libcurl tells whose connections may be used for which requests.
inline void share_trust(curl_setter& easy, const char* system_file) {
    const char* const none = nullptr;
    easy.set(CURLOPT_CAINFO, none)
        .set(CURLOPT_SSL_CTX_FUNCTION, &trust_system)
        .set(CURLOPT_SSL_CTX_DATA, const_cast<char*>(system_file));
}

/// With a folder of certificates libcurl parses the whole bundle for every connection; with a file
/// it keeps what it parsed.
inline void set_trust(curl_setter& easy, const curl_options& options, const char* system_file) {
    const bool own = !options.ca_file.empty() || !options.ca_path.empty();
    const char* file = options.ca_file.empty() ? nullptr : options.ca_file.c_str();
    const char* path = options.ca_path.empty() ? nullptr : options.ca_path.c_str();
    if (own) easy.set(CURLOPT_CAINFO, file).set(CURLOPT_PROXY_CAINFO, file);
    if (own || system_file != nullptr)
        easy.set(CURLOPT_CAPATH, path).set(CURLOPT_PROXY_CAPATH, path);
    if (!own && system_file != nullptr && shares_trust() && !options.insecure_skip_tls_verification)
        share_trust(easy, system_file);
    easy.set(CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2})
        .set(CURLOPT_PROXY_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2})
        .set(CURLOPT_SSL_VERIFYPEER, !options.insecure_skip_tls_verification)
        .set(CURLOPT_SSL_VERIFYHOST, options.insecure_skip_tls_verification ? 0L : 2L);
}

/// True if the way to `origin` has TLS in it: to the target or to its proxy.
inline bool uses_tls(const uri& origin, std::string_view proxy) {
    return origin.scheme == "https" || proxy.starts_with("https:");
}

/// An empty proxy and an empty list of exceptions keep libcurl from asking the environment.
inline void set_proxy(curl_setter& easy, std::string_view proxy) {
    easy.set(CURLOPT_PROXY, std::string(proxy).c_str()).set(CURLOPT_NOPROXY, "");
}

/// Prepares a new handle for one origin, which it reaches through `proxy`; directly if that is empty.
inline expected<void> set_up(CURL* easy, const curl_options& options, std::string_view proxy) {
    if (auto good = check_proxy(proxy); !proxy.empty() && !good) return good;
    const char* system_file = nullptr;
    curl_easy_getinfo(easy, CURLINFO_CAINFO, &system_file);
    curl_setter setter(easy);
    set_manners(setter, options);
    set_trust(setter, options, system_file);
    set_proxy(setter, proxy);
    if (setter.result() == CURLE_OK) return {};
    // what was refused may be a proxy with its password
    return error{.kind = error_kind::configuration,
                 .code = "TransportUnusable",
                 .message = std::string("libcurl refuses a setting: ") +
                            curl_easy_strerror(setter.result())};
}

}  // namespace awsxx::inline AWSXX_ABI::http::detail
