// SPDX-License-Identifier: MIT
// The identity that a whole program works under, which may change and change back while it runs.
#pragma once

#include <awsxx/core/code_place.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/guarded.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/identity/frame_list.hpp>
#include <awsxx/identity/identity_facts.hpp>
#include <awsxx/identity/sts_doors.hpp>
#include <awsxx/session.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI {

/// When the keys of a new frame are fetched.
enum class frame_start : unsigned char {
    fetched,  ///< Before anybody sees it: what cannot be assumed never becomes current.
    lazy,     ///< By its first call, which is the one that fails if they cannot be had.
};

/// Sessions on top of each other, of which the highest is the one to work with.
///
///     awsxx::identity_stack who(base);
///     who.assume_role({.role_arn = "arn:aws:iam::111122223333:role/audit"});
///     std::cout << who.current().whoami().arn << '\n';  // the role's, in every thread
///     who.revert();
///
/// All threads see a change at once, and each sees either the session before it or the one behind
/// it, whole: a session never changes. Whoever has taken `current()` goes on with it, whatever
/// happens to the stack; it is cheap to ask for anew.
/// A role is assumed by the session that is current when its frame appears. Those who fetch keys for
/// a frame do that one after the other; where somebody reverts meanwhile, it is begun again from what
/// is current then. If it fails the stack is as it was. Nothing else waits for them: `current`,
/// `revert` and the rest do no I/O and take no lock that anybody holds during I/O. Functions that
/// are called meanwhile, as `settings.mfa` is, may read the stack and revert, but fetch no frames.
/// Safe to use from any thread.
template <class Transport>
class basic_identity_stack {
public:
    using session_type = basic_session<Transport>;

private:
    using frame_list_type = frame_list<session_type>;
    using link = typename frame_list_type::link;

public:
    /// Takes its own frame off again when it goes, and only that one.
    ///
    /// Frames that others have put above stay: their sessions go on as they are, renewing their keys
    /// by way of this one's session where they began there. Where the frame is gone already, because
    /// somebody has reverted it, nothing happens. May outlive the stack. For one thread.
    class [[nodiscard]] scope {
    public:
        scope(scope&& other) noexcept = default;
        scope& operator=(scope&& other) noexcept {
            end();
            frames_ = std::move(other.frames_);
            frame_ = std::move(other.frame_);
            return *this;
        }
        ~scope() { end(); }

        /// The session of this frame, which works even when the frame is gone.
        const session_type& session() const noexcept { return frame_->value; }
        /// Takes the frame off now; false if it was gone.
        bool end() noexcept {
            const auto from = std::exchange(frames_, nullptr);
            return from && from->remove(frame_->number);
        }

    private:
        friend class basic_identity_stack;
        scope(std::shared_ptr<frame_list_type> frames, link frame) noexcept
            : frames_(std::move(frames)), frame_(std::move(frame)) {}

        std::shared_ptr<frame_list_type> frames_;
        link frame_;
    };

    /// With this session at the bottom, which is never reverted.
    explicit basic_identity_stack(session_type base)
        : frames_(std::make_shared<frame_list_type>(std::move(base))) {}

    /// The session to work with.
    session_type current() const { return frames_->top()->value; }
    /// Who that is.
    identity_facts facts() const { return identity_facts(current()); }
    /// How often `revert` would find something.
    std::size_t depth() const { return frames_->top()->depth; }
    /// All sessions from the bottom to the current one.
    std::vector<session_type> frames() const { return frames_->values(); }

    /// Assumes a role. Gives the session that is current now. Errors, which of a lazy frame come
    /// late, tell the line of this call.
    expected<session_type> try_assume_role(assume_role_options role,
                                           frame_start start = frame_start::fetched,
                                           code_place at = code_place::here()) {
        return try_assume(placed(std::move(role), at), start);
    }
    /// Goes through any door that `try_enter` knows, or one of your own: a function that makes an
    /// `expected` session of the current one.
    template <class Door>
    expected<session_type> try_assume(const Door& door, frame_start start = frame_start::fetched) {
        const auto made = add(door, start);
        if (!made) return made.error();
        return (*made)->value;
    }
    /// Puts a session on top that is there already, wherever it comes from.
    void push(session_type ready) { frames_->push(std::move(ready)); }

    /// Goes back to the session before, and gives the one that was current. Nothing, and nothing
    /// done, at the bottom.
    std::optional<session_type> revert() noexcept {
        const link gone = frames_->pop();
        if (!gone) return {};
        return gone->value;
    }

    /// The same for as long as what they give lives.
    expected<scope> try_assume_role_scoped(assume_role_options role,
                                           frame_start start = frame_start::fetched,
                                           code_place at = code_place::here()) {
        return try_assume_scoped(placed(std::move(role), at), start);
    }
    template <class Door>
    expected<scope> try_assume_scoped(const Door& door, frame_start start = frame_start::fetched) {
        auto made = add(door, start);
        if (!made) return std::move(made).error();
        return scope(frames_, *std::move(made));
    }
    scope push_scoped(session_type ready) {
        return scope(frames_, frames_->push(std::move(ready)));
    }

#if defined(__cpp_exceptions)
    session_type assume_role(assume_role_options role, frame_start start = frame_start::fetched,
                             code_place at = code_place::here()) {
        return value_or_raise(try_assume_role(std::move(role), start, at));
    }
    template <class Door>
    session_type assume(const Door& door, frame_start start = frame_start::fetched) {
        return value_or_raise(try_assume(door, start));
    }
    scope assume_role_scoped(assume_role_options role, frame_start start = frame_start::fetched,
                             code_place at = code_place::here()) {
        return value_or_raise(try_assume_role_scoped(std::move(role), start, at));
    }
    template <class Door>
    scope assume_scoped(const Door& door, frame_start start = frame_start::fetched) {
        return value_or_raise(try_assume_scoped(door, start));
    }
#endif

private:
    static assume_role_options placed(assume_role_options role, const code_place& at) {
        if (role.place.empty()) role.place = to_string(at);
        return role;
    }

    template <class Door>
    static expected<session_type> behind(const session_type& from, const Door& door) {
        if constexpr (std::invocable<const Door&, const session_type&>)
            return door(from);
        else
            return try_enter(from, door);
    }

    /// Ends: while the turn is ours only reverts and lazy frames of others make it begin again.
    template <class Door>
    expected<link> add(const Door& door, frame_start start) {
        std::optional<typename guarded<turn>::access> ours;
        if (start == frame_start::fetched) ours.emplace(turn_.lock());
        for (;;) {
            const link under = frames_->top();
            const auto next = behind(under->value, door);
            if (!next) return next.error();
            if (start == frame_start::fetched)
                if (const auto keys = next->try_fetch_credentials(); !keys) return keys.error();
            if (auto made = frames_->push_on(under->number, *next)) return made;
        }
    }

    struct turn {};

    std::shared_ptr<frame_list_type> frames_;
    guarded<turn> turn_{};
};

/// The stack that programs use.
using identity_stack = basic_identity_stack<http::curl_transport>;

}  // namespace awsxx::inline AWSXX_ABI
