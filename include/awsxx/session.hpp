// SPDX-License-Identifier: MIT
// An identity, a region and all that calls need: what programs hold and pass around.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/assume_role.hpp>
#include <awsxx/credentials/background_renewal.hpp>
#include <awsxx/credentials/default_chain.hpp>
#include <awsxx/credentials/static.hpp>
#include <awsxx/http/curl_transport.hpp>
#include <awsxx/http/transport.hpp>
#include <awsxx/runtime/blocking.hpp>
#include <awsxx/runtime/call.hpp>
#include <awsxx/runtime/explanation.hpp>
#include <awsxx/runtime/identity.hpp>
#include <awsxx/runtime/pages.hpp>
#include <awsxx/runtime/presign.hpp>
#include <awsxx/runtime/raw.hpp>
#include <awsxx/runtime/settings.hpp>
#include <awsxx/runtime/transport_slot.hpp>
#include <awsxx/services/sts.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// An identity on AWS, with the settings that its calls are made under.
///
///     awsxx::session base;
///     auto reader = base.assume_role({.role_arn = "arn:aws:iam::444455556666:role/reader"});
///     auto who = reader.call(awsxx::sts::get_caller_identity{});
///
/// A value: cheap to copy, immutable, safe to share between threads. Making one does no I/O;
/// files and environment are read when the first call needs them. A failed call changes nothing.
/// Verbs with `try_` return `expected`; their twins throw `aws_error`.
template <http::transport Transport>
class basic_session {
public:
    /// Region and credentials from where AWS tools look for them, unless set here.
    explicit basic_session(settings choices = {}, std::shared_ptr<Transport> transport = {})
        : basic_session(default_identity(std::move(choices)),
                        std::make_shared<const slot>(std::move(transport)), nullptr) {}
    /// With these keys.
    explicit basic_session(credentials keys, settings choices = {},
                           std::shared_ptr<Transport> transport = {})
        : basic_session(std::make_shared<static_credentials>(std::move(keys)), std::move(choices),
                        std::move(transport)) {}
    /// With keys of this provider, which are cached and renewed. Null makes every signed call fail.
    explicit basic_session(std::shared_ptr<credentials_provider> source, settings choices = {},
                           std::shared_ptr<Transport> transport = {})
        : basic_session(identity_of(std::move(source), std::move(choices)),
                        std::make_shared<const slot>(std::move(transport)), nullptr) {}

    /// A session of the role. Asks nobody yet: a role that cannot be assumed shows at the first
    /// call, and then this session works as before. Fails with `invalid_argument` where ARN or
    /// names cannot be right, and with `action_needed` where an MFA device's code is needed and
    /// the settings have no `mfa` to ask for it.
    expected<basic_session> try_assume_role(assume_role_options role) const {
        auto hop = assume_role_from(who_, std::move(role));
        if (!hop) return std::move(hop).error();
        return basic_session(*std::move(hop), transport_,
                             std::make_shared<const basic_session>(*this));
    }

    /// The session that assumed this one's role; nothing for a first one.
    std::optional<basic_session> parent() const {
        if (!parent_) return {};
        return *parent_;
    }

    /// Calls an operation and waits for its output.
    template <class Op>
    expected<typename Op::output> try_call(const Op& op) const {
        typename Op::output out;
        auto done = perform(Op::template wire<void>::operation, &op, &out);
        if (!done) return std::move(done).error();
        return out;
    }

    /// The pages of a listing, fetched as a loop reaches them; an error is the last element.
    template <runtime::paged Op>
    auto try_pages(Op op) const {
        using reader = runtime::page_reader<basic_session, Op>;
        return runtime::input_range<reader, expected<typename Op::output>>(
            reader(*this, std::move(op)));
    }
    /// The items of all pages; an error is the last element.
    template <runtime::listing Op>
    auto try_items(Op op) const {
        using reader = runtime::item_reader<basic_session, Op>;
        return runtime::input_range<reader, expected<typename reader::item>>(
            reader(*this, std::move(op)));
    }

    /// A URL with which anybody can make this call until `lifetime` (1 s to 7 days) is over, or
    /// until the credentials expire. May have to fetch credentials; does not make the call.
    template <class Op>
    expected<http::request> try_presign(const Op& op, std::chrono::seconds lifetime) const {
        return sign_url(Op::template wire<void>::operation, &op, lifetime);
    }
    /// The same for any request, as for a GET of an S3 object.
    expected<http::request> try_presign(const http::request& what, const request_scope& scope,
                                        std::chrono::seconds lifetime) const {
        return sign_url(runtime::raw_operation(scope).get(), &what, lifetime);
    }

    /// Signs and sends any request. A target without host goes to the service's own endpoint.
    expected<http::response> try_send(http::request what, const request_scope& scope) const {
        const runtime::raw_operation op(scope);
        http::response answer;
        auto done = perform(op.get(), &what, &answer, scope.sink);
        if (!done) return std::move(done).error();
        return answer;
    }

