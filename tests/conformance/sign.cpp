// SPDX-License-Identifier: MIT
// Suite sign: signatures in headers and in queries, by keys and by certificates.
#include "suites.hpp"

#include <awsxx/auth/presign.hpp>
#include <awsxx/auth/sigv4.hpp>
#include <awsxx/auth/x509.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/http/uri.hpp>

#include <chrono>
#include <cstdlib>
#include <string>

namespace conformance {

namespace {

using awsxx::auth::body_rule;

std::string text_of(const json& input, const char* name) {
    const auto found = input.find(name);
    return found == input.end() || found->is_null() ? std::string() : found->get<std::string>();
}

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

json in_headers(const question& asked) {
    awsxx::http::request out;
    if (auto done = awsxx::auth::sign(asked.draft, asked.keys, asked.how, out); !done)
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

json in_query(const question& asked) {
    const auto out = awsxx::auth::presign(asked.draft, asked.keys, asked.how, asked.valid);
    if (!out) return answer::failure(out.error());
    return answer::output({{"url", awsxx::http::to_string(out->target)}});
}

}  // namespace

json sign(const std::string& mode, const json& input) {
    const bool query = mode == "query" || mode == "s3-query";
    if (!query && mode != "header" && mode != "header-unsigned" && mode != "s3-header" &&
        mode != "s3-header-unsigned" && mode != "s3-trailer-unsigned" && mode != "x509-rsa")
        return answer::unsupported("mode " + mode);
    question asked(input);
    auto target = awsxx::http::parse_uri(text_of(input, "url"));
    if (!target) return answer::failure(target.error());
    asked.draft.target = *target;
    if (mode == "x509-rsa") return by_certificate(asked, input.at("options"));
    return query ? in_query(asked) : in_headers(asked);
}

}  // namespace conformance
