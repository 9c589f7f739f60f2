// SPDX-License-Identifier: MIT
// Suite sign: signatures in headers and in queries, by keys and by certificates, and what follows.
#include "suites.hpp"

#include <awsxx/auth/aws_chunked_body.hpp>
#include <awsxx/auth/event_signer.hpp>
#include <awsxx/auth/post_policy.hpp>
#include <awsxx/auth/presign.hpp>
#include <awsxx/auth/signature_chain.hpp>
#include <awsxx/auth/sigv4.hpp>
#include <awsxx/auth/sigv4a.hpp>
#include <awsxx/auth/x509.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/http/parse_uri.hpp>
#include <awsxx/http/uri.hpp>

#include <chrono>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace conformance {

namespace {

using awsxx::auth::body_rule;

/// 20150830T123600Z
awsxx::instant time_of(const std::string& text) {
    const auto number = [&](std::size_t at, std::size_t size) {
        return std::atoi(text.substr(at, size).c_str());
    };
    const std::chrono::year_month_day day{std::chrono::year(number(0, 4)),
                                          std::chrono::month(unsigned(number(4, 2))),
                                          std::chrono::day(unsigned(number(6, 2)))};
    return awsxx::instant(std::chrono::sys_days(day)) + std::chrono::hours(number(9, 2)) +
           std::chrono::minutes(number(11, 2)) + std::chrono::seconds(number(13, 2));
}

/// A case in the library's own words.
struct question {
    awsxx::http::request draft{};
    awsxx::credentials keys{};
    std::string region{};
    std::string service{};
    awsxx::auth::signing how{};
    awsxx::seconds valid{};

