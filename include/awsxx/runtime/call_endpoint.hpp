// SPDX-License-Identifier: MIT
// Where one call goes: the service's usual endpoint, or the one that follows from the call itself.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/auth/provider.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/random.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/http/uri.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/runtime/discovered_endpoint.hpp>
#include <awsxx/runtime/endpoint.hpp>
#include <awsxx/runtime/identity.hpp>
#include <awsxx/runtime/presigned_copy.hpp>
#include <awsxx/runtime/request_body.hpp>
#include <awsxx/runtime/route.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace awsxx::inline AWSXX_ABI::runtime {

/// What was refused, as far as it tells that a bucket is elsewhere.
struct refusal {
    const error& why;
    std::string_view method{};  ///< Of the request.
};

/// Found once, when the call begins; where the account decides, again when that is known; and once
/// more where S3 says that a bucket is in another region. Used by one thread at a time.
class call_endpoint {
public:
    /// `what` and `in` have to live as long as this, and `who` as long as it is used.
    call_endpoint(const model::operation& what, const void* in) noexcept : what_(&what), in_(in) {}

    /// Finds it. Fails as `identity::route_to` and `endpoint_search` do, and with
    /// `EndpointDiscoveryDisabled` where settings forbid to ask the service and that is required.
    expected<void> find(const identity& who);
    /// Before each attempt: asking the service for the address, which has to be carried out. Null:
    /// nothing has to be, and what is known counts for the attempt.
    std::shared_ptr<renewal> search_for_address();
    /// True, once a call: `why` says that the service has told the wrong address, or an old one.
    bool loses_address(const error& why);

    explicit operator bool() const noexcept { return entry_ != nullptr; }
    const route_table::entry& entry() const noexcept { return *entry_; }
    const route& way() const noexcept { return entry_->route; }
    const resolved_endpoint& get() const noexcept { return *endpoint_; }
    /// What counts for bodies that go there.
    body_policy bodies() const noexcept {
        return {*way().bodies, endpoint_->custom,
                endpoint_->hashes_streams && !what_->unsigned_payload};
    }
    /// How the request is to be proved here.
    model::auth auth() const noexcept;

    /// Who gives what the request to `target` is proved with, `how` being `auth()` or a wish: the
    /// session's provider, its tokens, or sessions at a directory bucket. Lives as long as `who`.
    expected<credentials_provider*> source(const identity& who, model::auth how,
                                           const http::uri& target) const;

    /// Makes the draft the operation's request: endpoint, what the protocol encodes, the prefix of
    /// the host. An idempotency token that is absent is made up. Fails with `invalid_argument` where
    /// a member is to be a label of a host and cannot be.
    expected<void> encode(http::request& draft, random_source& random);

    /// Says in the draft, which it gives back, what sends it; `more` is what is used beside what
    /// every call does.
    const http::request& introduce(http::request& draft, features more) const {
        way().user_agent.set_in(draft.headers, more | endpoint_->uses | uses_);
        return draft;
    }
    /// Says so of the call, too, from the next introduction on.
    void count(features more) noexcept { uses_ |= more; }
    /// Introduces the draft, and changes it where the endpoint or the body depend on whose keys these
    /// are. `when`: as the service has it.
    expected<void> settle(const credentials& keys, instant when, http::request& draft);
    /// `out` becomes the draft with the proof of who sends it. `when`: as the service has it.
    expected<void> prove(const http::request& draft, const credentials& by, instant when,
                         http::request& out) const;
    /// What a signature is made for that is made then.
    auth::signing signing_at(instant when) const noexcept;
    /// Changes the draft if the refusal says where a bucket is. At most once a call.
    /// https://docs.aws.amazon.com/AmazonS3/latest/userguide/Redirects.html
    bool redirect(const refusal& from, http::request& draft);

private:
    expected<void> find_usual(const identity& who);
    expected<void> search(const call_inputs& of);
    expected<void> follow_account(const credentials& keys, http::request& draft);
    void follow_discovery(http::request& draft) const;
    bool in_bucket_session() const noexcept;
    void place_bucket(http::request& draft) const;
    expected<void> begin_copy(http::request& draft);
    expected<void> sign_copy(const credentials& keys, instant when, http::request& draft) const;
    bool takes_prefix() const;
    std::string_view bucket() const;
    void aim(const http::uri& old, http::request& draft) const;

    const model::operation* what_;
    const void* in_;
    const route_table::entry* entry_ = nullptr;
    const resolved_endpoint* endpoint_ = nullptr;
    std::unique_ptr<resolved_endpoint> own_{};
    std::string prefix_{};
    std::string region_{};
    std::unique_ptr<presigned_copy> copy_{};
    discovered_endpoint* discovery_ = nullptr;
    std::optional<http::uri> address_{};  // that it told
    features uses_{};
    bool redirected_ = false;
    bool lost_address_ = false;
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
