// SPDX-License-Identifier: MIT
// Any text as an ARN: what is taken apart is whole, and put together again it is the same text.
#include <awsxx/core/arn.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

std::string joined(const awsxx::arn& parts) {
    std::string text = "arn";
    for (const std::string_view part :
         {parts.partition, parts.service, parts.region, parts.account, parts.resource})
        text.append(":").append(part);
    return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto parts = awsxx::parse_arn(text);
    if (!parts) return 0;
    require(joined(*parts) == text);
    require(!parts->partition.empty() && !parts->service.empty() && !parts->resource.empty());
    for (const std::string_view part :
         {parts->partition, parts->service, parts->region, parts->account})
        require(part.find(':') == part.npos);
    require(text.find_first_of(" \t\r\n") == text.npos && text.find('\0') == text.npos);
    return 0;
}
