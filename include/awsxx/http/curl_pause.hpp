// SPDX-License-Identifier: MIT
// Holds the bodies of one libcurl transfer up until somebody lets them go on.
#pragma once

#include <awsxx/core/version.hpp>
#include <awsxx/http/body_pause.hpp>

#include <memory>
#include <mutex>
#include <utility>

namespace awsxx::inline AWSXX_ABI::http::detail {

/// Sees to it that a transfer goes on, on its own thread.
class curl_waker {
public:
    /// From any thread.
    virtual void wake() noexcept = 0;

protected:
    ~curl_waker() = default;
};

/// The way from whoever holds a body up to its transfer, as long as that is under way.
class curl_gate final : public resumable {
public:
    explicit curl_gate(curl_waker& to) noexcept : to_(&to) {}
    void resume() noexcept override {
        const std::lock_guard guard(lock_);
        if (to_ != nullptr) to_->wake();
    }
    void close() noexcept {
        const std::lock_guard guard(lock_);
        to_ = nullptr;
    }

private:
    std::mutex lock_{};
    curl_waker* to_;
};

/// Costs nothing until a body is held up. Used on the thread of its transfer.
class curl_pause final : public body_pause {
public:
    explicit curl_pause(curl_waker& waker) noexcept : waker_(&waker) {}
    curl_pause(const curl_pause&) = delete;
    curl_pause& operator=(const curl_pause&) = delete;
    ~curl_pause() { end(); }

    /// Another one is to hear of it.
    void wakes(curl_waker& other) noexcept { waker_ = &other; }
    resumption later() override {
        if (!gate_) gate_ = std::make_shared<curl_gate>(*waker_);
        return resumption(gate_);
    }
    /// A body does not move, and that is nobody's fault but the program's.
    bool stands() const noexcept { return stands_; }
    void stand() noexcept { stands_ = true; }
    void go_on() noexcept { stands_ = false; }
    /// Who holds it up after this is not heard.
    void end() noexcept {
        stands_ = false;
        if (const auto gate = std::exchange(gate_, nullptr)) gate->close();
    }

private:
    curl_waker* waker_;
    std::shared_ptr<curl_gate> gate_{};
    bool stands_ = false;
};

}  // namespace awsxx::inline AWSXX_ABI::http::detail
