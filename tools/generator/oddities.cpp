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

}  // namespace

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
