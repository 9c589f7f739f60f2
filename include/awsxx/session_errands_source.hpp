// SPDX-License-Identifier: MIT
// What sessions do on event loops beside calls: compiled in every file that needs it, or once a program.
#pragma once

#include <awsxx/core/error.hpp>
#include <awsxx/core/expected.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/http/connections.hpp>
#include <awsxx/model/operation.hpp>
#include <awsxx/runtime/call_options.hpp>
#include <awsxx/runtime/call_progress.hpp>
#include <awsxx/runtime/decode.hpp>
#include <awsxx/runtime/event_listener.hpp>
#include <awsxx/runtime/event_loop.hpp>
#include <awsxx/runtime/event_loop_source.hpp>
#include <awsxx/runtime/event_sink.hpp>
#include <awsxx/runtime/identity.hpp>
#include <awsxx/runtime/loop_call.hpp>
#include <awsxx/runtime/loop_state.hpp>
#include <awsxx/runtime/preconnect.hpp>
#include <awsxx/runtime/presign.hpp>
#include <awsxx/runtime/raw.hpp>
#include <awsxx/session_core.hpp>
#include <awsxx/session_source.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace awsxx::inline AWSXX_ABI {

namespace runtime {

/// One call on a loop, and what is done once it has ended.
class call_errand : public loop_errand, public loop_listener {
public:
    explicit call_errand(loop_listener& to) noexcept : to_(&to) {}
    ~call_errand() override {
        if (begun_ != nullptr) begun_->drop();
    }
    /// False: the loop is being destroyed.
    bool begin(event_loop& on, const loop_start& from, const call_options& how) {
        begun_ = on.state().begin(from, how, *this);
        return begun_ != nullptr;
    }
    void ended(expected<void> outcome) override {
        begun_ = nullptr;
        if (outcome || forgives()) outcome = conclude();
        to_->ended(std::move(outcome));  // may destroy this
    }
    void dropped() noexcept override {
        begun_ = nullptr;
        to_->dropped();
    }

protected:
    /// A failure is none.
    virtual bool forgives() const noexcept { return false; }
    virtual expected<void> conclude() { return {}; }

private:
    loop_listener* to_;
    loop_call* begun_ = nullptr;
};

/// Hands out the events of an answer.
class listening_errand final : public call_errand {
public:
    listening_errand(const identity& who, const session_core::typed_call& call,
                     const event_listener& events, loop_listener& to)
        : call_errand(to),
          call_(call),
          sink_({who.configuration()->choices().observer, call.what}, call.what, events, call.out) {
    }
    http::body_sink& sink() noexcept { return sink_; }

private:
    bool forgives() const noexcept override { return sink_.stopped(); }
    expected<void> conclude() override {
        if (!sink_.stopped()) return {};
        return decode(call_.what, sink_.head(), call_.out, sink_.notes());
    }

    session_core::typed_call call_;
    event_sink sink_;
};

/// Sends a request of the program's own.
class sending_errand final : public call_errand {
public:
    sending_errand(const request_scope& scope, loop_listener& to) : call_errand(to), what_(scope) {}
    const model::operation& what() const noexcept { return what_.get(); }

private:
    raw_operation what_;
};

/// Gets credentials and signs a URL with them.
class presigning_errand final : public call_errand {
public:
    presigning_errand(std::shared_ptr<const identity> who, const session_core::url_wish& wish,
                      loop_listener& to)
        : call_errand(to), who_(std::move(who)), wish_(wish) {}
    /// An operation for a request of the program's own.
    const model::operation& raw(const request_scope& scope) { return raw_.emplace(scope).get(); }
    /// False: the loop is being destroyed.
    bool begin(event_loop& on, loop_start from, const call_options& how) {
        what_ = from.what;
        in_ = from.in;
        from.goal = call_goal::keys;
        from.fruits = &fruits_;
        return call_errand::begin(on, from, how);
    }

private:
    expected<void> conclude() override {
        auto made = presign(*who_, *what_, in_, {*fruits_.keys, wish_.lifetime});
        if (!made) return std::move(made).error();
        wish_.out = *std::move(made);
        return {};
    }