    /// Which settings and credentials are used and why, and why not others. Asks nobody: what was
    /// not fetched yet is told as such. Files and environment may be read, as by the first call.
    explanation explain() const {
        explanation told = runtime::explain_settings(*who_->configuration());
        if (who_->own_region())
            told.settings.push_back({"region of the role", *who_->own_region(), "code"});
        credentials_report last;
        explain_caller(who_->provider(), last);
        told.identities = std::move(last.callers);
        return told;
    }

    /// The credentials that the next call would be signed with; fetches or renews them if that
    /// is due. Blocks while it does.
    expected<credentials_snapshot> try_fetch_credentials() const {
        const auto transport = transport_->get(*who_->configuration());
        if (!transport) return transport.error();
        return runtime::obtain(who_->provider(), who_->now(), who_->time(), **transport);
    }

    /// This session once its credentials are there, for programs that are to fail as they start and
    /// not at their first call. Blocks and fails as `try_fetch_credentials` does.
    ///
    ///     const auto audit = base.assume_role({.role_arn = arn}).prefetched();
    expected<basic_session> try_prefetched() const {
        if (const auto keys = try_fetch_credentials(); !keys) return keys.error();
        return *this;
    }

    /// Keeps this identity's credentials fresh, for a `credentials_refresher` or a thread of your
    /// own. Does not keep the session alive.
    awsxx::background_renewal<Transport> background_renewal() const { return {who_, transport_}; }

    /// Who these credentials belong to, as STS sees it.
    expected<sts::get_caller_identity_response> try_whoami() const {
        return try_call(sts::get_caller_identity{});
    }

#if defined(__cpp_exceptions)
    basic_session assume_role(assume_role_options role) const {
        return value_or_raise(try_assume_role(std::move(role)));
    }
    template <class Op>
    typename Op::output call(const Op& op) const {
        return value_or_raise(try_call(op));
    }
    template <runtime::paged Op>
    auto pages(Op op) const {
        using reader =
            runtime::raising_reader<runtime::page_reader<basic_session, Op>, typename Op::output>;
        return runtime::input_range<reader, typename Op::output>(reader({*this, std::move(op)}));
    }
    template <runtime::listing Op>
    auto items(Op op) const {
        using inner = runtime::item_reader<basic_session, Op>;
        using reader = runtime::raising_reader<inner, typename inner::item>;
        return runtime::input_range<reader, typename inner::item>(reader({*this, std::move(op)}));
    }
    template <class Op>
    http::request presign(const Op& op, std::chrono::seconds lifetime) const {
        return value_or_raise(try_presign(op, lifetime));
    }
    http::request presign(const http::request& what, const request_scope& scope,
                          std::chrono::seconds lifetime) const {
        return value_or_raise(try_presign(what, scope, lifetime));
    }
    credentials_snapshot fetch_credentials() const {
        return value_or_raise(try_fetch_credentials());
    }
    basic_session prefetched() const { return value_or_raise(try_prefetched()); }
    http::response send(http::request what, const request_scope& scope) const {
        return value_or_raise(try_send(std::move(what), scope));
    }
    sts::get_caller_identity_response whoami() const { return value_or_raise(try_whoami()); }
#endif

private:
    using slot = runtime::transport_slot<Transport>;

    basic_session(std::shared_ptr<const runtime::identity> who,
                  std::shared_ptr<const slot> transport,
                  std::shared_ptr<const basic_session> parent)
        : who_(std::move(who)), transport_(std::move(transport)), parent_(std::move(parent)) {}

    expected<void> perform(const model::operation& what, const void* in, void* out,
                           http::body_sink* sink = nullptr) const {
        const auto transport = transport_->get(*who_->configuration());
        if (!transport) return transport.error();
        runtime::call one(who_, what, in, out);
        one.deliver_to(sink);
        runtime::run(one, **transport);
        if (one.failure()) return *one.failure();
        return {};
    }

    expected<http::request> sign_url(const model::operation& what, const void* in,
                                     std::chrono::seconds lifetime) const {
        const auto transport = transport_->get(*who_->configuration());
        if (!transport) return transport.error();
        auto way = runtime::find_way(*who_, *what.service, **transport);
        if (!way) return std::move(way).error();
        const auto keys = try_fetch_credentials();
        if (!keys) return keys.error();
        return runtime::presign(*who_, what, in, {.keys = **keys, .lifetime = lifetime});
    }

    std::shared_ptr<const runtime::identity> who_;
    std::shared_ptr<const slot> transport_;
    std::shared_ptr<const basic_session> parent_;
};

/// The session that programs use.
using session = basic_session<http::curl_transport>;

}  // namespace awsxx::inline AWSXX_ABI
