// SPDX-License-Identifier: MIT
// What sessions are and do, whatever type their transport is of.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/auth/feature.hpp>
#include <awsxx/auth/provider.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/background_renewal.hpp>
#include <awsxx/credentials/role_options.hpp>
#include <awsxx/http/connections.hpp>
#include <awsxx/http/exchange.hpp>
#include <awsxx/http/message.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/model/waiter.hpp>
#include <awsxx/runtime/call_options.hpp>
#include <awsxx/runtime/checksum_wishes.hpp>
#include <awsxx/runtime/event_listener.hpp>
#include <awsxx/runtime/explanation.hpp>
#include <awsxx/runtime/request_scope.hpp>
#include <awsxx/runtime/settings.hpp>
#include <awsxx/runtime/transport_choice.hpp>
#include <awsxx/runtime/wait_options.hpp>
#include <awsxx/runtime/waiter.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace awsxx::inline AWSXX_ABI {

class event_loop;

namespace runtime {
class loop_call;
class loop_listener;

/// Something that a session does on an event loop. Destroying it ends it unheard.
class loop_errand {
public:
    loop_errand() = default;
    loop_errand(const loop_errand&) = delete;
    loop_errand& operator=(const loop_errand&) = delete;
    virtual ~loop_errand() = default;
};
}  // namespace runtime

/// The part of a session that is no template. Its functions do what those of `basic_session` say.
class session_core {
public:
    session_core(settings&& choices, runtime::transport_choice transport);
    session_core(credentials&& keys, settings&& choices, runtime::transport_choice transport);
    session_core(std::shared_ptr<credentials_provider> source, settings&& choices,
                 runtime::transport_choice transport);

    expected<session_core> assume_role(assume_role_options role) const;
    /// The one that assumed this one's role; null for a first one.
    const std::shared_ptr<const session_core>& parent() const noexcept { return parent_; }

    /// The same identity in another region.
    session_core in_region(std::string region) const;
    /// Where calls go that have no region of their own. Files and environment may be read; what an
    /// instance is in is known once a call has asked it. A name like `fips-us-east-1` is its region.
    expected<std::string> region() const;
    /// Whose calls these are, for libraries that make sessions of other identities from this one.
    const std::shared_ptr<const runtime::identity>& identity() const noexcept { return who_; }
    /// The session of another identity by the same way out; this is its parent.
    session_core hop_to(std::shared_ptr<const runtime::identity> who) const;

    /// The same session, whose calls tell AWS what makes them.
    session_core counting(auth::features uses) const;

    /// Runs a call. `in` and `out` are what the operation's table describes.
    expected<void> perform(const model::operation& what, const void* in, void* out,
                           const call_options& how = {}) const;
    /// The same; tells which keys the answer was signed with.
    expected<credentials_snapshot> perform_signed(const model::operation& what, const void* in,
                                                  void* out) const;
    /// The same where the answer is a stream of events.
    expected<void> listen(const model::operation& what, const void* in, void* out,
                          const runtime::event_listener& to) const;
    expected<http::response> send(const http::request& what, const request_scope& scope) const;

    expected<http::request> presign(const model::operation& what, const void* in,
                                    std::chrono::seconds lifetime) const;
    expected<http::request> presign(const http::request& what, const request_scope& scope,
                                    std::chrono::seconds lifetime) const;

    expected<awsxx::checksum_wishes> checksum_wishes(const model::operation& what,
                                                     const void* in) const;

    /// An operation with what its table describes.
    struct typed_call {
        const model::operation& what;
        const void* in;
        void* out;
    };
    /// As `perform` does, for choices of the program's own.
    expected<void> perform_bounded(const typed_call& call, const call_options& how) const;
    /// The same on a loop. What the call is made of lives until `to` has heard how it ended; what
    /// this gives is for `drop` until then. Null: nothing was begun, and nobody hears.
    runtime::loop_call* begin(event_loop& on, const typed_call& call, const call_options& how,
                              runtime::loop_listener& to) const;
    /// The same where there is nothing to call: `to` hears of a success when the loop gets to it.
    runtime::loop_call* begin_nothing(event_loop& on, runtime::loop_listener& to) const;
    /// Ends a call that was begun; nobody hears of it.
    static void drop(runtime::loop_call* begun) noexcept;

