// SPDX-License-Identifier: MIT
// Any bytes as the state of a fan-out: one that is written the same again, or an error with its line.
#include <awsxx/accounts/fan_out_state.hpp>

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
    const auto found = awsxx::accounts::fan_out_state::parse(text);
    if (!found) {
        require(found.error().code == "BadFanOutState");
        require(found.error().message.starts_with("line "));
        return 0;
    }
    const auto again = awsxx::accounts::fan_out_state::parse(found->text());
    require(again && *again == *found);
    return 0;
}
