// SPDX-License-Identifier: MIT
// A source that somebody has named, so that it must not be without credentials.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/staged_renewal.hpp>

#include <memory>
#include <string>
#include <utility>

namespace awsxx::inline AWSXX_ABI {

/// Passes everything on but "not configured", which it makes an error of kind `configuration`.
class required_credentials final : public credentials_provider {
public:
    /// `named`: who names the source, as in "profile dev (/home/me/.aws/config:3)".
    required_credentials(std::shared_ptr<credentials_provider> source, std::shared_ptr<clock> time,
                         std::string named)
        : source_(std::move(source)), time_(std::move(time)), named_(std::move(named)) {}

    resolution resolve(instant) override { return std::make_shared<fetch>(source_, time_, named_); }
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
              std::string named)
            : source_(std::move(source)), time_(std::move(time)), named_(std::move(named)) {}

    private:
        void begin() override {
            then_obtain(source_, time_, [this](const expected<credentials_snapshot>& keys) {
                if (keys || keys.error().kind != error_kind::not_configured) return finish(keys);
                finish(caused_by({.kind = error_kind::configuration,
                                  .code = "SourceWithoutCredentials",
                                  .message = named_},
                                 keys.error()));
            });
        }

        std::shared_ptr<credentials_provider> source_;
        std::shared_ptr<clock> time_;
        std::string named_;
    };

    std::shared_ptr<credentials_provider> source_;
    std::shared_ptr<clock> time_;
    std::string named_;
};

}  // namespace awsxx::inline AWSXX_ABI
