// SPDX-License-Identifier: MIT
// A source of credentials that takes its time.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/clock.hpp>
#include <awsxx/credentials/staged_renewal.hpp>

#include <support/providers.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <utility>

namespace test {

/// Gives the keys FIRST at once, and later SECOND after a pause. They are good for an hour.
class slow_provider final : public awsxx::credentials_provider {
public:
    slow_provider(std::shared_ptr<awsxx::clock> time, awsxx::milliseconds pause)
        : time_(std::move(time)), pause_(pause) {}

    awsxx::resolution resolve(awsxx::instant) override {
        if (asked++ == 0) return fresh("FIRST");
        return std::make_shared<fetch>(*this);
    }
    awsxx::refresh_style style() const noexcept override {
        return awsxx::refresh_style::static_stability;
    }

    int asked = 0;

private:
    class fetch final : public awsxx::staged_renewal {
    public:
        explicit fetch(const slow_provider& of) : of_(&of) {}

    private:
        void begin() override {
            then_wait(of_->pause_, [this] { finish(of_->fresh("SECOND")); });
        }
        const slow_provider* of_;
    };
    awsxx::credentials_snapshot fresh(std::string id) const {
        return std::make_shared<const awsxx::credentials>(
            keys(std::move(id), time_->now() + std::chrono::hours(1)));
    }

    std::shared_ptr<awsxx::clock> time_;
    awsxx::milliseconds pause_;
};

}  // namespace test
