// SPDX-License-Identifier: MIT
// The credentials that a thread has used lately, for reading them without a lock.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/version.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// A number that no other caller of this gets: names a cache, or one content of it.
inline std::uint64_t unused_number() noexcept {
    static constinit std::atomic<std::uint64_t> last{0};
    return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

/// When credentials may be used without a question. The clock of a machine may be set back: before
/// the moment at which they were kept nothing is known.
struct snapshot_span {
    instant from{};
    instant until{};
};

/// A small table of one thread's. A slot holds what one content of one cache was, under a number
/// that the cache changes with its content.
class thread_snapshots {
public:
    /// The credentials kept under `content` if they may be used at `now`, else null.
    const credentials_snapshot* find(std::uint64_t cache, std::uint64_t content,
                                     instant now) const noexcept {
        const slot& at = slots_[cache % slots_.size()];
        const bool in_time = at.when.from <= now && now < at.when.until;
        return at.content == content && in_time ? &at.keys : nullptr;
    }

    /// Keeps credentials. The copy has a reference count of its own: threads that hand out the
    /// same credentials do not share a cache line for counting.
    void keep(std::uint64_t cache, std::uint64_t content, const snapshot_span& when,
              const credentials_snapshot& keys) {
        const auto own = std::make_shared<const credentials_snapshot>(keys);
        slots_[cache % slots_.size()] = {content, when, {own, own->get()}};
    }

private:
    struct slot {
        std::uint64_t content{};
        snapshot_span when{};
        credentials_snapshot keys{};
    };
    std::array<slot, 16> slots_{};
};

}  // namespace awsxx::inline AWSXX_ABI
