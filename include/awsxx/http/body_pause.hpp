// SPDX-License-Identifier: MIT
// How a body that was held up goes on.
#pragma once

#include <awsxx/core/version.hpp>

#include <memory>
#include <utility>

namespace awsxx::inline AWSXX_ABI::http {

/// A body that can stand still.
class resumable {
public:
    virtual ~resumable() = default;
    virtual void resume() noexcept = 0;
};

/// Lets one body go on that stands still. Copies are for the same one.
class resumption {
public:
    /// For none.
    resumption() = default;
    explicit resumption(std::shared_ptr<resumable> what) noexcept : what_(std::move(what)) {}

    /// Its sink or source is asked again, on the thread that sends. From any thread, at any time: one
    /// that goes on, or whose exchange is over, is not touched.
    void resume() const noexcept {
        if (what_) what_->resume();
    }

private:
    std::shared_ptr<resumable> what_{};
};

/// Where a body can be held up: right here.
class body_pause {
public:
    /// To be kept by whoever holds it up.
    virtual resumption later() = 0;

protected:
    ~body_pause() = default;
};

}  // namespace awsxx::inline AWSXX_ABI::http
