// SPDX-License-Identifier: MIT
#include "oddities.hpp"

#include "names.hpp"
#include "service_traits.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace generator {

namespace {

/// Ids that Route 53 answers with a path before them and takes without.
const std::set<std::string_view> route_53_ids{"ResourceId", "ChangeId", "TagResourceId"};

const std::set<std::string_view> s3_keys{"SSECustomerKey", "CopySourceSSECustomerKey"};

const std::set<std::string_view> s3_early_answers{"CompleteMultipartUpload", "CopyObject",
                                                  "UploadPartCopy"};

/// Services that copy databases between regions. Their SourceRegion is no member on the wire.
const std::set<std::string_view> copy_databases{"RDS", "Neptune", "DocDB"};

/// What the service of a model that is not checked yet is called.
std::string title_in(const json& shapes) {
    for (const auto& shape : shapes) {
        if (!shape.is_object() || !shape.contains("traits")) continue;
        const json* const about = trait(&shape.at("traits"), "aws.api#service");
        if (about != nullptr) return trait_text(about, "sdkId");
    }
    return {};
}

}  // namespace

void complete(json& ast) {
    if (!ast.is_object() || !ast.contains("shapes")) return;
    json& shapes = ast.at("shapes");
    if (!copy_databases.contains(title_in(shapes))) return;
    for (auto& shape : shapes) {
        if (!shape.is_object() || !shape.contains("members")) continue;
        json& members = shape.at("members");
        if (members.is_object() && members.contains("PreSignedUrl") &&
            !members.contains("SourceRegion"))
            members["SourceRegion"] = {{"target", "smithy.api#String"}};
    }
}

std::string constant_header(const plan& all) {
    const std::string service = service_title(all);
    if (service == "API Gateway") return R"({"Accept", "application/json"})";
    if (service != "Glacier") return {};
    const std::string version = all.model().shape(all.service()).value("version", "");
    return R"({"x-amz-glacier-version", )" + literal(version) + "}";
}

std::string region_copy(const plan& all, const operation_plan& one) {
    const std::string service = service_title(all);
    const bool machines = service == "EC2";
    if (!machines && !copy_databases.contains(service)) return {};
    for (const auto& member : all.members(one.input)) {
        if (machines && member.name == "PresignedUrl") return R"({"PresignedUrl", true})";
        if (!machines && member.name == "PreSignedUrl") return R"({"PreSignedUrl"})";
    }
    return {};
}

std::string odd_checksums(const plan& all, const operation_plan& one) {
    const bool sums_up = one.wire_name == "UploadArchive" || one.wire_name == "UploadMultipartPart";
    return service_title(all) == "Glacier" && sums_up ? ".tree_hash = true" : "";
}

std::string endpoint_member(const plan& all, const operation_plan& one) {
    return service_title(all) == "Machine Learning" && one.wire_name == "Predict"
               ? "PredictEndpoint"
               : "";
}

bool answers_early(const plan& all, const operation_plan& one) {
    return service_title(all) == "S3" && s3_early_answers.contains(one.wire_name);
}

std::vector<std::string> odd_traits(const plan& all, const shape_member& member, bool in) {
    const std::string service = service_title(all);
    const std::string_view type = local_name(member.target);
    const auto has = [&](const char* name) { return trait(member.traits, name) != nullptr; };
    std::vector<std::string> found;
    if (in && service == "Route 53" && route_53_ids.contains(type) && has("smithy.api#httpLabel"))
        found.emplace_back("last_segment");
    if (in && service == "S3" && s3_keys.contains(type) && has("smithy.api#httpHeader"))
        found.emplace_back("customer_key");
    if (in && service == "S3" && type == "CopySource" && has("smithy.api#httpHeader"))
        found.emplace_back("percent_encoded");
    if (in && service == "Glacier" && member.name == "accountId" && has("smithy.api#httpLabel"))
        found.emplace_back("own_account");
    if (!in && service == "IAM" && type == "policyDocumentType")
        found.emplace_back("percent_encoded");
    return found;
}

bool is_base64(const plan& all, const std::string& owner, const shape_member& member) {
    if (member.name != "UserData") return false;
    const std::string service = service_title(all);
    const std::string_view name = local_name(owner);
    return (service == "EC2" && name == "RunInstancesRequest") ||
           (service == "Auto Scaling" && name == "CreateLaunchConfigurationType");
}

}  // namespace generator
