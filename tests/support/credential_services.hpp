// SPDX-License-Identifier: MIT
// AWS and everything beside it that hands out credentials: metadata, containers, SSO, console logins.
#pragma once

#include <awsxx/core/date.hpp>
#include <awsxx/core/process.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/testing/delivery.hpp>
#include <awsxx/testing/fake_aws.hpp>
#include <awsxx/testing/fake_clock.hpp>

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace test {

/// The role that instance, container, SSO and login give.
inline constexpr const char* first_role_arn = "arn:aws:iam::111122223333:role/first";

/// A transport that answers as the services do, with keys that the fake AWS knows. What is not for
/// one of them goes on to the fake AWS. From any thread.
class credential_services {
public:
    credential_services(std::shared_ptr<awsxx::testing::fake_aws> cloud,
                        std::shared_ptr<awsxx::clock> time, awsxx::seconds lifetime)
        : cloud_(std::move(cloud)), time_(std::move(time)), lifetime_(lifetime) {
        cloud_->add_role({.arn = first_role_arn});
    }

    /// From `from` on and before `until` all of them are broken, and the fake AWS with them.
    void fail_between(awsxx::instant from, awsxx::instant until, awsxx::testing::fake_fault how) {
        cloud_->fail_between(from, until, how);
        const std::lock_guard lock(mutex_);
        outages_.push_back({from, until});
    }
    bool is_down() const {
        const awsxx::instant now = time_->now();
        const std::lock_guard lock(mutex_);
        for (const auto& [from, until] : outages_)
            if (now >= from && now < until) return true;
        return false;
    }
    /// How often one of them was asked for keys, whatever came of it.
    std::size_t fetches() const {
        const std::lock_guard lock(mutex_);
        return fetches_;
    }

    awsxx::expected<awsxx::http::response> send(const awsxx::http::request& what,
                                                const awsxx::http::exchange& how) {
        const std::string& host = what.target.host;
        const bool metadata = host == "169.254.169.254";
        const bool ours = metadata || host == "169.254.170.2" || host.starts_with("portal.sso.") ||
                          host.find(".signin.") != std::string::npos;
        if (!ours) return cloud_->send(what, how);
        if (is_down()) {
            count();
            return awsxx::testing::delivered({.status = 500, .body = "{}"}, how);
        }
        auto answer = metadata ? instance(what) : keys_for(host);
        return awsxx::testing::delivered(std::move(answer), how);
    }
    /// What a credential_process does.
    awsxx::expected<awsxx::process_output> run() {
        count();
        if (is_down()) return awsxx::process_output{.exit_status = 1, .err = "out of order"};
        return awsxx::process_output{.out = document(R"("Version":1,)", "SessionToken")};
    }
    /// New keys for a source in code.
    awsxx::expected<awsxx::credentials> give() {
        count();
        if (is_down())
            return awsxx::error{
                .kind = awsxx::error_kind::credentials, .retryable = true, .code = "OutOfOrder"};
        const auto made = begin();
        return awsxx::credentials{.access_key_id = made.access_key_id,
                                  .secret_access_key = made.secret_access_key,
                                  .session_token = made.session_token,
                                  .expiration = made.expiration};
    }

private:
    void count() {
        const std::lock_guard lock(mutex_);
        ++fetches_;
    }
    awsxx::testing::fake_key begin() {
        auto made = cloud_->begin_session(first_role_arn, "me", lifetime_);
        return made ? *std::move(made) : awsxx::testing::fake_key{};
    }
    std::string document(const std::string& beginning, const std::string& token) {
        const auto made = begin();
        return "{" + beginning + R"("AccessKeyId":")" + made.access_key_id +
               R"(","SecretAccessKey":")" + std::string(made.secret_access_key.expose()) + "\",\"" +
               token + "\":\"" + std::string(made.session_token.expose()) + R"(","Expiration":")" +
               format_date(*made.expiration, awsxx::date_format::date_time) + "\"}";
    }
    awsxx::http::response instance(const awsxx::http::request& what) {
        awsxx::http::response answer{.status = 200};
        const std::string& path = what.target.path;
        if (what.method == "PUT") {
            answer.headers.add("x-aws-ec2-metadata-token-ttl-seconds", "21600");
            answer.body = "metadata-token";
        } else if (path.ends_with("/security-credentials/")) {
            answer.body = "first";
        } else {
            count();
            answer.body = document(R"("Code":"Success",)", "Token");
        }
        return answer;
    }
    awsxx::http::response keys_for(std::string_view host) {
        count();
        if (host == "169.254.170.2") return {.status = 200, .body = document("", "Token")};
        const auto made = begin();
        const std::string keys =
            R"({"accessKeyId":")" + made.access_key_id + R"(","secretAccessKey":")" +
            std::string(made.secret_access_key.expose()) + R"(","sessionToken":")" +
            std::string(made.session_token.expose()) + "\"";
        if (host.starts_with("portal."))
            return {.status = 200,
                    .body = R"({"roleCredentials":)" + keys + ",\"expiration\":" +
                            std::to_string(made.expiration->time_since_epoch().count()) + "}}"};
        return {.status = 200,
                .body = R"({"accessToken":)" + keys + R"(},"tokenType":"aws_sigv4","expiresIn":)" +
                        std::to_string(lifetime_.count()) + R"(,"refreshToken":"next"})"};
    }

    std::shared_ptr<awsxx::testing::fake_aws> cloud_;
    std::shared_ptr<awsxx::clock> time_;
    awsxx::seconds lifetime_;
    mutable std::mutex mutex_{};
    std::vector<std::pair<awsxx::instant, awsxx::instant>> outages_{};
    std::size_t fetches_ = 0;
};

}  // namespace test
