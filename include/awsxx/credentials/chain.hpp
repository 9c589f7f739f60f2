// SPDX-License-Identifier: MIT
// Asks credential sources in order and stays with the first that answers.
#pragma once

#include <awsxx/auth/provider.hpp>
#include <awsxx/core/guarded.hpp>
#include <awsxx/core/version.hpp>
#include <awsxx/credentials/shared_renewal.hpp>

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace awsxx::inline AWSXX_ABI {

/// A provider, under the name that error messages call it by.
struct credentials_source {
    std::string name{};
    std::shared_ptr<credentials_provider> provider{};
};

/// Asks its sources in order until one answers, and from then on only that one.
///
///     credentials_chain chain({{"environment", env}, {"profile dev", dev}});
///
/// A source that is not configured is skipped. Any other failure ends the search: whoever wrote
/// a broken profile wants to hear about it, not to run as somebody else.
/// Keeps no credentials; `cached_credentials` does. As thread-safe as its sources.
class credentials_chain final : public credentials_provider {
public:
    explicit credentials_chain(std::vector<credentials_source> sources)
        : state_(std::make_shared<state>(std::move(sources))) {}

    resolution resolve(instant now) override {
        if (const credentials_source* found = state_->winner())
            return found->provider->resolve(now);
        return std::make_shared<search>(state_, now);
    }

    bool invalidate(const credentials& rejected, instant now) override {
        const credentials_source* found = state_->winner();
        return found == nullptr || found->provider->invalidate(rejected, now);
    }
    void explain(credentials_report& into) const override {
        const credentials_source* found = state_->winner();
        into.others = *state_->passed_over.lock();
        const credentials_source* told = found != nullptr ? found : state_->broken();
        if (told == nullptr) return;
        told->provider->explain(into);
        if (found == nullptr) return;
        for (const credentials_source* one = found + 1;
             one != state_->sources.data() + state_->sources.size(); ++one)
            into.others.push_back({one->name, "not asked, for " + found->name + " has some"});
    }
    refresh_style style() const noexcept override {
        const credentials_source* found = state_->winner();
        return found ? found->provider->style() : refresh_style::strict;
    }
    bool is_final(const error& why) const noexcept override {
        if (const credentials_source* found = state_->winner())
            return found->provider->is_final(why);
        if (why.code != broken || !why.cause) return false;
        for (const credentials_source& one : state_->sources)
            if (one.name == why.message) return one.provider->is_final(*why.cause);
        return false;
    }

private:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    static constexpr const char* broken = "BrokenCredentials";
    static constexpr const char* advice =
        ". Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, run \"aws configure\" or \"aws sso "
        "login\", or give credentials in code";

    struct state {
        explicit state(std::vector<credentials_source> all) : sources(std::move(all)) {}
        const credentials_source* winner() const noexcept { return source_at(won); }
        /// The one that the last search ended at with an error.
        const credentials_source* broken() const noexcept { return source_at(failed); }
        const credentials_source* source_at(const std::atomic<std::size_t>& of) const noexcept {
            const std::size_t index = of.load(std::memory_order_acquire);
            return index == none ? nullptr : &sources[index];
        }
        const std::vector<credentials_source> sources;
        std::atomic<std::size_t> won{none};
        std::atomic<std::size_t> failed{none};
        const guarded<std::vector<credentials_report::passed_over>> passed_over{};
    };

    /// One walk along the sources; passes the steps of the one being asked on.
    class search final : public renewal {
    public:
        search(std::shared_ptr<state> along, instant now) : along_(std::move(along)), now_(now) {
            ask();
        }
        step next() override {
            while (inner_) {
                if (const step wanted = inner_->next(); wanted != step::done) return wanted;
                auto said = inner_->result();  // may throw, and is then asked for again
                inner_.reset();
                hear(std::move(said));
            }
            return step::done;
        }
        renewal& acting() noexcept override { return inner_->acting(); }
        expected<credentials_snapshot> result() override { return outcome_; }
        void abandon() noexcept override {
            if (inner_) inner_->abandon();
        }

    private:
        /// Asks the source at hand, and the next ones as long as they answer at once with no.
        void ask() {
            if (at_ == along_->sources.size()) {
                outcome_ = error{.kind = error_kind::not_configured,
                                 .code = "NoCredentials",
                                 .message = "no source has any: " + asked_ + advice};
                return;
            }
            resolution said = along_->sources[at_].provider->resolve(now_);
            if (auto* keys = std::get_if<credentials_snapshot>(&said)) return hear(*keys);
            if (auto* why = std::get_if<error>(&said)) return hear(*why);
            inner_ =
                std::make_shared<shared_renewal>(*std::get_if<std::shared_ptr<renewal>>(&said));
        }
        void hear(expected<credentials_snapshot> answer) {
            const std::string& name = along_->sources[at_].name;
            if (!answer && answer.error().kind == error_kind::not_configured) {
                asked_.append(asked_.empty() ? "" : "; ").append(name).append(": ");
                asked_.append(answer.error().message);
                passed_over_.push_back({name, answer.error().message});
                ++at_;
                return ask();
            }
            *along_->passed_over.lock() = std::move(passed_over_);
            if (!answer) {
                along_->failed.store(at_, std::memory_order_release);
                outcome_ = caused_by({.kind = answer.error().kind,
                                      .retryable = answer.error().retryable,
                                      .code = broken,
                                      .message = name},
                                     answer.error());
                return;
            }
            along_->won.store(at_, std::memory_order_release);
            outcome_ = std::move(answer);
        }

        std::shared_ptr<state> along_;
        instant now_;
        std::size_t at_ = 0;
        std::string asked_{};
        std::vector<credentials_report::passed_over> passed_over_{};
        std::shared_ptr<shared_renewal> inner_{};
        expected<credentials_snapshot> outcome_{};
    };

    std::shared_ptr<state> state_;
};

}  // namespace awsxx::inline AWSXX_ABI
