// SPDX-License-Identifier: MIT
// What the exchanges of an event loop do: compiled in every file that needs it, or once a program.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/crypto/openssl_end.hpp>
#include <awsxx/http/check.hpp>
#include <awsxx/http/curl_loop.hpp>
#include <awsxx/http/curl_loop_state.hpp>
#include <awsxx/http/curl_process.hpp>
#include <awsxx/http/curl_transfer.hpp>

#include <atomic>
#include <cstddef>
#include <optional>
#include <utility>

namespace awsxx::inline AWSXX_ABI::http {

namespace detail {

AWSXX_ONCE void curl_transfer::due() { loop->check(*this); }
AWSXX_ONCE void curl_transfer::wake() noexcept { loop->news().send(*this); }
AWSXX_ONCE void curl_transfer::arrived() { loop->go_on(*this); }

}  // namespace detail

AWSXX_ONCE curl_loop::~curl_loop() {
    if (state_ == nullptr) return;
    if (state_->usable() && !crypto::openssl_is_over()) {
        delete state_;
        return;
    }
    // Its connections are the parent's, or cannot be ended any more: left, where it can be found.
    static std::atomic<detail::curl_loop_state*> left{nullptr};
    left = state_;
}

AWSXX_ONCE expected<curl_loop::transfer*> curl_loop::start(const curl_options& options,
                                                           const request& what, const exchange& how,
                                                           exchange_listener& to) {
    if (auto good = check(what); !good) return std::move(good).error();
    if (state_ == nullptr) {
        static_cast<void>(detail::curl_process::instance().started());
        state_ = new detail::curl_loop_state(*host_, *news_);
    }
    auto begun = state_->start(options, what, how);
    if (begun) (*begun)->to = &to;
    return begun;
}

AWSXX_ONCE bool curl_loop::has_begun(const transfer* what) const noexcept {
    return what->handle->answer.started();
}

AWSXX_ONCE void curl_loop::cancel(transfer* what) noexcept {
    if (state_->usable()) state_->retire(*what);
}

AWSXX_ONCE void curl_loop::ready(int descriptor, io_interest events) {
    if (state_ != nullptr && state_->usable()) state_->ready(descriptor, events);
}

AWSXX_ONCE bool curl_loop::advance() {
    return state_ != nullptr && state_->usable() && state_->advance();
}

AWSXX_ONCE std::optional<milliseconds> curl_loop::pause() const {
    if (state_ == nullptr || !state_->usable()) return {};
    return state_->pause();
}

AWSXX_ONCE std::size_t curl_loop::in_flight() const noexcept {
    return state_ != nullptr ? state_->in_flight() : 0;
}

}  // namespace awsxx::inline AWSXX_ABI::http
