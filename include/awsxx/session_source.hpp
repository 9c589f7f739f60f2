// SPDX-License-Identifier: MIT
// What sessions do: compiled in every file that has one, or once a program.
#pragma once

#include <awsxx/auth/feature.hpp>
#include <awsxx/config/region.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/random.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/assume_role.hpp>
#include <awsxx/credentials/background_renewal_source.hpp>
#include <awsxx/credentials/default_chain.hpp>
#include <awsxx/credentials/session_cache.hpp>
#include <awsxx/credentials/static.hpp>
#include <awsxx/http/connections.hpp>
#include <awsxx/http/curl_transport.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/protocols/http_binding.hpp>
#include <awsxx/runtime/blocking.hpp>
#include <awsxx/runtime/call.hpp>
#include <awsxx/runtime/call_endpoint.hpp>
#include <awsxx/runtime/call_options.hpp>
#include <awsxx/runtime/call_progress.hpp>
#include <awsxx/runtime/checksum_wishes.hpp>
#include <awsxx/runtime/decode.hpp>
#include <awsxx/runtime/event_sink.hpp>
#include <awsxx/runtime/explain_settings.hpp>
#include <awsxx/runtime/identity.hpp>
#include <awsxx/runtime/page_limits_source.hpp>
#include <awsxx/runtime/preconnect.hpp>
#include <awsxx/runtime/presign.hpp>
#include <awsxx/runtime/raw.hpp>
#include <awsxx/runtime/transport_slot.hpp>
#include <awsxx/runtime/wait_course.hpp>
#include <awsxx/runtime/wait_loop.hpp>
#include <awsxx/runtime/wait_until_source.hpp>
#include <awsxx/session_core.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

namespace runtime {

AWSXX_ONCE transport_choice choose_transport(std::shared_ptr<http::curl_transport> given) {
    return choose_transport<http::curl_transport>(std::move(given));
}

}  // namespace runtime

AWSXX_ONCE session_core::session_core(settings&& choices, runtime::transport_choice transport)
    : session_core(default_identity(std::move(choices)),
                   std::make_shared<const runtime::transport_slot>(std::move(transport)), nullptr) {
}

AWSXX_ONCE session_core::session_core(credentials&& keys, settings&& choices,
                                      runtime::transport_choice transport)
    : session_core(std::make_shared<static_credentials>(std::move(keys)), std::move(choices),
                   std::move(transport)) {}

AWSXX_ONCE session_core::session_core(std::shared_ptr<credentials_provider> source,
                                      settings&& choices, runtime::transport_choice transport)
    : session_core(identity_of(std::move(source), std::move(choices)),
                   std::make_shared<const runtime::transport_slot>(std::move(transport)), nullptr) {
}

AWSXX_ONCE session_core::session_core(std::shared_ptr<const runtime::identity> who,
                                      std::shared_ptr<const runtime::transport_slot> transport,
                                      std::shared_ptr<const session_core> parent) noexcept
    : who_(std::move(who)), transport_(std::move(transport)), parent_(std::move(parent)) {}

AWSXX_ONCE expected<session_core> session_core::assume_role(assume_role_options role) const {
    auto hop = assume_role_from(who_, std::move(role));
    if (!hop) return std::move(hop).error();
    return hop_to(*std::move(hop));
}

AWSXX_ONCE session_core session_core::hop_to(std::shared_ptr<const runtime::identity> who) const {
    return session_core(std::move(who), transport_, std::make_shared<const session_core>(*this));
}

AWSXX_ONCE std::optional<session_core> session_core::weak::lock() const {
    auto who = who_.lock();
    auto transport = transport_.lock();
    auto parent = parent_.lock();
    if (!who || !transport || (!parent && !first_)) return {};
    return session_core(std::move(who), std::move(transport), std::move(parent));
}

AWSXX_ONCE session_core session_core::in_region(std::string region) const {
    session_core made = *this;
    made.who_ = std::make_shared<const runtime::identity>(*who_, std::move(region));
    return made;
}

AWSXX_ONCE expected<std::string> session_core::region() const {
    auto found = who_->configuration()->region_of(who_->own_region());
    if (!found) return std::move(found).error();
    return std::move(found->name.value);
}

AWSXX_ONCE session_core session_core::counting(auth::features uses) const {
    session_core made = *this;
    made.uses_ |= uses;
    return made;
}

AWSXX_ONCE expected<void> session_core::perform(const model::operation& what, const void* in,
                                                void* out, const call_options& how) const {
    const auto transport = transport_->get(*who_->configuration());
    if (!transport) return transport.error();
    runtime::call one(who_, {what, in, out});
    one.deliver_to(how.into);
    one.count(uses_);
    if (how.at_most > milliseconds::zero() || how.stop.stop_possible()) one.obey(how);
    runtime::run(one, **transport);
    if (one.failure()) return *one.failure();
    return {};
}

AWSXX_ONCE expected<credentials_snapshot> session_core::perform_signed(const model::operation& what,
                                                                       const void* in,
                                                                       void* out) const {
    const auto transport = transport_->get(*who_->configuration());
    if (!transport) return transport.error();
    runtime::call one(who_, {what, in, out});
    one.count(uses_);
    runtime::run(one, **transport);
    if (one.failure()) return *one.failure();
    return one.signed_with();
}

