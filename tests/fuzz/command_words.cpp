// SPDX-License-Identifier: MIT
// Any bytes as a command: words that come back when they are quoted and split again, or an error.
#include <awsxx/core/command_words.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

/// The word as a shell would have to be given it.
std::string quoted(const std::string& word) {
    std::string text = "'";
    for (const char c : word) c == '\'' ? text += "'\\''" : text += c;
    return text + "' ";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto words = awsxx::split_command(text);
    if (!words) {
        require(words.error().kind == awsxx::error_kind::configuration);
        return 0;
    }
    require(!words->empty() && !words->front().empty());
    std::string again;
    for (const std::string& word : *words) again += quoted(word);
    const auto same = awsxx::split_command(again);
    require(same && *same == *words);
    return 0;
}
