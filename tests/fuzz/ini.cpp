// SPDX-License-Identifier: MIT
// Config files of any bytes: a value or an error with a line, never anything else.
#include <awsxx/config/profile_file.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::size_t half = text.find('\0');
    const std::string_view config = text.substr(0, half);
    const std::string_view keys = half == text.npos ? std::string_view() : text.substr(half + 1);

    const auto read = awsxx::config::parse_profile_file(config, keys, {"/c", "/k"});
    if (!read) {
        require(read.error().message.starts_with("/c:") || read.error().message.starts_with("/k:"));
        return 0;
    }
    for (const auto& [name, properties] : read->profiles) {
        require(!name.empty());
        for (const auto& [key, value] : properties) {
            require(!key.empty() && value.line > 0);
            require(awsxx::config::nested_value(value.text, "endpoint_url").size() <=
                    value.text.size());
        }
    }
    return 0;
}
