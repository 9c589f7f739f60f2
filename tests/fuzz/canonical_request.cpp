// SPDX-License-Identifier: MIT
// Signs whatever request the input spells, and looks at what comes out.
#include <awsxx/auth/presign.hpp>
#include <awsxx/auth/signature_chain.hpp>
#include <awsxx/auth/sigv4.hpp>

#include <support/signing_samples.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

std::string_view line(std::string_view& rest) { return awsxx::text::take_until(rest, '\n'); }

/// First byte: rules. Lines: method, path, query, then headers `name:value`; `\r` is a line break.
awsxx::http::request request_of(std::string_view text) {
    awsxx::http::request draft = test::sample_request();
    draft.method = line(text);
    draft.target.path = line(text);
    draft.target.query = line(text);
    while (!text.empty()) {
        std::string field(line(text));
        std::replace(field.begin(), field.end(), '\r', '\n');
        const std::size_t colon = field.find(':');
        draft.headers.add(field.substr(0, colon),
                          colon == std::string::npos ? "" : field.substr(colon + 1));
    }
    return draft;
}

void check_canonical(const awsxx::http::request& sent, const awsxx::auth::signing& how) {
    const auto text = awsxx::auth::canonical_request_text(sent, how);
    require(text.has_value());
    // method, path, query, a line for each name, an empty one, the names, the payload
    const std::size_t end = text->rfind('\n');
    const std::size_t begin = text->rfind('\n', end - 1) + 1;
    const auto names = std::count(text->begin() + static_cast<std::ptrdiff_t>(begin),
                                  text->begin() + static_cast<std::ptrdiff_t>(end), ';') +
                       1;
    require(std::count(text->begin(), text->end(), '\n') == names + 5);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    auto how = test::sample_signing();
    how.rules.double_encode = (data[0] & 1) != 0;
    how.rules.normalize_path = (data[0] & 2) != 0;
    how.rules.content_sha256_header = (data[0] & 4) != 0;
    auto keys = test::sample_keys();
    if ((data[0] & 8) != 0) keys.session_token = "token";
    const auto draft = request_of({reinterpret_cast<const char*>(data) + 1, size - 1});

    awsxx::http::request once;
    const bool can_sign = awsxx::auth::sign(draft, keys, how, once).has_value();
    if (can_sign) {
        check_canonical(once, how);
        awsxx::http::request twice;
        require(awsxx::auth::sign(once, keys, how, twice).has_value());
        require(twice.headers.find("authorization") == once.headers.find("authorization"));
    }
    const auto carried = awsxx::auth::signature_of(draft);
    require(!carried || carried->size() % 2 == 0);
    const auto link = awsxx::auth::presign(draft, keys, how, awsxx::seconds(60));
    if (link && !draft.headers.contains("x-amz-content-sha256")) {  // a hash that is not sent on
        const auto again = awsxx::auth::presign(*link, keys, how, awsxx::seconds(60));
        require(again && again->target.query == link->target.query);
    }
    return 0;
}