    /// Sees to it that so many connections stand for calls like that one. Blocks while they are made.
    expected<connections> preconnect(const typed_call& call, int count,
                                     const call_options& how) const;

    /// Calls an operation until the waiter is content. The output is the last call's.
    expected<runtime::wait_end> wait(const model::waiter& until, const typed_call& call,
                                     const wait_options& options) const;

    /// How a wait on a loop goes, and who hears of its end.
    struct wait_manner {
        const wait_options& options;
        runtime::loop_listener& to;
    };
    /// The same on a loop; null where that is being destroyed. What the calls are made of lives as
    /// long as what this gives.
    std::unique_ptr<runtime::loop_wait> begin_wait(event_loop& on, const model::waiter& until,
                                                   const typed_call& call,
                                                   const wait_manner& how) const;

    /// How something else on a loop goes, and who hears of its end. Below, results are there once that
    /// was a success, and all that is referred to lives as long as what is given; null: the loop is
    /// being destroyed.
    struct errand_manner {
        const call_options& how;
        runtime::loop_listener& to;
    };
    using errand = std::unique_ptr<runtime::loop_errand>;
    errand begin_listening(event_loop& on, const typed_call& call,
                           const runtime::event_listener& events, const errand_manner& how) const;
    /// A request of the program's own, what it is for and, where that is wanted, the answer.
    struct raw_call {
        const http::request& what;
        const request_scope& scope;
        http::response* out{};
    };
    errand begin_sending(event_loop& on, const raw_call& call, const errand_manner& how) const;
    /// A URL that is wanted.
    struct url_wish {
        std::chrono::seconds lifetime;
        http::request& out;
    };
    errand begin_presigning(event_loop& on, const typed_call& call, const url_wish& wish,
                            const errand_manner& how) const;
    errand begin_presigning(event_loop& on, const raw_call& call, const url_wish& wish,
                            const errand_manner& how) const;
    /// Connections that are wanted.
    struct connection_wish {
        int count;
        connections& out;
    };
    errand begin_preconnecting(event_loop& on, const typed_call& call, const connection_wish& wish,
                               const errand_manner& how) const;

    /// The clock and the random numbers of the settings.
    clock& time() const noexcept;
    random_source& random() const noexcept;
    milliseconds clock_skew() const noexcept;

    expected<credentials_snapshot> fetch_credentials() const;
    explanation explain() const;
    awsxx::background_renewal background_renewal() const { return {who_, transport_}; }

    /// A session for as long as others have it.
    class weak {
    public:
        explicit weak(const session_core& of)
            : who_(of.who_),
              transport_(of.transport_),
              parent_(of.parent_),
              first_(of.parent_ == nullptr) {}
        /// Nothing once nobody has it any more.
        std::optional<session_core> lock() const;

    private:
        std::weak_ptr<const runtime::identity> who_;
        std::weak_ptr<const runtime::transport_slot> transport_;
        std::weak_ptr<const session_core> parent_;
        bool first_;
    };

private:
    static expected<void> check_sink(const model::operation& what, const call_options& how);

    session_core(std::shared_ptr<const runtime::identity> who,
                 std::shared_ptr<const runtime::transport_slot> transport,
                 std::shared_ptr<const session_core> parent) noexcept;

    std::shared_ptr<const runtime::identity> who_;
    std::shared_ptr<const runtime::transport_slot> transport_;
    std::shared_ptr<const session_core> parent_;
    auth::features uses_{};
};

}  // namespace awsxx::inline AWSXX_ABI
