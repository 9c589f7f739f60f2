// SPDX-License-Identifier: MIT
// A request in the one spelling that its sender and its receiver both hash.
#pragma once

#include <awsxx/auth/canonical_headers.hpp>
#include <awsxx/auth/canonical_uri.hpp>
#include <awsxx/auth/signing.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::auth {

/// The canonical request of Signature Version 4. Its memory is kept from one request to the next.
///
///     auth::canonical_request canonical;
///     if (auto done = canonical.take_headers(request.headers); !done) return done;
///     if (auto done = canonical.assemble(request, rules, payload); !done) return done;
///     hash(canonical.text());
///
/// The text holds the session token, if there is one. For one thread.
class canonical_request {
public:
    canonical_request() = default;
    canonical_request(const canonical_request&) = delete;
    canonical_request& operator=(const canonical_request&) = delete;
    ~canonical_request() { wipe(text_); }

    /// Chooses the fields that are signed: all but the unsignable ones.
    expected<void> take_headers(const http::headers& all) {
        headers_.collect(all);
        grow(names_, headers_.bound());
        const char* end = headers_.write_names(names_.data());
        if (end == nullptr) return refusal(headers_.problem());
        names_size_ = static_cast<std::size_t>(end - names_.data());
        return {};
    }

    /// Puts everything together. `what` still has the fields that `take_headers` saw.
    expected<void> assemble(const http::request& what, const signing_rules& rules,
                            std::string_view payload) {
        if (!is_method(what.method)) return refusal("the method is not a word");
        start_.assign(what.method).push_back('\n');
        if (auto done = append_canonical_path(start_, what.target.path, rules); !done) return done;
        start_ += '\n';
        if (auto done = query_.append_to(start_, what.target.query); !done) return done;
        start_ += '\n';
        grow(text_, start_.size() + headers_.bound() + names_size_ + payload.size() + 2);
        char* to = put(text_.data(), start_);
        to = headers_.write(to, signed_headers());
        if (to == nullptr) return refusal(headers_.problem());
        *to++ = '\n';
        to = put(to, signed_headers());
        *to++ = '\n';
        to = put(to, payload);
        text_size_ = static_cast<std::size_t>(to - text_.data());
        return {};
    }

    /// The whole of it, as it is hashed.
    std::string_view text() const noexcept { return {text_.data(), text_size_}; }
    /// The names of the signed fields, as in `host;x-amz-date`.
    std::string_view signed_headers() const noexcept { return {names_.data(), names_size_}; }

private:
    AWSXX_COLD static error refusal(std::string why) {
        return {
            .kind = error_kind::invalid_argument, .code = "CannotSign", .message = std::move(why)};
    }
    /// Strings are only ever made longer, so that nothing is filled with zeros twice.
    static void grow(std::string& text, std::size_t size) {
        if (text.size() < size) [[unlikely]]
            text.resize(size);
    }
    static char* put(char* to, std::string_view what) noexcept {
        std::memcpy(to, what.data(), what.size());
        return to + what.size();
    }
    static bool is_method(std::string_view method) noexcept {
        return !method.empty() && std::all_of(method.begin(), method.end(), [](char c) {
            return text::is_alpha(c) || c == '-' || c == '_';
        });
    }

    canonical_headers headers_{};
    canonical_query query_{};
    std::string start_{};
    std::string names_{};
    std::string text_{};
    std::size_t names_size_ = 0;
    std::size_t text_size_ = 0;
};

}  // namespace awsxx::inline AWSXX_ABI::auth
