// SPDX-License-Identifier: MIT
// The whole of EC2, one operation of it that the shipped header lacks.
#include <awsxx/services/whole_ec2.hpp>

#include <awsxx/core/expected.hpp>
#include <awsxx/http/message.hpp>

#include <cstdio>

int main() {
    namespace ec2 = awsxx::whole_ec2;
    const auto& what = ec2::describe_transit_gateways::wire<void>::operation;
    const ec2::describe_transit_gateways in{.transit_gateway_ids = {"tgw-1"}};
    awsxx::http::request draft;
    const bool encoded{what.service->protocol->encode(what, &in, draft, "")};
    std::printf("%s\n", std::string(draft.body.bytes()).c_str());
    return encoded &&
                   draft.body.bytes().find("TransitGatewayIds.1=tgw-1") != draft.body.bytes().npos
               ? 0
               : 1;
}
