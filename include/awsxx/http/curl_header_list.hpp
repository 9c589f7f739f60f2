// SPDX-License-Identifier: MIT
// Request headers as the list that libcurl wants, without copying them.
#pragma once

#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>

#include <cstddef>
#include <forward_list>
#include <string>
#include <string_view>
#include <vector>

#include <curl/curl.h>

namespace awsxx::inline AWSXX_ABI::http::detail {

/// A `curl_slist` whose nodes point into the request. Reused, it allocates nothing.
class curl_header_list {
public:
    /// The list for `what`, without the headers that libcurl would add on its own.
    /// Valid until the next call or until the request's headers change.
    const curl_slist* fill(const request& what) {
        nodes_.clear();
        empty_ones_.clear();
        bool accept = false;
        bool type = false;  // an empty body, too, would be a form for libcurl
        bool expect = what.body.empty();
        for (std::size_t i = 0; i < what.headers.size(); ++i) {
            const header field = what.headers[i];
            switch (field.name.size()) {
                case 4:
                    if (says_the_host(field, what.target)) continue;
                    break;
                case 6:
                    accept |= is(field, "accept");
                    expect |= is(field, "expect");
                    break;
                case 12: type |= is(field, "content-type"); break;
                default: break;
            }
            add(field, what.headers.line_text(i));
        }
        if (!accept) add("Accept:");
        if (!type) add("Content-Type:");
        if (!expect) add("Expect:");
        for (std::size_t i = 1; i < nodes_.size(); ++i) nodes_[i - 1].next = &nodes_[i];
        return nodes_.data();
    }

private:
    static bool is(header field, std::string_view name) noexcept {
        return text::equal_ignoring_case(field.name, name);
    }
    /// libcurl writes the same `Host` by itself, for one allocation less.
    static bool says_the_host(header field, const uri& target) noexcept {
        return is(field, "host") && target.port == 0 && field.value == target.host;
    }

    void add(const char* line) { nodes_.push_back({const_cast<char*>(line), nullptr}); }

    // "name: " would remove the header; "name;" sends it empty
    void add(header field, const char* line) {
        if (!text::trimmed(field.value).empty()) return add(line);
        empty_ones_.push_front(std::string(field.name) + ';');
        add(empty_ones_.front().c_str());
    }

    std::vector<curl_slist> nodes_{};
    std::forward_list<std::string> empty_ones_{};
};

}  // namespace awsxx::inline AWSXX_ABI::http::detail
