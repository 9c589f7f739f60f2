// SPDX-License-Identifier: MIT
// Where the operations of a service are that another operation of it tells the address of.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/uri.hpp>

#include <memory>
#include <optional>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::runtime {

/// What a service has told the callers of one session. Any number of threads may ask.
/// https://smithy.io/2.0/aws/aws-core.html#client-endpoint-discovery
class discovered_endpoint {
public:
    virtual ~discovered_endpoint() = default;

    /// Host and port to go to; nothing: the service is to be asked. An empty host: it could not
    /// be, and calls go where they would without it.
    virtual std::optional<http::uri> known() const = 0;
    /// Asks. Those who come meanwhile get the same one. If that ends without failure something is
    /// known; the credentials that come of it are empty.
    virtual std::shared_ptr<renewal> search() = 0;
    /// Calls are refused there.
    virtual void forget(std::string_view host) = 0;
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
