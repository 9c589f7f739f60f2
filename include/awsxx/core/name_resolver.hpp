// SPDX-License-Identifier: MIT
// The addresses behind a host's name, from an interface that tests replace.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/net.hpp>
#include <awsxx/core/version.hpp>

#include <string>
#include <vector>

namespace awsxx::inline AWSXX_ABI {

/// Asks for addresses. May be called from any thread.
class name_resolver {
public:
    virtual ~name_resolver() = default;
    /// All addresses of `host` as text, without brackets; never none. Blocks while it asks.
    virtual expected<std::vector<std::string>> addresses_of(const std::string& host) = 0;
};

/// Asks as every program of this computer does: hosts file, DNS, whatever is set up.
class system_names final : public name_resolver {
public:
    expected<std::vector<std::string>> addresses_of(const std::string& host) override {
        std::vector<std::string> all;
        if (const char* const problem = os::find_addresses(host, all))
            return not_resolved(host, problem);
        if (all.empty()) return not_resolved(host, "no addresses");
        return all;
    }

private:
    AWSXX_COLD static error not_resolved(const std::string& host, const std::string& why) {
        return {.kind = error_kind::network,
                .retryable = true,
                .code = "NameNotResolved",
                .message = host + ": " + why};
    }
};

}  // namespace awsxx::inline AWSXX_ABI
