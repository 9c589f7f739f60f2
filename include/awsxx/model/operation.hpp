// SPDX-License-Identifier: MIT
// What an operation and its service are: constant data that the runtime acts upon.
#pragma once

#include <awsxx/core/expected_fwd.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/model/field.hpp>
#include <awsxx/model/rules.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::http {
struct request;
struct response;
}  // namespace awsxx::inline AWSXX_ABI::http

namespace awsxx::inline AWSXX_ABI::model {

struct operation;

/// A wire format as functions.
struct protocol {
    std::string_view name{};
    /// Starts from a request that has the endpoint as its target. `token` is sent for a member that
    /// is an idempotency token and absent.
    expected<void> (*encode)(const operation& what, const void* in, http::request& draft,
                             const std::string& token){};
    /// Fills `out` from a successful answer, or leaves it as it was made. May use the body up.
    ///
    /// A value that cannot be read is left empty and told by the result, as in "at Users[3].Name:
    /// expected a string", which is empty where all was read: the call did succeed.
    expected<std::string> (*decode)(const operation& what, http::response& answer, void* out){};
    /// What an answer that is no success says. Sets code, message, status and details; never kind
    /// or retryable, which the runtime decides for all protocols alike.
    error (*decode_error)(const operation& what, const http::response& answer){};
    /// Fills an error's shape from such an answer, as far as it can be read. Null: it has no shapes.
    void (*decode_modeled)(const type& shape, http::response& answer, void* out){};
};

/// What tells an error's shape in an answer.
struct error_shape {
    std::string_view name{};        ///< Of the shape: "QueueDoesNotExist".
    std::string_view query_code{};  ///< awsQuery's, where it is another one.
};

/// The codes of errors that the model says are worth another attempt, divided by spaces.
struct retried_errors {
    std::string_view transient{};
    std::string_view throttling{};
};

/// A header that all requests of a service have.
struct constant_header {
    std::string_view name{};  ///< Empty: there is none.
    std::string_view value{};
};

/// A service as its model describes it.
struct service {
    std::string_view id{};               ///< "STS", "Identity Store": settings and user agent.
    std::string_view endpoint_prefix{};  ///< The first label of its hosts.
    std::string_view signing_name{};     ///< Empty: the endpoint prefix.
    std::string_view version{};          ///< "2011-06-15": query protocols send it.
    std::string_view target{};           ///< Its shape's name: in X-Amz-Target, or in CBOR's paths.
    const model::protocol* protocol{};
    std::string_view region{};         ///< Empty: the session's.
    bool issues_credentials{};         ///< Which go by its clock; its answers are secret.
    std::string_view xml_namespace{};  ///< Of bodies in XML.
    bool query_compatible{};           ///< Spoke awsQuery once: errors have the codes of that time.
    bool errors_in_success{};          ///< An answer of 200 may have an error in its body, as S3's.
    bool takes_tokens{};               ///< A bearer token is as good as a signature.
    model::rule_set rules{};           ///< Where it is.
    model::retried_errors retried{};   ///< Beside those that all services have.
    model::constant_header header{};   ///< Unless the call sets it.
    const model::service* copy_of{};   ///< What outlives this one; null: it is no copy.
};

/// How an operation proves who calls.
enum class auth : unsigned char {
    sigv4,
    none,    ///< Unsigned: the input carries the proof.
    bearer,  ///< A token in place of a signature.
};

/// How an operation is an HTTP request, for protocols that have that in their models.
struct http_binding {
    std::string_view method{};
    /// "/things/{Id}/{Path+}?list": labels are filled in, greedy ones keep their slashes.
    std::string_view uri{};
};

/// An algorithm for the checksum of a body, as bits of a set.
using checksum_algorithms = std::uint16_t;
inline constexpr checksum_algorithms crc32 = 1;
inline constexpr checksum_algorithms crc32c = 2;
inline constexpr checksum_algorithms crc64nvme = 4;
inline constexpr checksum_algorithms sha1 = 8;
inline constexpr checksum_algorithms sha256 = 16;
inline constexpr checksum_algorithms sha512 = 32;
inline constexpr checksum_algorithms md5 = 64;

/// Checksums of the bodies. https://smithy.io/2.0/aws/aws-core.html#aws-protocols-httpchecksum-trait
/// Members are told by their index in the input's table, -1 if there is none.
struct checksum_traits {
    std::int16_t algorithm_member = -1;   ///< Where the caller chooses the request's.
    std::int16_t validation_member = -1;  ///< Where the caller asks for the answer's.
    bool required{};                      ///< A request without one is refused.
    bool content_md5{};                   ///< It is the one of the header Content-MD5.
    bool tree_hash{};               ///< Glacier's, and the body's SHA-256, in headers of their own.
    checksum_algorithms answers{};  ///< What answers may have.
};

/// A copy from another region, for which the request has a URL that is signed there.
struct region_copy_traits {
    std::string_view url{};  ///< The parameter of the form; empty: the operation is nothing such.
    bool sends_regions{};    ///< The form names both regions; else the URL alone names the target.
};

/// An address that another operation of the service tells, for a while.
struct discovery_traits {
    std::string_view operation{};  ///< Which one; empty: the rules say where this one is.
    bool required{};               ///< It is nowhere else.
};

/// An operation as its model describes it.
struct operation {
    std::string_view name{};
    const model::service* service{};
    const type* input{};
    const type* output{};
    model::auth auth{};
    bool long_poll{};  ///< The service holds the answer back until there is one.
    model::http_binding http{};
    /// Before the endpoint's host: "data." or "{2}.", a member by its index in the input's table.
    std::string_view host_prefix{};
    model::checksum_traits checksums{};
    bool compressed{};        ///< A large body is sent through gzip.
    bool unsigned_payload{};  ///< The body is no part of the signature, over HTTPS.
    bool bare_output{};       ///< The root element of the answer is the only member, in XML.
    bool events{};            ///< The answer is a stream of events.
    bool answers_early{};     ///< It begins before the work is done, and stands still until then.
    /// What it tells the service's rules, divided by spaces: "Bucket=@0 UseControl=true". After an
    /// @ stands a member of the input, by its index, or a path: "@2.*.[0.1,1.1]", "@0.keys".
    std::string_view endpoint_parameters{};
    model::region_copy_traits region_copy{};
    std::int16_t endpoint_member = -1;  ///< The address that the request goes to, by its index.
    model::discovery_traits discovery{};
    bool tells_endpoints{};  ///< Of other operations.
};

/// True if a call needs a token for a member that may be absent.
constexpr bool has_token(const type* input) noexcept {
    for (std::size_t i = 0; input != nullptr && i < input->field_count; ++i)
        if ((input->fields[i].traits & idempotency_token) != 0) return true;
    return false;
}

}  // namespace awsxx::inline AWSXX_ABI::model
