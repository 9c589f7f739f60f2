// SPDX-License-Identifier: MIT
// Path and query of a request in the one spelling that both sides sign.
#pragma once

#include <awsxx/auth/signing.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/text_blocks.hpp>
#include <awsxx/core/text_buffer.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/percent.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::auth {

namespace detail::uri_spelling {

/// Appends a path without `.`, `..` and empty segments. A slash at its end stays; as in botocore,
/// `/a/.` becomes `/a`.
inline void append_normalized(std::string& out, std::string_view path) {
    const std::size_t begin = out.size();
    const bool closed = path.ends_with('/');
    while (!path.empty()) {
        const std::string_view segment = text::take_until(path, '/');
        if (segment.empty() || segment == ".") continue;
        if (segment != "..")
            out.append("/").append(segment);
        else if (out.size() > begin)
            out.resize(out.rfind('/'));
    }
    if (closed || out.size() == begin) out += '/';
}

/// Appends `text` encoded strictly, whatever of it was encoded before.
inline expected<void> append_recoded(std::string& out, std::string_view text) {
    std::size_t plain = 0;
    while (plain < text.size() && http::is_unreserved(text[plain])) ++plain;
    out.append(text.substr(0, plain));
    if (plain == text.size()) return {};
    std::string bytes;
    if (auto done = http::append_decoded(bytes, text.substr(plain)); !done) return done;
    http::append_encoded(out, bytes);
    return {};
}

}  // namespace detail::uri_spelling

/// Appends the path as it is signed; `path` is as it is sent.
inline expected<void> append_canonical_path(text::text_buffer& out, std::string_view path,
                                            const signing_rules& rules) {
    if (path.empty() || path == "/") {
        out.append('/');
        return {};
    }
    if (path.front() != '/' || !text::is_visible(path))
        return error{.kind = error_kind::invalid_argument,
                     .code = "CannotSign",
                     .message = path.front() != '/' ? "the path does not begin with a slash"
                                                    : "the path is not percent-encoded"};
    std::string normalized;
    if (rules.normalize_path) {
        detail::uri_spelling::append_normalized(normalized, path);
        path = normalized;
    }
    if (rules.double_encode)
        out.append(http::encoded(path, true));
    else
        out.append(path);
    return {};
}

/// Puts the parameters of a query into the order and the encoding in which they are signed.
class canonical_query {
public:
    /// Appends them. An old `X-Amz-Signature` is left out.
    expected<void> append_to(text::text_buffer& out, std::string_view query) {
        if (query.empty()) return {};
        if (!text::is_visible(query)) return problem("the query is not percent-encoded");
        recoded_.clear();
        parameters_.clear();
        for (bool more = true; more;) {
            const std::size_t end = query.find('&');
            more = end != std::string_view::npos;
            if (auto done = take(query.substr(0, end)); !done) return done;
            query.remove_prefix(more ? end + 1 : query.size());
        }
        std::sort(parameters_.begin(), parameters_.end(),
                  [this](const parameter& a, const parameter& b) {
                      const int names = name(a).compare(name(b));
                      return names != 0 ? names < 0 : value(a) < value(b);
                  });
        bool first = true;
        for (const parameter& one : parameters_) {
            if (!std::exchange(first, false)) out.append('&');
            out.append(name(one));
            out.append('=');
            out.append(value(one));
        }
        return {};
    }

private:
    /// Where in `recoded_` the name begins and ends, and where the value ends.
    struct parameter {
        std::size_t begin;
        std::size_t middle;
        std::size_t end;
    };

    static error problem(const char* what) {
        return {.kind = error_kind::invalid_argument, .code = "CannotSign", .message = what};
    }
    std::string_view name(const parameter& of) const noexcept {
        return std::string_view(recoded_).substr(of.begin, of.middle - of.begin);
    }
    std::string_view value(const parameter& of) const noexcept {
        return std::string_view(recoded_).substr(of.middle, of.end - of.middle);
    }

    expected<void> take(std::string_view pair) {
        parameter one{recoded_.size(), 0, 0};
        const std::string_view key = text::take_until(pair, '=');
        auto done = detail::uri_spelling::append_recoded(recoded_, key);
        one.middle = recoded_.size();
        if (done) done = detail::uri_spelling::append_recoded(recoded_, pair);
        one.end = recoded_.size();
        if (!done) return problem("the query has a % without two hexadecimal digits");
        if (name(one) != "X-Amz-Signature") parameters_.push_back(one);
        return {};
    }

    std::string recoded_{};
    std::vector<parameter> parameters_{};
};

}  // namespace awsxx::inline AWSXX_ABI::auth
