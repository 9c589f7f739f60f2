// SPDX-License-Identifier: MIT
// The keys of sessions at a directory bucket of S3, by CreateSession.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/date.hpp>
#include <awsxx/core/secret.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/staged_renewal.hpp>
#include <awsxx/model/access.hpp>
#include <awsxx/model/field.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/model/value.hpp>
#include <awsxx/runtime/call.hpp>
#include <awsxx/runtime/identity.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

namespace detail::bucket_session {

/// What CreateSession takes and answers, as far as keys need it: `services/s3.hpp` has all of it,
/// and is not for programs without S3.
struct request {
    std::string bucket{};
    template <class>
    struct wire;
};

struct keys {
    std::string access_key_id{};
    secret secret_access_key{};
    secret session_token{};
    std::optional<timestamp> expiration{};
    template <class>
    struct wire;
};

struct answer {
    maybe<bucket_session::keys> credentials{};
    template <class>
    struct wire;
};

template <class D>
struct request::wire {
    static constexpr model::field fields[] = {
        {"Bucket", &model::text, offsetof(bucket_session::request, bucket), model::required,
         model::place::label},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct keys::wire {
    static constexpr model::field fields[] = {
        {"AccessKeyId", &model::text, offsetof(bucket_session::keys, access_key_id)},
        {"SecretAccessKey", &model::sensitive, offsetof(bucket_session::keys, secret_access_key)},
        {"SessionToken", &model::sensitive, offsetof(bucket_session::keys, session_token)},
        {"Expiration", &model::optional_timestamp, offsetof(bucket_session::keys, expiration)},
    };
    static constexpr model::type type = model::structure(fields);
};

template <class D>
struct answer::wire {
    static constexpr model::field fields[] = {
        {"Credentials", model::maybe_of<bucket_session::keys, D>,
         offsetof(bucket_session::answer, credentials)},
    };
    static constexpr model::type type = model::structure(fields);
};

/// The operation as `at` has it. It lives as long as one fetch.
inline model::operation operation(const model::service& at) noexcept {
    return {.name = "CreateSession",
            .service = &at,
            .input = &request::wire<void>::type,
            .output = &answer::wire<void>::type,
            .http = {"GET", "/?session"},
            .endpoint_parameters = "Bucket=@0 DisableS3ExpressSessionAuth=true"};
}

/// Opens one session.
class fetch final : public staged_renewal {
public:
    fetch(std::shared_ptr<const runtime::identity> caller, const model::service& at,
          std::string bucket)
        : caller_(std::move(caller)), what_(operation(at)), in_{std::move(bucket)} {}

private:
    void begin() override {
        call_.emplace(caller_, what_, &in_, &out_);
        then_call(*call_, [this] { take(); });
    }
    void take() {
        if (const auto& why = call_->failure()) return fail(*why);
        if (!out_.credentials) return fail(malformed());
        bucket_session::keys& got = *out_.credentials;
        if (got.access_key_id.empty() || got.secret_access_key.empty() ||
            got.session_token.empty() || !got.expiration)
            return fail(malformed());
        credentials made{.access_key_id = std::move(got.access_key_id),
                         .secret_access_key = std::move(got.secret_access_key),
                         .session_token = std::move(got.session_token),
                         .source = "CreateSession at " + in_.bucket};
        if (const auto& caller = call_->signed_with()) {
            made.account_id = caller->account_id;
            made.via = caller->via;
        }
        made.expiration = got.expiration->to_instant();
        finish(std::make_shared<const credentials>(std::move(made)));
    }
    static error malformed() {
        return {.kind = error_kind::malformed_answer,
                .code = "MalformedAnswer",
                .message = "S3 answered with only a part of the credentials"};
    }
    void fail(const error& why) {
        finish(caused_by({.kind = why.kind,
                          .retryable = why.retryable,
                          .code = "NoBucketSession",
                          .message = in_.bucket},
                         why));
    }

    std::shared_ptr<const runtime::identity> caller_;
    model::operation what_;
    bucket_session::request in_;
    bucket_session::answer out_{};
    std::optional<runtime::call> call_{};
};

}  // namespace detail::bucket_session

/// Opens sessions at one directory bucket, with the keys of `caller`. A session is good for five
/// minutes and for what the caller may do. Keeps nothing. Fails with `NoBucketSession`, which has
/// what S3 says as its cause.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateSession.html
class bucket_session_credentials final : public credentials_provider {
public:
    /// `at`: S3, with the rules that say where the bucket is. It has to outlive this.
    bucket_session_credentials(std::shared_ptr<const runtime::identity> caller,
                               const model::service& at, std::string bucket)
        : caller_(std::move(caller)), at_(&at), bucket_(std::move(bucket)) {}

    resolution resolve(instant) override {
        return std::make_shared<detail::bucket_session::fetch>(caller_, *at_, bucket_);
    }
    void explain(credentials_report& into) const override {
        into.source = "CreateSession at " + bucket_;
        explain_caller(caller_->provider(), into);
    }

private:
    std::shared_ptr<const runtime::identity> caller_;
    const model::service* at_;
    std::string bucket_;
};

}  // namespace awsxx::inline AWSXX_ABI
