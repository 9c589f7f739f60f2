// SPDX-License-Identifier: MIT
// The blocks between BEGIN and END lines of a PEM text, found but not decoded.
#pragma once

#include <awsxx/core/version.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace awsxx::inline AWSXX_ABI::crypto {

/// One block, seen in its text.
struct pem_block {
    std::string_view label{};  ///< As in "CERTIFICATE".
    std::string_view text{};   ///< From BEGIN to the end of the END line; to the end if `cut`.
    bool cut{};                ///< There is no END line.
};

/// All blocks in order. What stands between them is passed over, as RFC 7468 allows.
inline std::vector<pem_block> pem_blocks(std::string_view text) {
    constexpr std::string_view dashes = "-----";
    constexpr std::string_view begin = "-----BEGIN ";
    std::vector<pem_block> found;
    for (std::size_t at = text.find(begin); at != text.npos; at = text.find(begin)) {
        text.remove_prefix(at);
        const std::size_t end_of_label = text.find(dashes, begin.size());
        if (end_of_label == text.npos) {
            found.push_back({.text = text, .cut = true});
            break;
        }
        const std::string_view label = text.substr(begin.size(), end_of_label - begin.size());
        const std::string last = "-----END " + std::string(label) + "-----";
        const std::size_t end = text.find(last);
        const std::size_t size = end == text.npos ? text.size() : end + last.size();
        found.push_back({.label = label, .text = text.substr(0, size), .cut = end == text.npos});
        text.remove_prefix(size);
    }
    return found;
}

/// "a CERTIFICATE, a PRIVATE KEY", for messages; labels hold no secret.
inline std::string pem_contents(const std::vector<pem_block>& blocks) {
    if (blocks.empty()) return "no PEM block at all";
    std::string text;
    for (const pem_block& one : blocks) {
        constexpr std::size_t longest = 40;
        text.append(text.empty() ? "a " : ", a ").append(one.label.substr(0, longest));
    }
    return text;
}

}  // namespace awsxx::inline AWSXX_ABI::crypto