    std::shared_ptr<const identity> who_;
    session_core::url_wish wish_;
    const model::operation* what_ = nullptr;
    const void* in_ = nullptr;
    std::optional<raw_operation> raw_{};
    call_fruits fruits_{};
};

/// Makes connections, as calls that end there.
class preconnecting_errand final : public loop_errand {
public:
    preconnecting_errand(const session_core::connection_wish& wish, loop_listener& to) noexcept
        : wish_(wish), to_(&to) {}

    /// False: the loop is being destroyed.
    bool begin(event_loop& on, const loop_start& from, const call_options& how) {
        left_ = std::clamp(wish_.count, 1, most);
        for (int i = 0; i < left_; ++i) {
            all_.push_back(std::make_unique<one>(*this));
            if (!all_.back()->begin(on, from, how)) return false;
        }
        return true;
    }

private:
    static constexpr int most = 256;

    class one final : public call_errand {
    public:
        explicit one(preconnecting_errand& of) : call_errand(of.each_) {}
    };
    struct listener final : loop_listener {
        explicit listener(preconnecting_errand& whose) noexcept : of(&whose) {}
        void ended(expected<void> outcome) override { of->one_ended(std::move(outcome)); }
        void dropped() noexcept override { of->to_->dropped(); }
        preconnecting_errand* of;
    };

    void one_ended(expected<void> outcome) {
        if (outcome)
            found_.made = ++found_.standing;
        else if (!found_.failure)
            found_.failure = std::move(outcome).error();
        if (--left_ > 0) return;
        if (found_.standing == 0) return to_->ended(*std::move(found_.failure));
        wish_.out = std::move(found_);
        to_->ended({});
    }

    session_core::connection_wish wish_;
    loop_listener* to_;
    connections found_{};
    int left_ = 0;
    listener each_{*this};
    std::vector<std::unique_ptr<one>> all_{};
};

}  // namespace runtime

AWSXX_ONCE session_core::errand session_core::begin_listening(event_loop& on,
                                                              const typed_call& call,
                                                              const runtime::event_listener& events,
                                                              const errand_manner& how) const {
    auto made = std::make_unique<runtime::listening_errand>(*who_, call, events, how.to);
    call_options options = how.how;
    options.into = &made->sink();
    const runtime::loop_start from{who_, transport_, uses_, &call.what, call.in, call.out};
    if (!made->begin(on, from, options)) return nullptr;
    return made;
}

AWSXX_ONCE session_core::errand session_core::begin_sending(event_loop& on, const raw_call& call,
                                                            const errand_manner& how) const {
    auto made = std::make_unique<runtime::sending_errand>(call.scope, how.to);
    call_options options = how.how;
    options.into = call.scope.sink;
    const runtime::loop_start from{who_, transport_, uses_, &made->what(), &call.what, call.out};
    if (!made->begin(on, from, options)) return nullptr;
    return made;
}

AWSXX_ONCE session_core::errand session_core::begin_presigning(event_loop& on,
                                                               const typed_call& call,
                                                               const url_wish& wish,
                                                               const errand_manner& how) const {
    auto made = std::make_unique<runtime::presigning_errand>(who_, wish, how.to);
    if (!made->begin(on, {who_, transport_, uses_, &call.what, call.in}, how.how)) return nullptr;
    return made;
}

AWSXX_ONCE session_core::errand session_core::begin_presigning(event_loop& on, const raw_call& call,
                                                               const url_wish& wish,
                                                               const errand_manner& how) const {
    auto made = std::make_unique<runtime::presigning_errand>(who_, wish, how.to);
    const model::operation& what = made->raw(call.scope);
    if (!made->begin(on, {who_, transport_, uses_, &what, &call.what}, how.how)) return nullptr;
    return made;
}

AWSXX_ONCE session_core::errand session_core::begin_preconnecting(event_loop& on,
                                                                  const typed_call& call,
                                                                  const connection_wish& wish,
                                                                  const errand_manner& how) const {
    auto made = std::make_unique<runtime::preconnecting_errand>(wish, how.to);
    runtime::loop_start from{who_, transport_, uses_, &call.what, call.in, call.out};
    from.goal = runtime::call_goal::connection;
    if (!made->begin(on, from, how.how)) return nullptr;
    return made;
}

}  // namespace awsxx::inline AWSXX_ABI
