// SPDX-License-Identifier: MIT
// AWS and everything beside it that hands out credentials: metadata, containers, SSO, console logins,
// certificates' doors.
#pragma once

#include <awsxx/core/date.hpp>
#include <awsxx/core/process.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/testing/delivery.hpp>
#include <awsxx/testing/fake_aws.hpp>
#include <awsxx/testing/fake_clock.hpp>

#include <support/sts_answers.hpp>

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace test {

/// The role that instance, container, SSO, login and certificate give.
inline constexpr const char* first_role_arn = "arn:aws:iam::111122223333:role/first";

/// What else than the faults of the fake AWS can be wrong with all of them.
enum class trouble : unsigned char {
    down,     ///< As the fake AWS's fault says; the others answer 500.
    hangs,    ///< Nothing is answered until the caller's limit is over.
    stale,    ///< Keys come that have expired already.
    partial,  ///< Keys come without their secret.
    refuses,  ///< The sources that need a login or a token, and the first role, say no for good.
};

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
        outages_.push_back({from, until, trouble::down});
    }
    void trouble_between(awsxx::instant from, awsxx::instant until, trouble how) {
        const std::lock_guard lock(mutex_);
        outages_.push_back({from, until, how});
    }
    bool is_down() const { return trouble_now().has_value(); }
    /// How often somebody would have waited for ever.
    int endless() const {
        const std::lock_guard lock(mutex_);
        return endless_;
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
                          host.find(".signin.") != std::string::npos || takes_certificates(host);
        const auto wrong = trouble_now();
        if (wrong == trouble::hangs) return hang(how.limits.total);
        if (wrong == trouble::refuses)
            if (auto no = refusal(what)) return awsxx::testing::delivered(*std::move(no), how);
        if (ours && wrong == trouble::down) {
            count();
            return awsxx::testing::delivered({.status = 500, .body = "{}"}, how);
        }
        if (!ours) return spoilt(cloud_->send(what, how), wrong);
        if (takes_certificates(host) && !shows_certificate(what, how)) return denied();
        auto answer = metadata ? instance(what) : keys_for(host);
        return awsxx::testing::delivered(*spoilt(std::move(answer), wrong), how);
    }
    /// What a credential_process does.
    awsxx::expected<awsxx::process_output> run() {
        count();
        const auto wrong = trouble_now();
        if (wrong == trouble::hangs) return hang(awsxx::seconds(60)).error();
        if (wrong == trouble::down)
            return awsxx::process_output{.exit_status = 1, .err = "out of order"};
        awsxx::process_output output{.out = document(R"("Version":1,)", "SessionToken")};
        spoil(output.out, wrong);
        return output;
    }
    /// New keys for a source in code.
    awsxx::expected<awsxx::credentials> give() {
        count();
        const auto wrong = trouble_now();
        if (wrong == trouble::hangs) return hang(awsxx::seconds(5)).error();
        if (wrong == trouble::down)
            return awsxx::error{
                .kind = awsxx::error_kind::credentials, .retryable = true, .code = "OutOfOrder"};
        const auto made = begin();
        awsxx::credentials keys{.access_key_id = made.access_key_id,
                                .secret_access_key = made.secret_access_key,
                                .session_token = made.session_token,
                                .expiration = made.expiration};
        if (wrong == trouble::stale) keys.expiration = time_->now();
        if (wrong == trouble::partial) keys.secret_access_key = {};
        return keys;
    }

