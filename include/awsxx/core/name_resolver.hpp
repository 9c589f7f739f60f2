// SPDX-License-Identifier: MIT
// The addresses behind a host's name, from an interface that tests replace.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>

#include <array>
#include <string>
#include <vector>

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

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
        addrinfo wanted{};
        wanted.ai_socktype = SOCK_STREAM;
        addrinfo* found = nullptr;
        if (const int problem = ::getaddrinfo(host.c_str(), nullptr, &wanted, &found); problem != 0)
            return not_resolved(host, ::gai_strerror(problem));
        std::vector<std::string> all;
        for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
            std::array<char, NI_MAXHOST> text{};
            if (::getnameinfo(one->ai_addr, one->ai_addrlen, text.data(), text.size(), nullptr, 0,
                              NI_NUMERICHOST) == 0)
                all.emplace_back(text.data());
        }
        ::freeaddrinfo(found);
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
