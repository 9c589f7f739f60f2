// SPDX-License-Identifier: MIT
// Any bytes as the head of an answer, line by line, and then its body: limits hold, and what was read can be read
// back, changed and removed.
#include <awsxx/http/curl_answer.hpp>
#include <awsxx/http/headers.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace http = awsxx::http;

namespace {

constexpr std::uint64_t limit = 64;

void require(bool holds) {
    if (!holds) std::abort();
}

/// Without line ends, without blanks around, and found under its name in any case.
void check_fields(const http::headers& all) {
    for (std::size_t i = 0; i < all.size(); ++i) {
        const http::header field = all[i];
        for (const std::string_view part : {field.name, field.value})
            require(part.find('\n') == part.npos);
        require(all.contains(field.name));
        const std::string line = std::string(field.name) + ": " + std::string(field.value);
        require(std::string_view(all.line_text(i), line.size() + 1) ==
                std::string_view(line.c_str(), line.size() + 1));
    }
}

void change(http::headers all) {
    while (!all.empty()) {
        const std::string name((*all.begin()).name);
        all.set(name, "another");
        require(all.find(name) == "another");
        check_fields(all);
        all.remove(name);
        require(!all.contains(name));
    }
}

void read(std::string_view text, bool head_only) {
    http::detail::curl_answer answer;
    answer.begin({.limits = {.answer_bytes = limit}}, head_only);
    bool goes_on = true;
    while (goes_on && !text.empty() && !answer.complete()) {
        const std::size_t end = text.find('\n');
        const std::size_t length = end == text.npos ? text.size() : end + 1;
        goes_on = answer.header_line(text.substr(0, length));
        text.remove_prefix(length);
    }
    for (; goes_on && !text.empty(); text.remove_prefix(text.size() < 7 ? text.size() : 7))
        goes_on = answer.body_piece(text.substr(0, 7));
    require(goes_on == !answer.problem());
    const bool success = answer.complete() && !answer.problem() && !head_only;
    const http::response whole = answer.take();
    if (success && whole.status / 100 == 2) require(whole.body.size() <= limit);
    check_fields(whole.headers);
    change(whole.headers);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    read(text, false);
    read(text, true);
    return 0;
}