AWSXX_ONCE expected<void> session_core::perform_bounded(const typed_call& call,
                                                        const call_options& how) const {
    if (auto good = check_sink(call.what, how); !good) return good;
    return perform(call.what, call.in, call.out, how);
}

AWSXX_ONCE expected<void> session_core::check_sink(const model::operation& what,
                                                   const call_options& how) {
    if (how.into == nullptr || what.output == nullptr || protocols::has_raw_payload(*what.output))
        return {};
    return error{.kind = error_kind::invalid_argument,
                 .code = "NoBodyForSink",
                 .message = "the answer of this operation is no body of bytes"};
}

AWSXX_ONCE expected<void> session_core::listen(const model::operation& what, const void* in,
                                               void* out, const runtime::event_listener& to) const {
    runtime::event_sink sink({who_->configuration()->choices().observer, what}, what, to, out);
    auto done = perform(what, in, out, {.into = &sink});
    if (done || !sink.stopped()) return done;
    return runtime::decode(what, sink.head(), out, sink.notes());
}

AWSXX_ONCE expected<http::response> session_core::send(const http::request& what,
                                                       const request_scope& scope) const {
    const runtime::raw_operation op(scope);
    http::response answer;
    auto done = perform(op.get(), &what, &answer, {.into = scope.sink});
    if (!done) return std::move(done).error();
    return answer;
}

AWSXX_ONCE expected<http::request> session_core::presign(const model::operation& what,
                                                         const void* in,
                                                         std::chrono::seconds lifetime) const {
    const auto transport = transport_->get(*who_->configuration());
    if (!transport) return transport.error();
    runtime::call one(who_, {what, in, nullptr, runtime::call_goal::keys});
    runtime::run(one, **transport);
    if (one.failure()) return *one.failure();
    return runtime::presign(*who_, what, in, {.keys = *one.signed_with(), .lifetime = lifetime});
}

AWSXX_ONCE expected<http::request> session_core::presign(const http::request& what,
                                                         const request_scope& scope,
                                                         std::chrono::seconds lifetime) const {
    return presign(runtime::raw_operation(scope).get(), &what, lifetime);
}

AWSXX_ONCE expected<connections> session_core::preconnect(const typed_call& call, int count,
                                                          const call_options& how) const {
    const auto transport = transport_->get(*who_->configuration());
    if (!transport) return transport.error();
    runtime::call one(who_, {call.what, call.in, call.out, runtime::call_goal::way});
    if (how.at_most > milliseconds::zero() || how.stop.stop_possible()) one.obey(how);
    runtime::run(one, **transport);
    if (one.failure()) return *one.failure();
    const http::request what{.target = runtime::origin_of(one.request().target)};
    return runtime::standing(call.what, (*transport)->preconnect(what, one.exchange(), count));
}

AWSXX_ONCE expected<checksum_wishes> session_core::checksum_wishes(const model::operation& what,
                                                                   const void* in) const {
    const auto transport = transport_->get(*who_->configuration());
    if (!transport) return transport.error();
    if (auto way = runtime::find_way(*who_, *what.service, **transport); !way) return way.error();
    runtime::call_endpoint to(what, in);
    if (auto found = to.find(*who_); !found) return found.error();
    const config::body_rules& rules = *to.way().bodies;
    return awsxx::checksum_wishes{.requests = rules.request_checksums.adds_at(to.get().custom),
                                  .answers = rules.answer_checksums.adds_at(to.get().custom)};
}

AWSXX_ONCE expected<runtime::wait_end> session_core::wait(const model::waiter& until,
                                                          const typed_call& call,
                                                          const wait_options& options) const {
    auto course = runtime::wait_course::begin(until, call.what, call.in);
    if (!course) return std::move(course).error();
    const session_core asking = counting(auth::feature::waiter);
    runtime::wait_loop& loop = course->start(options, time(), random());
    do {
        course->clear(call.out);
        auto came = asking.perform(call.what, call.in, call.out, {.stop = options.stop});
        if (auto end = course->judge(std::move(came), call.out)) return *std::move(end);
    } while (loop.pause());
    return course->gave_up();
}

AWSXX_ONCE random_source& session_core::random() const noexcept { return who_->random(); }

AWSXX_ONCE clock& session_core::time() const noexcept { return who_->time(); }

AWSXX_ONCE milliseconds session_core::clock_skew() const noexcept { return who_->skew().current(); }

AWSXX_ONCE expected<credentials_snapshot> session_core::fetch_credentials() const {
    const auto transport = transport_->get(*who_->configuration());
    if (!transport) return transport.error();
    return runtime::obtain(who_->provider(), who_->now(), who_->time(), **transport);
}

AWSXX_ONCE explanation session_core::explain() const {
    explanation told = runtime::explain_settings(*who_->configuration());
    if (who_->own_region())
        told.settings.push_back({"region of the role", *who_->own_region(), "code"});
    credentials_report last;
    explain_caller(who_->provider(), last);
    told.identities = std::move(last.callers);
    return told;
}

}  // namespace awsxx::inline AWSXX_ABI
