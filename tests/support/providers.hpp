// SPDX-License-Identifier: MIT
// Credential sources that tests script, and a way to carry renewals out without a transport.
#pragma once

#include <awsxx/auth/provider.hpp>

#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <variant>

namespace test {

inline awsxx::credentials keys(std::string id, std::optional<awsxx::instant> until = {}) {
    return {.access_key_id = std::move(id),
            .secret_access_key = "planted-secret",
            .session_token = {},
            .expiration = until};
}

/// Answers with what was put into it, in order; the last answer is repeated. Counts the questions.
class scripted_provider final : public awsxx::credentials_provider {
public:
    using answer = awsxx::expected<awsxx::credentials>;

    explicit scripted_provider(awsxx::refresh_style style = awsxx::refresh_style::strict)
        : style_(style) {}

    scripted_provider& then(answer next) {
        const std::lock_guard lock(mutex_);
        answers_.push_back(std::move(next));
        return *this;
    }
    awsxx::resolution resolve(awsxx::instant) override { return std::make_shared<working>(*this); }
    awsxx::refresh_style style() const noexcept override { return style_; }
    bool is_final(const awsxx::error& why) const noexcept override { return why.code == "Final"; }
    int asked() const {
        const std::lock_guard lock(mutex_);
        return asked_;
    }

private:
    class working final : public awsxx::renewal {
    public:
        explicit working(scripted_provider& owner) : owner_(owner) {}
        step next() override { return done_ ? step::done : step::work; }
        void work() override {
            auto said = owner_.take();
            if (said)
                outcome_ = std::make_shared<const awsxx::credentials>(*std::move(said));
            else
                outcome_ = std::move(said).error();
            done_ = true;
        }
        awsxx::expected<awsxx::credentials_snapshot> result() override { return outcome_; }

    private:
        scripted_provider& owner_;
        bool done_ = false;
        awsxx::expected<awsxx::credentials_snapshot> outcome_{};
    };

    answer take() {
        const std::lock_guard lock(mutex_);
        ++asked_;
        answer said = answers_.front();
        if (answers_.size() > 1) answers_.pop_front();
        return said;
    }

    mutable std::mutex mutex_{};
    std::deque<answer> answers_{};
    int asked_ = 0;
    awsxx::refresh_style style_;
};

/// Answers at once.
class immediate_provider final : public awsxx::credentials_provider {
public:
    explicit immediate_provider(scripted_provider::answer said) : said_(std::move(said)) {}
    awsxx::resolution resolve(awsxx::instant) override {
        if (!said_) return said_.error();
        return std::make_shared<const awsxx::credentials>(*said_);
    }

private:
    scripted_provider::answer said_;
};

/// Remembers which keys were rejected and says that it can get others.
class renewable_provider final : public awsxx::credentials_provider {
public:
    awsxx::resolution resolve(awsxx::instant) override { return awsxx::error{}; }
    bool invalidate(const awsxx::credentials& keys, awsxx::instant) override {
        rejected = keys.access_key_id;
        return true;
    }
    std::string rejected{};
};

inline std::shared_ptr<awsxx::credentials_provider> answering(awsxx::credentials keys) {
    return std::make_shared<immediate_provider>(std::move(keys));
}
inline std::shared_ptr<awsxx::credentials_provider> failing(awsxx::error why) {
    return std::make_shared<immediate_provider>(std::move(why));
}

/// Carries out a renewal that consists of work only.
inline awsxx::expected<awsxx::credentials_snapshot> obtain(awsxx::credentials_provider& from,
                                                           awsxx::instant now) {
    auto said = from.resolve(now);
    if (auto* known = std::get_if<awsxx::credentials_snapshot>(&said)) return *known;
    if (auto* why = std::get_if<awsxx::error>(&said)) return *why;
    awsxx::renewal& fetch = **std::get_if<std::shared_ptr<awsxx::renewal>>(&said);
    while (!fetch.claim())
        if (auto outcome = fetch.wait()) return *std::move(outcome);
    while (fetch.next() == awsxx::renewal::step::work) fetch.acting().work();
    return fetch.result();
}

}  // namespace test
