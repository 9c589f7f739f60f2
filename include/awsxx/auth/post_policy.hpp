// SPDX-License-Identifier: MIT
// The fields of an HTML form with which anybody can upload to an S3 bucket for a while.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/auth/post_policy_text.hpp>
#include <awsxx/auth/scope.hpp>
#include <awsxx/auth/signing.hpp>
#include <awsxx/auth/signing_workspace.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/text.hpp>
#include <awsxx/core/thread_cache.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/crypto/encode.hpp>
#include <awsxx/crypto/sha256.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::auth {

/// What a form may do.
struct post_policy {
    std::string bucket{};
    /// The object's name. With "${filename}" at its end, the name of the uploaded file takes its
    /// place there, and any name with this beginning is allowed.
    std::string key{};
    std::vector<post_field> fields{};          ///< Sent as well, as "acl" or "Content-Type".
    std::vector<post_condition> conditions{};  ///< Beside those that follow from the fields.
    seconds valid{3600};                       ///< 1 second to 7 days; the keys may expire before.
};

/// The fields of a form, in order. The file itself comes last, in a field "file". Whoever has them
/// can upload: they are wiped when this goes.
class post_form {
public:
    explicit post_form(std::vector<post_field> fields) : fields_(std::move(fields)) {}
    post_form(const post_form&) = delete;
    post_form& operator=(const post_form&) = delete;
    post_form(post_form&&) noexcept = default;
    post_form& operator=(post_form&& other) noexcept {
        std::swap(fields_, other.fields_);
        return *this;
    }
    ~post_form() {
        for (post_field& one : fields_) wipe(one.value);
    }

    const std::vector<post_field>& fields() const noexcept { return fields_; }
    /// The value of a field; nothing if there is none of that name.
    std::string_view find(std::string_view name) const noexcept {
        for (const post_field& one : fields_)
            if (text::equal_ignoring_case(one.name, name)) return one.value;
        return {};
    }

private:
    std::vector<post_field> fields_;
};

/// The signature of a policy document in base64, which is signed as it stands: 64 hexadecimal
/// digits. `sign_post_policy` writes the document as well.
inline expected<std::string> policy_signature(std::string_view base64, const credentials& keys,
                                              const signing& how) {
    return with_per_thread<signing_workspace>(
        [&](signing_workspace& work) -> expected<std::string> {
            const auto key = work.keys.find(keys.secret_access_key, how);
            if (!key) return key.error();
            return crypto::to_hex(crypto::as_text((*key)->hmac.sign(base64)));
        });
}

namespace detail::post_policy {

constexpr std::string_view any_file = "${filename}";

/// Null, or what S3 would refuse.
inline const char* problem(const auth::post_policy& what, const credentials& keys) noexcept {
    if (what.bucket.empty()) return "the policy names no bucket";
    if (what.key.empty()) return "the policy names no key";
    if (what.valid < seconds(1) || what.valid > seconds(604800))
        return "a policy is good for 1 to 604800 seconds";
    if (keys.access_key_id.empty()) return "the access key id is empty";
    for (const post_field& one : what.fields)
        if (!is_form_name(one.name)) return "a field has no name, or one that cannot be in a form";
    return nullptr;
}

inline bool has_condition(const auth::post_policy& what, std::string_view name) noexcept {
    return std::any_of(
        what.conditions.begin(), what.conditions.end(),
        [&](const post_condition& one) { return text::equal_ignoring_case(one.name(), name); });
}

/// The fields that say who signs.
inline std::vector<post_field> signer_fields(const credentials& keys, const signing& how) {
    const auto date = basic_date(how.when);
    std::vector<post_field> made{
        {"x-amz-algorithm", std::string(sigv4_algorithm)},
        {"x-amz-credential", keys.access_key_id + "/" + scope_text(how)},
        {"x-amz-date", std::string(date.data(), date.size())},
    };
    const std::string_view token = keys.session_token.expose();
    if (!token.empty())
        made.push_back({how.rules.s3_session ? "x-amz-s3session-token" : "x-amz-security-token",
                        std::string(token)});
    return made;
}

/// The conditions that S3 demands of a form with this key and these fields.
inline void append_conditions(policy_text& to, const auth::post_policy& what,
                              const std::vector<post_field>& signer) {
    for (const post_condition& one : what.conditions) to.add(one);
    for (const post_field& one : what.fields)
        if (!has_condition(what, one.name)) to.add_exactly(one.name, one.value);
    if (!has_condition(what, "bucket")) to.add_exactly("bucket", what.bucket);
    const std::string_view key = what.key;
    if (has_condition(what, "key")) {
        // as the caller wants it
    } else if (key.ends_with(any_file)) {
        to.add_begins_with("key", key.substr(0, key.size() - any_file.size()));
    } else {
        to.add_exactly("key", what.key);
    }
    for (const post_field& one : signer) to.add_exactly(one.name, one.value);
}

}  // namespace detail::post_policy

/// The form that a policy allows, signed.
///
///     const auto form = auth::sign_post_policy(
///         {.bucket = "photos",
///          .key = "user/eric/${filename}",
///          .conditions = {auth::post_condition::size_between(1, 1 << 20)}},
///         keys, {.region = "eu-west-1", .service = "s3", .when = now});
///
/// Fields that no condition names may have the value that is given here only. Fails with
/// `invalid_argument` without bucket or key, and as `sign` does.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
inline expected<post_form> sign_post_policy(const post_policy& what, const credentials& keys,
                                            const signing& how) {
    namespace own = detail::post_policy;
    if (const char* wrong = own::problem(what, keys))
        return error{.kind = error_kind::invalid_argument, .code = "CannotSign", .message = wrong};
    if (const char* wrong = scope_problem(how))
        return error{.kind = error_kind::invalid_argument, .code = "CannotSign", .message = wrong};
    std::vector<post_field> signer = own::signer_fields(keys, how);
    policy_text document(std::chrono::floor<seconds>(how.when + what.valid));
    own::append_conditions(document, what, signer);
    std::string policy = crypto::to_base64(document.finish());
    auto signature = policy_signature(policy, keys, how);
    if (!signature) return std::move(signature).error();
    std::vector<post_field> fields = what.fields;
    fields.push_back({"key", what.key});
    for (post_field& one : signer) fields.push_back(std::move(one));
    fields.push_back({"policy", std::move(policy)});
    fields.push_back({"x-amz-signature", *std::move(signature)});
    return post_form(std::move(fields));
}

}  // namespace awsxx::inline AWSXX_ABI::auth
