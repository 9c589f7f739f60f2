// SPDX-License-Identifier: MIT
#include "operation_traits.hpp"

#include "names.hpp"
#include "oddities.hpp"
#include "wires.hpp"

#include <rules/rules.hpp>

#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace generator {

namespace {

const std::set<std::string> long_polls{"ReceiveMessage", "GetActivityTask"};

/// The first scheme of the operation's or the service's that the library knows.
std::string auth_of(plan& all, const operation_plan& one) {
    const json* const service = all.model().traits(all.service());
    const json* schemes = trait(all.model().traits(one.id), "smithy.api#auth");
    if (schemes == nullptr) schemes = trait(service, "smithy.api#auth");
    if (schemes == nullptr) {
        if (trait(service, "aws.auth#sigv4") != nullptr) return {};
        return trait(service, "smithy.api#httpBearerAuth") != nullptr ? "bearer" : "none";
    }
    for (const auto& scheme : *schemes) {
        if (scheme == "aws.auth#sigv4" || scheme == "aws.auth#sigv4a") return {};
        if (scheme == "smithy.api#httpBearerAuth") return "bearer";
    }
    if (!schemes->empty())
        all.leave_out("authentication of " + one.wire_name, "its schemes are not known");
    return "none";
}

/// The rules of endpoints put some labels into the host: they are gone from the path.
std::string http_traits(plan& all, const operation_plan& one) {
    const json http = http_of(all, one.id);
    const std::string uri = tools::rules::request_uri(all.model().plain(), one.id);
    return "{" + literal(http.value("method", "POST")) + ", " + literal(uri) + "}";
}

std::size_t index_of(const std::vector<written_member>& input, const std::string& name,
                     const operation_plan& one) {
    for (std::size_t i = 0; i < input.size(); ++i)
        if (input[i].what.name == name) return i;
    throw model_error(one.id, "a trait names the member " + name + ", which its input has not");
}

/// "{AccountId}.": members become their index in the table.
std::string host_prefix(const std::string& pattern, const std::vector<written_member>& input,
                        const operation_plan& one) {
    std::string result;
    std::string label;
    bool inside = false;
    for (const char c : pattern) {
        if (c == '{') {
            inside = true;
            label.clear();
        } else if (c == '}' && inside) {
            inside = false;
            result += "{" + std::to_string(index_of(input, label, one)) + "}";
        } else {
            (inside ? label : result) += c;
        }
    }
    return result;
}

constexpr std::array<std::pair<const char*, const char*>, 7> algorithms{{{"CRC32", "crc32"},
                                                                         {"CRC32C", "crc32c"},
                                                                         {"CRC64NVME", "crc64nvme"},
                                                                         {"SHA1", "sha1"},
                                                                         {"SHA256", "sha256"},
                                                                         {"SHA512", "sha512"},
                                                                         {"MD5", "md5"}}};

std::string answer_algorithms(plan& all, const operation_plan& one, const json& names) {
    std::string result;
    for (const auto& name : names) {
        bool known = false;
        for (const auto& [algorithm, constant] : algorithms) {
            if (name != algorithm) continue;
            known = true;
            result += (result.empty() ? "model::" : " | model::") + std::string(constant);
        }
        if (!known)
            all.leave_out("checksum " + name.dump() + " of " + one.wire_name, "it is not known");
    }
    return result;
}

std::string checksums(plan& all, const operation_plan& one,
                      const std::vector<written_member>& input) {
    const json* const traits = all.model().traits(one.id);
    const json* const how = trait(traits, "aws.protocols#httpChecksum");
    if (how == nullptr)
        return trait(traits, "smithy.api#httpChecksumRequired") != nullptr
                   ? ".required = true, .content_md5 = true"
                   : odd_checksums(all, one);
    std::string text;
    const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
    const auto member = [&](const char* trait_name, const std::string& designator) {
        if (how->contains(trait_name))
            add(designator + std::to_string(index_of(input, how->at(trait_name), one)));
    };
    member("requestAlgorithmMember", ".algorithm_member = ");
    member("requestValidationModeMember", ".validation_member = ");
    if (how->value("requestChecksumRequired", false)) add(".required = true");
    if (how->contains("responseAlgorithms"))
        add(".answers = " + answer_algorithms(all, one, how->at("responseAlgorithms")));
    return text;
}

/// The operation of the service that tells where others are; empty: none does.
std::string teller_of(const plan& all) {
    const json* const how =
        trait(all.model().traits(all.service()), "aws.api#clientEndpointDiscovery");
    return how == nullptr ? std::string() : how->at("operation").get<std::string>();
}

std::string discovery(plan& all, const wire_format& format, const operation_plan& one,
                      const std::vector<written_member>& input) {
    const json* const how = trait(all.model().traits(one.id), "aws.api#clientDiscoveredEndpoint");
    if (how == nullptr) return {};
    const std::string teller = teller_of(all);
    bool alike = !teller.empty() && !format.rest;
    for (const auto& member : input)
        alike = alike && trait(member.what.traits, "aws.api#clientEndpointDiscoveryId") == nullptr;
    const bool required = how->value("required", false);
    if (alike) return literal(local_name(teller)) + (required ? ", true" : "");
    if (required)
        all.leave_out("discovery of the endpoint of " + one.wire_name,
                      "its service does not tell it as others do; ask it, and give the answer as "
                      "settings.endpoint_urls");
    return {};
}

std::string endpoint_parameters(const plan& all, const operation_plan& one) {
    const auto index = [&](const std::string& structure, const std::string& member) {
        const auto members = all.members(structure);
        for (std::size_t i = 0; i < members.size(); ++i)
            if (members[i].name == member) return static_cast<int>(i);
        return -1;
    };
    return tools::rules::endpoint_parameters(all.model().plain(), one.id, index);
}

}  // namespace

std::string operation_traits(plan& all, const wire_format& format, const operation_plan& one,
                             const std::vector<written_member>& input) {
    const json* const traits = all.model().traits(one.id);
    std::string text;
    const auto add = [&](const std::string& name, const std::string& value) {
        if (value.empty()) return;
        text += (text.empty() ? "." : ", .") + name + " = " + value;
    };
    if (const auto auth = auth_of(all, one); !auth.empty()) add("auth", "model::auth::" + auth);
    if (long_polls.contains(one.wire_name) || one.wire_name.starts_with("PollFor"))
        add("long_poll", "true");
    if (format.rest) add("http", http_traits(all, one));
    if (const json* const endpoint = trait(traits, "smithy.api#endpoint"))
        add("host_prefix", literal(host_prefix(endpoint->value("hostPrefix", ""), input, one)));
    if (const auto sums = checksums(all, one, input); !sums.empty())
        add("checksums", "{" + sums + "}");
    if (trait(traits, "smithy.api#requestCompression") != nullptr) add("compressed", "true");
    if (trait(traits, "aws.auth#unsignedPayload") != nullptr) add("unsigned_payload", "true");
    if (trait(traits, "aws.customizations#s3UnwrappedXmlOutput") != nullptr)
        add("bare_output", "true");
    if (!one.events.empty()) add("events", "true");
    if (answers_early(all, one)) add("answers_early", "true");
    add("endpoint_parameters", endpoint_parameters(all, one));
    add("region_copy", region_copy(all, one));
    if (const auto member = endpoint_member(all, one); !member.empty())
        add("endpoint_member", std::to_string(index_of(input, member, one)));
    if (const auto told = discovery(all, format, one, input); !told.empty())
        add("discovery", "{" + told + "}");
    if (one.id == teller_of(all)) add("tells_endpoints", "true");
    return text;
}

}  // namespace generator
