// SPDX-License-Identifier: MIT
// An identity, a region and all that calls need: what programs hold and pass around.
#pragma once

#include <awsxx/async_verbs.hpp>
#include <awsxx/auth/feature.hpp>
#include <awsxx/auth/provider.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/transport.hpp>
#include <awsxx/model/waiter.hpp>
#include <awsxx/protocols/http_binding.hpp>
#include <awsxx/runtime/call_options.hpp>
#include <awsxx/runtime/checksum_wishes.hpp>
#include <awsxx/runtime/event_listener.hpp>
#include <awsxx/runtime/pages.hpp>
#include <awsxx/runtime/wait_options.hpp>
#include <awsxx/runtime/wait_until.hpp>
#include <awsxx/runtime/waiter.hpp>
#include <awsxx/services/sts.hpp>
#include <awsxx/session_core.hpp>
#include <awsxx/warm_verbs.hpp>

#if !defined(AWSXX_COMPILED)
#include <awsxx/session_source.hpp>
#endif

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
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
template <class Transport>
class basic_session : public async_verbs<basic_session<Transport>>,
                      public warm_verbs<basic_session<Transport>> {
public:
    /// Region and credentials from where AWS tools look for them, unless set here.
    explicit basic_session(settings choices = {}, std::shared_ptr<Transport> transport = {})
        : core_(std::move(choices), runtime::choose_transport(std::move(transport))) {}
    /// With these keys.
    explicit basic_session(credentials keys, settings choices = {},
                           std::shared_ptr<Transport> transport = {})
        : core_(std::move(keys), std::move(choices),
                runtime::choose_transport(std::move(transport))) {}
    /// With keys of this provider, which are cached and renewed. Null makes every signed call fail.
    explicit basic_session(std::shared_ptr<credentials_provider> source, settings choices = {},
                           std::shared_ptr<Transport> transport = {})
        : core_(std::move(source), std::move(choices),
                runtime::choose_transport(std::move(transport))) {}
    /// That of a core, whatever its transport: code that is no template takes an `awsxx::session`
    /// and is given `awsxx::session(other.core())` by a test whose network is made up.
    explicit basic_session(session_core core) : core_(std::move(core)) {}

    /// A session of the role. Asks nobody yet: a role that cannot be assumed shows at the first
    /// call, and then this session works as before. Fails with `invalid_argument` where ARN,
    /// names or durations cannot be right, and with `action_needed` where an MFA device's code is
    /// needed and the settings have no `mfa` to ask for it.
    expected<basic_session> try_assume_role(assume_role_options role) const {
        auto hop = core_.assume_role(std::move(role));
        if (!hop) return std::move(hop).error();
        return basic_session(*std::move(hop));
    }

    /// This identity in another region. A name that cannot be one fails the calls there.
    basic_session in_region(std::string region) const {
        return basic_session(core_.in_region(std::move(region)));
    }
    /// The session that assumed this one's role; nothing for a first one.
    std::optional<basic_session> parent() const {
        return core_.parent() ? std::optional(basic_session(*core_.parent())) : std::nullopt;
    }

    /// Calls an operation and waits for its output, by the choices of this one call. One that answers
    /// with events is for `events`.
    template <class Op>
        requires(!runtime::streaming<Op>)
    expected<typename Op::output> try_call(const Op& op, const call_options& how = {})
    const {
        typename Op::output out;
        auto done = core_.perform_bounded({Op::template wire<void>::operation, &op, &out}, how);
        if (!done) return std::move(done).error();
        return out;
    }
    /// The same; the body of the answer goes to `into` as it comes, and the output's member for it
    /// stays empty. Only for operations whose answer is such a body.
    template <class Op>
        requires(!runtime::streaming<Op>)
    expected<typename Op::output> try_call(const Op& op, http::body_sink& into)
    const {
        static_assert(protocols::has_raw_payload(Op::output::template wire<void>::type),
                      "the answer of this operation is no body of bytes, for a sink to take");
        return try_call(op, call_options{.into = &into});
    }
    /// The call, to be made many times; defined by <awsxx/prepared_call.hpp>.
    template <class Op>
    auto prepare(Op op) const;
    /// Calls an operation that answers with a stream of events, and hands each to `on_event` on this
    /// thread as it comes. Returns when the stream is over, or when `on_event` returned false: the
    /// rest of the stream is given up. Once an event was handed out, a stream that breaks fails the
    /// call; until then it is called again. Fails with `CallbackThrew` where `on_event` throws.
    template <runtime::streaming Op, class OnEvent>
    expected<typename Op::output> try_events(const Op& op, OnEvent on_event) const {
        using table = typename Op::template wire<void>;
        typename Op::output out;
        runtime::typed_listener<typename table::events, OnEvent> to(on_event);
        auto done = core_.listen(table::operation, &op, &out, to.get());
        if (!done) return std::move(done).error();
        return out;
    }

    /// The pages of a listing, fetched as a loop reaches them; an error is the last element.
    template <runtime::paged Op>
    auto try_pages(Op op, runtime::page_limits limits = {}) const {
        using reader = runtime::page_reader<basic_session, Op>;
        return runtime::input_range<reader, expected<typename Op::output>>(
            reader(paging(), std::move(op), std::move(limits)));
    }
    /// The items of all pages; an error is the last element.
    template <runtime::listing Op>
    auto try_items(Op op, runtime::page_limits limits = {}) const {
        using reader = runtime::item_reader<basic_session, Op>;
        return runtime::input_range<reader, expected<typename reader::item>>(
            reader(paging(), std::move(op), std::move(limits)));
    }

    /// Calls an operation until what the waiter waits for is so: at once, then after pauses that
    /// grow. Blocks meanwhile.
    ///
    ///     constexpr model::waiter_of<sts::get_caller_identity, 1> known{
    ///         "KeysKnown", 1, 20, {{model::waiter_state::success, model::match::success, "true"}}};
    ///     const auto seen = reader.wait(known, {}, {.at_most = std::chrono::minutes(5)});
    ///     std::cout << seen.output->arn;
    ///
    /// Fails with `WaiterTimedOut`, with `WaiterFailed` as soon as it never will be so (an error
    /// that the waiter does not know is such a reason), and with `WaiterStopped`.
    template <class Op, std::size_t N>
    expected<waited<typename Op::output>> try_wait(const model::waiter_of<Op, N>& until,
                                                   const Op& op,
                                                   const wait_options& options) const {
        typename Op::output out;
        auto end = core_.wait(until, {Op::template wire<void>::operation, &op, &out}, options);
        if (!end) return std::move(end).error();
        waited<typename Op::output> seen{{}, std::move(end->refusal), end->attempts};
        if (!seen.refusal) seen.output = std::move(out);
        return seen;
    }
    /// Calls `look`, which says true, false or an error, until it says true: at once, then after
    /// pauses that grow. An error of its own ends the wait, too.
    ///
    ///     base.wait_until([&] { return reader.try_whoami().has_value(); },
    ///                     {.at_most = std::chrono::seconds(30)});
    template <class Look>
    expected<void> try_wait_until(Look look, const wait_options& options) const {
        return runtime::wait_until(std::move(look), options, core_.time(), core_.random());
    }

    /// A URL with which anybody can make this call until `lifetime` (1 s to 7 days) is over, or
    /// until the credentials expire. May have to fetch credentials; does not make the call.
    template <class Op>
    expected<http::request> try_presign(const Op& op, std::chrono::seconds lifetime) const {
        return core_.presign(Op::template wire<void>::operation, &op, lifetime);
    }
    /// The same for any request, as for a GET of an S3 object.
    expected<http::request> try_presign(const http::request& what, const request_scope& scope,
                                        std::chrono::seconds lifetime) const {
        return core_.presign(what, scope, lifetime);
    }

    /// Signs and sends any request. A target without host goes to the service's own endpoint.
    expected<http::response> try_send(const http::request& what, const request_scope& scope) const {
        return core_.send(what, scope);
    }

    /// Which checksums such a call gets that nobody has to have. Asks AWS nothing, but may have to
    /// look for the region.
    template <class Op>
    expected<awsxx::checksum_wishes> try_checksum_wishes(const Op& op) const {
        return core_.checksum_wishes(Op::template wire<void>::operation, &op);
    }

    /// The session without its transport's type, for libraries that are built on sessions.
    const session_core& core() const noexcept { return core_; }

    /// The clock of the settings.
    clock& time() const noexcept { return core_.time(); }
    /// How far AWS's clock is ahead of it, as the last answer of AWS told; 0 before the first one.
    /// Requests are signed by AWS's.
    milliseconds clock_skew() const noexcept { return core_.clock_skew(); }

    /// Which settings and credentials are used and why, and why not others. Asks nobody: what was
    /// not fetched yet is told as such. Files and environment may be read, as by the first call.
    explanation explain() const { return core_.explain(); }

    /// Who these credentials belong to, as STS sees it.
    expected<sts::get_caller_identity_response> try_whoami() const {
        return try_call(sts::get_caller_identity{});
    }

#if defined(__cpp_exceptions)
    basic_session assume_role(assume_role_options role) const {
        return value_or_raise(try_assume_role(std::move(role)));
    }
    template <class Op>
    typename Op::output call(const Op& op, http::body_sink& into) const {
        return value_or_raise(try_call(op, into));
    }
    template <class Op>
    typename Op::output call(const Op& op, const call_options& how = {}) const {
        return value_or_raise(try_call(op, how));
    }
    template <runtime::streaming Op, class OnEvent>
    typename Op::output events(const Op& op, OnEvent on_event) const {
        return value_or_raise(try_events(op, std::move(on_event)));
    }
    template <runtime::paged Op>
    auto pages(Op op, runtime::page_limits limits = {}) const {
        using reader =
            runtime::raising_reader<runtime::page_reader<basic_session, Op>, typename Op::output>;
        return runtime::input_range<reader, typename Op::output>(
            reader({paging(), std::move(op), std::move(limits)}));
    }
    template <runtime::listing Op>
    auto items(Op op, runtime::page_limits limits = {}) const {
        using inner = runtime::item_reader<basic_session, Op>;
        using reader = runtime::raising_reader<inner, typename inner::item>;
        return runtime::input_range<reader, typename inner::item>(
            reader({paging(), std::move(op), std::move(limits)}));
    }
    template <class Op, std::size_t N>
    waited<typename Op::output> wait(const model::waiter_of<Op, N>& until, const Op& op,
                                     const wait_options& options) const {
        return value_or_raise(try_wait(until, op, options));
    }
    template <class Look>
    void wait_until(Look look, const wait_options& options) const {
        value_or_raise(try_wait_until(std::move(look), options));
    }
    template <class Op>
    http::request presign(const Op& op, std::chrono::seconds lifetime) const {
        return value_or_raise(try_presign(op, lifetime));
    }
    http::request presign(const http::request& what, const request_scope& scope,
                          std::chrono::seconds lifetime) const {
        return value_or_raise(try_presign(what, scope, lifetime));
    }
    template <class Op>
    awsxx::checksum_wishes checksum_wishes(const Op& op) const {
        return value_or_raise(try_checksum_wishes(op));
    }
    http::response send(const http::request& what, const request_scope& scope) const {
        return value_or_raise(try_send(what, scope));
    }
    sts::get_caller_identity_response whoami() const { return value_or_raise(try_whoami()); }
#endif

private:
    basic_session paging() const { return basic_session(core_.counting(auth::feature::paginator)); }

    friend class async_verbs<basic_session>;
    session_core core_;
};

/// The session that programs use.
using session = basic_session<http::curl_transport>;

}  // namespace awsxx::inline AWSXX_ABI
