// SPDX-License-Identifier: MIT
#include "wire_format.hpp"

#include <array>
#include <string>

namespace generator {

namespace {

/// In the order of choice. https://smithy.io/2.0/aws/protocols/index.html
const std::array<wire_format, 7> formats{{{.trait = "aws.protocols#awsJson1_0",
                                           .header = "aws_json",
                                           .constant = "aws_json::protocol_1_0",
                                           .json = true,
                                           .target = true},
                                          {.trait = "aws.protocols#awsJson1_1",
                                           .header = "aws_json",
                                           .constant = "aws_json::protocol_1_1",
                                           .json = true,
                                           .target = true},
                                          {.trait = "aws.protocols#restJson1",
                                           .header = "rest_json",
                                           .constant = "rest_json::protocol",
                                           .rest = true,
                                           .json = true},
                                          {.trait = "aws.protocols#restXml",
                                           .header = "rest_xml",
                                           .constant = "rest_xml::protocol",
                                           .rest = true,
                                           .xml = true,
                                           .names_body = true},
                                          {.trait = "aws.protocols#ec2Query",
                                           .header = "ec2_query",
                                           .constant = "ec2_query::protocol",
                                           .xml = true,
                                           .ec2 = true},
                                          {.trait = "aws.protocols#awsQuery",
                                           .header = "aws_query",
                                           .constant = "aws_query::protocol",
                                           .xml = true},
                                          {.trait = "smithy.protocols#rpcv2Cbor",
                                           .header = "rpc_v2_cbor",
                                           .constant = "rpc_v2_cbor::protocol",
                                           .target = true}}};

std::string capitalized(std::string text) {
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    return text;
}

}  // namespace

const wire_format& choose_format(const smithy_model& model, const std::string& service) {
    for (const auto& format : formats)
        if (trait(model.traits(service), format.trait) != nullptr) return format;
    throw model_error(service, "speaks no protocol that the library knows");
}

std::string body_name(const wire_format& format, const shape_member& member, bool in) {
    if (format.json) {
        const std::string name = trait_text(member.traits, "smithy.api#jsonName");
        return name.empty() ? member.name : name;
    }
    if (!format.xml) return member.name;
    std::string name = trait_text(member.traits, "smithy.api#xmlName");
    if (name.empty()) name = member.name;
    const std::string sent = trait_text(member.traits, "aws.protocols#ec2QueryName");
    const bool own = format.ec2 && in && !sent.empty() && sent != capitalized(name);
    return own ? sent : name;
}

bool is_greedy(const json& operation_http, const std::string& label) {
    return operation_http.is_object() &&
           operation_http.value("uri", "").find("{" + label + "+}") != std::string::npos;
}

http_place place_of(const wire_format& format, const json& operation_http,
                    const shape_member& member) {
    const json* const traits = member.traits;
    const auto has = [&](const char* name) { return trait(traits, name) != nullptr; };
    if (has("smithy.api#eventHeader")) return {"event_header", member.name};
    if (has("smithy.api#eventPayload")) return {"event_payload", member.name};
    if (!format.rest) return {};
    if (has("smithy.api#httpHeader"))
        return {"header", trait_text(traits, "smithy.api#httpHeader")};
    if (has("smithy.api#httpPrefixHeaders"))
        return {"prefix_headers", trait_text(traits, "smithy.api#httpPrefixHeaders")};
    if (has("smithy.api#httpPayload")) return {"payload", member.name};
    if (has("smithy.api#httpResponseCode")) return {"status", member.name};
    if (operation_http.is_null()) return {};  // what follows is of requests
    if (has("smithy.api#httpQuery")) return {"query", trait_text(traits, "smithy.api#httpQuery")};
    if (has("smithy.api#httpQueryParams")) return {"query_map", member.name};
    if (has("smithy.api#httpLabel"))
        return {is_greedy(operation_http, member.name) ? "greedy_label" : "label", member.name};
    return {};
}

}  // namespace generator
