// SPDX-License-Identifier: MIT
// A request that is about to be signed: what it lacks, what it must lose, what its body hashes to.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/auth/payload_hash.hpp>
#include <awsxx/auth/signing.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/text_blocks.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>

#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::auth {

/// A draft with the keys and the rules that it is signed by, all of which it only refers to.
class signing_draft {
public:
    signing_draft(const http::request& draft, const credentials& keys, const signing& how) noexcept
        : request_(draft), keys_(keys), how_(how) {
        for (const http::header field : draft.headers) look_at(field);
    }

    /// Refuses what cannot be signed, and hashes the body if `rule` and the draft leave it to that.
    expected<void> prepare(body_rule rule) {
        if (const char* why = problem())
            return error{
                .kind = error_kind::invalid_argument, .code = "CannotSign", .message = why};
        if (!how_.payload.empty())
            payload_.say(how_.payload);
        else if (rule == body_rule::not_hashed || leaves_to_tls(rule))
            payload_.say(unsigned_payload);
        else if (!hash_.empty())
            payload_.say(hash_);
        else
            return payload_.of(request_.body);
        return {};
    }

    /// Copies the request without what an earlier signature added. A body in memory is only seen.
    void copy_to(http::request& out) const {
        assign(out.method, request_.method);
        assign(out.target.scheme, request_.target.scheme);
        assign(out.target.host, request_.target.host);
        assign(out.target.path, request_.target.path);
        assign(out.target.query, request_.target.query);
        out.target.port = request_.target.port;
        out.body =
            request_.body.in_memory() ? http::body::view(request_.body.bytes()) : request_.body;
        if (!has_replaced_) {
            out.headers = request_.headers;
            return;
        }
        out.headers.clear();
        for (const http::header field : request_.headers)
            if (!is_replaced(field.name)) out.headers.add(field.name, field.value);
    }

    /// Adds the host header that the transport would send, if the draft has none.
    void add_host(http::request& out) const {
        if (has_host_) return;
        const http::uri& target = request_.target;
        if (target.port == 0 && target.host.find(':') == std::string::npos) [[likely]]
            write_host(out.headers, target.host);
        else
            write_host(out.headers, http::host_header(target));
    }

    /// Adds the session token, if there is one.
    void add_token(http::request& out) const {
        constexpr std::string_view names[] = {"x-amz-security-token", "x-amz-s3session-token"};
        const std::string_view token = keys_.session_token.expose();
        if (!token.empty()) out.headers.add(names[how_.rules.s3_session ? 1 : 0], token);
    }

    /// The last line of the canonical request.
    std::string_view payload() const noexcept { return payload_.text(); }
    /// True if that has to be sent, too.
    bool sends_payload() const noexcept {
        return how_.rules.content_sha256_header || payload_.is_said();
    }
    bool has_host() const noexcept { return has_host_; }

    const credentials& keys() const noexcept { return keys_; }
    const signing& how() const noexcept { return how_; }

private:
    static void write_host(http::headers& to, std::string_view host) {
        text::write_lowered(to.add_room("host", host.size()), host);
    }

    /// Most requests of a program resemble the one before.
    static void assign(std::string& to, const std::string& from) {
        if (!text::equal(to, from)) to = from;
    }

    /// True for the fields that signing makes anew, and for `Date`, which a proxy may set.
    static bool is_replaced(std::string_view name) noexcept {
        const auto is = [name](std::string_view other) {
            return text::equal_ignoring_case(name, other);
        };
        switch (name.size()) {
            case 4: return is("date");
            case 10: return is("x-amz-date");
            case 13: return is("authorization");
            case 16: return is("x-amz-region-set");
            case 20: return is("x-amz-security-token") || is("x-amz-content-sha256");
            case 21: return is("x-amz-s3session-token");
            default: return false;
        }
    }

    void look_at(const http::header& field) noexcept {
        if (field.name.size() == 4 && text::equal_ignoring_case(field.name, "host")) {
            has_host_ = true;
        } else if (is_replaced(field.name)) {
            has_replaced_ = true;
            if (text::equal_ignoring_case(field.name, "x-amz-content-sha256")) hash_ = field.value;
        }
    }

    const char* problem() const noexcept {
        if (keys_.access_key_id.empty()) return "the access key id is empty";
        if (!text::is_visible(keys_.access_key_id) ||
            keys_.access_key_id.find('/') != std::string::npos)
            return "the access key id has a character that none may have";
        if (request_.target.host.empty() && !has_host_) return "the request names no host";
        return nullptr;
    }

    bool leaves_to_tls(body_rule rule) const noexcept {
        const bool may = rule == body_rule::not_over_tls ||
                         (rule == body_rule::streams_not_over_tls && !request_.body.in_memory());
        return may && hash_.empty() && request_.target.scheme == "https";
    }

    const http::request& request_;
    const credentials& keys_;
    const signing& how_;
    payload_hash payload_{};
    std::string_view hash_{};
    bool has_host_ = false;
    bool has_replaced_ = false;
};

}  // namespace awsxx::inline AWSXX_ABI::auth
