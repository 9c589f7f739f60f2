// SPDX-License-Identifier: MIT
// AWS in the same process: a transport that checks signatures and answers for STS, Identity Store and what a program adds.
#pragma once

#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/system_clock.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/host.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/testing/delivery.hpp>
#include <awsxx/testing/fake_aws_answers.hpp>
#include <awsxx/testing/fake_aws_claim.hpp>
#include <awsxx/testing/fake_aws_identity.hpp>
#include <awsxx/testing/fake_aws_request.hpp>
#include <awsxx/testing/fake_aws_services.hpp>
#include <awsxx/testing/fake_aws_signature.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI::testing {

/// What can go wrong with an answer.
enum class fake_fault : unsigned char {
    throttled,      ///< "Rate exceeded"; nothing is done.
    server_error,   ///< Status 500; nothing is done.
    no_connection,  ///< The request never arrives.
    cut_answer,     ///< Everything is done, but the answer breaks off.
    nonsense,       ///< Everything is done, but the answer is a page that says so.
};

/// One request that arrived, and what came of it.
struct fake_call {
    instant time{};
    std::string service{};
    std::string operation{};
    std::string region{};         ///< What it is signed for.
    std::string access_key_id{};  ///< What it is signed with; empty: not signed well.
    std::string caller{};         ///< Whose key that is.
    std::string role{};           ///< The role that is assumed, or else the one that calls.
    std::string code{};           ///< AWS's word for why it was refused; empty: it was not.
    http::request request{};
};

/// A small AWS for tests: users, roles that trust, sessions that expire, groups to list.
///
///     auto time = std::make_shared<awsxx::testing::fake_clock>();
///     auto cloud = std::make_shared<awsxx::testing::fake_aws>(time);
///     cloud->add_user({.arn = "arn:aws:iam::111122223333:user/dev",
///                      .access_key_id = "AKIDEXAMPLE",
///                      .secret_access_key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"});
///     cloud->add_role({.arn = "arn:aws:iam::111122223333:role/audit",
///                      .trusts = {"arn:aws:iam::111122223333:user/dev"}});
///
/// Refuses wrong signatures, tokens, times and callers with the status, code and words that AWS
/// has for them. It checks signatures with awsxx's own canonical form: what it accepts proves
/// that keys, tokens and scopes are used rightly, but nothing about the signer.
/// May be used from any thread. Answers are alike in every run of one thread.
class fake_aws {
public:
    /// Called before a request is answered, from the thread that sends it; may block.
    using observer = std::function<void(const fake_request&)>;

    fake_aws() : fake_aws(std::make_shared<system_clock>()) {}
    /// Lives in the time of this clock. Give the session another one to test clock skew.
    explicit fake_aws(std::shared_ptr<clock> time) : time_(std::move(time)) {}

    void add_user(fake_user user) {
        const std::lock_guard lock(mutex_);
        services_.identities.add(std::move(user));
    }
    /// Adds a role, or replaces the one of the same ARN.
    void add_role(fake_role role) {
        const std::lock_guard lock(mutex_);
        services_.identities.add(std::move(role));
    }
    void add_groups(const std::string& identity_store, const std::vector<std::string>& names) {
        const std::lock_guard lock(mutex_);
        services_.directory.add_groups(identity_store, names);
    }
    /// Forbids an action, as "identitystore:ListGroups", to a user or to all sessions of a role.
    void deny(const std::string& action, const std::string& arn) {
        const std::lock_guard lock(mutex_);
        services_.denied.emplace(action, arn);
    }
    /// Answers an action as "iam:ListAccountAliases" with what a function gives: what stands in the
    /// result element of an answer in XML, or all of one in JSON. It must leave this object alone.
    /// For account, ec2, iam, identitystore, organizations, ssm and sts.
    void answer(const std::string& action, fake_services::reply by) {
        const std::lock_guard lock(mutex_);
        services_.replies[action] = std::move(by);
    }
    /// The account has not enabled that region: its keys are unknown there.
    void disable_region(const std::string& account_id, const std::string& region) {
        const std::lock_guard lock(mutex_);
        services_.disabled_regions.emplace(account_id, region);
    }
    /// Ends all sessions of a role at once, whatever their expiration says.
    void expire_sessions(const std::string& role_arn) {
        const std::lock_guard lock(mutex_);
        services_.identities.expire_sessions(role_arn, time_->now());
    }
    /// Lets the next requests fail; with an operation only requests for that one.
    void fail_next(fake_fault how, std::size_t count = 1, const std::string& operation = {}) {
        const std::lock_guard lock(mutex_);
        for (; count != 0; --count) faults_.push_back({how, operation});
    }
    /// Lets all requests from `from` on and before `until` fail, as in an outage.
    void fail_between(instant from, instant until, fake_fault how,
                      const std::string& operation = {}) {
        const std::lock_guard lock(mutex_);
        outages_.push_back({from, until, how, operation});
    }
    /// Lets whoever shows this token be `subject`, whom roles may trust, to
    /// AssumeRoleWithWebIdentity.
    void add_web_identity(const secret& token, std::string subject) {
        const std::lock_guard lock(mutex_);
        services_.identities.add_token(token, std::move(subject));
    }
    /// Keys of a role as an instance or a container finds them, without a call.
    expected<fake_key> begin_session(const std::string& role_arn, const std::string& session_name,
                                     seconds lifetime) {
        const std::lock_guard lock(mutex_);
        return services_.identities.session_of(
            {.role_arn = role_arn, .session_name = session_name, .duration = lifetime},
            time_->now());
    }
    void observe(observer watcher) {
        const std::lock_guard lock(mutex_);
        observer_ = std::move(watcher);
    }

