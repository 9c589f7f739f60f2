// SPDX-License-Identifier: MIT
#include "service_traits.hpp"

#include "names.hpp"
#include "oddities.hpp"

#include <set>
#include <string>

namespace generator {

namespace {

/// Services whose answers are keys or tokens. Nothing in a model says so.
const std::set<std::string> credential_services{"STS",
                                                "SSO",
                                                "SSO OIDC",
                                                "Signin",
                                                "RolesAnywhere",
                                                "Cognito Identity",
                                                "Cognito Identity Provider"};

std::string lower(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (c == ' ') c = '-';
    }
    return text;
}

const json& about(const plan& all) {
    static const json nothing = json::object();
    const json* const found = trait(all.model().traits(all.service()), "aws.api#service");
    return found != nullptr ? *found : nothing;
}

/// True if calls are signed and a bearer token would do as well.
bool takes_tokens(const json* traits) {
    const json* const schemes = trait(traits, "smithy.api#auth");
    if (schemes == nullptr) return false;
    bool is_signed = false;
    bool by_token = false;
    for (const auto& scheme : *schemes) {
        is_signed = is_signed || scheme == "aws.auth#sigv4";
        by_token = by_token || scheme == "smithy.api#httpBearerAuth";
    }
    return is_signed && by_token;
}

/// The errors that the model says are worth another attempt.
std::string retried_errors(const plan& all) {
    std::string transient;
    std::string throttling;
    for (const auto& error : all.errors()) {
        const json* const how = trait(all.model().traits(error), "smithy.api#retryable");
        if (how == nullptr) continue;
        std::string& list = how->value("throttling", false) ? throttling : transient;
        list += (list.empty() ? "" : " ") + error_codes(all.model(), error);
    }
    if (transient.empty() && throttling.empty()) return {};
    return "{" + literal(transient) + (throttling.empty() ? "" : ", " + literal(throttling)) + "}";
}

}  // namespace

std::string service_title(const plan& all) {
    const std::string id = about(all).value("sdkId", "");
    return id.empty() ? std::string(local_name(all.service())) : id;
}

tools::rules::constant service_rules(const plan& all) {
    const auto& service = all.model().plain().at("shapes").at(all.service());
    return tools::rules::service_rules(service.value("traits", nlohmann::json::object()));
}

std::string service_traits(const plan& all, const wire_format& format,
                           const tools::rules::constant& rules) {
    const json* const traits = all.model().traits(all.service());
    const json& service = about(all);
    const std::string id = service_title(all);
    const std::string prefix =
        service.value("endpointPrefix", service.value("arnNamespace", lower(id)));
    std::string text = rules.definitions.empty() ? "" : rules.definitions + "\n";
    text += "/// What " + id +
            " is to the runtime.\ninline constexpr model::service "
            "service_traits{\n    .id = " +
            literal(id);
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) text += ",\n    ." + std::string(name) + " = " + value;
    };
    const auto add_text = [&](const char* name, const std::string& value) {
        if (!value.empty()) add(name, literal(value));
    };
    add_text("endpoint_prefix", prefix);
    if (const json* const sigv4 = trait(traits, "aws.auth#sigv4"))
        if (const auto name = sigv4->value("name", ""); name != prefix)
            add_text("signing_name", name);
    add_text("version", all.model().shape(all.service()).value("version", ""));
    if (format.target) add_text("target", std::string(local_name(all.service())));
    add("protocol", "&" + format.constant);
    if (credential_services.contains(id)) add("issues_credentials", "true");
    if (const json* const space = trait(traits, "smithy.api#xmlNamespace"); space && format.xml)
        add_text("xml_namespace", space->value("uri", ""));
    if (trait(traits, "aws.protocols#awsQueryCompatible") != nullptr)
        add("query_compatible", "true");
    if (const json* const xml = trait(traits, "aws.protocols#restXml"))
        if (xml->value("noErrorWrapping", false) && id == "S3") add("errors_in_success", "true");
    if (takes_tokens(traits)) add("takes_tokens", "true");
    add("rules", rules.value);
    add("retried", retried_errors(all));
    add("header", constant_header(all));
    return text + "};\n";
}

}  // namespace generator