private:
    struct outage {
        awsxx::instant from;
        awsxx::instant until;
        trouble how;
    };

    std::optional<trouble> trouble_now() const {
        const awsxx::instant now = time_->now();
        const std::lock_guard lock(mutex_);
        for (const outage& one : outages_)
            if (now >= one.from && now < one.until) return one.how;
        return {};
    }
    awsxx::expected<awsxx::http::response> hang(awsxx::milliseconds limit) {
        const bool endless = limit == awsxx::milliseconds(0);
        time_->sleep(endless ? awsxx::seconds(3600) : limit);
        const std::lock_guard lock(mutex_);
        ++fetches_;
        endless_ += endless;
        return awsxx::error{
            .kind = awsxx::error_kind::timeout, .retryable = true, .code = "Timeout"};
    }
    static bool is_roles_anywhere(std::string_view host) {
        return host.starts_with("rolesanywhere.");
    }
    static bool takes_certificates(std::string_view host) {
        return is_roles_anywhere(host) || host.find(".credentials.iot.") != host.npos;
    }
    /// Roles Anywhere wants it in a signature, IoT in the connection.
    static bool shows_certificate(const awsxx::http::request& what,
                                  const awsxx::http::exchange& how) {
        if (!is_roles_anywhere(what.target.host)) return how.certificate != nullptr;
        return what.headers.find("authorization").value_or("").starts_with("AWS4-X509-");
    }
    static awsxx::http::response denied() {
        awsxx::http::response no{.status = 403, .body = R"({"message":"not with this"})"};
        no.headers.add("x-amzn-ErrorType", "AccessDeniedException");
        return no;
    }
    /// Not the roles beyond the first: what is wrong is below them.
    static std::optional<awsxx::http::response> refusal(const awsxx::http::request& what) {
        const std::string& host = what.target.host;
        if (host.starts_with("portal.sso.")) {
            awsxx::http::response no{.status = 401, .body = R"({"message":"no such session"})"};
            no.headers.add("x-amzn-ErrorType", "UnauthorizedException");
            return no;
        }
        if (host.find(".signin.") != std::string::npos) {
            awsxx::http::response no{.status = 400, .body = R"({"error":"TOKEN_EXPIRED"})"};
            no.headers.add("x-amzn-ErrorType", "AccessDeniedException");
            return no;
        }
        const std::string_view body = what.body.bytes();
        for (const std::string_view role : {"role%2Fr1&", "role%2Fweb&"})
            if (body.find(role) != body.npos) return sts_refusal(403, "AccessDenied");
        return {};
    }
    static awsxx::expected<awsxx::http::response> spoilt(
        awsxx::expected<awsxx::http::response> answer, std::optional<trouble> how) {
        if (answer) spoil(answer->body, how);
        return answer;
    }
    /// Takes from keys in whatever spelling what they are good for.
    static void spoil(std::string& keys, std::optional<trouble> how) {
        if (how == trouble::partial)
            for (const char* name : {"SecretAccessKey", "secretAccessKey"})
                for (std::size_t at; (at = keys.find(name)) != keys.npos;)
                    keys.replace(at, std::string_view(name).size(), "nothing");
        if (how != trouble::stale) return;
        put(keys, "<Expiration>", "<", "2020-01-01T00:00:00Z");
        put(keys, R"("Expiration":")", "\"", "2020-01-01T00:00:00Z");
        if (keys.find(R"("expiration":")") == keys.npos) put(keys, R"("expiration":)", "}", "1000");
        put(keys, R"("expiration":")", "\"", "2020-01-01T00:00:00Z");
        put(keys, R"("expiresIn":)", ",", "0");
    }
    static void put(std::string& in, std::string_view begin, const char* end,
                    const std::string& what) {
        const std::size_t at = in.find(begin);
        if (at == in.npos) return;
        const std::size_t first = at + begin.size();
        in.replace(first, in.find(end, first) - first, what);
    }
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
        if (takes_certificates(host)) {
            const std::string all = keys + R"(,"expiration":")" +
                                    format_date(*made.expiration, awsxx::date_format::date_time) +
                                    "\"}";
            if (!is_roles_anywhere(host))
                return {.status = 200, .body = R"({"credentials":)" + all + "}"};
            return {.status = 201, .body = R"({"credentialSet":[{"credentials":)" + all + "}]}"};
        }
        return {.status = 200,
                .body = R"({"accessToken":)" + keys + R"(},"tokenType":"aws_sigv4","expiresIn":)" +
                        std::to_string(lifetime_.count()) + R"(,"refreshToken":"next"})"};
    }

    std::shared_ptr<awsxx::testing::fake_aws> cloud_;
    std::shared_ptr<awsxx::clock> time_;
    awsxx::seconds lifetime_;
    mutable std::mutex mutex_{};
    std::vector<outage> outages_{};
    std::size_t fetches_ = 0;
    int endless_ = 0;
};

}  // namespace test
