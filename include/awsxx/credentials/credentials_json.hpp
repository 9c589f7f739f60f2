// SPDX-License-Identifier: MIT
// Reads credentials from JSON in all the spellings that programs, files and services use.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/codec/json_reader.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/number.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/version.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// What a document has to be like.
struct credentials_json_rules {
    /// The members around the credentials, as in "credentialSet.credentials"; of a list the first
    /// element counts. Empty: the document itself is the object.
    std::string_view inside{};
    bool temporary{};  ///< A session token and an expiration have to be there.
    bool versioned{};  ///< "Version": 1 has to be there, as credential_process wants it.
};

namespace detail::credentials_json {

using codec::json::reader;
using codec::json::token;

AWSXX_COLD inline error malformed(std::string what) {
    return {.kind = error_kind::malformed_answer,
            .code = "MalformedCredentials",
            .message = std::move(what)};
}

/// 1632197813, 1632197813.5, or the same in milliseconds: seconds have eleven digits until the
/// year 5138.
inline std::optional<instant> epoch(std::string_view digits) {
    constexpr std::int64_t first_of_milliseconds = 100'000'000'000;
    const auto whole = text::parse_number<std::int64_t>(digits);
    if (whole && *whole >= first_of_milliseconds) {
        if (*whole / 1000 >= first_of_milliseconds) return {};
        return instant(milliseconds(*whole));
    }
    const auto when = date_parser(digits).epoch_seconds();
    if (!when) return {};
    return when->to_instant();
}

/// The object's members as they come, from wherever they stand.
class members {
public:
    explicit members(const credentials_json_rules& rules) : rules_(rules) {}

    expected<credentials> read(std::string_view text) {
        reader in(text);
        if (in.peek() != token::object) return malformed("not a JSON object");
        read_object(in, rules_.inside);
        in.finish();
        if (problem_) return *std::move(problem_);
        if (!in.ok())
            return malformed(in.problem() + std::string(" at byte ") + std::to_string(in.offset()));
        return judged();
    }

private:
    /// Reads the object that comes next; `path` leads from it to the credentials.
    void read_object(reader& in, std::string_view path) {
        const bool here = path.empty();
        found_ |= here;
        const std::string_view next = text::take_until(path, '.');
        in.open_object();
        for (std::string_view name; in.member(name);) {
            const bool inward = !here && text::equal_ignoring_case(name, next);
            if (!(inward ? enter(in, path) : take(in, name, here))) return;
        }
    }
    bool enter(reader& in, std::string_view path) {
        bool first = true;
        if (in.peek() == token::object) {
            read_object(in, path);
        } else if (in.peek() == token::array) {
            for (in.open_array(); in.element(); first = false)
                if (first && in.peek() == token::object)
                    read_object(in, path);
                else
                    in.skip();
        } else {
            in.skip();
        }
        return in.ok();
    }

    /// Takes a member, or skips it. False: the reader failed.
    bool take(reader& in, std::string_view name, bool among_keys) {
        const auto called = [&](std::string_view known) {
            return text::equal_ignoring_case(name, known);
        };
        if (called("Code")) return plain(in, code_);
        if (called("Message")) return plain(in, message_);
        if (!among_keys) return in.skip();
        if (called("AccessKeyId")) return plain(in, keys_.access_key_id, "AccessKeyId");
        if (called("SecretAccessKey"))
            return hidden(in, keys_.secret_access_key, "SecretAccessKey");
        if (called("Token")) return hidden(in, keys_.session_token, "Token");
        if (called("SessionToken")) return hidden(in, keys_.session_token, "SessionToken");
        if (called("AccountId")) return plain(in, keys_.account_id, "AccountId");
        if (called("Expiration") || called("ExpiresAt")) return until(in);
        if (called("Version")) return version(in);
        return in.skip();
    }

    /// `name`: of a member that has to be a text; without it, others are passed over.
    bool plain(reader& in, std::string& into, const char* name = nullptr) {
        if (in.take_null()) return true;
        if (in.peek() != token::string) return other(in, name);
        std::string_view value;
        if (!in.string(value)) return false;
        into = value;
        return true;
    }
    bool hidden(reader& in, secret& into, const char* name) {
        if (in.take_null()) return true;
        if (in.peek() != token::string) return other(in, name);
        std::string_view value;
        if (!in.string(value)) return false;
        into = value;
        // With escapes, it lies in the reader's own memory.
        if (value.data() != in.raw_string().data())
            wipe(const_cast<char*>(value.data()), value.size());
        return true;
    }
    bool other(reader& in, const char* name) {
        if (name != nullptr) complain(std::string(name) + " is not a string");
        return in.skip();
    }
    bool until(reader& in) {
        if (in.take_null()) return true;
        std::string_view value;
        const bool digits = in.peek() == token::number;
        if (!digits && in.peek() != token::string) return other(in, "Expiration");
        if (!(digits ? in.number(value) : in.string(value))) return false;
        if (digits) {
            keys_.expiration = epoch(value);
            if (!keys_.expiration) complain("Expiration is not a point in time");
        } else if (!value.empty()) {
            const auto when = parse_any_date(value);
            if (when) keys_.expiration = when->to_instant();
            if (!when) complain("Expiration is not a date");
        }
        return true;
    }
    bool version(reader& in) {
        std::string_view digits;
        if (in.peek() != token::number) return in.skip();
        if (!in.number(digits)) return false;
        version_ = digits;
        return true;
    }

    void complain(std::string what) {
        if (!problem_) problem_ = malformed(std::move(what));
    }

    expected<credentials> judged() {
        if (!code_.empty() && !text::equal_ignoring_case(code_, "Success")) return refusal();
        if (!found_) return malformed("the member " + std::string(rules_.inside) + " is missing");
        if (rules_.versioned && version_ != "1")
            return malformed(version_.empty() ? "Version is missing or not a number"
                                              : "Version is " + version_.substr(0, 20) + ", not 1");
        for (const auto& [missing, name] :
             {std::pair(keys_.access_key_id.empty(), "AccessKeyId"),
              std::pair(keys_.secret_access_key.empty(), "SecretAccessKey"),
              std::pair(rules_.temporary && keys_.session_token.empty(), "Token"),
              std::pair(rules_.temporary && !keys_.expiration, "Expiration")})
            if (missing) return malformed(name + std::string(" is missing"));
        return std::move(keys_);
    }
    error refusal() const {
        return {.kind = error_kind::credentials,
                .code = code_.substr(0, 100),
                .message = message_.substr(0, 500)};
    }

    const credentials_json_rules& rules_;
    bool found_ = false;
    credentials keys_{};
    std::string code_{};
    std::string message_{};
    std::string version_{};
    std::optional<error> problem_{};
};

}  // namespace detail::credentials_json

/// The credentials that a JSON document holds: AccessKeyId, SecretAccessKey, Token or SessionToken,
/// Expiration or ExpiresAt, AccountId. Names compare without case; what else is there is ignored.
///
/// Expirations are dates in any of AWS's spellings, or a number of seconds or milliseconds since
/// 1970. A document with a `Code` other than Success fails with that code and its `Message`, of
/// kind `credentials`; one that cannot be understood with `malformed_answer`, which names what is
/// missing or wrong and never repeats a secret. Expired credentials are handed out like others.
inline expected<credentials> parse_credentials_json(std::string_view text,
                                                    const credentials_json_rules& rules = {}) {
    return detail::credentials_json::members(rules).read(text);
}

}  // namespace awsxx::inline AWSXX_ABI
