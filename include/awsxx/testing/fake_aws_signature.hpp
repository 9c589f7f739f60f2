// SPDX-License-Identifier: MIT
// Whether a request's signature is right, made again from what arrived and the key's secret.
#pragma once

#include <awsxx/auth/canonical_request.hpp>
#include <awsxx/auth/payload_hash.hpp>
#include <awsxx/auth/signing.hpp>
#include <awsxx/auth/signing_key.hpp>
#include <awsxx/auth/string_to_sign.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/number.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/crypto/sha256.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/testing/fake_aws_answers.hpp>
#include <awsxx/testing/fake_aws_claim.hpp>
#include <awsxx/testing/fake_aws_request.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::testing {

namespace detail::fake_signature {

inline error mismatch(std::string message) {
    return fake_refusal(403, "SignatureDoesNotMatch", std::move(message));
}
inline error wrong() {
    return mismatch(
        "The request signature we calculated does not match the signature you "
        "provided. Check your AWS Secret Access Key and signing method. Consult the "
        "service documentation for details.");
}

inline std::string basic_text(instant when) { return format_date(when, date_format::basic); }

inline expected<void> check_scope(const fake_request& asked, const fake_claim& claim) {
    if (claim.time.substr(0, 8) != claim.date)
        return mismatch(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version "
            "of date from HTTP: '" +
            claim.date + "' != '" + claim.time.substr(0, 8) + "', from '" + claim.time + "'.");
    if (!asked.region.empty() && asked.region != claim.region)
        return mismatch("Credential should be scoped to a valid region.");
    if (!asked.service.empty() && asked.service != claim.service)
        return mismatch("Credential should be scoped to correct service: '" + asked.service + "'.");
    return {};
}

/// A header lives for the service's tolerance, a presigned query for as long as it says.
inline expected<void> check_time(const fake_request& asked, const fake_claim& claim, instant when,
                                 instant now) {
    const std::chrono::minutes window(asked.dialect == fake_dialect::query ? 15 : 5);
    const std::string minutes = std::to_string(window.count()) + " min.)";
    if (when > now + window)
        return mismatch("Signature not yet current: " + claim.time + " is still later than " +
                        basic_text(now + window) + " (" + basic_text(now) + " + " + minutes);
    if (claim.in_query) {
        const auto lifetime = text::parse_number<int>(claim.expires);
        if (!lifetime || *lifetime < 1 || *lifetime > 604'800)
            return mismatch("X-Amz-Expires must be between 1 and 604800 seconds");
        if (now >= when + seconds(*lifetime))
            return mismatch("Signature expired: " + claim.time + " lived for " + claim.expires +
                            " seconds.");
    } else if (when < now - window) {
        return mismatch("Signature expired: " + claim.time + " is now earlier than " +
                        basic_text(now - window) + " (" + basic_text(now) + " - " + minutes);
    }
    return {};
}

/// The request with those headers alone that are said to be signed.
inline http::request signed_part(const http::request& sent, const fake_claim& claim) {
    http::request part{.method = sent.method, .target = sent.target, .headers = {}, .body = {}};
    for (const http::header field : sent.headers) {
        const std::string name = text::lowered(field.name);
        const auto& names = claim.signed_headers;
        if (std::find(names.begin(), names.end(), name) != names.end())
            part.headers.add(field.name, field.value);
    }
    return part;
}

inline std::string joined(const std::vector<std::string>& names) {
    std::string list;
    for (const std::string& name : names) list += list.empty() ? name : ";" + name;
    return list;
}

inline expected<std::string> signature_of(const http::request& sent, const fake_claim& claim,
                                          const secret& secret_key, instant when) {
    const auth::signing how{.region = claim.region,
                            .service = claim.service,
                            .when = when,
                            .rules = auth::rules_for(claim.service)};
    const auto key = auth::derive_signing_key(secret_key, how);
    if (!key) return key.error();
    auth::payload_hash payload;
    if (const auto hashed = payload.of(sent.body); !hashed) return hashed.error();
    const http::request part = signed_part(sent, claim);
    auth::canonical_request canonical;
    if (const auto taken = canonical.take_headers(part.headers); !taken) return taken.error();
    if (canonical.signed_headers() != joined(claim.signed_headers)) return wrong();
    const auto made = canonical.assemble(part, how.rules, payload.text());
    if (!made) return made.error();
    const auth::signing_time time(key->date(), when);
    const auth::string_to_sign text("AWS4-HMAC-SHA256", time, key->scope, canonical.hash());
    return crypto::to_hex(crypto::as_text(key->hmac.sign(text.text())));
}

}  // namespace detail::fake_signature

/// Nothing, or what AWS says about a signature that it does not accept.
inline expected<void> check_signature(const fake_request& asked, const fake_claim& claim,
                                      const secret& secret_key, instant now) {
    namespace rules = detail::fake_signature;
    const auto when = parse_date(claim.time, date_format::basic);
    if (!when)
        return fake_refusal(403, "IncompleteSignature",
                            "Date must be in ISO-8601 'basic format'. Got '" + claim.time + "'.");
    if (auto scope = rules::check_scope(asked, claim); !scope) return scope;
    if (auto time = rules::check_time(asked, claim, when->to_instant(), now); !time) return time;
    const auto right = rules::signature_of(asked.sent, claim, secret_key, when->to_instant());
    if (!right || *right != claim.signature) return rules::wrong();
    return {};
}

}  // namespace awsxx::inline AWSXX_ABI::testing
