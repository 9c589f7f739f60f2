// SPDX-License-Identifier: MIT
// What a request says about its own signature, read from the header or from a presigned query.
#pragma once

#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/testing/fake_aws_answers.hpp>
#include <awsxx/testing/fake_aws_request.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::testing {

/// The parts of a SigV4 signature.
struct fake_claim {
    std::string access_key_id{};
    std::string date{};  ///< As in "20150830".
    std::string region{};
    std::string service{};
    std::vector<std::string> signed_headers{};
    std::string signature{};
    std::string time{};  ///< As in "20150830T123600Z".
    std::string session_token{};
    bool in_query{};
    std::string expires{};  ///< Of a presigned query, in seconds.
};

namespace detail::fake_claims {

inline constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";

inline error incomplete(const std::string& what) {
    return fake_refusal(403, "IncompleteSignature", what);
}

/// Credential=KEY/20150830/us-east-1/sts/aws4_request
inline expected<void> read_credential(std::string_view text, fake_claim& into) {
    const std::string whole(text);
    into.access_key_id = text::take_until(text, '/');
    into.date = text::take_until(text, '/');
    into.region = text::take_until(text, '/');
    into.service = text::take_until(text, '/');
    if (text != "aws4_request")
        return incomplete(
            "Credential must have exactly 5 slash-delimited elements, e.g. "
            "keyid/date/region/service/term, got '" +
            whole + "'");
    return {};
}

inline std::vector<std::string> parted(std::string_view list) {
    std::vector<std::string> parts;
    while (!list.empty()) parts.emplace_back(text::take_until(list, ';'));
    return parts;
}

inline expected<fake_claim> in_header(const http::request& sent, std::string_view value) {
    fake_claim claim;
    value.remove_prefix(algorithm.size());
    std::string credential;
    while (!value.empty()) {
        std::string_view part = text::trimmed(text::take_until(value, ','));
        const std::string_view name = text::take_until(part, '=');
        if (name == "Credential") credential = part;
        if (name == "SignedHeaders") claim.signed_headers = parted(part);
        if (name == "Signature") claim.signature = part;
    }
    claim.time = sent.headers.find("X-Amz-Date").value_or("");
    claim.session_token = sent.headers.find("X-Amz-Security-Token").value_or("");
    const auto read = read_credential(credential, claim);
    if (!read) return read.error();
    return claim;
}

inline expected<fake_claim> in_query(const fake_request& asked) {
    fake_claim claim{.in_query = true};
    claim.signed_headers = parted(asked.field("X-Amz-SignedHeaders"));
    claim.signature = asked.field("X-Amz-Signature");
    claim.time = asked.field("X-Amz-Date");
    claim.session_token = asked.field("X-Amz-Security-Token");
    claim.expires = asked.field("X-Amz-Expires");
    const auto read = read_credential(asked.field("X-Amz-Credential"), claim);
    if (!read) return read.error();
    return claim;
}

inline expected<fake_claim> complete(expected<fake_claim> claim) {
    if (!claim) return claim;
    bool host = false;
    for (const std::string& name : claim->signed_headers) host |= name == "host";
    if (claim->signature.empty() || claim->time.empty())
        return incomplete(
            "Authorization header requires 'Signature' parameter and existence of "
            "either a 'X-Amz-Date' or a 'Date' header.");
    if (!host)
        return incomplete(
            "'Host' or ':authority' must be a 'SignedHeader' in the AWS "
            "Authorization.");
    return claim;
}

}  // namespace detail::fake_claims

/// The claim of a request, or AWS's complaint that there is none.
inline expected<fake_claim> claimed(const fake_request& asked) {
    namespace rules = detail::fake_claims;
    const auto header = asked.sent.headers.find("Authorization");
    if (header && header->starts_with(rules::algorithm))
        return rules::complete(rules::in_header(asked.sent, *header));
    if (!header && asked.field("X-Amz-Algorithm") == rules::algorithm)
        return rules::complete(rules::in_query(asked));
    return fake_refusal(403, "MissingAuthenticationToken",
                        "Request is missing Authentication Token");
}

}  // namespace awsxx::inline AWSXX_ABI::testing
