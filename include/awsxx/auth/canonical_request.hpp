// SPDX-License-Identifier: MIT
// A request in the one spelling that its sender and its receiver both hash.
#pragma once

#include <awsxx/auth/canonical_headers.hpp>
#include <awsxx/auth/canonical_uri.hpp>
#include <awsxx/auth/signing.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/text_buffer.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/sha256_of_alike.hpp>
#include <awsxx/http/message.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

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
    ~canonical_request() { text_.wipe(); }

    /// Chooses the fields that are signed: all but the unsignable ones.
    expected<void> take_headers(const http::headers& all) {
        if (!headers_.collect(all)) return refusal(headers_.problem(all));
        return {};
    }

    /// Puts everything together. `what` has the fields that `take_headers` saw.
    expected<void> assemble(const http::request& what, const signing_rules& rules,
                            std::string_view payload) {
        if (!is_method(what.method)) return refusal("the method is not a word");
        text_.clear();
        text_.append(what.method);
        text_.append('\n');
        if (auto done = append_canonical_path(text_, what.target.path, rules); !done) return done;
        text_.append('\n');
        if (auto done = query_.append_to(text_, what.target.query); !done) return done;
        text_.append('\n');
        char* to = text_.room(headers_.bound() + signed_headers().size() + payload.size() + 2);
        to = headers_.write(to, what.headers);
        if (to == nullptr) return refusal(headers_.problem(what.headers));
        *to++ = '\n';
        to = text::write(to, signed_headers());
        *to++ = '\n';
        text_.end_at(text::write(to, payload));
        return {};
    }

    /// The whole of it, as it is hashed.
    std::string_view text() const noexcept { return text_.view(); }
    /// The hash that the string to sign ends in.
    crypto::sha256_digest hash() noexcept { return hash_(text_.view()); }
    /// The names of the signed fields, as in `host;x-amz-date`.
    std::string_view signed_headers() const noexcept { return headers_.names(); }

private:
    AWSXX_COLD static error refusal(std::string why) {
        return {
            .kind = error_kind::invalid_argument, .code = "CannotSign", .message = std::move(why)};
    }
    static bool is_method(std::string_view method) noexcept {
        return !method.empty() && std::all_of(method.begin(), method.end(), [](char c) {
            return text::is_alpha(c) || c == '-' || c == '_';
        });
    }

    canonical_headers headers_{};
    canonical_query query_{};
    text::text_buffer text_{};
    crypto::sha256_of_alike hash_{};
};

}  // namespace awsxx::inline AWSXX_ABI::auth
