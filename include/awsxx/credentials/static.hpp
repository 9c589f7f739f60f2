// SPDX-License-Identifier: MIT
// Credentials that the program itself has, or that a function of its own fetches.
#pragma once

#include <awsxx/auth/feature.hpp>
#include <awsxx/auth/provider.hpp>
#include <awsxx/core/guarded_call.hpp>
#include <awsxx/core/version.hpp>

#include <memory>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// Gives the same credentials each time.
class static_credentials final : public credentials_provider {
public:
    explicit static_credentials(credentials keys) {
        if (keys.via.empty()) keys.via = auth::feature::credentials_code;
        keys_ = std::make_shared<const credentials>(std::move(keys));
    }

    resolution resolve(instant) override { return keys_; }
    bool invalidate(const credentials&, instant) override { return false; }
    void explain(credentials_report& into) const override {
        into.source = keys_->source.empty() ? "keys given in code" : keys_->source;
    }

private:
    credentials_snapshot keys_{};
};

/// Gives what a function of the user's returns. The function may block; it is called when keys
/// are needed for the first time and again before they expire, by one thread at a time.
///
///     callable_credentials from_vault([&]() -> expected<credentials> { return vault.read("aws"); });
template <class Function>
class callable_credentials final : public credentials_provider {
public:
    explicit callable_credentials(Function fetch)
        : fetch_(std::make_shared<Function>(std::move(fetch))) {}

    resolution resolve(instant) override { return std::make_shared<fetching>(fetch_); }

private:
    class fetching final : public renewal {
    public:
        explicit fetching(std::shared_ptr<Function> fetch) : fetch_(std::move(fetch)) {}

        step next() override { return fetched_ ? step::done : step::work; }
        void work() override {
            expected<credentials> keys = guarded_call("CredentialsFunctionFailed", *fetch_);
            if (keys)
                outcome_ = std::make_shared<const credentials>(*std::move(keys));
            else
                outcome_ = std::move(keys).error();
            fetched_ = true;
        }
        expected<credentials_snapshot> result() override { return outcome_; }

    private:
        std::shared_ptr<Function> fetch_;
        bool fetched_ = false;
        expected<credentials_snapshot> outcome_{};
    };

    std::shared_ptr<Function> fetch_;
};

}  // namespace awsxx::inline AWSXX_ABI