    explicit question(const json& input)
        : region(text_of(input, "region")), service(text_of(input, "service")) {
        draft.method = text_of(input, "method");
        draft.body = awsxx::crypto::from_base64(text_of(input, "body_b64")).value_or("");
        for (const auto& field : input.at("headers"))
            draft.headers.add(field.at(0).get<std::string>(), field.at(1).get<std::string>());
        keys.access_key_id = text_of(input, "access_key");
        keys.secret_access_key = text_of(input, "secret_key");
        keys.session_token = text_of(input, "token");
        if (input.at("options").contains("region_set"))
            region = text_of(input.at("options"), "region_set");
        how.region = region;
        how.service = service;
        how.when = time_of(text_of(input, "time"));
        read(input.at("options"));
    }
    question(const question&) = delete;
    question& operator=(const question&) = delete;

private:
    void read(const json& options) {
        auto& rules = how.rules;
        rules.double_encode = options.value("double_encode", true);
        rules.normalize_path = options.value("normalize_path", true);
        rules.content_sha256_header = options.value("content_sha256_header", false);
        rules.sign_token = options.value("sign_token", true);
        valid = awsxx::seconds(options.value("expires", 0));
        const std::string payload = options.value("payload", "signed");
        if (payload == "unsigned")
            rules.body = rules.presigned_body = body_rule::not_hashed;
        else if (payload == "streaming-unsigned-trailer")
            how.payload = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
        else if (payload == "events")
            how.payload = awsxx::auth::streaming_events;
    }
};

json as_sent(const question& asked, const awsxx::http::request& out) {
    json sent = json::array();
    for (const auto field : out.headers)
        sent.push_back({std::string(field.name), std::string(field.value)});
    const auto canonical = awsxx::auth::canonical_request_text(out, asked.how);
    return answer::output({{"authorization", std::string(*out.headers.find("authorization"))},
                           {"headers", std::move(sent)},
                           {"canonical_request", canonical.value_or("")}});
}

json in_headers(const question& asked, bool for_regions) {
    awsxx::http::request out;
    const auto sign = for_regions ? awsxx::auth::sign_sigv4a : awsxx::auth::sign;
    if (auto done = sign(asked.draft, asked.keys, asked.how, out); !done)
        return answer::failure(done.error());
    return as_sent(asked, out);
}

json by_certificate(const question& asked, const json& options) {
    const auto certificate =
        awsxx::crypto::certificate::from_pem(text_of(options, "certificate_pem"));
    if (!certificate) return answer::failure(certificate.error());
    const auto key = awsxx::crypto::private_key::from_pem(text_of(options, "key_pem"));
    if (!key) return answer::failure(key.error());
    const auto who = awsxx::auth::x509_identity::make(*certificate, *key);
    if (!who) return answer::failure(who.error());
    awsxx::http::request out;
    if (auto done = awsxx::auth::sign_x509(asked.draft, *who, asked.how, out); !done)
        return answer::failure(done.error());
    return as_sent(asked, out);
}

/// The address with the host as the case spells it: the library has hosts in lower case and without
/// the port that goes without saying, which is the same address in other words.
std::string with_host_of(const std::string& asked_url, const awsxx::http::uri& made) {
    const std::size_t authority = asked_url.find("://") + 3;
    return asked_url.substr(0, asked_url.find_first_of("/?", authority)) + made.path + "?" +
           made.query;
}

json in_query(const question& asked, const std::string& url, bool for_regions) {
    const auto presign = for_regions ? awsxx::auth::presign_sigv4a : awsxx::auth::presign;
    const auto out = presign(asked.draft, asked.keys, asked.how, asked.valid);
    if (!out) return answer::failure(out.error());
    return answer::output({{"url", with_host_of(url, out->target)}});
}

json in_form(const question& asked, const json& options) {
    const auto signature =
        awsxx::auth::policy_signature(text_of(options, "policy_b64"), asked.keys, asked.how);
    if (!signature) return answer::failure(signature.error());
    return answer::output({{"signature", *signature}});
}

/// Every signature of an encoded body, in order.
std::vector<std::string> signatures_in(const std::string& encoded) {
    std::vector<std::string> found;
    for (std::size_t at = 0; at < encoded.size();) {
        const std::size_t end = encoded.find("\r\n", at);
        const std::string line = encoded.substr(at, end - at);
        const std::size_t mark = line.find(";chunk-signature=");
        const std::size_t trailer = line.find("x-amz-trailer-signature:");
        at = end + 2;
        if (mark != std::string::npos) {
            found.push_back(line.substr(mark + 17));
            const std::size_t size = std::strtoul(line.c_str(), nullptr, 16);
            if (size != 0) at += size + 2;
        } else if (trailer == 0) {
            found.push_back(line.substr(24));
        }
    }
    return found;
}

json in_chunks(question& asked, const json& options) {
    awsxx::auth::chunking how{.signatures = awsxx::auth::chunk_signatures::sigv4,
                              .chunk_size = options.at("chunk_size").get<std::size_t>()};
    if (options.contains("trailers")) {
        std::vector<awsxx::http::fixed_trailers::field> fields;
        for (const auto& one : options.at("trailers"))
            fields.emplace_back(one.at(0).get<std::string>(), one.at(1).get<std::string>());
        how.trailers = std::make_shared<awsxx::http::fixed_trailers>(std::move(fields));
    }
    const auto chunks = awsxx::auth::chunk_body(asked.draft, how);
    if (!chunks) return answer::failure(chunks.error());
    awsxx::http::request out;
    if (auto done = awsxx::auth::sign(asked.draft, asked.keys, asked.how, out); !done)
        return answer::failure(done.error());
    auto chain = awsxx::auth::signature_chain::after(out, asked.keys, asked.how);
    if (!chain) return answer::failure(chain.error());
    (*chunks)->sign_with(*std::move(chain));
    std::string encoded(out.body.size(), '\0');
    const auto got = out.body.source()->read(std::span(encoded));
    if (!got) return answer::failure(got.error());
    auto signatures = signatures_in(encoded);
    signatures.insert(signatures.begin(), *awsxx::auth::signature_of(out));
    return answer::output({{"signatures", signatures}});
}

json as_events(const question& asked, const json& options) {
    awsxx::http::request out;
    if (auto done = awsxx::auth::sign(asked.draft, asked.keys, asked.how, out); !done)
        return answer::failure(done.error());
    auto events = awsxx::auth::event_signer::after(out, asked.keys, asked.how);
    if (!events) return answer::failure(events.error());
    std::vector<std::string> signatures{*awsxx::auth::signature_of(out)};
    for (const auto& one : options.at("events")) {
        const auto bytes = awsxx::crypto::from_base64(text_of(one, "payload_b64")).value_or("");
        const auto made = events->sign(bytes, time_of(text_of(one, "time")));
        if (!made) return answer::failure(made.error());
        signatures.push_back(awsxx::crypto::to_hex(awsxx::crypto::as_text(*made)));
    }
    return answer::output({{"signatures", signatures}});
}

json answer_to(const std::string& mode, question& asked, const json& input) {
    const json& options = input.at("options");
    const std::string url = text_of(input, "url");
    if (mode == "x509-rsa") return by_certificate(asked, options);
    if (mode == "query" || mode == "s3-query") return in_query(asked, url, false);
    if (mode == "v4a-query") return in_query(asked, url, true);
    if (mode == "v4a-header") return in_headers(asked, true);
    if (mode == "s3-post") return in_form(asked, options);
    if (mode == "s3-chunked" || mode == "s3-chunked-trailer") return in_chunks(asked, options);
    if (mode == "events") return as_events(asked, options);
    for (const char* one :
         {"header", "header-unsigned", "s3-header", "s3-header-unsigned", "s3-trailer-unsigned"})
        if (mode == one) return in_headers(asked, false);
    return answer::unsupported("mode " + mode);
}

}  // namespace

json sign(const std::string& mode, const json& input) {
    question asked(input);
    auto target = awsxx::http::parse_uri(text_of(input, "url"));
    if (!target) return answer::failure(target.error());
    asked.draft.target = *target;
    return answer_to(mode, asked, input);
}

}  // namespace conformance
