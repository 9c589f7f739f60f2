// SPDX-License-Identifier: MIT
// Reads the address of a request.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/number.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/host.hpp>
#include <awsxx/http/uri.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI::http {

namespace detail::uri_text {

AWSXX_COLD inline error problem(std::string what) {
    return {.kind = error_kind::invalid_argument, .code = "InvalidUri", .message = std::move(what)};
}

inline std::string_view name_of(char c) noexcept {
    if (c == ' ') return "a space";
    if (c == '\r' || c == '\n') return "a line break";
    if (c == '#') return "the # of a fragment, which servers never see";
    if (static_cast<unsigned char>(c) >= 0x80) return "not ASCII and not percent-encoded";
    return "a control character";
}

/// The place of the first character that no part of a URI may hold as it is.
constexpr std::size_t find_unsendable(std::string_view text) noexcept {
    for (std::size_t at = 0; at < text.size(); ++at)
        if (text[at] <= ' ' || text[at] >= 0x7f || text[at] == '#') return at;
    return std::string_view::npos;
}

constexpr bool is_number(std::string_view label) noexcept {
    const bool hexadecimal = label.starts_with("0x");
    if (hexadecimal) label.remove_prefix(2);
    for (const char c : label)
        if (!text::is_digit(c) && !(hexadecimal && c >= 'a' && c <= 'f')) return false;
    return hexadecimal || !label.empty();
}

/// Null, or what is wrong with a lower-case name or IPv4 address.
inline const char* name_problem(std::string_view host) {
    if (host.empty()) return "it names no host";
    if (host.size() > 253) return "its host is longer than 253 characters";
    std::string_view last;
    for (std::string_view rest = host; !rest.empty();) {
        last = text::take_until(rest, '.');
        if (last.empty()) return "its host has an empty label";
        if (last.size() > 63) return "its host has a label longer than 63 characters";
        for (const char c : last)
            if (!text::is_alnum(c) && c != '-' && c != '_')
                return "its host has a character other than letters, digits, '-', '_' and '.'";
    }
    // 127.1 and 0x7f.1 mean an address to some resolvers and a name to others
    if (is_number(last) && !parse_address(host)) return "its host is not a whole IPv4 address";
    return nullptr;
}

inline expected<std::uint16_t> parse_port(std::string_view digits) {
    if (digits.empty()) return std::uint16_t{0};
    const auto port = text::parse_number<std::uint16_t>(digits);
    if (!port || *port == 0) return problem("its port is not a number from 1 to 65535");
    return *port;
}

/// Reads `host`, `host:port` or `[address]:port` into `into`.
inline expected<void> read_authority(std::string_view text, uri& into) {
    if (text.find('@') != std::string_view::npos)
        return problem("it carries a user name, which would be sent in the clear");
    if (text.starts_with('[')) {
        text.remove_prefix(1);
        if (text.find(']') == std::string_view::npos) return problem("a closing ] is missing");
        into.host = text::lowered(text::take_until(text, ']'));
        if (into.host.find(':') == std::string::npos || !parse_address(into.host))
            return problem("what stands in its brackets is not an IPv6 address");
        if (!text.empty() && text.front() != ':') return problem("characters follow its ]");
    } else {
        const std::size_t colon = text.find(':');
        into.host = text::lowered(text.substr(0, colon));
        if (const char* what = name_problem(into.host)) return problem(what);
        text.remove_prefix(colon == std::string_view::npos ? text.size() : colon);
    }
    auto port = parse_port(text.substr(text.empty() ? 0 : 1));
    if (!port) return std::move(port).error();
    into.port = *port == (into.scheme == "https" ? 443 : 80) ? std::uint16_t{0} : *port;
    return {};
}

}  // namespace detail::uri_text

/// Reads an http or https URI. User names, fragments, and characters that would have to be
/// encoded are refused; errors say where, and never repeat the text, which may hold a signature.
inline expected<uri> parse_uri(std::string_view text) {
    using namespace detail::uri_text;
    if (const std::size_t at = find_unsendable(text); at != std::string_view::npos)
        return problem("character " + std::to_string(at + 1) + " of the URI is " +
                       std::string(name_of(text[at])));
    const std::size_t colon = text.find("://");
    if (colon == std::string_view::npos) return problem("the URI does not begin with https://");
    uri parsed;
    parsed.scheme = text::lowered(text.substr(0, colon));
    if (parsed.scheme != "http" && parsed.scheme != "https")
        return problem("the URI is neither http nor https");
    text.remove_prefix(colon + 3);
    const std::size_t end = text.find_first_of("/?");
    if (auto done = read_authority(text.substr(0, end), parsed); !done)
        return problem("the URI: " + done.error().message);
    if (end == std::string_view::npos) return parsed;
    text.remove_prefix(end);
    parsed.path = text::take_until(text, '?');
    if (parsed.path.empty()) parsed.path = "/";
    parsed.query = text;
    return parsed;
}

}  // namespace awsxx::inline AWSXX_ABI::http
