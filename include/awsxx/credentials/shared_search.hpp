// SPDX-License-Identifier: MIT
// A search that runs once for all who want what it looks for.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/fork.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/shared_renewal.hpp>

#include <memory>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// The one that is under way, kept alive by those who wait for it. It belongs to the process that
/// began it. Whoever owns this guards it.
class shared_search {
public:
    /// That one, or a new one from `make() -> std::shared_ptr<renewal>`.
    template <class Make>
    std::shared_ptr<renewal> get(Make make) {
        if (auto running = running_.lock()) {
            if (begun_in_ == fork_generation()) return running;
            leave_to_parent(std::move(running));
        }
        std::shared_ptr<renewal> begun = make();
        running_ = begun;
        begun_in_ = fork_generation();
        return begun;
    }
    /// It has come to its end: whoever asks from now on begins anew.
    void ended() noexcept { running_.reset(); }

private:
    std::weak_ptr<renewal> running_{};
    unsigned begun_in_{};
};

}  // namespace awsxx::inline AWSXX_ABI
