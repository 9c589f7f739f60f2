// SPDX-License-Identifier: MIT
// What a failure of libcurl means.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/curl_handle.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <curl/curl.h>

namespace awsxx::inline AWSXX_ABI::http::detail {

/// Tells failures of one handle in the library's words. Messages name host, port and phase.
class curl_failure {
public:
    explicit curl_failure(const curl_handle& handle) : handle_(handle) {}

    /// The error for what libcurl returned.
    AWSXX_COLD error of(CURLcode code) const {
        switch (code) {
            case CURLE_COULDNT_RESOLVE_HOST:
            case CURLE_COULDNT_RESOLVE_PROXY: return network("NameNotResolved", reason(code));
            case CURLE_COULDNT_CONNECT: return network("ConnectionFailed", reason(code) + cause());
            case CURLE_OPERATION_TIMEDOUT: return late(phase(), "the limit for connecting");
            case CURLE_PROXY: return network("ProxyFailed", reason(code));
            case CURLE_SSL_CONNECT_ERROR:
                return refuses_client() ? unwelcome() : network("TlsFailed", reason(code));
            case CURLE_GOT_NOTHING:
            case CURLE_SEND_ERROR:
            case CURLE_RECV_ERROR:
            case CURLE_PARTIAL_FILE:
            case CURLE_HTTP2:
            case CURLE_HTTP2_STREAM:
            case CURLE_SEND_FAIL_REWIND: return broken(code);
            case CURLE_UNSUPPORTED_PROTOCOL:
            case CURLE_WEIRD_SERVER_REPLY:
            case CURLE_BAD_CONTENT_ENCODING: return malformed(code);
            default: return rare(code);
        }
    }

    /// The answer ended inside its head.
    AWSXX_COLD error cut() const {
        return network("ConnectionBroken", "the connection ended inside the answer's headers");
    }

    /// A limit is over.
    AWSXX_COLD error late(std::string_view doing, std::string_view limit) const {
        return {
            .kind = error_kind::timeout,
            .retryable = true,
            .code = "TimedOut",
            .message = where() + std::string(doing) + " took longer than " + std::string(limit)};
    }

private:
    // Certificates and setup: trying again changes nothing.
    error rare(CURLcode code) const {
        switch (code) {
            case CURLE_SSL_CERTPROBLEM:
                // libcurl's sentence may hold a token's URI, and that its PIN
                return {.kind = error_kind::configuration,
                        .code = "ClientCertificateUnusable",
                        .message = where() +
                                   "the client certificate or its key cannot be used: "
                                   "damaged, a wrong PIN, or not in the token"};
            case CURLE_PEER_FAILED_VERIFICATION:
            case CURLE_SSL_ISSUER_ERROR:
            case CURLE_SSL_INVALIDCERTSTATUS:
            case CURLE_SSL_PINNEDPUBKEYNOTMATCH: {
                error why = network("TlsFailed", reason(code));
                why.retryable = false;
                return why;
            }
            case CURLE_SSL_CACERT_BADFILE:
            case CURLE_SSL_CIPHER:
            case CURLE_SSL_ENGINE_INITFAILED:
                return {.kind = error_kind::configuration,
                        .code = "TlsUnusable",
                        .message = where() + reason(code)};
            case CURLE_URL_MALFORMAT:
                return {.kind = error_kind::invalid_argument,
                        .code = "InvalidUri",
                        .message = "libcurl refuses the URI"};
            default:
                return {.code = "TransportFailed", .message = where() + curl_easy_strerror(code)};
        }
    }

    /// True if the server ended TLS for want of a certificate that it likes. With TLS 1.3 that
    /// comes after the handshake.
    bool refuses_client() const {
        const std::string_view text = handle_.message.data();
        const std::size_t alert = text.find(" alert ");
        if (alert == text.npos) return false;
        for (const std::string_view about : {"certificate", "unknown ca", "access denied"})
            if (text.find(about, alert) != text.npos) return true;
        return false;
    }
    error unwelcome() const {
        error why = network("TlsFailed", handle_.shown() != nullptr
                                             ? "the server refuses the client certificate"
                                             : "the server wants a client certificate");
        why.retryable = false;
        return why;
    }

    error broken(CURLcode code) const {
        if (refuses_client()) return unwelcome();
        if (!handle_.connected && code == CURLE_RECV_ERROR && proxy_status() != 0)
            return network("ProxyFailed",
                           "the proxy answers CONNECT with " + std::to_string(proxy_status()));
        return network("ConnectionBroken",
                       std::string(phase()) + ": " + curl_easy_strerror(code) + cause());
    }

    error malformed(CURLcode code) const {
        return {.kind = error_kind::malformed_answer,
                .retryable = true,
                .code = "NotHttp",
                .message = where() + "the answer is not HTTP/1.1: " + curl_easy_strerror(code)};
    }

    error network(const char* code, std::string message) const {
        return {.kind = error_kind::network,
                .retryable = true,
                .code = code,
                .message = where() + std::move(message)};
    }

    std::string where() const {
        const uri& to = handle_.origin();
        return to.host + ':' + std::to_string(to.effective_port()) + ": ";
    }

    /// libcurl's own sentence where it has one. Only asked where it cannot hold a header; one
    /// with a URL in it may hold a proxy's password.
    std::string reason(CURLcode code) const {
        const std::string_view text = handle_.message.data();
        const bool safe = !text.empty() && text.find("://") == std::string_view::npos;
        return safe ? std::string(text) : curl_easy_strerror(code);
    }

    std::string cause() const {
        long number = 0;
        curl_easy_getinfo(handle_.easy(), CURLINFO_OS_ERRNO, &number);
        if (number == 0) return {};
        return " (" + std::generic_category().message(static_cast<int>(number)) + ')';
    }

    long proxy_status() const {
        long status = 0;
        curl_easy_getinfo(handle_.easy(), CURLINFO_HTTP_CONNECTCODE, &status);
        return status;
    }

    bool reached(CURLINFO point) const {
        curl_off_t microseconds = 0;
        curl_easy_getinfo(handle_.easy(), point, &microseconds);
        return microseconds != 0;
    }

    std::string_view phase() const {
        if (handle_.answer.started()) return "receiving the answer";
        if (handle_.connected) return "sending the request";
        if (reached(CURLINFO_NAMELOOKUP_TIME_T)) return "connecting";  // TLS included
        return "resolving the name";
    }

    const curl_handle& handle_;
};

}  // namespace awsxx::inline AWSXX_ABI::http::detail
