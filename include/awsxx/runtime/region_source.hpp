// SPDX-License-Identifier: MIT
// Who may know the region where neither code nor environment nor profile says it.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/version.hpp>

#include <memory>
#include <optional>
#include <string>

namespace awsxx::inline AWSXX_ABI {

namespace runtime {
class configuration;
}

/// A place outside that is asked for the region, once, by the first call that needs one.
/// Sessions share it; any number of threads may ask.
class region_source {
public:
    virtual ~region_source() = default;

    /// The region, if it was found already.
    virtual std::optional<std::string> known() const = 0;
    /// Looks for it. If that ends without failure the region is known; the credentials that come
    /// of it are empty.
    virtual std::shared_ptr<renewal> search(
        const std::shared_ptr<const runtime::configuration>& from) = 0;
};

}  // namespace awsxx::inline AWSXX_ABI
