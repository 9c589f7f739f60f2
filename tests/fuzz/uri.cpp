// SPDX-License-Identifier: MIT
// No text makes the URI reader crash, and what it accepts is written out as what reads the same.
#include <awsxx/http/check.hpp>
#include <awsxx/http/parse_uri.hpp>
#include <awsxx/http/percent.hpp>
#include <awsxx/http/proxy.hpp>
#include <awsxx/http/uri.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace http = awsxx::http;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void read_address(std::string_view text) {
    const auto first = http::parse_uri(text);
    if (!first) {
        require(!first.error().message.empty());
        return;
    }
    const auto again = http::parse_uri(http::to_string(*first));
    require(again && *again == *first);
    // whatever is accepted can be sent, and nothing in it begins another line
    require(http::check({.target = *first}).has_value());
    static_cast<void>(http::is_loopback(first->host));
    static_cast<void>(http::is_link_local_or_metadata(first->host));
}

void code(std::string_view text) {
    const auto back = http::decoded(http::encoded(text));
    require(back && *back == text);
    if (const auto plain = http::decoded(text)) require(plain->size() <= text.size());
}

void choose_proxy(std::string_view text) {
    const http::proxy_settings settings{.http = "p:1", .https = "p:2", .none = std::string(text)};
    for (const char* host : {"a.b.example.com", "10.1.2.3", "fd12::1"})
        static_cast<void>(http::proxy_for(settings, {.host = host}));
    static_cast<void>(http::check_proxy(text));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    read_address(text);
    code(text);
    choose_proxy(text);
    return 0;
}
