// SPDX-License-Identifier: MIT
// Credentials with a note of the way that led to their source, as AWS counts it.
#pragma once

#include <awsxx/auth/feature.hpp>
#include <awsxx/auth/provider.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/staged_renewal.hpp>

#include <memory>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// Passes everything on, and adds `by` to what the credentials say of themselves.
class marked_credentials final : public credentials_provider {
public:
    marked_credentials(std::shared_ptr<credentials_provider> source, std::shared_ptr<clock> time,
                       auth::features by)
        : source_(std::move(source)), time_(std::move(time)), by_(by) {}

    resolution resolve(instant) override { return std::make_shared<fetch>(source_, time_, by_); }
    bool invalidate(const credentials& rejected, instant now) override {
        return source_->invalidate(rejected, now);
    }
    void explain(credentials_report& into) const override { source_->explain(into); }
    refresh_style style() const noexcept override { return source_->style(); }
    bool is_final(const error& why) const noexcept override { return source_->is_final(why); }

private:
    class fetch final : public staged_renewal {
    public:
        fetch(std::shared_ptr<credentials_provider> source, std::shared_ptr<clock> time,
              auth::features by)
            : source_(std::move(source)), time_(std::move(time)), by_(by) {}

    private:
        void begin() override {
            then_obtain(source_, time_, [this](const expected<credentials_snapshot>& keys) {
                if (!keys) return finish(keys);
                credentials marked = **keys;
                marked.via |= by_;
                finish(std::make_shared<const credentials>(std::move(marked)));
            });
        }

        std::shared_ptr<credentials_provider> source_;
        std::shared_ptr<clock> time_;
        auth::features by_;
    };

    std::shared_ptr<credentials_provider> source_;
    std::shared_ptr<clock> time_;
    auth::features by_;
};

}  // namespace awsxx::inline AWSXX_ABI