    /// How often an operation was asked for, whatever came of it.
    std::size_t calls(std::string_view operation) const { return calls(operation, {}); }
    /// How often for this role: the one that is assumed, or else the one that calls.
    std::size_t calls(std::string_view operation, std::string_view role) const {
        const std::lock_guard lock(mutex_);
        std::size_t count = 0;
        for (const fake_call& one : log_)
            count += one.operation == operation && (role.empty() || one.role == role);
        return count;
    }
    /// All requests that arrived, in order.
    std::vector<fake_call> log() const {
        const std::lock_guard lock(mutex_);
        return log_;
    }

    expected<http::response> send(const http::request& what, const http::exchange& how) {
        if (http::is_link_local_or_metadata(what.target.host))  // this is no instance
            return broken("ConnectionFailed", "nobody listens at " + what.target.host);
        auto copy = received(what);
        if (!copy) return copy.error();
        const fake_request asked = understood(*std::move(copy));
        const auto fault = begin(asked);
        if (fault == fake_fault::no_connection)
            return broken("ConnectionFailed", "nobody listens at " + asked.sent.target.host);
        fake_call entry{.time = time_->now(),
                        .service = asked.service,
                        .operation = asked.operation,
                        .request = asked.sent};
        const auto content = outcome(asked, fault, entry);
        if (!content) entry.code = content.error().code;
        const fake_envelope envelope = record(asked, std::move(entry));
        if (fault == fake_fault::cut_answer)
            return broken("ConnectionBroken", "the answer broke off");
        if (fault == fake_fault::nonsense)
            return delivered({.status = 200, .body = "<html><body>Welcome!</body></html>"}, how);
        return delivered(
            content ? fake_success(envelope, *content) : fake_failure(envelope, content.error()),
            how);
    }

private:
    struct planned_fault {
        fake_fault how;
        std::string operation;
    };
    struct outage {
        instant from;
        instant until;
        fake_fault how;
        std::string operation;

        bool hits(instant now, const std::string& asked) const {
            return now >= from && now < until && (operation.empty() || operation == asked);
        }
    };

    static error broken(std::string code, std::string message) {
        return {.kind = error_kind::network,
                .retryable = true,
                .code = std::move(code),
                .message = std::move(message)};
    }

    /// Lets the observer see the request and finds the fault that waits for it.
    std::optional<fake_fault> begin(const fake_request& asked) {
        observer watcher;
        std::optional<fake_fault> fault;
        {
            const std::lock_guard lock(mutex_);
            watcher = observer_;
            for (const outage& one : outages_)
                if (one.hits(time_->now(), asked.operation)) fault = one.how;
            for (auto one = faults_.begin(); !fault && one != faults_.end(); ++one) {
                if (!one->operation.empty() && one->operation != asked.operation) continue;
                fault = one->how;
                faults_.erase(one);
                break;
            }
        }
        if (watcher) watcher(asked);
        return fault;
    }

    fake_envelope record(const fake_request& asked, fake_call entry) {
        const std::lock_guard lock(mutex_);
        std::string number = std::to_string(++requests_);
        number.insert(0, 12 - std::min<std::size_t>(number.size(), 12), '0');
        log_.push_back(std::move(entry));
        return {.dialect = asked.dialect,
                .operation = asked.operation,
                .request_id = "fa4e0000-0000-4000-8000-" + number,
                .now = time_->now()};
    }

    expected<std::string> outcome(const fake_request& asked, std::optional<fake_fault> fault,
                                  fake_call& entry) {
        if (fault == fake_fault::throttled) return fake_refusal(400, "Throttling", "Rate exceeded");
        if (fault == fake_fault::server_error)
            return fake_refusal(500, "InternalFailure",
                                "The request processing has failed because of an unknown error, "
                                "exception or failure.");
        if (asked.operation == "AssumeRoleWithWebIdentity") {
            const std::lock_guard lock(mutex_);
            entry.role = asked.field("RoleArn");
            return services_.serve_token(asked, time_->now());
        }
        const auto caller = authenticate(asked, entry);
        if (!caller) return caller.error();
        const std::lock_guard lock(mutex_);
        if (asked.operation == "AssumeRole") entry.role = asked.field("RoleArn");
        return services_.serve(asked, *caller, time_->now());
    }

    expected<fake_key> authenticate(const fake_request& asked, fake_call& entry) {
        const auto claim = claimed(asked);
        if (!claim) return claim.error();
        entry.region = claim->region;
        auto key = [&] {
            const std::lock_guard lock(mutex_);
            return services_.identities.find(claim->access_key_id, claim->session_token,
                                             time_->now());
        }();
        if (!key) return key;
        const auto right = check_signature(asked, *claim, key->secret_access_key, time_->now());
        if (!right) return right.error();
        entry.access_key_id = key->access_key_id;
        entry.caller = key->arn;
        entry.role = key->role;
        const std::lock_guard lock(mutex_);
        if (auto unknown = services_.unknown_there(asked, *key)) return *std::move(unknown);
        return key;
    }

    std::shared_ptr<clock> time_;
    mutable std::mutex mutex_{};
    fake_services services_{};
    std::deque<planned_fault> faults_{};
    std::vector<outage> outages_{};
    observer observer_{};
    std::vector<fake_call> log_{};
    std::uint64_t requests_ = 0;
};

}  // namespace awsxx::inline AWSXX_ABI::testing
