// SPDX-License-Identifier: MIT
// The credentials of one call, and which of them AWS has refused.
#pragma once

#include <awsxx/auth/credentials.hpp>
#include <awsxx/auth/provider.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/error.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/runtime/classify.hpp>

#include <utility>

namespace awsxx::inline AWSXX_ABI::runtime {

/// Those of the attempt that is made. Used by one thread at a time.
class call_keys {
public:
    /// Null where nobody is to be asked.
    void come_from(credentials_provider* source) noexcept { source_ = source; }
    /// `ahead`: they have to last, so that in their advisory window they are renewed before.
    resolution ask(instant now, bool ahead) const {
        return ahead ? source_->resolve_ahead(now) : source_->resolve(now);
    }
    /// Null where nothing is signed, or not yet.
    const credentials_snapshot& get() const noexcept { return keys_; }

    /// False: nobody has better ones than those that were refused.
    bool take(credentials_snapshot keys) {
        if (refused_ && are_same_keys(*refused_, *keys)) return false;
        keys_ = std::move(keys);
        return true;
    }
    /// True, once a call: the failure is theirs, and there may be better ones.
    bool lose(const error& why, instant now) {
        if (!keys_ || refused_ || !blames_credentials(why) || !source_->invalidate(*keys_, now))
            return false;
        refused_ = keys_;
        return true;
    }

private:
    credentials_provider* source_ = nullptr;
    credentials_snapshot keys_{};
    credentials_snapshot refused_{};
};

}  // namespace awsxx::inline AWSXX_ABI::runtime
